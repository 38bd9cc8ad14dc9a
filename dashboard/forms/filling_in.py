"""What one sending of a page means: which page comes next, what is wrong, or that the form is complete."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from dashboard.forms.links import Link
from dashboard.forms.progress import Fields, Progress
from dashboard.forms.screens import list_pages
from surveys.filling import FieldFault, check_answers, find_shown, other_key, read_fields

# Nobody reads a form in less; programs that fill forms in do.
LEAST_TIME = timedelta(seconds=3)


class Wish(Enum):
    """What the person pressed."""

    NEXT = "dalej"
    BACK = "wstecz"
    SEND = "wyslij"
    LANGUAGE = "jezyk"
    LARGER = "litery"


class Remark(Enum):
    """What is said above a page that comes again without a fault of its own; keys of texts."""

    MORE_QUESTIONS = "web_form.more_questions"
    TOO_FAST = "web_form.too_fast"
    ALL_ANSWERED = "web_form.all_answered"


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next.

    Attributes:
        page: 0-based page to show; ``None`` when the form is complete and goes to the store.
        faults: what is wrong on that page.
        moves: it is another page than the one that was sent, or the same one without remarks: it has an address.
    """

    page: int | None
    faults: tuple[FieldFault, ...] = ()
    remark: Remark | None = None
    moves: bool = False
    raw: Fields = field(default_factory=dict)


def take_page(link: Link, progress: Progress, fields: Fields, wish: Wish, now: datetime) -> Step:
    """Take the fields of a page into the progress of a form, and return what comes next.

    Args:
        link: whose form.
        progress: of the form; its answers change.
        fields: as the browser sent them. Which page and which questions it had before it, it says itself: whoever
            lies about that is asked everything again before sending.
        wish: what was pressed.
        now: this moment.
    """
    pages = link.form.pages
    page = _read_page(fields, len(pages))
    before = _read_shown(fields) & set(pages[page])
    read = read_fields(link.form, sorted(before), fields)
    for number in before:
        one = link.form.asked[number]
        progress.answers.pop(one.name, None)
        progress.answers.pop(other_key(one.name), None)
    progress.answers |= read.answers
    progress.seen |= before
    shown = find_shown(link.form, progress.answers, link.today)
    if wish is Wish.BACK:
        earlier = [other for other in list_pages(link, shown) if other < page]
        return Step(earlier[-1] if earlier else page, moves=True)
    if wish in {Wish.LANGUAGE, Wish.LARGER}:
        return Step(page, tuple(read.faults), raw=fields)
    faults = _judge(link, progress, page, shown, before, read.faults)
    if faults:
        return Step(page, faults, raw=fields)
    if (shown & set(pages[page])) - before:
        return Step(page, remark=Remark.MORE_QUESTIONS)
    later = [other for other in list_pages(link, shown) if other > page]
    if later:
        return Step(later[0], moves=True)
    if wish is not Wish.SEND:
        return Step(page, remark=Remark.ALL_ANSWERED)
    return _finish(link, progress, shown, page, now)


def _finish(link: Link, progress: Progress, shown: frozenset[int], page: int, now: datetime) -> Step:
    """Look at the whole form once more: an earlier answer may have changed what a later page asks."""
    for other in list_pages(link, shown):
        here = set(link.form.pages[other]) & shown
        faults = check_answers(link.form, sorted(here & progress.seen), progress.answers, shown, link.today)
        if faults:
            return Step(other, tuple(faults))
        if here - progress.seen:
            return Step(other, remark=Remark.MORE_QUESTIONS)
    if link.way.keeps_drafts and now - progress.began_at < LEAST_TIME:
        return Step(page, remark=Remark.TOO_FAST)
    return Step(None)


def _judge(  # what one page is judged by
    link: Link,
    progress: Progress,
    page: int,
    shown: frozenset[int],
    before: set[int],
    misread: Sequence[FieldFault],
) -> tuple[FieldFault, ...]:
    """What could not be read, and what the form refuses of the rest; only what the person had before them."""
    unread = {fault.number for fault in misread}
    asked = [number for number in link.form.pages[page] if number in before and number not in unread]
    refused = check_answers(link.form, asked, progress.answers, shown, link.today)
    found = [*(fault for fault in misread if fault.number in shown), *refused]
    return tuple(sorted(found, key=lambda fault: fault.number))


def _read_page(fields: Fields, pages: int) -> int:
    text = fields.get("strona", [""])[0]
    return min(max(int(text) - 1, 0), pages - 1) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


def _read_shown(fields: Fields) -> set[int]:
    text = fields.get("pokazano", [""])[0]
    return {int(part) for part in text.split(",") if part.isascii() and part.isdecimal() and len(part) < 6}
