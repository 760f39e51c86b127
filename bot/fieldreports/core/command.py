"""What may follow /flow-analytics: channels, their form's fields, or a figure of one of them."""

from collections.abc import Sequence
from itertools import pairwise

from bot.asking.core.arguments import (
    Ask,
    Help,
    OpenForm,
    Token,
    TokenKind,
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
from bot.errors import UserError
from bot.fieldreports.question import (
    BY_FIELD,
    CHANNELS,
    FIELDS,
    FIGURES,
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
_PAIRS = frozenset(tuple(each.split("-")) for each in FIGURES if "-" in each)


AnalyticsRequest = Help | OpenForm | Ask[AnalyticsQuestion]


def parse_analytics(text: str) -> AnalyticsRequest:
    """Return what the text after /flow-analytics asks for.

    Raises UserError naming the part that cannot be read and what would work.
    """
    given, privately = without_privately(tokens(text))
    first, rest = (given[0].word, given[1:]) if given else ("help", ())
    match first:
        case "help":
            return Help()
        case "form":
            return OpenForm(joined(rest))
    return Ask(analytics_question(given), privately)


def analytics_question(given: Sequence[Token]) -> AnalyticsQuestion:
    """Return the question of a channel's name and its options, here or in a digest."""
    if given and given[0].word in REPORT_LISTS:
        return _list(given[0].word, given[1:])
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
    return as_typed(text, OPTIONS, taken=SUBCOMMANDS)


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
    """Return the tokens with "by state" and "over time" as the one word that they mean."""
    made: list[Token] = []
    skip = False
    for one, other in pairwise((*given, Token("", TokenKind.QUOTED))):
        pair = (one.word, other.word)
        if skip:
            skip = False
        elif pair in _PAIRS:
            made.append(Token("-".join(pair)))
            skip = True
        else:
            made.append(one)
    return made


def _field(given: Sequence[Token]) -> tuple[str, int]:
    """Return the field's name after "by-field", up to the next option."""
    end = OPTIONS.until(given)
    if not end:
        raise UserError(f"By which field? Its name comes after by-field, as in {_FIELD_EXAMPLE}")
    return joined(given[:end]), end


OPTIONS = Options(
    which=f"Which channel? Begin with its name or number, as in {EXAMPLE}",
    works=_WORKS,
    alone={
        **FORMAT_WORDS,
        **{each: ("figure", each) for each in FIGURES if each != BY_FIELD},
    },
    valued={"export": ("export", format_after), BY_FIELD: ("field", _field)},
)
_FILES = Options(
    which='Which channel? For example: /flow-analytics fields "Site reports"',
    works="A file is had with csv or xlsx at the end: /flow-analytics fields Site reports xlsx",
    alone=FORMAT_WORDS,
    valued={"export": ("export", format_after)},
    with_period=False,
)
