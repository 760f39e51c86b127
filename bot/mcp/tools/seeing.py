"""Whether somebody sees a channel: a tool names it, where a command is typed in it."""

from bot.slack.directory import Directory
from bot.slack.people import Membership, Person


async def sees(directory: Directory, person: Person, channel: str) -> bool | None:
    """Return whether a person sees a channel; None where Slack does not say at the moment.

    Guests see a public one only where they are in it.
    """
    place = await directory.place(channel)
    if place.user:
        return place.user == person.id
    if place.is_public and person.membership is Membership.OURS:
        return True
    return await directory.has_member(channel, person.id)
