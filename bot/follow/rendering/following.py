"""What somebody follows, as a list and in the Home tab, and the replies to changing it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.asking.rendering.offers import FormOpening, offer, opening
from bot.asking.rendering.presses import Press, brief, menu_of
from bot.asking.rendering.shape import headline
from bot.follow.ids import FollowCallback
from bot.follow.intents import RestFromFigures, ShowFollowing, Unfollow
from bot.follow.model import FigureReading, Follow, Follower
from bot.follow.rendering.words import figures_line, next_told, seen_words, title_of, when_told
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    code,
    context,
    header,
    message,
    paragraph,
    plain,
    section,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.wording import capital, counted, lowered
from bot.slack.messages import Block, Message

PAGE: Final = 5
AT_HOME: Final = 3
NONE: Final = "You don't follow anything yet."
HOW: Final = (
    "I tell you each morning what moved, and at once what got worse. Choose Follow in the menu of "
    "a digest, or type `/flow follow report onboarding overdue`."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowList:
    """What somebody follows, with what was read last of each that they may see, by its number."""

    follower: Follower
    follows: Sequence[Follow]
    readings: Mapping[int, FigureReading]
    now: datetime
    page: int = 0

    @property
    def shown(self) -> Sequence[Follow]:
        """Those of the page."""
        return self.follows[self.page * PAGE : (self.page + 1) * PAGE]


def following(listed: FollowList) -> Message:
    """Return a page of the list."""
    count = counted(len(listed.follows), "thing")
    said = f"You follow {count}"
    spoken = "; ".join(f"{title_of(each)}, {_state(each, listed)}" for each in listed.shown)
    row = actions(BlockId.DIGEST_BUTTONS, *_ways_on(listed))
    return message(
        f"{said}: {spoken}",
        headline(said),
        *_rows(listed),
        row,
        context(_when(listed), *_pages(listed)),
    )


def nothing_followed() -> Message:
    """Return that nothing is followed, and how that begins."""
    return message(f"{NONE} {HOW}".replace("`", ""), paragraph(plain(f"{NONE} "), *_how()))


def at_home(listed: FollowList) -> Sequence[Block]:
    """Return the section of the Home tab, as low as can be."""
    shown = listed.follows[:AT_HOME]
    lines = (_line(each, listed) for each in shown)
    choices: list[tuple[str, Press]] = [
        (title_of(each), brief(Unfollow(each.id))) for each in listed.follows
    ]
    left = len(listed.follows) - len(shown)
    more = f"All {len(listed.follows):,}" if left else "Change"
    row = (
        *offer(more, ShowFollowing(), spoken="See all that you follow"),
        *menu_of("Stop following", choices),
    )
    return (
        header("What you follow"),
        bullets(*lines),
        actions(f"{BlockId.HOME}:follows", *row),
    )


def _how() -> tuple[Element, ...]:
    before, typed, after = HOW.split("`")
    return plain(before), code(typed), plain(after)


def _line(one: Follow, listed: FollowList) -> tuple[Element, ...]:
    """Return a question with the figures of it, which say by themselves which are followed."""
    state = _state(one, listed)
    if one.id not in listed.readings:
        return bold(title_of(one)), plain(f": {state}")
    return bold(capital(one.asked.title)), plain(f": {lowered(state)}")


def _rows(listed: FollowList) -> Iterator[Block]:
    for one in listed.shown:
        choices: list[tuple[str, Press]] = [
            ("Which figure, and when", FormOpening(FollowCallback.FOLLOW, f"{one.id}")),
            ("Unfollow", brief(Unfollow(one.id))),
        ]
        lines = section(f"{one.id} · {title_of(one)}", _state(one, listed))
        [chooser] = menu_of("Change", choices)
        yield {**lines, "accessory": chooser}


def _state(one: Follow, listed: FollowList) -> str:
    """Return the figures as they were read last, and when; or why there are none."""
    reading = listed.readings.get(one.id)
    figures = figures_line(one.measures, reading.figures) if reading else ""
    if reading is None or not figures:
        missing = "Nothing to see at the moment" if one.digest else "Not read yet"
        return one.trouble or missing
    day = seen_words(reading.read_at, listed.now, listed.follower.zone)
    only = "" if one.at_once else " · only in the morning"
    failed = f" · Failed last time: {one.trouble}" if one.trouble else ""
    return f"{capital(figures)} ({day}){only}{failed}"


def _when(listed: FollowList) -> str:
    one = listed.follower
    if one.refused:
        return "Nothing comes, as you may not see figures at present"
    if one.rests_until and one.rests(listed.now):
        return f"Paused; next {next_told(one, listed.now)}"
    return f"You hear of it {when_told(one)}; next {next_told(one, listed.now)}"


def _pages(listed: FollowList) -> Iterator[str]:
    pages = -(-len(listed.follows) // PAGE)
    if pages > 1:
        yield f"Page {listed.page + 1} of {pages}"


def _ways_on(listed: FollowList) -> Iterator[Element]:
    one = listed.follower
    if len(listed.follows) > (listed.page + 1) * PAGE:
        after = ShowFollowing(listed.page + 1, turned=True)
        yield from offer("More", after, spoken="Show the next")
    if listed.page:
        yield from offer("Back", ShowFollowing(listed.page - 1, turned=True), spoken="Go back")
    yield from opening("When it comes", FollowCallback.MORNINGS)
    if one.rests(listed.now):
        yield from offer("Resume now", RestFromFigures())
    else:
        yield from offer("Pause 1 week", RestFromFigures(7))
