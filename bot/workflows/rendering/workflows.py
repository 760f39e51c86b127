"""Website workflows: the list, one of them, and the counts beside its chart."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.asking.occasion import Occasion
from bot.asking.rendering.dates import period_words, sortable_day
from bot.asking.rendering.occasions import small_print
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    button,
    code,
    context,
    header,
    message,
    moment,
    paragraph,
    plain,
    says,
)
from bot.slack.blocks.budget import fit
from bot.slack.blocks.hour_charts import hours_chart, hours_table, weekdays_chart
from bot.slack.blocks.tables import TableBudget, data_table, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Answer, Block, Message
from bot.workflows.core.command import typed
from bot.workflows.ids import WorkflowAction, WorkflowBlock
from bot.workflows.model import Owner, Sidedata, Workflow, WorkflowInfo
from bot.workflows.rendering.exports import SOURCE_LINE, ExportSubject

_KINDS = {
    "giosg-default": "made by giosg",
    "interaction": "interaction",
    "user-generated": "made by people here",
}
_ASSUMED = (
    "giosg does not say in which time zone it counts hours, nor which day is the first; "
    "Monday is assumed."
)
_YEARS = range(1970, 2101)  # Slack draws no others, and others are no real dates
_VENDORS_OWN = TableBudget(rows=50, characters=3_000)


def workflow_list(workflows: Sequence[Workflow], owner: Owner, occasion: Occasion) -> Message:
    """Return all workflows by name, and of which organization they are."""
    whose = owner.organization or "this organization"
    if not workflows:
        return says("giosg lists no workflow. Your Flowbot admin can look whose token it has.")
    zone = occasion.zone
    rows = (
        (words(each.name), words(each.description), words(sortable_day(each.modified_at, zone)))
        for each in sorted(workflows, key=lambda each: each.name.casefold())
    )
    counts = counted(len(workflows), "workflow")
    table = data_table(
        f"Workflows of {whose}",
        columns=("Workflow", "Description", "Changed"),
        rows=rows,
        total=len(workflows),
    )
    names = ", ".join(each.name for each in workflows)
    return message(
        f"{counts} of {whose}: {names}",
        paragraph(bold(counts), plain(f" of {whose}")),
        *table,
        paragraph(plain("The events behind one: "), code(_command(workflows[0].name, "step 1"))),
        context(occasion.footer, "Source: giosg"),
    )


def workflow_card(
    info: WorkflowInfo, objective: Workflow | None = None, *, footer: str = ""
) -> Message:
    """Return what a workflow is and has, with a button that opens the form of its export.

    `footer` is that of the occasion.
    """
    name = info.name or info.id
    kind = _KINDS.get(info.kind, info.kind)
    facts = [
        _fact("Kind", kind),
        _fact("State", "" if info.published is None else _state(published=info.published)),
        _moment("First event", info.first_event_at),
        _moment("Last event", info.last_event_at),
        _moment("Created", objective.created_at if objective else None),
        _moment("Changed", info.modified_at),
        _fact("Id", info.id),
    ]
    export = button(
        "Export a step",
        WorkflowAction.OPEN_STEP_EXPORT,
        value=info.id,
        spoken=f"Export a step of {name}",
        style="primary",
    )
    return message(
        f"{name}: {kind or 'workflow'}. {_spoken_events(info)}",
        header(name),
        *([paragraph(plain(info.description))] if info.description.strip() else []),
        bullets(*[fact for fact in facts if fact]),
        paragraph(plain("Or type "), code(_command(name, "step 1 last-7d xlsx"))),
        context(footer, "Source: giosg"),
        actions(WorkflowBlock.WORKFLOW_BUTTONS, export),
    )


def counts_answer(subject: ExportSubject, occasion: Occasion, counts: Sidedata) -> Answer:
    """Return visitors and sessions, and when they came, as charts."""
    first, *more = fit(
        message(_counts_text(subject, counts), *_counts_blocks(subject, counts)),
        closing=(small_print(occasion, SOURCE_LINE),),
    )
    return Answer(first, thread=tuple(more))


def _counts_text(subject: ExportSubject, counts: Sidedata) -> str:
    facts = _totals(counts)
    label = subject.period.label
    return f"{subject.workflow}, {label}: {facts or 'giosg has no counts in this period'}."


def _counts_blocks(subject: ExportSubject, counts: Sidedata) -> Iterator[Block]:
    yield header(subject.workflow)
    facts = _totals(counts) or "giosg has no counts in this period."
    yield paragraph(bold(facts), plain(f"\n{period_words(subject.period)}"))
    weekdays = {(day - 1) % 7: count for day, count in counts.by_weekday}
    hours = dict(counts.by_hour)
    charts = (
        weekdays_chart("By day of the week", weekdays, series="Events"),
        hours_chart("By time of day", hours, series="Events"),
    )
    drawn = [chart for chart in charts if chart]
    yield from drawn
    yield from hours_table("By hour", hours, series="Events")
    if drawn:
        yield context(_ASSUMED)
    yield from _vendors_own(counts)


def _vendors_own(counts: Sidedata) -> tuple[Block, ...]:
    """Return what else giosg sent, whose meaning it does not document."""
    return data_table(
        "More of giosg's figures, undocumented and shown as sent",
        columns=("Field", "Value"),
        rows=((words(path), words(value)) for path, value in counts.more),
        total=len(counts.more),
        budget=_VENDORS_OWN,
    )


def _totals(counts: Sidedata) -> str:
    facts = (
        "" if counts.visitors is None else counted(counts.visitors, "visitor"),
        "" if counts.sessions is None else counted(counts.sessions, "session"),
    )
    return ", ".join(fact for fact in facts if fact)


def _fact(label: str, value: str) -> tuple[Element, ...]:
    return (plain(f"{label}: "), bold(value)) if value.strip() else ()


def _moment(label: str, when: datetime | None) -> tuple[Element, ...]:
    return (plain(f"{label}: "), moment(when)) if when and when.year in _YEARS else ()


def _spoken_events(info: WorkflowInfo) -> str:
    if not info.last_event_at:
        return "No event is known of yet."
    return f"Last event {sortable_day(info.last_event_at, 'UTC')} (UTC)."


def _state(*, published: bool) -> str:
    return "published" if published else "draft"


def _command(name: str, rest: str) -> str:
    return f"/flow-export {typed(name)} {rest}"
