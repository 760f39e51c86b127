"""The modals of Smart Flows: starting a run, and answering the question of one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.runs.core.form_answers import NO, YES, AnswerValues, Field, answers, fields
from bot.runs.core.user_input import FieldKind, UserInput
from bot.runs.core.xml_input import XmlInputError, checked_xml
from bot.runs.ids import RunAction, RunCallback
from bot.runs.model import Flow
from bot.runs.rendering.words import vendor_words
from bot.slack.blocks.blocks import Element, context, paragraph, plain
from bot.slack.blocks.budget import LIMITS, clean
from bot.slack.blocks.ids import Action
from bot.slack.blocks.inputs import (
    Values,
    conversation_select,
    date_input,
    field,
    file_input,
    file_of,
    option,
    searched_select,
    text_of,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.messages import Block

_TITLE: Final = "Run a Smart Flow"
_ANSWER_TITLE: Final = "Answer a Smart Flow"


@dataclass(frozen=True, slots=True)
class RunForm:
    """A submitted form: which flow, with what input, and where its card goes.

    `xml` is well-formed UTF-8, or None; what is in `file` has still to be checked.
    """

    flow: str
    channel: str
    xml: bytes | None = None
    file: str = ""


def run_modal(
    *,
    metadata: str = "",
    chosen: Flow | None = None,
    xml: str = "",
    given: str = "",
    note: str = "",
    channel: str = "",
) -> View:
    """Return the form "Run a Smart Flow"; `metadata` comes back on submitting it.

    `xml` stands in the input at first; too long for Slack, it raises ValueError. `given` says in
    words what the input is when it is not asked for, such as "the file order.xml". `chosen` is the
    flow that is picked at first, `note` a sentence above all, `channel` the conversation
    that stands there at first in place of the current one.
    """
    pick = searched_select(RunAction.FLOW_TO_RUN, placeholder="Type a part of its name")
    if chosen:
        pick["initial_option"] = flow_option(chosen)
    asked = (paragraph(plain(f"Input: {given}")),) if given else tuple(_inputs(xml))
    where = conversation_select(Action.CONVERSATION, chosen=channel)
    return modal(
        RunCallback.RUN_FLOW,
        _TITLE,
        (
            *([paragraph(plain(note))] if note else []),
            field("Flow", pick),
            *asked,
            field("Report to", where),
        ),
        submit="Run",
        metadata=metadata,
    )


def run_form(values: Values) -> RunForm | Errors:
    """Return what is to be run, or messages for the inputs that need another look."""
    flow = text_of(values, RunAction.FLOW_TO_RUN)
    typed = _unstripped(values)  # so that lines and columns are those that the person sees
    file = file_of(values, RunAction.RUN_FILE)
    errors: Errors = {} if flow else {RunAction.FLOW_TO_RUN: "Choose a flow."}
    xml: bytes | None = None
    if typed.strip() and file:
        errors[RunAction.RUN_FILE] = "Paste the XML or upload it, not both."
    elif typed.strip():
        try:
            xml = checked_xml(typed)
        except XmlInputError as mistake:
            errors[RunAction.RUN_INPUT] = str(mistake)
    channel = text_of(values, Action.CONVERSATION)
    return errors or RunForm(flow, channel, xml, file)


def flow_options(flows: Sequence[Flow], query: str) -> list[Element]:
    """Return the flows whose names have what was typed, those that begin with it first.

    The value of an option is the flow's id.
    """
    wanted = clean(query).strip().casefold()
    found = sorted(
        (each for each in flows if wanted in each.name.casefold() and _has_short_id(each)),
        key=lambda each: (not each.name.casefold().startswith(wanted), each.name.casefold()),
    )
    return [flow_option(each) for each in found[: LIMITS.options]]


def answer_modal(question: UserInput, *, flow: str, metadata: str) -> View | None:
    """Return the form of a question, or None where only the vendor's panel can ask it."""
    asked = fields(question)
    if not asked:
        return None
    title = vendor_words(question.title)
    lead = f"{flow}: {title}" if title else flow
    return modal(
        RunCallback.ANSWER_RUN,
        _ANSWER_TITLE,
        (paragraph(plain(lead)), *map(_input, asked)),
        submit="Send the answer",
        metadata=metadata,
    )


