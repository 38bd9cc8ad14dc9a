"""The code lists hold every code the field uses, under the words it uses, in both languages."""

import pytest

from surveys.language.suggestion import suggest
from surveys.language.texts import LANGUAGES
from surveys.vocabulary import OfficialData, Sensitivity, YesNoDepends, load


def numbered(prefix: str, last: int, width: int = 2) -> list[str]:
    return [f"{prefix}{number:0{width}d}" for number in range(1, last + 1)]


PROBLEM_GROUPS = {
    "P1": 10, "P2": 8, "P3": 6, "P4": 8, "P5": 5, "P6": 6, "P7": 5, "P8": 8, "P9": 6, "PA": 10, "PB": 3,
}  # fmt: skip

CODES = {
    "themes": numbered("T", 14),
    "problems": [code for group, last in PROBLEM_GROUPS.items() for code in numbered(group, last)] + ["PB99"],
    "target_groups": numbered("G", 30),
    "partner_kinds": [*numbered("K1", 23), *numbered("K2", 17), *numbered("K3", 5), "K401"],
    "activity_forms": numbered("F", 30),
    "support_forms": numbered("S", 11),
    "funding_sources": numbered("FS", 25),
    "sectors": ["public", "civic", "business", "other"],
    "membership_statuses": ["candidate", "active", "suspended", "withdrawn"],
    "membership_roles": ["coordination", "coordinator", "member"],
    "problem_statuses": ["reported", "confirmed", "in_progress", "solved", "postponed"],
    "problem_sources": [
        "desk_research", "survey", "interview", "focus_group", "research_walk", "asset_map", "problem_tree", "swot",
        "workshop", "partner_report",
    ],
    "project_statuses": [
        "idea", "preparation", "submitted", "in_progress", "completed", "rejected", "abandoned",
    ],
    "tree_node_kinds": ["cause", "effect"],
    "missing_kinds": ["blank", "dont_know", "no_opinion", "not_applicable", "refused", "not_shown"],
}  # fmt: skip

