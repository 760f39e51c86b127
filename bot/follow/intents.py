"""What can be wanted of what somebody follows: the arguments of jobs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.asking.question import Question, QuestionKinds
from bot.jobs.access import Right
from bot.jobs.request import Intent


@dataclass(frozen=True, slots=True)
class FollowQuestion(Intent):
    """A question to be followed: one figure of its answer by the name of its measure, or all."""

    job: ClassVar[str] = "follow_question"
    needs: ClassVar[Right] = Right.FOLLOW
    kind: str
    question: Question
    measure: str = ""
    at_once: bool = True


def read_follow(row: Mapping[str, Any], kinds: QuestionKinds) -> FollowQuestion:
    """Return what a row or a button says of a question to be followed."""
    kind = row["kind"]
    question = kinds[kind].of_row(row["question"])
    return FollowQuestion(kind, question, row.get("measure", ""), row.get("at_once", True))


@dataclass(frozen=True, slots=True)
class FollowDigest(Intent):
    """A digest to be followed by its number: all figures of what it asks, whatever that is then."""

    job: ClassVar[str] = "follow_digest"
    needs: ClassVar[Right] = Right.FOLLOW
    number: int


@dataclass(frozen=True, slots=True)
class Unfollow(Intent):
    """One thing not to be followed any more, by its number or by words of it; or `everything`."""

    job: ClassVar[str] = "unfollow"
    needs: ClassVar[Right] = Right.HELP
    number: int = 0
    typed: str = ""
    everything: bool = False


@dataclass(frozen=True, slots=True)
class ShowFollowing(Intent):
    """A request to see a page of what the asker follows."""

    job: ClassVar[str] = "following"
    needs: ClassVar[Right] = Right.ASK
    page: int = 0
    turned: bool = False


@dataclass(frozen=True, slots=True)
class ChangeFollow(Intent):
    """Which figure of one thing is followed from now on, and whether it is told at once."""

    job: ClassVar[str] = "change_follow"
    needs: ClassVar[Right] = Right.FOLLOW
    number: int
    measure: str = ""
    at_once: bool = True


@dataclass(frozen=True, slots=True)
class ChangeMornings(Intent):
    """When the asker is told: at a time as 09:00, on days by their word; None is left as it is."""

    job: ClassVar[str] = "change_mornings"
    needs: ClassVar[Right] = Right.FOLLOW
    at: str = ""
    days: str = ""
    says_nothing: bool | None = None
    at_once: bool | None = None


@dataclass(frozen=True, slots=True)
class RestFromFigures(Intent):
    """So many days on which the asker is told nothing of what they follow; 0 ends a rest."""

    job: ClassVar[str] = "rest_from_figures"
    needs: ClassVar[Right] = Right.FOLLOW
    days: int = 0


@dataclass(frozen=True, slots=True)
class TellFollower(Intent):
    """Somebody to be told what moved, on a day such as 2026-11-30 where they are."""

    job: ClassVar[str] = "tell_follower"
    person: str
    day: str

    @property
    def can_wait(self) -> bool:
        """Whether it lets people go first: many are told at nine."""
        return True


@dataclass(frozen=True, slots=True)
class LookAtFigures(Intent):
    """A question that is followed, by its key, to be looked at for what got worse."""

    job: ClassVar[str] = "look_at_figures"
    asked: str

    @property
    def can_wait(self) -> bool:
        """Whether it lets people go first."""
        return True


@dataclass(frozen=True, slots=True)
class PlanMornings(Intent):
    """Somebody who follows something may be in another zone."""

    job: ClassVar[str] = "plan_mornings"
    person: str
