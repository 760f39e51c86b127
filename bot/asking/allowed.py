"""Buttons for those who may: what somebody alone is shown offers nothing that they are refused.

What a channel is shown offers nothing that nobody may do there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from bot.asking.core.retyping import TypedLine
from bot.asking.form import Form
from bot.asking.rendering.offers import FormOpening, Offer
from bot.asking.rendering.presses import PRESSED, Press, press_of
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome
from bot.jobs.policy import NO_THING, Thing
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Tasks
from bot.outbox.entries import OutgoingAnswer
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.ids import Action
from bot.slack.messages import Block, Message

Refuses = Callable[[Right | None, Thing], bool]
"""Returns whether nobody who sees a button has the right that it takes, to what it is about."""
OfLine = Callable[[str, str], Right | None]
"""Returns which right a line takes, of its command and what follows."""


def no_line(command: str, text: str) -> Right | None:
    """Return that nobody knows which right a line takes."""
    del command, text
    return None


class AllowedButtons:
    """Knows which right each button takes, as far as what it wants tells."""

    def __init__(
        self,
        tasks: Tasks,
        forms: Iterable[Form[Any]],
        rights: Mapping[str, Right],
        of_line: OfLine = no_line,
    ) -> None:
        """`rights` are those of the rooms' own buttons, by action id."""
        self._of_line = of_line
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
        options = [each for each in element["options"] if not refuses(*self._asked(each["value"]))]
        return {**element, "options": options} if options else {}

    def _is_refused(self, element: Element, refuses: Refuses) -> bool:
        action = element.get("action_id", "").partition(":")[0]
        if action in PRESSED:
            return refuses(*self._asked(element.get("value", "")))
        about = element.get("value", "")
        return refuses(self._rights.get(action), Thing(about, about))

    def _asked(self, value: str) -> tuple[Right | None, Thing]:
        """Return the right that is taken by what a button wants, and what it is about."""
        try:
            return self._wanted(press_of(value))
        except (LookupError, ValueError):  # the listener has words for it
            return None, NO_THING

    def _wanted(self, press: Press) -> tuple[Right | None, Thing]:
        if isinstance(press, Offer):
            intent = self._tasks.intent(press.job, press.details)
            deed = self._tasks.deed(press.job)
            return intent.needs, deed.thing(intent) if deed else NO_THING
        if isinstance(press, FormOpening):
            return self._forms[press.form], Thing(press.about, press.about)
        if isinstance(press, TypedLine):
            return self._of_line(press.command, unescape(press.text)), NO_THING
        return None, NO_THING


def _refusing(outgoing: OutgoingAnswer, job: Job[Intent]) -> Refuses:
    """Return what says of a right that nobody who sees an answer has it."""
    alone = job.is_private or outgoing.target.private or bool(job.place.user)

    def refuses(right: Right | None, thing: Thing) -> bool:
        if right is None:
            return False
        if alone:
            return bool(job.decided(right, thing=thing).words)
        return job.policy.nobody_may(right, outgoing.target.channel, thing)

    return refuses
