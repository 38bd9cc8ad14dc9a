"""Votes of a meeting on their way into the store: many people in one transaction, each vote exactly once."""
