"""What changes a digest, for the rules and the audit."""

from typing import Any, Final

from bot.digests.core.command import Now, Pause, Remove, Reschedule, Resume, Snooze
from bot.digests.core.past import Resend
from bot.digests.intents import (
    ApplyOrders,
    ChangeDigest,
    CopyOrders,
    HandOver,
    MuteDigests,
    OrderDigest,
    OrderDigests,
    RestDigests,
    UnmuteDigests,
)
from bot.jobs.deeds import Deed
from bot.jobs.policy import Thing
from bot.jobs.tasks import Task
from bot.troubles.intents import (
    HandOverOrders,
    LetOthersSee,
    MoveOrders,
    PutBackOrders,
    StopOrders,
)


def _numbered(wanted: Any) -> Thing:
    return Thing(f"{wanted.number}", f"Digest {wanted.number}")


def _several(wanted: Any) -> Thing:
    return Thing("", ", ".join(f"Digest {each}" for each in wanted.numbers))


_DEEDS: Final[dict[type[Any], Deed[Any]]] = {
    OrderDigest: Deed("Order a digest", lambda wanted: Thing("", f"{wanted.kind}, {wanted.words}")),
    OrderDigests: Deed("Order digests"),
    RestDigests: Deed("Pause digests", _several),
    UnmuteDigests: Deed("Resume digests", _several),
    MuteDigests: Deed("Mute a kind of digests", lambda wanted: Thing("", wanted.kind)),
    ApplyOrders: Deed("Apply orders as text"),
    CopyOrders: Deed("Copy a channel's orders"),
    StopOrders: Deed("Stop what rests"),
    PutBackOrders: Deed("Put stopped orders back"),
    MoveOrders: Deed("Move what rests"),
    HandOverOrders: Deed("Hand orders over"),
    LetOthersSee: Deed("Let others see what rests"),
    ChangeDigest: Deed("Change a digest", _numbered),
    **{
        intent: Deed(does, _numbered)
        for intent, does in (
            (Remove, "Stop a digest"),
            (Pause, "Pause a digest"),
            (Resume, "Resume a digest"),
            (Snooze, "Snooze a digest"),
            (Now, "Send a digest now"),
            (Resend, "Send a past digest"),
            (Reschedule, "Move a digest"),
            (HandOver, "Hand a digest over"),
        )
    },
}


def with_deeds(tasks: tuple[Task[Any], ...]) -> tuple[Task[Any], ...]:
    """Return the tasks of digests, those that change one with what they change."""
    return tuple(each.with_deed(_DEEDS.get(each.intent)) for each in tasks)
