"""What a digest is about, in the form that orders it: as it was asked, or chosen step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.asking.question import Picker, Question, QuestionKind, QuestionKinds
from bot.asking.rendering.period_inputs import ALL_DATES, OFFERED_PERIODS, period_select
from bot.digests.core.draft import Draft, about_row
from bot.digests.ids import DigestAction
from bot.errors import UserError
from bot.slack.blocks.blocks import bold, button, paragraph, plain, section
from bot.slack.blocks.inputs import (
    Values,
    field,
    label_of,
    option,
    searched_select,
    select,
    text_of,
)
from bot.slack.blocks.modals import Errors
from bot.slack.messages import Block

_GONE: Final = "I can't read any more what this digest is about. Choose it anew."
_KIND: Final = DigestAction.KIND
OfferedKinds = Sequence[QuestionKind[Any]]
"""Kinds of questions that can be chosen in a form, of the services that are on."""


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The ids of the inputs of one kind: those of another kind hold nothing of it."""

    kind: str

    @property
    def figure(self) -> str:
        return f"{DigestAction.FIGURE}:{self.kind}"

    @property
    def period(self) -> str:
        return f"{DigestAction.PERIOD}:{self.kind}"


def what_inputs(draft: Draft, kinds: QuestionKinds, offered: OfferedKinds) -> tuple[Block, ...]:
    """Return the blocks of what it is about."""
    if draft.about:
        return (_as_asked(draft, kinds, offered),)
    kind = _chosen(draft, offered)
    if kind is None or kind.picker is None:
        return (paragraph(plain("No service is on that I could send digests of.")),)
    picker, ids = kind.picker, _Blocks(kind.name)
    services = [(each.name, each.picker.service) for each in offered if each.picker]
    return (
        field("About", select(_KIND, services, chosen=kind.name), tells=True),
        *_thing(draft, picker),
        field(
            "What",
            select(DigestAction.FIGURE, picker.figures, chosen=_figure(draft, picker)),
            block_id=ids.figure,
        ),
        *_period(draft, picker, ids),
    )


def with_what(draft: Draft, values: Values, offered: OfferedKinds) -> Draft:
    """Return a draft with what is chosen in the inputs that there are."""
    if _KIND not in values:
        return draft
    kind = text_of(values, _KIND)
    ids = _Blocks(kind)
    if ids.figure not in values:  # another one was chosen just now
        return replace(draft, kind=kind, thing="", thing_name="", figure="", period="")
    picker = next((each.picker for each in offered if each.name == kind), None)
    things = picker.things if picker else ""
    return replace(
        draft,
        kind=kind,
        thing=text_of(values, things),
        thing_name=label_of(values, things),
        figure=text_of(values, ids.figure, DigestAction.FIGURE),
        period=text_of(values, ids.period, DigestAction.PERIOD),
    )


def chosen_anew(draft: Draft, kinds: QuestionKinds, offered: OfferedKinds) -> Draft:
    """Return a draft whose question is chosen, begun with what it asked as far as that tells it."""
    question = question_of(draft.about, kinds)
    kind = next((each for each in offered if question and each.name == question.job), None)
    blank = replace(draft, about={})
    if question is None or kind is None or kind.picker is None:
        return blank
    picker = kind.picker
    number, name = (str(getattr(question, each)) for each in picker.names)
    period = getattr(question, "period", "") or ALL_DATES
    return replace(
        blank,
        kind=kind.name,
        thing=number or name,
        thing_name=name,
        figure=_asked_figure(question, picker, number or name),
        period=period if picker.period and period in OFFERED_PERIODS else "",
    )


def _asked_figure(question: Question, picker: Picker[Any], thing: str) -> str:
    """Return the figure of which a question is, whatever its period; empty where it is of none."""

    def essence(one: Question) -> dict[str, Any]:
        aside = {*picker.names, "period", "export"}
        return {name: value for name, value in about_row(one).items() if name not in aside}

    fitting = [value for value, _ in picker.figures if (value in picker.alone) == (not thing)]
    asked = essence(question)
    return next((each for each in fitting if essence(picker.made(thing, each, "")) == asked), "")


def asked_in(draft: Draft, kinds: QuestionKinds, offered: OfferedKinds) -> Question | Errors:
    """Return the question of a draft, or messages beside the inputs that need another look."""
    if draft.about:
        found = question_of(draft.about, kinds)
        return found or {DigestAction.OFTEN: _GONE}
    kind = _chosen(draft, offered)
    picker = kind.picker if kind else None
    if kind is None or picker is None:
        return {_KIND: "Choose what it is about."}
    ids, figure = _Blocks(kind.name), _figure(draft, picker)
    if not draft.thing and figure not in picker.alone:
        return {picker.things: f"Choose a {picker.thing.lower()} for this."}
    thing = "" if figure in picker.alone else draft.thing
    period = draft.period or picker.period
    try:
        made: Question = picker.made(thing, figure, "" if period == ALL_DATES else period)
    except UserError as error:
        return {ids.figure: str(error)}
    return made


def question_of(row: Mapping[str, Any], kinds: QuestionKinds) -> Question | None:
    """Return the question of a row with its kind, or None where nobody can read it."""
    try:
        found: Question = kinds[str(row.get("kind", ""))].of_row(row)
    except (LookupError, ValueError):
        return None
    return found


def _as_asked(draft: Draft, kinds: QuestionKinds, offered: OfferedKinds) -> Block:
    question = question_of(draft.about, kinds)
    words = kinds.of(question).title(question) if question else _GONE
    if not offered:
        return paragraph(plain("Send "), bold(words))
    other = button("Something else", DigestAction.OTHER, value="other")
    return {**section("Send", words), "block_id": str(DigestAction.OTHER), "accessory": other}


def _chosen(draft: Draft, offered: OfferedKinds) -> QuestionKind[Any] | None:
    first = next(iter(offered), None)
    return next((each for each in offered if each.name == draft.kind), first)


def _figure(draft: Draft, picker: Picker[Any]) -> str:
    known = [value for value, _ in picker.figures]
    return draft.figure if draft.figure in known else known[0]


def _thing(draft: Draft, picker: Picker[Any]) -> tuple[Block, ...]:
    chosen = option(draft.thing_name or draft.thing, draft.thing) if draft.thing else None
    found = searched_select(
        picker.things, placeholder=f"Choose a {picker.thing.lower()}", chosen=chosen
    )
    some = bool(picker.alone)
    hint = "Needed for what is about a single one." if some else ""
    return (field(picker.thing, found, optional=some, hint=hint),)


def _period(draft: Draft, picker: Picker[Any], ids: _Blocks) -> tuple[Block, ...]:
    if not picker.period:
        return ()
    chosen = draft.period or picker.period
    periods = period_select(DigestAction.PERIOD, chosen=chosen, with_all=True)
    return (field("Period", periods, block_id=ids.period, hint="Counted anew each time."),)
