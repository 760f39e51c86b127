"""The CSV reports of an event as files, and the surveys, operators and rooms of an account."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.asking.occasion import Occasion
from bot.asking.rendering.offers import MOST_BUTTONS, FormOpening, offer, opening
from bot.asking.rendering.presses import brief, menu_of
from bot.asking.rendering.shape import Shape, laid_out
from bot.slack.blocks.blocks import Element, bold, bullets, context, paragraph, plain
from bot.slack.blocks.budget import LIMITS, clean, cut
from bot.slack.blocks.tables import data_table, text_table, words
from bot.slack.blocks.wording import FORMATS, counted, lowered, some_of
from bot.slack.messages import Answer, Block, Message
from bot.tables.columns import TextTable
from bot.tables.remarks import doubt_words
from bot.webinars.ids import WebinarCallback
from bot.webinars.model import (
    ATTENDEE_CHAT,
    COMPILED,
    OPERATOR_CHAT,
    REGISTRANTS,
    SURVEY,
    Event,
    Operator,
    Phase,
    Room,
    Survey,
)
from bot.webinars.question import EventsQuestion
from bot.webinars.rendering.buttons import event_buttons
from bot.webinars.rendering.event_words import SOURCE, short_title
from bot.webinars.rendering.registrants import FOR_YOU

REPORT_TITLES: Final = {
    COMPILED: "Compiled report",
    REGISTRANTS: "Registrants",
    ATTENDEE_CHAT: "Chat of the attendees",
    OPERATOR_CHAT: "Chat of the hosts",
    SURVEY: "Survey responses",
}
_PREVIEW: Final = 5
_MOST_SHOWN: Final = 10
_LONGEST_LABEL: Final = 40
_PRIVATELY: Final = "The answers are sent to you privately, as a file."


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
    title = f"{short_title(event)}: {lowered(REPORT_TITLES[report])}"
    rows = sum(len(each.rows) for each in parts.values())
    first = next((name for name, table in parts.items() if table.rows), "")
    several = len(parts) > 1
    counts = [
        (plain(f"{name}: "), bold(counted(len(table.rows), "row"))) for name, table in parts.items()
    ]
    where = f"{_files(parts, export)} in the thread ({counted(rows, 'row')})"
    shape = Shape(
        news=f"{title}, {where}" if rows else f"{title} is empty, so there is no file",
        body=(
            *([bullets(*counts)] if several and rows else []),
            *(_preview(first, parts[first]) if first and not several else []),
            *_doubts(parts.values()),
        ),
        facts=(FOR_YOU if personal else "", SOURCE),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion).message


def report_parts(report: str, tables: Sequence[TextTable]) -> dict[str, TextTable]:
    """Return a report's tables by their titles, in the vendor's order."""
    names = (REGISTRANTS, ATTENDEE_CHAT, OPERATOR_CHAT, SURVEY) if report == COMPILED else (report,)
    return {REPORT_TITLES[name]: table for name, table in zip(names, tables, strict=True)}


def survey_list(
    event: Event, surveys: Sequence[Survey], occasion: Occasion, *, phase: Phase
) -> Answer:
    """Return an event's surveys, each with a button that brings its answers."""
    title = short_title(event)
    shown = [each for each in surveys if _about(each)][:_MOST_SHOWN]
    about = [(bold(_name(each)), plain(_about(each))) for each in shown]
    answers = _answers(surveys, event)
    shape = Shape(
        news=f"{title}: {counted(len(surveys), 'survey') if surveys else 'no survey'}",
        body=(
            paragraph(plain(_PRIVATELY)),
            *([bullets(*about)] if about else []),
        )
        if surveys
        else (),
        buttons=(*answers, *event_buttons(event, phase, occasion, but="surveys")[: not surveys]),
        facts=(SOURCE,),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion)


