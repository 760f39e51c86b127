"""What can be done about a digest, as buttons and as a menu, and what a choice in it wants."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bot.asking.rendering.offers import FormOpening, offer, opening
from bot.asking.subscription import ACTIVE, Subscription
from bot.digests.core.command import Now, Pause, Remove, Resume, Snooze
from bot.digests.core.past import History, Why
from bot.digests.ids import DigestCallback
from bot.follow.intents import FollowDigest
from bot.jobs.request import Intent
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.ids import Action
from bot.slack.blocks.inputs import menu

_NOW: Final = ("now", "Send now")
_FOLLOW: Final = ("follow", "Follow")
_REST: Final = ("rest", "Snooze or mute")
_PAUSE: Final = ("pause", "Pause")
_RESUME: Final = ("resume", "Resume")
_EDIT: Final = ("change", "Edit")
_STOP: Final = ("stop", "Stop")
_HISTORY: Final = ("history", "History")
_HAND_OVER: Final = ("handover", "Hand over")

_WANTED: Final[Mapping[str, type[Now | Pause | Resume | Remove | History | FollowDigest]]] = {
    "now": Now,
    "pause": Pause,
    "resume": Resume,
    "stop": Remove,
    "history": History,
    "follow": FollowDigest,
}


def digest_menu(one: Subscription, planned: datetime | None) -> Element:
    """Return the menu on a digest's message; it was planned for a moment, or asked for at once."""
    at = int(planned.timestamp()) if planned else 0
    return _menu(one, (_FOLLOW, _REST, _EDIT, _STOP, (f"why-{at}", "Why did I get this?")))


def row_menu(one: Subscription, *, here: bool) -> Element:
    """Return the menu beside a digest in a list; `here` says that it is of this channel."""
    edit = (_EDIT,) if here else ()
    going = (_NOW, _REST, _PAUSE) if one.state == ACTIVE else (_RESUME, _NOW)
    return _menu(one, (*going, *edit, _STOP))


def owner_menu(one: Subscription) -> Element:
    """Return the menu beside a digest in its owner's Home; one that rests can be stopped there."""
    more = (_EDIT, _HISTORY, _HAND_OVER)
    going = (_NOW, *more, _PAUSE) if one.state == ACTIVE else (_RESUME, *more, _STOP)
    return _menu(one, going)


def wanted_of(value: str) -> Intent | FormOpening:
    """Return what a choice in a menu wants. Raises ValueError and LookupError for another's."""
    number, _, chosen = value.partition(":")
    verb, _, more = chosen.partition("-")
    digest = int(number)
    if verb == "change":
        return FormOpening(DigestCallback.CHANGE, f"{digest}")
    if verb == "rest":
        return FormOpening(DigestCallback.REST, f"{digest}")
    if verb == "handover":
        return FormOpening(DigestCallback.HAND_OVER, f"{digest}")
    if verb == "why":
        planned = datetime.fromtimestamp(int(more), UTC) if int(more) else None
        return Why(digest, planned, by_hand=planned is None)
    if verb == "snooze":
        return Snooze(digest, days=int(more))
    return _WANTED[verb](digest)


def now_button(one: Subscription) -> tuple[Element, ...]:
    """Return [Send now]."""
    return offer("Send now", Now(one.id), spoken="Send this digest now")


def new_button() -> tuple[Element, ...]:
    """Return the button that opens the empty form of a digest."""
    return opening("New digest", DigestCallback.NEW, spoken="Order a new digest")


def edit_button(one: Subscription) -> tuple[Element, ...]:
    """Return the button that opens the form with all that a digest is."""
    return opening("Edit", DigestCallback.CHANGE, about=f"{one.id}", spoken="Edit this digest")


def snooze_buttons(one: Subscription) -> tuple[Element, ...]:
    """Return the buttons that skip a day or a week."""
    return (
        *offer("Snooze 1 day", Snooze(one.id, days=1)),
        *offer("Snooze 1 week", Snooze(one.id, days=7)),
    )


def resume_button(
    one: Subscription, label: str = "Resume now", *, chosen: str = ""
) -> tuple[Element, ...]:
    """Return [Resume now]; `chosen` is the conversation for which it is pressed elsewhere."""
    return offer(label, Resume(one.id), chosen=chosen)


def history_button(one: Subscription) -> tuple[Element, ...]:
    """Return the button that shows what became of a digest's planned times."""
    return offer("History", History(one.id), spoken="What became of this digest")


def stop_button(one: Subscription) -> tuple[Element, ...]:
    """Return [Stop]."""
    return offer("Stop", Remove(one.id), spoken="Stop this digest")


def _menu(one: Subscription, choices: Sequence[tuple[str, str]]) -> Element:
    return menu(Action.DIGEST_MENU, [(f"{one.id}:{verb}", label) for verb, label in choices])