def answer_form(question: UserInput, values: Values) -> AnswerValues | Errors:
    """Return the answer with every key of the question, or messages for the inputs."""
    return answers(
        question, {block_id: text_of(values, block_id, RunAction.ANSWER) for block_id in values}
    )


def _inputs(xml: str) -> Iterator[Block]:
    pasted: Element = {
        "type": "plain_text_input",
        "action_id": str(RunAction.RUN_INPUT),
        "multiline": True,
        "max_length": LIMITS.plain_text_input,
    }
    if len(xml) > LIMITS.plain_text_input:
        raise ValueError(f"an input holds at most {LIMITS.plain_text_input} characters")
    if xml:
        pasted["initial_value"] = xml
    hint = f"At most {LIMITS.plain_text_input:,} characters; upload what is longer."
    yield field("Input as XML", pasted, optional=True, hint=hint)
    yield field("Or an XML file", file_input(RunAction.RUN_FILE, "xml"), optional=True)
    yield context("Leave both empty for a flow that needs no input.")


def _unstripped(values: Values) -> str:
    state = values.get(RunAction.RUN_INPUT, {}).get(RunAction.RUN_INPUT, {})
    return str(state.get("value") or "")


def flow_option(flow: Flow) -> Element:
    """Return a flow as an option; its value is the flow's id."""
    return option(vendor_words(flow.name) or flow.id, flow.id)


def _has_short_id(flow: Flow) -> bool:
    return 0 < len(flow.id) <= LIMITS.option_value


def _input(asked: Field) -> Block:
    words = vendor_words(asked.asked.label) or asked.asked.key
    made = _ELEMENTS[asked.asked.kind](asked)
    return field(
        words,
        made,
        block_id=asked.block_id,
        optional=not asked.asked.required,
        hint=vendor_words(asked.asked.hint),
    )


def _text(asked: Field) -> Element:
    longest = asked.asked.longest or LIMITS.plain_text_input
    made: Element = {
        "type": "plain_text_input",
        "action_id": str(RunAction.ANSWER),
        "max_length": min(max(longest, len(asked.initial)), LIMITS.plain_text_input),
    }
    if asked.asked.lines or "\n" in asked.initial:
        made["multiline"] = True
    return made | ({"initial_value": asked.initial} if asked.initial else {})


def _number(asked: Field) -> Element:
    made: Element = {
        "type": "number_input",
        "action_id": str(RunAction.ANSWER),
        "is_decimal_allowed": asked.asked.kind is FieldKind.NUMBER,
    }
    return made | ({"initial_value": asked.initial} if asked.initial else {})


def _yes_no(asked: Field) -> Element:
    choices = {YES: option("Yes", YES), NO: option("No", NO)}
    made: Element = {
        "type": "radio_buttons",
        "action_id": str(RunAction.ANSWER),
        "options": list(choices.values()),
    }
    return made | ({"initial_option": choices[asked.initial]} if asked.initial else {})


def _choice(asked: Field) -> Element:
    options = [
        option(vendor_words(choice.label) or str(choice.value), str(number))
        for number, choice in enumerate(asked.asked.choices)
    ]
    made: Element = {
        "type": "static_select",
        "action_id": str(RunAction.ANSWER),
        "options": options,
    }
    return made | ({"initial_option": options[int(asked.initial)]} if asked.initial else {})


def _date(asked: Field) -> Element:
    made = date_input(RunAction.ANSWER)
    return made | ({"initial_date": asked.initial} if asked.initial else {})


_ELEMENTS: Final[Mapping[FieldKind, Callable[[Field], Element]]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.INTEGER: _number,
    FieldKind.YES_NO: _yes_no,
    FieldKind.CHOICE: _choice,
    FieldKind.DATE: _date,
}
