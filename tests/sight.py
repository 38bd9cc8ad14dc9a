"""What a person would see of a page that `AppTest` ran: headings, words, figures with their tables, links."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element

_TEXT_KINDS = {"markdown", "caption", "title", "header", "subheader", "text"}
_ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")


def unescape(text: str) -> str:
    """Undo `dashboard.escaping.plain`: what Markdown shows of a text that was escaped."""
    return _ESCAPED.sub(r"\1", text).replace("\u2060", "")


@dataclass(frozen=True)
class Link:
    """A link to a page of the dashboard: its address and its query."""

    page: str
    query: str
    label: str


@dataclass
class Figure:
    """One framed figure.

    Attributes:
        key: its key on the page.
        words: Markdown in the order shown; the first is the title, the second the sentence.
        spec: Plotly's own data and layout, ``None`` when nothing is drawn.
        alt: alternative text of the chart.
        tables: every open table: headers, then rows.
        downloads: labels of the download buttons.
    """

    key: str
    words: list[str] = field(default_factory=list)
    spec: dict[str, Any] | None = None
    alt: str = ""
    tables: list[list[list[str]]] = field(default_factory=list)
    downloads: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title as it is read."""
        return unescape(self.words[0].lstrip("# "))

    @property
    def sentence(self) -> str:
        """The sentence as it is read, with its bold marks."""
        return unescape(self.words[1])

    @property
    def rows(self) -> list[list[str]]:
        """Rows of the one table."""
        (table,) = self.tables
        return table[1:]

    def numbers(self) -> dict[str, str]:
        """First and last cell of each row of the one table."""
        return {row[0]: row[-1] for row in self.rows}

    def drawn_words(self) -> list[str]:
        """Words that Plotly writes into the chart."""
        assert self.spec is not None
        words = [str(one["text"]) for one in self.spec["layout"].get("annotations", [])]
        for trace in self.spec["data"]:
            text = trace.get("text", [])
            words += [text] if isinstance(text, str) else [str(one) for one in text]
        return words


class Sight:
    """A page after its script ran without an exception."""

    def __init__(self, at: AppTest) -> None:
        for error in at.exception:
            raise AssertionError("\n".join([error.message, *error.stack_trace]))
        self.at = at

    @property
    def title(self) -> str:
        """The one main heading."""
        (title,) = self.at.title
        return unescape(title.value)

    @property
    def headings(self) -> list[str]:
        """Headings below the main one, with their hash signs."""
        marks = {"header": "## ", "subheader": "### "}
        return [marks[node.type] + unescape(node.value) for node in _elements(self.at.main) if node.type in marks]

    @property
    def markdown(self) -> list[str]:
        """Markdown as it was sent, escapes included, captions too."""
        return [element.value for element in _elements(self.at.main) if element.type in _TEXT_KINDS]

    @property
    def words(self) -> str:
        """Everything a person reads outside charts: texts, labels of boxes, buttons, links, tables."""
        found = []
        for node in self.at.main:
            if isinstance(node, Block):
                found.append(getattr(node, "label", "") or "")
                continue
            if node.type == "table":
                found += [unescape(cell) for row in _read_table(node) for cell in row]
            else:
                value = node.value if node.type in _TEXT_KINDS else ""
                found += [unescape(str(value)), unescape(str(getattr(node.proto, "label", "")))]
        return "\n".join(text for text in found if text)

    @property
    def figures(self) -> dict[str, Figure]:
        """Framed figures by key."""
        frames = [node for node in self.at.main if isinstance(node, Block) and (node.key or "").startswith("figure-")]
        return {figure.key: figure for figure in map(_read_figure, frames)}

    @property
    def links(self) -> list[Link]:
        """Links to pages."""
        return [Link(link.proto.page, link.proto.query_string, unescape(link.value)) for link in self.at.page_link]

    @property
    def address(self) -> dict[str, Any]:
        """Query of the address after the run."""
        return dict(self.at.query_params)

    def open_tables(self) -> "Sight":
        """Open every table of the page."""
        for node in self.at.main:
            if isinstance(node, Block) and (node.key or "").startswith("table-"):
                self.at.session_state[node.key] = True
        return Sight(self.at.run())

    def choose(self, **boxes: object) -> "Sight":
        """Choose in boxes by their keys, as a person does."""
        for key, value in boxes.items():
            self.at.get_by_key(key).set_value(value)
        return Sight(self.at.run())

    def press(self, key: str) -> "Sight":
        """Press a button."""
        self.at.get_by_key(key).click()
        return Sight(self.at.run())


def _elements(block: Block) -> Iterator[Element]:
    return (node for node in block if not isinstance(node, Block))


def _read_table(table: Element) -> list[list[str]]:
    frame = table.value
    return [[unescape(str(name)) for name in frame.columns]] + [
        [unescape(str(cell)) for cell in row] for row in frame.itertuples(index=False)
    ]


def _read_figure(frame: Block) -> Figure:
    figure = Figure((frame.key or "").removeprefix("figure-"))
    for element in _elements(frame):
        if element.type in _TEXT_KINDS:
            figure.words.append(element.value)
        elif element.type == "plotly_chart":
            figure.spec, figure.alt = json.loads(element.proto.spec), element.proto.alt
        elif element.type == "table":
            figure.tables.append(_read_table(element))
        elif element.type == "download_button":
            figure.downloads.append(element.label)
    return figure
