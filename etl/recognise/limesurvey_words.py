"""Words that LimeSurvey itself writes into an export, in the languages it may be exported in, folded."""

import re

from surveys.language.folding import fold

# Columns about the response, by the code LimeSurvey gives them, and how they are headed where headings are texts.
_METADATA_TEXTS = {
    "id": (
        "Response ID", "ID odpowiedzi", "Identyfikator odpowiedzi", "Numer odpowiedzi", "Nr odpowiedzi", "Antwort ID",
        "ID de respuesta", "ID de la respuesta", "ID de la réponse", "Numéro de réponse", "ID risposta",
        "ID della risposta", "ID da resposta", "ID ответа", "ID відповіді", "Antwoord ID", "ID odpovědi", "Svar ID",
    ),
    "submitdate": (
        "Date submitted", "Data wysłania", "Data przesłania", "Data złożenia", "Data zakończenia", "Datum Abgeschickt",
        "Abgeschickt am", "Fecha de envío", "Date de soumission", "Data di invio", "Data de envio", "Дата отправки",
        "Дата надсилання", "Datum verzonden", "Datum odeslání",
    ),
    "lastpage": (
        "Last page", "Ostatnia strona", "Letzte Seite", "Última página", "Dernière page", "Ultima pagina",
        "Последняя страница", "Остання сторінка", "Laatste pagina", "Poslední stránka", "Posledná strana",
    ),
    "startlanguage": (
        "Start language", "Język początkowy", "Język startowy", "Język rozpoczęcia", "Język", "Start-Sprache",
        "Startsprache", "Lenguaje inicial", "Idioma inicial", "Langue de départ", "Langue initiale",
        "Lingua iniziale", "Начальный язык", "Початкова мова", "Starttaal", "Počáteční jazyk",
    ),
    "seed": ("Seed", "Ziarno", "Ziarno losowości", "Zufallsstartwert", "Semilla", "Tête de série", "Graine"),
    "startdate": (
        "Date started", "Data rozpoczęcia", "Datum gestartet", "Fecha de inicio", "Date de lancement",
        "Date de début", "Data di inizio", "Data de início", "Дата начала", "Дата початку", "Datum gestart",
    ),
    "datestamp": (
        "Date last action", "Data ostatniej akcji", "Data ostatniej czynności", "Data ostatniego działania",
        "Data ostatniej aktywności", "Datum letzte Aktivität", "Fecha de la última acción",
        "Date de la dernière action", "Data dell'ultima azione", "Data da última ação", "Дата последнего действия",
        "Дата останньої дії", "Datum laatste actie",
    ),
    "ipaddr": ("IP address", "Adres IP", "IP-Adresse", "Dirección IP", "Adresse IP", "Indirizzo IP", "IP-адрес"),
    "refurl": ("Referrer URL", "Adres URL odsyłający", "Odsyłacz URL", "URL de referencia", "URL de référence"),
    "token": ("Token", "Access code", "Kod dostępu", "Zugangsschlüssel", "Zugangscode", "Code d'accès", "Contraseña"),
    "interviewtime": (
        "Total time", "Czas całkowity", "Całkowity czas", "Łączny czas", "Gesamtzeit", "Tiempo total", "Temps total",
        "Tempo totale", "Общее время", "Загальний час",
    ),
}  # fmt: skip
METADATA_TEXTS = {fold(text): code for code, texts in _METADATA_TEXTS.items() for text in texts}
# Of a participant whom somebody invited by name.
PARTICIPANT_CODES = frozenset({"token", "ipaddr", "firstname", "lastname", "email"})
METADATA_CODES = frozenset(_METADATA_TEXTS) | PARTICIPANT_CODES | {"emailstatus", "language", "usesleft", "validfrom"}
# No other tool names a column like this.
SIGNATURE_CODES = frozenset({"submitdate", "lastpage", "startlanguage", "datestamp", "startdate", "seed", "refurl"})
ATTRIBUTE = re.compile(r"^attribute_\d+$")
TIMING = re.compile(r"^(interviewtime|groupTime\d+|[A-Za-z][A-Za-z0-9]*Time)$")
TIMING_TEXT = re.compile(
    r"^(group time|question time|czas grupy|czas pytania|gruppenzeit|fragenzeit|temps (pour )?l[ea] (groupe|question)|"
    r"tiempo (de|del) (grupo|pregunta)|total time|czas calkowity|calkowity czas|laczny czas|gesamtzeit)\b"
)

YES = frozenset(map(fold, ("Y", "Yes", "Tak", "Ja", "Oui", "Sí", "Sì", "Sim", "Ano", "Áno", "Igen", "Да", "Так", "1",
                           "T", "X", "True", "Prawda", "wybrano", "checked")))  # fmt: skip
NO = frozenset(map(fold, ("N", "No", "Nie", "Nein", "Non", "Nee", "Não", "Ne", "Nem", "Nej", "Нет", "Ні", "0", "False",
                          "Fałsz", "nie wybrano", "unchecked")))  # fmt: skip
NOT_SHOWN = frozenset(
    map(fold, ("N/A", "NA", "ND", "n.d.", "Nie dotyczy", "Brak", "k. A.", "Keine Antwort", "S/O", "n. v. t.", "Н/Д",
               "{question_not_shown}"))
)  # fmt: skip
GENDERS = frozenset(
    map(fold, ("M", "F", "Male", "Female", "Mężczyzna", "Kobieta", "Männlich", "Weiblich", "Masculin", "Féminin",
               "Masculino", "Femenino", "Hombre", "Mujer", "Homme", "Femme"))
)  # fmt: skip
OTHER = frozenset(
    map(fold, ("Other", "Inne", "Inny", "Inna", "Sonstiges", "Andere", "Anderes", "Autre", "Otro", "Otra", "Altro",
               "Outro", "Другое", "Інше", "Anders", "Jiné", "Iné", "Egyéb"))
)  # fmt: skip
COMMENT = frozenset(
    map(fold, ("Comment", "Komentarz", "Kommentar", "Comentario", "Commentaire", "Commento", "Comentário",
               "Комментарий", "Коментар", "Opmerking", "Komentář", "Komentár", "Other comment", "Inny komentarz"))
)  # fmt: skip
# What a question says that lets one tick several answers.
ASKS_FOR_TICKS = re.compile(
    r"\b(zaznacz|wybierz|wskaz|wszystkie|wielokrotn\w*|wiele odpowiedzi|kilka odpowiedzi|kilku odpowiedzi|max|maks\w*|"
    r"multiple|select all|check all|check any|all that apply|mehrfach\w*|mehrere|plusieurs|varias)\b"
)
