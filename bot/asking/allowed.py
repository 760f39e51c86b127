"""Buttons for those who may: what somebody alone is shown offers nothing that they are refused.

What a channel is shown offers nothing that nobody may do there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.asking.form import Form
from bot.asking.rendering.offers import FormOpening, Offer
from bot.asking.rendering.presses import PRESSED, press_of
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome
from bot.jobs.policy import NO_THING
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Tasks
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.ids import Action
from bot.slack.messages import Block, Message

Refuses = Callable[[Right | None], bool]
"""Returns whether nobody who sees a button has the right that it takes."""


class AllowedButtons:
    """Knows which right each button takes, as far as what it wants tells."""

    def __init__(
        self,
        tasks: Tasks,
        forms: Iterable[Form[Any]],
        rights: Mapping[str, Right],
    ) -> None:
        """`rights` are those of the rooms' own buttons, by action id."""
        self._tasks = tasks
        self._forms = {str(each.callback): each.needs for each in forms}
        self._rights = dict(rights)

    def of(self, job: Job[Intent], outcome: Outcome) -> Outcome:
        """Return what a job brought forth without the buttons that nobody who sees it may press."""
        if not job.asker.id:
            return outcome
        answers = tuple(self._allowed(each, job) for each in outcome.answers)
        return replace(outcome, answers=answers)

    def _allowed(self, outgoing: OutgoingAnswer, job: Job[Intent]) -> OutgoingAnswer:
        answer = outgoing.answer
        refuses = _refusing(outgoing, job)
        shown = self._message(answer.message, refuses)
        thread = tuple(self._message(each, refuses) for each in answer.thread)
        return replace(outgoing, answer=replace(answer, message=shown, thread=thread))

    def _message(self, message: Message, refuses: Refuses) -> Message:
        blocks = [self._block(each, refuses) for each in message.blocks]
        return replace(message, blocks=tuple(each for each in blocks if each))

    def _block(self, block: Block, refuses: Refuses) -> Block:
        """Return a block without what is refused; an empty one for a row that has nothing left."""
        accessory = block.get("accessory")
        if accessory and self._is_refused(accessory, refuses):
            return {key: value for key, value in block.items() if key != "accessory"}
        if block["type"] != "actions":
            return block
        shown = [self._element(each, refuses) for each in block["elements"]]
        left = [each for each in shown if each]
        return {**block, "elements": left} if left else {}

    def _element(self, element: Element, refuses: Refuses) -> Element:
        """Return an element without what is refused; an empty one where nothing is left."""
        if element.get("action_id", "").partition(":")[0] != Action.MENU:
            return {} if self._is_refused(element, refuses) else element
        options = [
            each for each in element["options"] if not refuses(self._right_of(each["value"]))
        ]
        return {**element, "options": options} if options else {}

    def _is_refused(self, element: Element, refuses: Refuses) -> bool:
        action = element.get("action_id", "").partition(":")[0]
        own = self._rights.get(action)
        return refuses(self._right_of(element.get("value", "")) if action in PRESSED else own)

    def _right_of(self, value: str) -> Right | None:
        try:
            press = press_of(value)
            if isinstance(press, Offer):
                return self._tasks.intent(press.job, press.details).needs
            return self._forms[press.form] if isinstance(press, FormOpening) else None
        except (LookupError, ValueError):  # the listener has words for it
            return None


def _refusing(outgoing: OutgoingAnswer, job: Job[Intent]) -> Refuses:
    """Return what says of a right that nobody who sees an answer has it."""
    alone = job.is_private or outgoing.target.private

    def refuses(right: Right | None) -> bool:
        if right is None:
            return False
        if alone:
            return bool(job.decided(right).words)
        return job.policy.nobody_may(right, outgoing.target.channel, NO_THING)

    return refuses
