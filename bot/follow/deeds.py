"""What changes what somebody follows, for the rules and the audit."""

from typing import Any, Final

from bot.follow.intents import (
    ChangeFollow,
    ChangeMornings,
    FollowDigest,
    FollowQuestion,
    RestFromFigures,
    Unfollow,
)
from bot.jobs.deeds import Deed
from bot.jobs.policy import Thing
from bot.jobs.tasks import Task

_DEEDS: Final[dict[type[Any], Deed[Any]]] = {
    FollowQuestion: Deed("Follow a question", lambda wanted: Thing("", wanted.kind)),
    FollowDigest: Deed(
        "Follow a digest", lambda wanted: Thing(f"{wanted.number}", f"Digest {wanted.number}")
    ),
    Unfollow: Deed("Unfollow"),
    ChangeFollow: Deed("Change what is followed"),
    ChangeMornings: Deed("Change when figures are told"),
    RestFromFigures: Deed("Pause what is followed"),
}


def with_deeds(tasks: tuple[Task[Any], ...]) -> tuple[Task[Any], ...]:
    """Return the tasks, those that change something with what they change."""
    return tuple(each.with_deed(_DEEDS.get(each.intent)) for each in tasks)
