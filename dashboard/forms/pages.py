"""Pages of the web form as HTML. Unlike other plain pages they set no cookie and lead nowhere else."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from dashboard.access.language import asked_language
from dashboard.access.templates import find_template, make_speaker
from dashboard.forms.links import Link, Look, Way
from dashboard.forms.progress import Progress, carry
from dashboard.forms.screens import Screen
from surveys.language.numerals import format_date
from surveys.language.texts import Language
from surveys.model.form import say as say_labels


def read_look(request: Request) -> Look:
    """Return how the form is to look, as the address says; no cookie is asked."""
    return Look(asked_language(request.scope) or "pl", request.query_params.get("litery") == "duze")


def show_intro(link: Link, *, status: int = 200, fault: str = "", begun: bool = False, sent: bool = False) -> Response:
    """Return the first page: what the survey is, what happens to the answers, the way to begin.

    Args:
        link: whose form.
        status: http status.
        fault: key of the text that says why it did not begin, ``""`` for none.
        begun: this browser has a draft to go on with.
        sent: a form was sent from this browser.
    """
    notice = link.collection.notice
    return _render(
        link,
        "intro.html",
        status,
        fault=fault,
        begun=begun,
        sent=sent,
        notice=notice,
        own_words=notice.texts.get(link.look.language) or notice.texts.get("pl", ""),
        data_until="" if notice.data_until is None else format_date(notice.data_until, link.look.language),
        closes_on=format_date(link.collection.closes_on, link.look.language),
    )


def show_questions(  # a page of questions and what is said above it
    link: Link,
    progress: Progress,
    screen: Screen,
    page: int,
    *,
    secret: str,
    remark: str = "",
    status: int = 200,
) -> Response:
    """Return a page of questions.

    Args:
        link: whose form.
        progress: what travels with the page: the key of the draft, or everything where nothing is kept.
        screen: what stands on it.
        page: 0-based.
        secret: this installation's, for what travels.
        remark: key of a text above the questions, ``""`` for none.
        status: http status.
    """
    keeps = link.way.keeps_drafts
    return _render(
        link,
        "questions.html",
        status,
        screen=screen,
        page=page + 1,
        remark=remark,
        key=progress.key if keeps else "",
        carried="" if keeps else carry(progress, secret),
        other_look=Look("en" if link.look.language == "pl" else "pl", link.look.large),
    )


def show_message(link: Link, key: str, *, status: int = 200, again: bool = False) -> Response:
    """Return a page that says one thing: thank you, closed, full …; ``key`` has ``title`` and ``text`` below it.

    Args:
        link: whose form.
        key: of the texts, ``web_form.message.…``.
        status: http status.
        again: the tablet goes back to the first page by itself.
    """
    opens, closes = (
        format_date(day, link.look.language) for day in (link.collection.opens_on, link.collection.closes_on)
    )
    return _render(link, "message.html", status, message=key, facts={"opens": opens, "closes": closes}, again=again)


def show_unknown(request: Request, *, status: int = 404, key: str = "web_form.message.unknown") -> Response:
    """Return the page for an address behind which nothing is taken, whatever the reason; the same for all."""
    return make_public_refusal(request.scope, status, key)


def make_public_refusal(scope: Scope, status: int, key: str, **facts: object) -> Response:
    """Return a refusal of the gate or of the form itself, where no survey is known: a page without any cookie.

    Args:
        scope: the http request.
        status: http status.
        key: of the texts, with ``title`` and ``text`` below it.
        **facts: facts of the texts.
    """
    look = read_look(Request(scope))
    path = scope["path"]
    html = find_template("dashboard.forms", "refusal.html").render(
        language=look.language,
        large=look.large,
        t=make_speaker(look.language),
        message=key,
        facts=facts,
        switch=path + Look("en" if look.language == "pl" else "pl", look.large).query(),
        other_language="en" if look.language == "pl" else "pl",
        title="",
        resize="",
    )
    return HTMLResponse(html, status_code=status)


def _render(link: Link, template: str, status: int, **context: object) -> Response:
    look = link.look
    other: Language = "en" if look.language == "pl" else "pl"
    html = find_template("dashboard.forms", template).render(
        language=look.language,
        large=look.large,
        other_language=other,
        t=make_speaker(look.language),
        link=link,
        way=link.way.value,
        is_link=link.way is Way.LINK,
        title=say_labels(link.form.form.titles, look.language) or link.collection.name,
        action=link.address(),
        switch=link.path + Look(other, look.large).query(),
        resize=link.path + Look(look.language, not look.large).query(),
        **context,
    )
    return HTMLResponse(html, status_code=status)