# The field's own short words for each code, in the order of the codes.
FIELD_WORDS = {
    "theme": """ekologia i przyroda; kultura i dziedzictwo; animacja i integracja społeczności; pomoc i integracja
        społeczna; zdrowie i profilaktyka; edukacja i wychowanie; praca i przedsiębiorczość; sport, rekreacja, czas
        wolny; bezpieczeństwo; przestrzeń, mieszkalnictwo, transport; rozwój partnerstwa; akcje obywatelskie i udział
        w decyzjach; strategie i rewitalizacja społeczna; informacja i włączenie cyfrowe""",
    "problem": """ubóstwo, niskie dochody; bezrobocie; długotrwałe bezrobocie; brak pracy dla młodych; ubóstwo
        pracujących; zadłużenie; ubóstwo energetyczne; bezdomność; złe warunki mieszkaniowe; brak mieszkań dostępnych
        cenowo; bezradność opiekuńczo-wychowawcza; przemoc domowa; samotne rodzicielstwo; wielodzietność bez wsparcia;
        kryzys w rodzinie; brak żłobka lub przedszkola; przeciążenie opiekunów osób zależnych; długa nieobecność
        rodzica; alkohol; narkotyki i dopalacze; leki; hazard; uzależnienia cyfrowe; tytoń i e-papierosy wśród młodych;
        niepełnosprawność; długotrwała choroba; zdrowie psychiczne dorosłych; zdrowie psychiczne dzieci i młodzieży;
        dostęp do lekarza; dostęp do rehabilitacji; bariery architektoniczne; brak usług opiekuńczych; samotność
        seniorów; starzenie się społeczności; brak oferty dla seniorów; wykluczenie cyfrowe seniorów; samotność w innych
        grupach; brak miejsc i zajęć; przemoc rówieśnicza; trudności szkolne; zachowania ryzykowne; dojazd na zajęcia;
        odpływ młodych; przestępczość; przestępczość nieletnich; wandalizm; bezpieczeństwo na drogach; poczucie
        zagrożenia wieczorem; drogi i chodniki; transport publiczny; kanalizacja, wodociąg; internet; oświetlenie; brak
        miejsca spotkań; zaniedbana przestrzeń; dostęp do usług (sklep, poczta, bank); jakość powietrza; śmieci, dzikie
        wysypiska; jakość wody; hałas; brak zieleni; susze i podtopienia; bierność; konflikty, podziały starzy–nowi;
        brak zaufania; brak informacji; słabe organizacje, brak liderów; brak wpływu na decyzje; słaba współpraca
        instytucji; integracja cudzoziemców; dyskryminacja; depopulacja; zdarzenie losowe; klęska żywiołowa; powrót po
        zakładzie karnym; inny""",
    "target_group": """dzieci do 6 lat; dzieci szkolne; młodzież; młodzi dorośli; seniorzy 60+; samotni seniorzy 75+;
        kobiety; kobiety na wsi; osoby z niepełnosprawnością ruchową; osoby z niepełnosprawnością intelektualną; osoby z
        niepełnosprawnością wzroku lub słuchu; osoby w kryzysie psychicznym; opiekunowie; rodziny wielodzietne; rodzice
        samodzielni; rodziny w kryzysie; bezrobotni; długotrwale bezrobotni; ubodzy pracujący; osoby uzależnione i
        współuzależnione; osoby doznające przemocy; osoby w kryzysie bezdomności; opuszczający pieczę zastępczą;
        opuszczający zakład karny; cudzoziemcy, uchodźcy; rolnicy i domownicy; nowi mieszkańcy; liderzy, sołtysi,
        wolontariusze; partnerzy; ogół mieszkańców""",
    "partner_kind": """urząd gminy/miasta/dzielnicy; starostwo; OPS/CUS; PCPR; PUP; szkoła gminna; szkoła powiatowa;
        przedszkole; biblioteka; dom kultury; gminne centrum informacji; środowiskowy dom samopomocy; WTZ; DPS; ZOZ;
        policja; straż gminna; państwowa straż pożarna; sąd/kurator; poradnia PP; OSiR; sołectwo/rada osiedla; rada
        młodzieżowa/seniorów; stowarzyszenie; fundacja; KGW; OSP; uczniowski klub sportowy; organizacja harcerska;
        centrum wolontariatu; UTW; klub seniora; LGD; spółdzielnia socjalna/CIS/KIS/ZAZ; kościół/parafia; zespół
        charytatywny; rada rodziców; grupa nieformalna; grupa samopomocowa; szkoła społeczna; przedsiębiorca
        indywidualny; lokalny klub biznesu/izba; bank spółdzielczy; gospodarstwo rolne/agroturystyka; lokalne media;
        mieszkaniec""",
    "activity_form": """festyn rodzinny; impreza kulturalna; impreza sportowa; warsztaty; szkolenie; wizyta studyjna;
        spacer badawczy; akcja sprzątania/sadzenia; akcja obywatelska/petycja; konsultacje; kampania; grupa wsparcia;
        poradnictwo; klub; klub seniora; świetlica; dom sąsiedzki; koło gospodyń wiejskich; centrum integracji wsi;
        półkolonie; wolontariat/bank czasu; usługi sąsiedzkie; jadłodzielnia/wypożyczalnia; zbiórka; mikrogranty;
        newsletter/lista mailingowa/forum; spotkanie partnerstwa; prace nad strategią; rewitalizacja; badanie""",
    "support_form": """finansowe; rzeczowe; lokalowe; kadrowe/praca socjalna; doradztwo; szkolenie; animacja; promocja;
        transport; ekspertyza; księgowość i obsługa projektu""",
    "funding_source": """budżet gminy; budżet powiatu; budżet województwa; fundusz sołecki; budżet obywatelski;
        inicjatywa lokalna; dotacja konkursowa; małe granty; środki z zezwoleń na alkohol; PFRON; PO KL (historyczny);
        EFS+; LEADER; fundusze EOG i norweskie; programy NIW; programy rządowe (Aktywni+, Senior+); fundacje (Działaj
        Lokalnie i in.); 1,5% PIT; składki; darowizny; sponsoring; zbiórka publiczna; działalność odpłatna lub
        gospodarcza; wkład rzeczowy; wkład osobowy (wolontariat)""",
}
LIST_OF_KIND = {
    "theme": "themes",
    "problem": "problems",
    "target_group": "target_groups",
    "partner_kind": "partner_kinds",
    "activity_form": "activity_forms",
    "support_form": "support_forms",
    "funding_source": "funding_sources",
}


@pytest.mark.parametrize("name", CODES)
def test_every_code_is_there_and_no_other(name):
    assert list(load().lists[name].codes) == CODES[name]


@pytest.mark.parametrize("kind", FIELD_WORDS)
def test_the_words_of_the_field_decide(kind):
    words = [" ".join(word.split()) for word in FIELD_WORDS[kind].split(";")]
    codes = load().lists[LIST_OF_KIND[kind]].codes
    undecided = [
        (code, word)
        for code, word in zip(codes, words, strict=True)
        if [(s.code, s.certain) for s in suggest(kind, word, 1)] != [(code, True)]
    ]
    assert undecided == []


