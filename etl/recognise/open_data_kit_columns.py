"""Columns that KoboToolbox, Ona, ODK and SurveyCTO add to the questions: ids, times, devices, places, files."""

import re
from collections.abc import Collection, Sequence

from etl.recognise.answer_table import AnswerTable

_METADATA = frozenset(
    {"_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__",
     "_version_", "_version", "_tags", "_index", "_duration", "_date_modified", "_edited", "_last_edited",
     "_total_media", "_media_count", "_media_all_received", "_xform_id", "_xform_id_string", "_bamboo_dataset_id",
     "_attachments", "_review_status", "_review_comment", "_parent_table_name", "_parent_index", "formhub/uuid",
     "meta/rootuuid", "meta/instanceid", "meta/instancename", "meta/deprecatedid", "meta/audit", "meta/formuid",
     "meta/versionid", "meta/audit_url", "instanceid", "instancename", "meta-instanceid", "meta-instancename",
     "meta-deprecatedid", "meta-audit", "submissiondate", "completiondate", "submitterid", "submittername",
     "attachmentspresent", "attachmentsexpected", "reviewstate", "formversion", "formdef_version", "parent_key",
     "review_status", "review_quality", "review_comments", "review_corrections", "text_audit", "audio_audit", "audit",
     "isvalidated", "_xform_version", "background-audio"}
)  # fmt: skip
# Written exactly so; in small letters they may well be questions.
_EXACT_METADATA = frozenset({"KEY", "Status", "Edits"})
_IDENTIFIERS = frozenset(
    {"deviceid", "device_id", "subscriberid", "simid", "simserial", "sim_serial", "devicephonenum", "phonenumber",
     "phone_number", "username", "email", "imei", "_geolocation", "device_info"}
)  # fmt: skip
# Names that people give questions too: metadata only where moments stand in them.
_MOMENTS = frozenset({"start", "end", "today", "starttime", "endtime", "start_time", "end_time"})
_MOMENT = re.compile(
    r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}([ ,T].*)?$|"
    r"^\w{3,4}\.? \d{1,2}, \d{4}.*$|^\d{1,2}[ -]\w{3}[ -]\d{2,4}.*$"
)
_CHILD_MARKS = re.compile(r"^(_submission__.+|set-of-.+|parent_key)$", re.IGNORECASE)
# Aggregate writes colons and stars, the older family dots.
_META = re.compile(r"^(meta[/:.-](instance|deprecated|root|form|version|audit|user)\w*|\*meta-.+\*)$", re.IGNORECASE)
_PLACE_PARTS = re.compile(
    r"^(?P<path>.*/)?_(?P<name>.+)_(?:latitude|longitude|altitude|precision)$|"
    r"^(?P<base>.+?)[-_:]?(?:Latitude|Longitude|Altitude|Accuracy)$"
)
_PLACE = re.compile(r"^-?\d{1,3}[.,]\d+ -?\d{1,3}[.,]\d+( -?\d+([.,]\d+)?){0,2}(;.*)?$", re.DOTALL)
_FILE = re.compile(
    r"^(https?://\S+|\S+\.(jpe?g|png|gif|mp4|m4a|3gpp?|amr|wav|mp3|ogg|mov|webm|csv|pdf|docx?))$", re.IGNORECASE
)
_REPEATED = re.compile(r"^(?P<name>.+?)\[\d+\][/.]")


def technical_role(header: str, table: AnswerTable, position: int) -> str | None:
    """Return the role of a column that the tool itself added, ``None`` for anything else."""
    lower = header.lower()
    if header in _EXACT_METADATA or lower in _METADATA or _CHILD_MARKS.match(header) or _META.match(header):
        return "metadata"
    if lower in _IDENTIFIERS:
        return "identifier"
    texts = table.texts(position).values()
    last = re.split(r"[/]", lower)[-1]
    if last in _MOMENTS and all(_MOMENT.match(text) for text in texts):
        return "metadata"
    if texts and all(_PLACE.match(text) for text in texts):
        return "identifier"
    return "metadata" if texts and all(_FILE.match(text) for text in texts) else None


def find_places(headers: Sequence[str]) -> set[int]:
    """Return columns of coordinates: the parts, and the point they were taken from."""
    parts: dict[str, list[int]] = {}
    for position, header in enumerate(headers):
        found = _PLACE_PARTS.match(header)
        if found is not None:
            base = found["base"] if found["base"] is not None else (found["path"] or "") + found["name"]
            parts.setdefault(base, []).append(position)
    # One header may well end in "Altitude"; a point has at least two parts.
    places = {base: columns for base, columns in parts.items() if len(columns) > 1}
    points = {position for position, header in enumerate(headers) if header in places}
    return points | {position for columns in places.values() for position in columns}


def find_links(headers: Sequence[str]) -> set[int]:
    """Return columns with addresses of files (``photo_URL``) and the columns of their names."""
    links = {
        header.removesuffix("_URL"): position for position, header in enumerate(headers) if header.endswith("_URL")
    }
    named = {position for position, header in enumerate(headers) if header in links}
    return named | {links[headers[position]] for position in named}


def find_sideways_repeats(headers: Sequence[str]) -> dict[str, list[int]]:
    """Return columns of repeats that were laid beside each other (``kids[1]/name``, ``kids[2]/name``), by repeat."""
    repeats: dict[str, list[int]] = {}
    for position, header in enumerate(headers):
        found = _REPEATED.match(header)
        if found is not None:
            repeats.setdefault(found["name"], []).append(position)
    return repeats


def first_filled(headers: Sequence[str], table: AnswerTable, names: Sequence[str], *, whole: bool) -> int | None:
    """Return the first of some columns that holds anything, in the order of the names.

    Args:
        headers: of all columns.
        table: the answers.
        names: headers in small letters, the best first.
        whole: every row has to be filled, each with something else.
    """
    positions = {header.lower(): position for position, header in reversed(list(enumerate(headers)))}
    for name in names:
        position = positions.get(name)
        if position is None or not table.texts(position):
            continue
        if not whole or (len(set(table.texts(position).values())) == table.count(position) == len(table)):
            return position
    return None


def count_names(headers: Collection[str], names: Collection[str]) -> int:
    """Return how many of some names (in small letters) stand among the headers."""
    return len({header.lower() for header in headers} & set(names))
