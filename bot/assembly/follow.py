"""What people follow, put together of what all features share."""

from dataclasses import dataclass

from bot.asking.composing import Composers
from bot.asking.question import QuestionKinds
from bot.feature import Parts
from bot.follow.alarms import Alarms
from bot.follow.claiming import FollowClaims
from bot.follow.desk import FollowDesk
from bot.follow.forms import FollowForms
from bot.follow.mornings import Mornings
from bot.follow.overhearing import OverheardComposer
from bot.follow.readings import FigureReadings
from bot.follow.seeing import FollowerRights
from bot.follow.store import FollowStore
from bot.jobs.tasks import Workplace


@dataclass(frozen=True, slots=True)
class FollowRooms:
    """Everything that is done about what people follow in a workspace.

    `composers` answer as others do, and are heard by those who follow the same.
    """

    follows: FollowStore
    claims: FollowClaims
    desk: FollowDesk
    mornings: Mornings
    alarms: Alarms
    forms: FollowForms
    composers: Composers

    @property
    def workplaces(self) -> tuple[Workplace, ...]:
        """Where its work is done."""
        return self.desk, self.mornings, self.alarms

    @property
    def services(self) -> tuple[object, ...]:
        """What its handlers use."""
        return self.desk, self.forms


def follow_of(parts: Parts, kinds: QuestionKinds, composers: Composers) -> FollowRooms:
    """Return it, made of the parts."""
    follows = FollowStore(parts.database, kinds)
    readings = FigureReadings(composers, parts.snapshots, parts.database, parts.clock)
    find = parts.digests.get
    rights = FollowerRights(parts.directory, parts.policies, find)
    telling = follows, readings, rights, parts.directory, parts.clock
    return FollowRooms(
        follows,
        FollowClaims(parts.database, follows, parts.clock),
        FollowDesk(
            parts.database,
            follows,
            readings,
            rights,
            composers,
            kinds,
            find,
            parts.clock,
            zone=parts.general.timezone,
        ),
        Mornings(*telling),
        Alarms(*telling),
        FollowForms(follows, kinds),
        {name: OverheardComposer(each, kinds[name]) for name, each in composers.items()},
    )
