"""The tables behind the picture of three mirrors: one for each mirror, never one for all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.mirrors_story.gathering import Asked, OfficialLook
from dashboard.mirrors_story.saying import say_among, say_rank
from dashboard.stories.opening import texts_of
from dashboard.visit import View
from etl.store.reading.official_places import OfficialStandings
from surveys.analysis.rows import is_known
from surveys.analysis.three_mirrors import Ranked
from surveys.language.texts import LANGUAGES
from surveys.privacy.disclosure import CountRow, publish_counts
from surveys.privacy.official_gate import OfficialRow, publish_official
from surveys.privacy.published import PublishedTable, Source, SourceFile
from surveys.vocabulary import load


def tabulate_survey(view: View, asked: Asked | None, codes: Sequence[str], slug: str) -> PublishedTable | None:
    """Return the published shares of the problems shown, ``None`` when nobody was asked."""
    if asked is None:
        return None
    measured = asked.measurement
    day = measured["closed_on"] if is_known(measured["closed_on"]) else measured["opened_on"]
    source = replace(
        asked.table.source,
        what=texts_of("mirrors.table.survey_what"),
        question={"pl": str(measured["text_pl"]), "en": str(measured["text_en"] or measured["text_pl"])},
        waves=(f"{view.name_of(slug)}: {measured['wave_name']}",),
        as_of=str(day)[:10] if is_known(day) else "",
    )
    rows = tuple(asked.rows[code] for code in codes if code in asked.rows)
    return replace(asked.table, rows=rows, source=source)


def tabulate_register(view: View, register: Mapping[str, Ranked], slug: str) -> PublishedTable:
    """Return the rated problems of the register, the weightiest first."""
    labels = load().problems
    rated = sorted(
        ((code, one) for code, one in register.items() if one.weight is not None), key=lambda pair: pair[1].place or 0
    )
    rows = [
        CountRow(
            (code, str(one.place)),
            {
                language: (labels.label(code, language), say_rank(view.speaking(language), one, register))
                for language in LANGUAGES
            },
            one.weight,
        )
        for code, one in rated
    ]
    source = Source(texts_of("mirrors.table.register_what"), waves=(view.name_of(slug),))
    return publish_counts(rows, dimensions=("problem", "rank"), unit="weight", source=source)


def tabulate_data(
    view: View,
    looks: Mapping[str, tuple[OfficialLook, ...]],
    codes: Sequence[str],
    official: OfficialStandings,
) -> PublishedTable:
    """Return the official figures of the problems shown, each with its unit, area, year and place."""
    labels, areas = load().problems, load().areas
    rows = []
    files: dict[str, SourceFile] = {}
    for code in codes:
        for look in looks.get(code, ()):
            standing = look.standing
            figure, entry = standing.among.figure, standing.indicator
            rows.append(
                OfficialRow(
                    (code, entry.code, standing.variable.variable.unit, standing.teryt, str(standing.among.year), ""),
                    {
                        language: (
                            labels.label(code, language),
                            entry.label(language),
                            standing.variable.variable.unit or "–",
                            areas.label(standing.teryt, language),
                            str(standing.among.year),
                            say_among(standing, view.speaking(language)),
                        )
                        for language in LANGUAGES
                    },
                    None if figure is None else figure.number,
                )
            )
            origin = official.origins.get((entry.code, standing.among.year))
            if origin is not None:
                files[origin.file_name] = SourceFile(origin.file_name, origin.fetched_on.isoformat(), None)
    source = Source(texts_of("mirrors.table.data_what"), files=tuple(files.values()))
    dimensions = ("problem", "indicator", "official_unit", "area", "year", "among")
    return publish_official(rows, dimensions=dimensions, source=source)
