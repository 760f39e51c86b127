"""What would be done to runs: what starts, what is cancelled, what is answered. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bot.asking.rendering.proposals import proposal
from bot.codec import dumps
from bot.jobs.access import Decision
from bot.jobs.request import Intent
from bot.runs.core.form_answers import fields
from bot.runs.core.user_input import FieldKind, QuestionField, UserInput
from bot.runs.core.watching import RunState
from bot.runs.intents import AnswerRun
from bot.runs.model import Flow
from bot.runs.rendering.words import SOURCE, flow_name, since_words, state_words, vendor_words
from bot.slack.blocks.blocks import bold, bullets, context, header, message, paragraph, plain
from bot.slack.blocks.tables import data_table, words
from bot.slack.blocks.wording import counted
from bot.slack.messages import Message

NO_FLOWS: Final = "There is no Smart Flow that can be run"
_INPUTS: Final = {"none": "none", "user": "XML", "plugin": "from a plug-in"}
_KINDS: Final = {
    FieldKind.TEXT: "text",
    FieldKind.NUMBER: "number",
    FieldKind.INTEGER: "whole number",
    FieldKind.YES_NO: "true or false",
    FieldKind.CHOICE: "one of",
    FieldKind.DATE: "date, as 2026-11-22",
}


def flow_list(flows: Sequence[Flow]) -> Message:
    """Return all flows in a table, with what each needs."""
    if not flows:
        return message(NO_FLOWS, paragraph(plain(f"{NO_FLOWS}.")))
    title = counted(len(flows), "Smart Flow")
    rows = (
        [words(vendor_words(each.name) or each.id), words(_INPUTS.get(each.input, ""))]
        for each in flows
    )
    table = data_table(title, columns=("Flow", "Input"), rows=rows, total=len(flows))
    return message(title, header(title), *table, context(SOURCE))


def run_proposed(
    flow: Flow, facts: Sequence[tuple[str, str]], wanted: Intent, decision: Decision
) -> Message:
    """Return what would be started."""
    ask = f"Run {vendor_words(flow.name) or flow.id}?"
    given = facts or (("Input", "none"),)
    return proposal(ask, given, button="Start the run", wanted=wanted, decision=decision)


def value_facts(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return each value of an input with its name, whatever it is."""
    return tuple((name, _shown(value)) for name, value in values.items())


def cancel_proposed(run: RunState, wanted: Intent, decision: Decision, *, zone: str) -> Message:
    """Return what would be cancelled."""
    facts = (
        ("Run", run.id),
        ("State", state_words(run.status)),
        ("Started", since_words(run, zone)),
        ("Then", "it stops where it is; what it has already done stays done"),
    )
    return proposal(
        f"Cancel this run of {flow_name(run.flow)}?",
        [each for each in facts if each[1]],
        button="Cancel the run",
        wanted=wanted,
        decision=decision,
    )


def over(run: RunState) -> str:
    """Return why there is nothing left to cancel."""
    return f"{flow_name(run.flow)} can't be cancelled any more: {state_words(run.status)}."


def question_shown(run: RunState, question: UserInput) -> Message:
    """Return what a run asks, each field with its name, kind and choices."""
    text = f"{flow_name(run.flow)} needs an answer to go on"
    title = vendor_words(question.title)
    lead = (bold(text), plain(f": {title}" if title else "."))
    listed = [(bold(each.asked.key), plain(f": {_asks(each.asked)}")) for each in _of(question)]
    return message(text, paragraph(*lead), bullets(*listed), context(SOURCE))


def answer_proposed(
    run: RunState, question: UserInput, wanted: AnswerRun, decision: Decision
) -> Message:
    """Return what a run would be answered, every field of its question."""
    facts = [
        (vendor_words(each.asked.label) or each.asked.key, _label(each.asked, wanted.values))
        for each in _of(question)
    ]
    ask = f"Answer {flow_name(run.flow)} like this?"
    return proposal(ask, facts, button="Send the answer", wanted=wanted, decision=decision)


def mistakes(question: UserInput, errors: Mapping[str, str]) -> str:
    """Return what is wrong with values, each with the name of its field."""
    named = {each.block_id: each.asked for each in _of(question)}
    return " ".join(
        f"{named[block].key}: {error}{_choices(named[block])}" for block, error in errors.items()
    )


def _of(question: UserInput) -> Sequence[Any]:
    return fields(question) or ()


def _asks(asked: QuestionField) -> str:
    return ", ".join(_traits(asked))


def _traits(asked: QuestionField) -> Iterator[str]:
    yield vendor_words(asked.label) or asked.key
    yield f"{_KINDS[asked.kind]}{_choices(asked)}"
    if asked.required:
        yield "needed"
    if vendor_words(asked.hint):
        yield vendor_words(asked.hint)
    if asked.default not in (None, ""):
        yield f"now {_label(asked, {asked.key: asked.default})}"


def _choices(asked: QuestionField) -> str:
    if asked.kind is not FieldKind.CHOICE:
        return ""
    return f" ({', '.join(vendor_words(each.label) for each in asked.choices)})"


def _label(asked: QuestionField, values: Mapping[str, Any]) -> str:
    value = values.get(asked.key)
    labels = (each.label for each in asked.choices if each.value == value)
    return vendor_words(next(labels, "")) or _shown(value)


def _shown(value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else dumps(value)
