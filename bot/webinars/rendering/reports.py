"""The CSV reports of an event as files, and the surveys, operators and rooms of an account."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.asking.core.arguments import quoted
from bot.asking.occasion import Occasion
from bot.slack.blocks.blocks import (
    bold,
    bullets,
    button,
    context,
    header,
    message,
    paragraph,
    plain,
    says,
    section,
)
from bot.slack.blocks.budget import fit
from bot.slack.blocks.tables import data_table, text_table, words
from bot.slack.blocks.wording import FORMATS, counted
from bot.slack.messages import Answer, Block, Message
from bot.tables.columns import TextTable
from bot.tables.remarks import doubt_words
from bot.webinars.ids import WebinarAction
from bot.webinars.model import (
    ATTENDEE_CHAT,
    COMPILED,
    OPERATOR_CHAT,
    REGISTRANTS,
    SURVEY,
    Event,
    Operator,
    Room,
    Survey,
)
from bot.webinars.rendering.events import closing, title_of
from bot.webinars.rendering.registrants import FOR_YOU

REPORT_TITLES: Final = {
    COMPILED: "Compiled report",
    REGISTRANTS: "Registrants",
    ATTENDEE_CHAT: "Chat of the audience",
    OPERATOR_CHAT: "Chat of the hosts",
    SURVEY: "Survey responses",
}
_PREVIEW: Final = 5
_MOST_BUTTONS: Final = 40


def report_message(
    event: Event,
    parts: Mapping[str, TextTable],
    occasion: Occasion,
    *,
    report: str,
    export: str,
    personal: bool,
) -> Message:
    """Return the parent of a report's file or files: what it has, and its first rows.

    `parts` are the tables by their titles, one for all but the compiled report; `export` is one of
    TABLE_FORMATS. Without any row there is no file, and the message says so.
    """
    title = f"{title_of(event)}: {REPORT_TITLES[report]}"
    rows = sum(len(each.rows) for each in parts.values())
    if not rows:
        sentence = "FLOW has no rows for this report, so there is no file."
        return message(f"{title}. {sentence}", header(title_of(event)), _lead(report, sentence))
    sentence = f"{counted(rows, 'row')} as {FORMATS[export]}. {_where(parts, export)}"
    counts = [
        (plain(f"{name}: "), bold(counted(len(table.rows), "row"))) for name, table in parts.items()
    ]
    first = next(name for name, table in parts.items() if table.rows)
    return message(
        f"{title}. {sentence}",
        header(title_of(event)),
        _lead(report, sentence),
        *([bullets(*counts)] if len(parts) > 1 else []),
        *([context(FOR_YOU)] if personal else []),
        *_preview(first, parts[first]),
        *_doubts(parts.values()),
        *closing(occasion),
    )


def report_parts(report: str, tables: Sequence[TextTable]) -> dict[str, TextTable]:
    """Return a report's tables by their titles, in the vendor's order."""
    names = (REGISTRANTS, ATTENDEE_CHAT, OPERATOR_CHAT, SURVEY) if report == COMPILED else (report,)
    return {REPORT_TITLES[name]: table for name, table in zip(names, tables, strict=True)}


def survey_list(event: Event, surveys: Sequence[Survey], occasion: Occasion) -> Answer:
    """Return an event's surveys, each with a button that brings its answers."""
    name = title_of(event)
    if not surveys:
        return Answer(says(f"FLOW has no survey for {quoted(name)}."))
    shown = surveys[:_MOST_BUTTONS]
    rest = len(surveys) - len(shown)
    counts = counted(len(surveys), "survey")
    whole = message(
        f"{name}: {counts}: {', '.join(each.name for each in surveys)}",
        header(name),
        paragraph(bold(counts), plain(". The answers to one come as a file, to you alone.")),
        *(_survey(each, event) for each in shown),
        *(
            [context(f"{rest:,} more; type /flow-events report, the event and survey.")]
            if rest
            else []
        ),
    )
    first, *more = fit(whole, closing=closing(occasion))
    return Answer(first, thread=tuple(more))


def operator_list(operators: Sequence[Operator], occasion: Occasion, *, personal: bool) -> Answer:
    """Return those who may run events; `personal` says that only the asker sees it."""
    if not operators:
        return Answer(says("FLOW lists no operator for this account."))
    ordered = sorted(operators, key=lambda each: each.name.casefold())
    table = data_table(
        "Operators, who may run events",
        columns=("Person", "E-mail", "Title", "Company", "Id"),
        rows=(
            tuple(map(words, (each.name, each.email, each.title, each.company, f"{each.id}")))
            for each in ordered
        ),
        total=len(operators),
    )
    counts = counted(len(operators), "operator")
    create = button("Create an event", WebinarAction.OPEN_CREATE)
    whole = message(
        f"{counts}: {', '.join(each.name for each in ordered)}",
        paragraph(bold(counts)),
        *([context(FOR_YOU)] if personal else []),
        *table,
    )
    first, *more = fit(whole, closing=closing(occasion, create))
    return Answer(first, thread=tuple(more))


def room_list(rooms: Sequence[Room], occasion: Occasion) -> Answer:
    """Return the rooms that are always open, each with a button for a personal link."""
    if not rooms:
        return Answer(says("FLOW lists no room for this account."))
    counts = counted(len(rooms), "room")
    shown = rooms[:_MOST_BUTTONS]
    rest = len(rooms) - len(shown)
    whole = message(
        f"{counts}: {', '.join(each.title for each in rooms)}",
        paragraph(bold(counts), plain(". A link into one is personal; only you see it.")),
        *map(_room, shown),
        *([context(f"{rest:,} more; type /flow-events sign-on and a name.")] if rest else []),
    )
    first, *more = fit(whole, closing=closing(occasion))
    return Answer(first, thread=tuple(more))


def _room(room: Room) -> Block:
    about = f"{room.title} · {room.description}" if room.description.strip() else room.title
    sign_on = button(
        "Sign on",
        WebinarAction.OPEN_SIGN_ON,
        value=f"{room.room_id}",
        spoken=f"Get a personal link into {room.title}",
    )
    return {**section(about), "accessory": sign_on}


def _survey(survey: Survey, event: Event) -> Block:
    anonymous = {True: "anonymous", False: "with names", None: ""}[survey.anonymous]
    about = (survey.name.strip() or "Without a name", survey.text.strip(), anonymous)
    answers = button(
        "Answers",
        WebinarAction.SURVEY_ANSWERS,
        value=f"{event.token} {survey.id}",
        spoken=f"Bring me the answers to {survey.name} as a file",
    )
    line = f"{' · '.join(filter(None, about))} · number {survey.id}"
    return {**section(line), "accessory": answers}


def _lead(report: str, sentence: str) -> Block:
    return paragraph(bold(REPORT_TITLES[report]), plain(f"\n{sentence}"))


def _where(parts: Mapping[str, TextTable], export: str) -> str:
    if len(parts) == 1:
        return "The file is in the thread."
    if export == "xlsx":
        return f"The file in the thread has {counted(len(parts), 'sheet')}."
    return f"The {counted(len(parts), 'file')} are in the thread."


def _doubts(tables: Iterable[TextTable]) -> list[Block]:
    return [
        context(doubt_words(doubt)) for doubt in sorted({each.doubt for each in tables}) if doubt
    ]


def _preview(name: str, table: TextTable) -> tuple[Block, ...]:
    return text_table(f"{name}, the first rows", table, total=len(table.rows), most=_PREVIEW)