def operator_list(operators: Sequence[Operator], occasion: Occasion, *, personal: bool) -> Answer:
    """Return those who may run events; `personal` says that only the asker sees it."""
    ordered = sorted(operators, key=lambda each: each.name.casefold())
    table = data_table(
        "Hosts",
        columns=("Person", "E-mail", "Title", "Company"),
        rows=(
            tuple(map(words, (each.name, each.email, each.title, each.company))) for each in ordered
        ),
        total=len(operators),
        more="Export for the full list." if occasion.key else "",
    )
    names = some_of([each.name for each in ordered])
    shape = Shape(
        news=f"{counted(len(operators), 'host')}: {names}" if operators else "FLOW lists no hosts",
        body=table,
        buttons=opening("Create an event", WebinarCallback.CREATE_EVENT),
        facts=(FOR_YOU if personal else "", SOURCE),
        orders=False,
        exports=bool(operators),
    )
    return laid_out(shape, occasion)


def room_list(rooms: Sequence[Room], occasion: Occasion) -> Answer:
    """Return the rooms that are always open, each with a button for a personal link."""
    about = [
        (bold(clean(each.title)), plain(f" · {each.description}"))
        for each in rooms[:_MOST_SHOWN]
        if each.description.strip()
    ]
    news = counted(len(rooms), "always-open room") if rooms else "FLOW lists no rooms"
    shape = Shape(
        news=news,
        body=(
            paragraph(plain("Your link is private.")),
            *([bullets(*about)] if about else []),
        )
        if rooms
        else (),
        buttons=_enter(rooms),
        facts=(SOURCE,),
        orders=False,
        exports=bool(rooms),
    )
    return laid_out(shape, occasion)


def _enter(rooms: Sequence[Room]) -> tuple[Element, ...]:
    """Return what leads into a room: a button for each of a few, else a menu of all."""
    form = str(WebinarCallback.SIGN_ON)
    if len(rooms) > MOST_BUTTONS:
        choices = [(clean(each.title), FormOpening(form, f"{each.room_id}")) for each in rooms]
        return menu_of("Enter a room", choices) or opening("Enter a room", form)
    return tuple(
        button
        for each in rooms
        for button in opening(
            f"Enter {cut(clean(each.title), _LONGEST_LABEL)}",
            form,
            about=f"{each.room_id}",
            spoken=f"Get a personal link into {each.title}",
        )
    )


def _answers(surveys: Sequence[Survey], event: Event) -> tuple[Element, ...]:
    """Return what brings the answers to a survey to who wants them, alone.

    It is a button for each of a few, else a menu of all.
    """
    asked = [
        (
            _name(each),
            EventsQuestion(
                "report", event.token, report=SURVEY, survey=f"{each.id}", export="xlsx"
            ),
        )
        for each in surveys
    ]
    if len(asked) > MOST_BUTTONS:
        choices = [(name, brief(wanted, privately=True)) for name, wanted in asked]
        menu = menu_of("Answers to a survey", choices)
        if menu:
            return menu
    return tuple(
        button
        for name, wanted in asked[:MOST_BUTTONS]
        for button in offer(
            cut(f"Answers: {name}", LIMITS.button_text),
            wanted,
            spoken=f"Bring me the answers to {name} as a file",
            privately=True,
        )
    )


def _name(survey: Survey) -> str:
    return clean(survey.name).strip() or "Survey without a name"


def _about(survey: Survey) -> str:
    anonymous = "anonymous" if survey.anonymous else ""
    told = ", ".join(filter(None, (survey.text.strip().rstrip("."), anonymous)))
    return told and f" · {told}"


def _files(parts: Mapping[str, TextTable], export: str) -> str:
    """Return the file, or as CSV one for each of several parts."""
    if len(parts) > 1 and export == "csv":
        return f"{len(parts)} CSV files"
    return f"{FORMATS[export]} file"


def _doubts(tables: Iterable[TextTable]) -> list[Block]:
    return [
        context(doubt_words(doubt)) for doubt in sorted({each.doubt for each in tables}) if doubt
    ]


def _preview(name: str, table: TextTable) -> tuple[Block, ...]:
    return text_table(f"{name}, the first rows", table, total=len(table.rows), most=_PREVIEW)
