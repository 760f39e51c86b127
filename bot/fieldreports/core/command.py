"""What may follow /flow-analytics: channels, their form's fields, or a figure of one of them."""

from collections.abc import Sequence

from bot.asking.core.arguments import (
    Ask,
    Help,
    OpenForm,
    Token,
    joined,
    tokens,
    without_privately,
)
from bot.asking.core.options import (
    FORMAT_WORDS,
    Options,
    as_typed,
    format_after,
    name_and_options,
    read_options,
)
from bot.asking.core.retyping import Correction
from bot.asking.core.synonyms import called, first_word
from bot.errors import UserError
from bot.fieldreports.question import (
    BY_FIELD,
    BY_HOUR,
    BY_STATE,
    BY_USER,
    BY_WEEKDAY,
    CHANNELS,
    FIELDS,
    FIGURES,
    HEATMAP,
    IMAGES,
    OVER_TIME,
    REPORT_LISTS,
    SUMMARY,
    AnalyticsQuestion,
)

DEFAULT_PERIOD = "last-30d"
EXAMPLE = "/flow-analytics Site reports over-time last-30d"
_FIELD_EXAMPLE = '/flow-analytics Site reports by-field "Severity"'
_WORKS = (
    f"After the channel comes a figure: {', '.join(FIGURES)}; then a period (last-30d), export "
    f"xlsx, and privately at the end. For example: {EXAMPLE}"
)
SUBCOMMANDS = ("help", *REPORT_LISTS, "form")
_BY = frozenset({"by", "per"})
_OVER_TIME = frozenset({"day", "week", "month", "date", "quarter", "year"})
_SPOKEN_FIGURES = {
    **dict.fromkeys(("person", "people", "reporter", "author"), BY_USER),
    **dict.fromkeys(("status", "statu", "statuse"), BY_STATE),
    "day of the week": BY_WEEKDAY,
}
_NAMES = called(
    {
        "help": "help|menu|?|hilfe",
        "channels": "channels|all channels|list|list channels",
        "fields": "fields|fields of|fields in",
        "form": "form",
    }
)
_OTHER_WORDS = {
    OVER_TIME: "trend|timeline|history",
    HEATMAP: "heat map|heat-map|busiest hours",
    IMAGES: "photos|pictures",
    SUMMARY: "overview|totals",
    BY_STATE: "states|statuses",
    BY_USER: "users|people",
    BY_HOUR: "hours|hourly",
    BY_WEEKDAY: "weekdays|days of the week",
}
"""What else the figures are called; in a name they are none."""
_SPOKEN_ALONE = {word: ("figure", figure) for word, figure in called(_OTHER_WORDS).items()}


AnalyticsRequest = Help | OpenForm | Ask[AnalyticsQuestion]


def parse_analytics(text: str) -> AnalyticsRequest:
    """Return what the text after /flow-analytics asks for.

    Raises UserError naming the part that cannot be read and what would work.
    """
    given, privately = without_privately(tokens(text))
    first, rest = first_word(given, _NAMES) if given else ("help", ())
    match first:
        case "help":
            return Help()
        case "form":
            return OpenForm(joined(rest))
    return Ask(analytics_question(given), privately)


def analytics_question(given: Sequence[Token]) -> AnalyticsQuestion:
    """Return the question of a channel's name and its options, here or in a digest."""
    view, rest = first_word(given, _NAMES, alone=("list",))
    if view in REPORT_LISTS:
        return _list(view, rest)
    channel, options = name_and_options(_hyphenated(given), OPTIONS)
    found = read_options(options, OPTIONS)
    figure = found.get("figure", BY_FIELD if "field" in found else SUMMARY)
    if "field" in found and figure != BY_FIELD:
        raise UserError(f"One figure at a time: this has {figure} and {BY_FIELD}.")
    return AnalyticsQuestion(
        channel=channel,
        figure=figure,
        period=found.get("period", DEFAULT_PERIOD),
        field=found.get("field", ""),
        export=found.get("export", ""),
    )


def analytics_words(question: AnalyticsQuestion) -> str:
    """Return the question as it can be typed again after /flow-analytics."""
    if question.figure in REPORT_LISTS:
        name = typed(question.channel) if question.channel else ""
        return " ".join(word for word in (question.figure, name, question.export) if word)
    words = (
        typed(question.channel),
        question.figure,
        typed(question.field) if question.field else "",
        question.period,
        f"export {question.export}" if question.export else "",
    )
    return " ".join(word for word in words if word)


def typed(text: str) -> str:
    """Return a name as it has to be typed: in quotes unless it is one plain word."""
    return as_typed(text, OPTIONS, taken={*SUBCOMMANDS, *_NAMES})


def _list(which: str, rest: Sequence[Token]) -> AnalyticsQuestion:
    """Return the question of all channels, or of the fields of one."""
    if which == CHANNELS:
        if rest and not _FILES.begin(rest):
            raise UserError(
                "channels stands alone, or before csv or xlsx: /flow-analytics channels. Figures "
                f"of one of them: /flow-analytics {typed(joined(rest))} summary"
            )
        return AnalyticsQuestion("", CHANNELS, **read_options(rest, _FILES))
    channel, options = name_and_options(rest, _FILES)
    return AnalyticsQuestion(channel, FIELDS, **read_options(options, _FILES))


def _hyphenated(given: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens with "by state" and "per user" as the one word that they mean.

    "By" anything else is by a field of that name.
    """
    made: list[Token] = []
    rest = list(given)
    while rest:
        used, word = _figure_words(rest) if made else (0, "")
        made.append(Token(word) if used else rest[0])
        del rest[: used or 1]
    return made


def _figure_words(rest: Sequence[Token]) -> tuple[int, str]:
    """Return how many of the first tokens are a figure's, and its word."""
    first, second = rest[0].word, rest[1].word if len(rest) > 1 else ""
    if (first, second) == ("over", "time"):
        return 2, OVER_TIME
    if first not in _BY or len(rest) == 1:
        return 0, ""
    plain = second.removesuffix("s")
    if plain in _OVER_TIME:
        return 2, OVER_TIME
    known = _SPOKEN_FIGURES.get(plain, f"by-{plain}")
    if known in FIGURES and known != BY_FIELD:
        return 2, known
    return (2 if second == "field" and len(rest) > 2 else 1), BY_FIELD  # noqa: PLR2004  # its name


def _field(given: Sequence[Token]) -> tuple[str, int]:
    """Return the field's name after "by-field", up to the next option; without one it is asked."""
    end = OPTIONS.until(given)
    return joined(given[:end]), end


OPTIONS = Options(
    likely=(Correction("Over time", "over-time"), Correction("By person", "by-user")),
    which=f"Which channel? Begin with its name or number, as in {EXAMPLE}",
    works=_WORKS,
    alone={
        **FORMAT_WORDS,
        **{each: ("figure", each) for each in FIGURES if each != BY_FIELD},
        **_SPOKEN_ALONE,
    },
    soft=_SPOKEN_ALONE,
    valued={"export": ("export", format_after), BY_FIELD: ("field", _field)},
)
_FILES = Options(
    which='Which channel? For example: /flow-analytics fields "Site reports"',
    works="A file is had with csv or xlsx at the end: /flow-analytics fields Site reports xlsx",
    alone=FORMAT_WORDS,
    valued={"export": ("export", format_after)},
    with_period=False,
)