@pytest.mark.parametrize("name", load().lists)
def test_every_entry_has_both_languages(name):
    blank = [
        (entry.code, language)
        for entry in load().lists[name].values()
        for language in LANGUAGES
        if not entry.label(language).strip()
    ]
    assert blank == []


def test_problems_have_the_everyday_words_of_residents():
    assert [p.code for p in load().problems.values() if p.code != "PB99" and len(p.synonyms_pl) < 6] == []


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("bieda", "P101"),
        ("alkoholizm", "P301"),
        ("pijaństwo", "P301"),
        ("przemoc w rodzinie", "P202"),
        ("nie ma gdzie pójść z dziećmi", "P601"),
        ("dziury w drogach", "P801"),
        ("smog", "P901"),
        ("kopciuchy", "P901"),
        ("brak autobusów", "P802"),
        ("PKS nie jeździ", "P802"),
    ],
)
def test_what_residents_write_is_understood_without_asking(word, code):
    assert [(s.code, s.certain) for s in suggest("problem", word, 1)] == [(code, True)]


def test_seed_themes():
    assert [t.code for t in load().themes.values() if t.seed] == ["T01", "T02", "T03", "T04", "T11", "T12", "T13"]


def test_roll_ups_of_the_seed():
    members = {code: roll_up.members for code, roll_up in load().target_groups.roll_ups.items()}
    assert members == {
        "seniors": ("G05", "G06"),
        "children_youth": ("G01", "G02", "G03", "G04"),
        "women": ("G07", "G08"),
        "disabilities": ("G09", "G10", "G11"),
    }


def test_reasons_of_the_act_on_social_assistance():
    points = [reason.point for reason in load().assistance_reasons.values()]
    assert points == ["1", "2", "3", "4", "5", "6", "7", "7a", "8", "9", "11", "12", "13", "14", "15"]
    by_problem = {p.code: p.assistance_reason for p in load().problems.values() if p.assistance_reason}
    wanted = {
        "P101": "R01", "P108": "R03", "P102": "R04", "P401": "R05", "P402": "R06", "P202": "R07", "P204": "R08",
        "P201": "R09", "PA08": "R11", "PB03": "R12", "P301": "R13", "P302": "R13", "PB01": "R14", "PB02": "R15",
    }  # fmt: skip
    assert {code: by_problem.get(code) for code in wanted} == wanted


def test_sensitive_problems_and_groups():
    problems = load().problems
    assert {p.code for p in problems.values() if p.sensitivity is Sensitivity.ADDICTION} >= set(
        CODES["problems"][18:24]
    )
    assert {p.code for p in problems.values() if p.sensitivity is Sensitivity.VIOLENCE} == {"P202", "P602"}
    assert {"P401", "P402", "P403", "P404"} <= {p.code for p in problems.values() if p.sensitive}
    assert not problems["P801"].sensitive
    assert {"G09", "G10", "G11", "G12", "G20", "G21"} <= {g.code for g in load().target_groups.values() if g.sensitive}


def test_official_data_say_something_about_some_problems_only():
    found = {problem.official_data for problem in load().problems.values()}
    assert found == set(OfficialData)
    assert load().problems["P102"].official_data is OfficialData.YES
    assert load().problems["P501"].official_data is OfficialData.NO


def test_kinds_whose_sector_a_person_has_to_choose():
    chosen = {kind.label_pl for kind in load().partner_kinds.values() if kind.sector_choice_required}
    assert chosen == {
        "Ochotnicza straż pożarna",
        "Spółdzielnia socjalna, CIS, KIS, ZAZ",
        "Sołectwo, rada osiedla",
        "Szkoła społeczna",
    }


def test_who_may_apply():
    sources = load().funding_sources
    assert sources["FS14"].legal_personality_required is YesNoDepends.YES
    assert sources["FS07"].eligible_sectors == ("civic",)
    assert sources["FS11"].open_in(2010)
    assert not sources["FS11"].open_in(2020)
    assert sources["FS19"].open_in(1999)  # no years known, so none is excluded


def test_known_scales():
    scales = load().scales
    assert scales["agreement_4"].points == 4
    assert scales["agreement_5"].points == 5
    assert scales["rating_5"].values_pl == ("bardzo dobry", "dobry", "średni", "słaby", "bardzo słaby")
    assert scales["points_1_7"].values("en")[-1] == "7"
    in_both = [s.code for s in scales.values() if set(s.values_pl) & set(s.missing_pl)]
    assert in_both == []


def test_a_label_inside_a_sentence_begins_small_unless_it_is_an_abbreviation():
    assert load().problems["P501"].phrase("pl") == "samotność seniorów"
    assert load().funding_sources["FS10"].phrase("pl") == "PFRON"
    assert load().funding_sources["FS01"].phrase("en") == "municipal budget"
