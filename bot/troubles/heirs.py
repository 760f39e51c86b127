"""Who may be given what somebody else ordered."""

from datetime import datetime

from bot.errors import NotKnownYetError, UserError
from bot.jobs.access import UNKNOWN_PERSON, UNKNOWN_PLACE
from bot.jobs.admission import SOON
from bot.slack.directory import Directory
from bot.slack.people import Membership, Person

NOT_THEIRS = "Digests are for members of this workspace who are still here. Choose somebody else."
NOT_THERE = "They are not in the channel of that digest. Invite them first, then hand it over."


async def check_heir(directory: Directory, heir: Person, channel: str, *, now: datetime) -> None:
    """Refuse who could not have ordered it: strangers, guests, bots, and who may not see it.

    `channel` is empty for what comes directly. Raises UserError and NotKnownYetError.
    """
    if heir.again_at:
        raise NotKnownYetError(UNKNOWN_PERSON, again_at=heir.again_at)
    if heir.membership is not Membership.OURS or not heir.is_active or heir.is_bot:
        raise UserError(NOT_THEIRS)
    if not channel:
        return
    place = await directory.place(channel)
    is_there = place.is_public or await directory.has_member(channel, heir.id)
    if is_there is None:
        raise NotKnownYetError(UNKNOWN_PLACE, again_at=now + SOON)
    if not is_there:
        raise UserError(NOT_THERE)


def is_gone(person: Person) -> bool:
    """Return whether Slack says that somebody is no member any more."""
    return not person.is_active or person.membership is Membership.EXTERNAL
