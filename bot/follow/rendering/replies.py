"""The replies to following something, to changing that, and to ending it."""

from collections.abc import Sequence
from datetime import datetime

from bot.asking.rendering.offers import offer
from bot.follow.intents import (
    FollowDigest,
    FollowQuestion,
    RestFromFigures,
    ShowFollowing,
)
from bot.follow.model import Follow, Follower
from bot.follow.rendering.menus import only_mornings_button, unfollow_button
from bot.follow.rendering.words import figures_line, next_told, title_of, when_told
from bot.jobs.request import Intent
from bot.slack.blocks.blocks import Element, actions, bold, message, paragraph, plain
from bot.slack.blocks.ids import BlockId
from bot.slack.messages import Message

ALL = offer("What I follow", ShowFollowing(), privately=True, spoken="See all that you follow")


def begun(one: Follow, follower: Follower, now: datetime, *, remark: str = "") -> Message:
    """Return that something is followed from now on, with its figures; `remark` if they lack."""
    figures = figures_line(one.measures, one.told)
    worse = one.tells_at_once
    state = f" Now: {figures}." if figures else ""
    at_once = ", and at once what gets worse" if worse else ""
    coming = f"I'll tell you what moved {when_told(follower)}{at_once}."
    rest = f".{state} {coming} Next: {next_told(follower, now)}."
    only = only_mornings_button(one, follower) if worse else ()
    row = (*only, *unfollow_button(one), *ALL)
    return _said("You follow ", one, rest, remark, row)


def changed(one: Follow, follower: Follower) -> Message:
    """Return how something is followed from now on."""
    at_once = "and at once when it gets worse" if one.tells_at_once else "only then"
    rest = f": I'll tell you {when_told(follower)}, {at_once}."
    return _said("You follow ", one, rest, "", (*unfollow_button(one), *ALL))


def followed_before(one: Follow) -> Message:
    """Return that the same is followed already."""
    return _said("You follow ", one, " already.", "", (*unfollow_button(one), *ALL))


def unfollowed(one: Follow) -> Message:
    """Return that something is not followed any more, with a button that follows it again."""
    undo = offer("Undo", again(one), privately=True)
    return _said("I don't follow ", one, " for you any more.", "", (*undo, *ALL))


def all_unfollowed(count: int) -> Message:
    """Return that nothing is followed any more."""
    said = f"Done: I follow nothing for you any more ({count:,} before)."
    return message(said, paragraph(plain(said)))


def mornings_changed(one: Follower, now: datetime, *, many: int) -> Message:
    """Return when somebody is told from now on."""
    always = ", also that nothing moved" if one.says_nothing else ""
    said = f"I'll tell you what moved {when_told(one)}{always}. Next: {next_told(one, now)}."
    said = said if many else f"{said} You don't follow anything yet."
    return message(said, paragraph(plain(said)), actions(BlockId.DIGEST_BUTTONS, *ALL))


def resting(one: Follower, now: datetime) -> Message:
    """Return until when nothing is told, or that it goes on."""
    rests = one.rests(now)
    lead = "Paused: I'll tell you nothing of what you follow until then" if rests else "It goes on"
    said = f"{lead}. Next: {next_told(one, now)}."
    resume = offer("Resume now", RestFromFigures(), privately=True) if rests else ()
    return message(said, paragraph(plain(said)), actions(BlockId.DIGEST_BUTTONS, *resume, *ALL))


def again(one: Follow) -> Intent:
    """Return what follows the same again."""
    if one.digest:
        return FollowDigest(one.digest)
    question = one.asked.question
    return FollowQuestion(question.job, question, one.measure, at_once=one.at_once)


def _said(lead: str, one: Follow, rest: str, remark: str, buttons: Sequence[Element]) -> Message:
    title = title_of(one)
    more = (paragraph(plain(remark)),) if remark else ()
    first = paragraph(plain(lead), bold(title), plain(rest))
    row = actions(BlockId.DIGEST_BUTTONS, *buttons)
    return message(f"{lead}{title}{rest} {remark}".strip(), first, *more, row)
