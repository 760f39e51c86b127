"""Website workflows: the list, one of them, and the counts beside its chart."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from bot.asking.occasion import Occasion
from bot.asking.rendering.cells import day_cell
from bot.asking.rendering.dates import (
    local_day,
    period_words,
    weekday_and_day,
    weekday_and_time,
)
from bot.asking.rendering.offers import MOST_BUTTONS, FormOpening, offer, opening
from bot.asking.rendering.presses import brief, menu_of
from bot.asking.rendering.shape import Shape, laid_out
from bot.slack.blocks.blocks import (
    Element,
    bold,
    bullets,
    context,
    message,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.budget import fit
from bot.slack.blocks.hour_charts import hours_chart, hours_table, weekdays_chart
from bot.slack.blocks.tables import Cell, TableBudget, data_table, words
from bot.slack.blocks.wording import capital, counted, field_words
from bot.slack.messages import Answer, Block, Message
from bot.workflows.ids import WorkflowCallback
from bot.workflows.model import Owner, Sidedata, Workflow, WorkflowInfo
from bot.workflows.question import COUNTS, ExportQuestion
from bot.workflows.rendering.event_tables import YEARS
from bot.workflows.rendering.exports import SOURCE_LINE, ExportSubject, look_further

_KINDS = {
    "giosg-default": "made by giosg",
    "interaction": "interaction",
    "user-generated": "made by people here",
}
_HOURS = "Hours as reported by giosg (time zone unknown)"
_STEPS = 3
"""So many steps can be had at once; for others there is the form."""
_VENDORS_OWN = TableBudget(rows=50, characters=3_000)


def workflow_list(workflows: Sequence[Workflow], owner: Owner, occasion: Occasion) -> Message:
    """Return all workflows by name, and of which organization they are."""
    whose = owner.organization or "this organization"
    if not workflows:
        return says("giosg lists no workflow. Your Flowbot admin can look whose token it has.")
    named = sorted(workflows, key=lambda each: each.name.casefold())
    table = data_table(
        f"Workflows of {whose}",
        columns=("Workflow", "Description", "Changed"),
        rows=(
            (words(each.name), words(each.description), _day(each.modified_at, occasion))
            for each in named
        ),
        total=len(workflows),
    )
    shape = Shape(
        news=f"{counted(len(workflows), 'workflow')} of {whose}",
        body=table,
        buttons=tuple(chain.from_iterable(_choices(named))),
        facts=(SOURCE_LINE,),
        orders=False,
        exports=len(workflows) > MOST_BUTTONS,
    )
    return laid_out(shape, occasion).message


def kind_words(kind: str) -> str:
    """Return the kind of a workflow for people; one that is not documented, as giosg sends it."""
    return _KINDS.get(kind, kind)


def workflow_card(
    info: WorkflowInfo, occasion: Occasion, objective: Workflow | None = None
) -> Message:
    """Return what a workflow is and has, with what can be had of it."""
    name = info.name or info.id
    zone, this_year = occasion.zone, occasion.now.year
    facts = [
        _fact("Kind", kind_words(info.kind)),
        _moment("First event", info.first_event_at, zone, this_year),
        _moment("Created", objective.created_at if objective else None, zone, this_year),
        _moment("Changed", info.modified_at, zone, this_year),
    ]
    described = (paragraph(plain(info.description)),) if info.description.strip() else ()
    listed = [fact for fact in facts if fact]
    counts = ExportQuestion(name, data=COUNTS, period="last-7d", export="", workflow_id=info.id)
    shape = Shape(
        news=f"{name}: {', '.join(filter(None, (_state(info), _last(info, zone, this_year))))}",
        body=(*described, *((bullets(*listed),) if listed else ())),
        buttons=(*_steps(info), *offer("Visitors", counts, spoken=f"Visitors of {name}")),
        facts=(SOURCE_LINE,),
        orders=False,
        exports=False,
    )
    return laid_out(shape, occasion).message


def counts_answer(subject: ExportSubject, occasion: Occasion, counts: Sidedata) -> Answer:
    """Return visitors and sessions, and on which days they came; the hours are in the thread."""
    weekdays = {(day - 1) % 7: count for day, count in counts.by_weekday}
    days = weekdays_chart("By day of the week", weekdays, series="Events")
    hours = hours_chart("By time of day", dict(counts.by_hour), series="Events")
    chart = days or hours
    news = _totals(counts) or "no visitors"
    shape = Shape(
        news=f"{subject.workflow}: {news}",
        body=(chart,) if chart else (),
        buttons=() if _totals(counts) else look_further(subject.question),
        facts=(
            capital(period_words(subject.period, this_year=occasion.now.year)),
            "Days from Monday" if days else "",
            _HOURS if hours and not days else "",
            SOURCE_LINE,
        ),
        thread=(*_hours(subject, counts, hours if days else None), *_vendors_own(subject, counts)),
    )
    return laid_out(shape, occasion)


def _choices(workflows: Sequence[Workflow]) -> Iterator[tuple[Element, ...]]:
    """Yield what opens the export form: a button for each of a few, else a menu of all."""
    form = WorkflowCallback.EXPORT_STEP
    if len(workflows) > MOST_BUTTONS:
        choices = [(each.name, FormOpening(str(form), each.id)) for each in workflows]
        yield menu_of("Export from a workflow", choices) or opening("Export a step", form)
        return
    for each in workflows:
        yield opening(each.name, form, about=each.id, spoken=f"Export from {each.name}")


def _steps(info: WorkflowInfo) -> tuple[Element, ...]:
    """Return the menu of the first steps as files, and the form for all else.

    giosg tells of no workflow how many steps it has.
    """
    form = FormOpening(str(WorkflowCallback.EXPORT_STEP), info.id)
    first = [
        (
            f"Step {step}, last 7 days",
            brief(ExportQuestion(info.id, step=step, period="last-7d", export="xlsx")),
        )
        for step in range(1, _STEPS + 1)
    ]
    menu = menu_of("Export a step", [*first, ("Another step or period", form)])
    return menu or opening("Export a step", form.form, about=form.about)


def _hours(subject: ExportSubject, counts: Sidedata, chart: Block | None) -> tuple[Message, ...]:
    """Return the exact hours, with their chart where that is not in the answer itself."""
    table = hours_table("By hour", dict(counts.by_hour), series="Events")
    if not table:
        return ()
    drawn = (chart,) if chart else ()
    said = f"{subject.workflow}: by time of day."
    return fit(message(said, *drawn, *table, context(_HOURS)))


def _vendors_own(subject: ExportSubject, counts: Sidedata) -> tuple[Message, ...]:
    """Return what else giosg sent, whose meaning it does not document."""
    table = data_table(
        "More figures from giosg",
        columns=("Field", "Value"),
        rows=((words(field_words(path)), words(value)) for path, value in counts.more),
        total=len(counts.more),
        budget=_VENDORS_OWN,
    )
    return fit(message(f"{subject.workflow}: more figures.", *table)) if table else ()


def _totals(counts: Sidedata) -> str:
    facts = (
        "" if counts.visitors is None else counted(counts.visitors, "visitor"),
        "" if counts.sessions is None else counted(counts.sessions, "session"),
    )
    return ", ".join(fact for fact in facts if fact)


def _fact(label: str, value: str) -> tuple[Element, ...]:
    return (plain(f"{label}: "), bold(value)) if value.strip() else ()


def _moment(label: str, when: datetime | None, zone: str, this_year: int) -> tuple[Element, ...]:
    if when is None or when.year not in YEARS:
        return ()
    return _fact(label, weekday_and_day(local_day(when, zone), this_year=this_year))


def _last(info: WorkflowInfo, zone: str, this_year: int) -> str:
    if info.last_event_at is None or info.last_event_at.year not in YEARS:
        return "no event yet"
    return f"last event {weekday_and_time(info.last_event_at, zone, this_year=this_year)}"


def _state(info: WorkflowInfo) -> str:
    if info.published is None:
        return ""
    return "published" if info.published else "draft"


def _day(when: datetime | None, occasion: Occasion) -> Cell:
    known = None if when is None or when.year not in YEARS else local_day(when, occasion.zone)
    return day_cell(known, this_year=occasion.now.year)
