"""Buttons for those who may: what somebody alone is shown offers nothing that they are refused."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.asking.form import Form
from bot.asking.rendering.offers import FormOpening, Offer
from bot.asking.rendering.presses import PRESSED, press_of
from bot.jobs.access import Policy, Right, decide
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Tasks
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.ids import Action
from bot.slack.messages import Block, Message
from bot.slack.people import Person


class AllowedButtons:
    """Knows which right each button takes, as far as what it wants tells."""

    def __init__(
        self,
        tasks: Tasks,
        forms: Iterable[Form[Any]],
        rights: Mapping[str, Right],
        policy: Policy,
    ) -> None:
        """`rights` are those of the rooms' own buttons, by action id."""
        self._tasks = tasks
        self._forms = {str(each.callback): each.needs for each in forms}
        self._rights = dict(rights)
        self._policy = policy

    def of(self, job: Job[Intent], outcome: Outcome) -> Outcome:
        """Return what a job brought forth, what its asker alone sees without such buttons."""
        if not job.is_private or not job.asker.id:
            return outcome
        answers = tuple(self._allowed(each, job.asker) for each in outcome.answers)
        return replace(outcome, answers=answers)

    def _allowed(self, outgoing: OutgoingAnswer, asker: Person) -> OutgoingAnswer:
        answer = outgoing.answer
        shown = self._message(answer.message, asker)
        thread = tuple(self._message(each, asker) for each in answer.thread)
        return replace(outgoing, answer=replace(answer, message=shown, thread=thread))

    def _message(self, message: Message, asker: Person) -> Message:
        blocks = [self._block(each, asker) for each in message.blocks]
        return replace(message, blocks=tuple(each for each in blocks if each))

    def _block(self, block: Block, asker: Person) -> Block:
        """Return a block without what is refused; an empty one for a row that has nothing left."""
        accessory = block.get("accessory")
        if accessory and self._is_refused(accessory, asker):
            return {key: value for key, value in block.items() if key != "accessory"}
        if block["type"] != "actions":
            return block
        shown = [self._element(each, asker) for each in block["elements"]]
        left = [each for each in shown if each]
        return {**block, "elements": left} if left else {}

    def _element(self, element: Element, asker: Person) -> Element:
        """Return an element without what is refused; an empty one where nothing is left."""
        if element.get("action_id", "").partition(":")[0] != Action.MENU:
            return {} if self._is_refused(element, asker) else element
        options = [
            each
            for each in element["options"]
            if not self._refuses(self._right_of(each["value"]), asker)
        ]
        return {**element, "options": options} if options else {}

    def _is_refused(self, element: Element, asker: Person) -> bool:
        action = element.get("action_id", "").partition(":")[0]
        own = self._rights.get(action)
        right = self._right_of(element.get("value", "")) if action in PRESSED else own
        return self._refuses(right, asker)

    def _refuses(self, right: Right | None, asker: Person) -> bool:
        """Return whether somebody is refused what takes a right."""
        return right is not None and bool(decide(right, asker, policy=self._policy).words)

    def _right_of(self, value: str) -> Right | None:
        try:
            press = press_of(value)
            if isinstance(press, Offer):
                return self._tasks.intent(press.job, press.details).needs
            return self._forms[press.form] if isinstance(press, FormOpening) else None
        except (LookupError, ValueError):  # the listener has words for it
            return None
