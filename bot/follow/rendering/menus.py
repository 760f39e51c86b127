"""The buttons about one thing that is followed."""

from bot.asking.rendering.offers import offer
from bot.follow.intents import ChangeFollow, Unfollow
from bot.follow.model import Follow, Follower
from bot.follow.rendering.words import title_of
from bot.slack.blocks.blocks import Element


def unfollow_button(one: Follow) -> tuple[Element, ...]:
    """Return [Unfollow]."""
    spoken = f"Don't follow {title_of(one)}"
    return offer("Unfollow", Unfollow(one.id), privately=True, spoken=spoken)


def only_mornings_button(one: Follow, follower: Follower) -> tuple[Element, ...]:
    """Return the button after which it is told in the morning alone, such as [Only at 09:00]."""
    wanted = ChangeFollow(one.id, one.measure, at_once=False)
    spoken = "Tell me of this only in the morning"
    return offer(f"Only at {follower.at}", wanted, privately=True, spoken=spoken)
