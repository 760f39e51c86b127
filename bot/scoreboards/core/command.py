"""What may follow /flow scoreboard."""

from collections.abc import Sequence
from typing import Final

from bot.asking.core.arguments import (
    MARKS,
    OpenForm,
    Token,
    TokenKind,
    in_a_row,
    joined,
    nearest,
    quoted,
    tokens,
)
from bot.asking.core.retyping import Correction, RetypeError
from bot.asking.question import QuestionKinds
from bot.asking.terms import NO_TERMS
from bot.digests.core import recurrence, schedule
from bot.digests.core.draft import Draft, draft_line
from bot.digests.core.subscribe import subscription
from bot.digests.ids import DigestCallback
from bot.errors import UserError
from bot.jobs.request import Intent
from bot.scoreboards.intents import (
    ListFigures,
    RefreshBoard,
    RemoveFigure,
    ShowFigure,
    StopBoard,
)

TAKER: Final = "scoreboards"
"""By this name the form of a digest knows that its order is for a scoreboard."""
DEFAULT: Final = "weekdays 09:00"
_ADD: Final = frozenset({"add", "new", "put", "show"})
_REMOVE: Final = frozenset({"remove", "delete", "rm"})
_NOW: Final = frozenset({"now", "refresh", "update"})
_STOP: Final = frozenset({"stop", "end", "off"})
_LIST: Final = frozenset({"list", "ls"})
WORKS: Final = (
    "Try `/flow scoreboard` for a form, `/flow scoreboard add report onboarding weekdays 9:00`, or "
    "after `/flow scoreboard` the words `list`, `now`, `remove 3` or `stop`."
)
_DIGITS: Final = 9
_HELP: Final = frozenset({"help", "?", "info"})
_CHANNELS_ONLY: Final = (
    "A scoreboard stands in a channel's canvas. Type this in the channel that should have it."
)


def parse_scoreboard(text: str, kinds: QuestionKinds, *, channel: str) -> OpenForm | Intent:
    """Return what the words after /flow scoreboard ask for in a channel.

    Raises UserError naming the part that cannot be read and what would work.
    """
    if channel.startswith("D"):
        raise UserError(_CHANNELS_ONLY)
    given = tokens(text)
    if not given or (given[0].word in _ADD and not given[1:]):
        return _form(channel)
    verb, rest = given[0].word, given[1:]
    if verb in kinds or verb in _ADD:
        return _figure(given if verb in kinds else rest, kinds)
    if verb in _REMOVE | _STOP and [each.word for each in rest] == ["all"]:
        return StopBoard()
    if verb in _REMOVE or (verb in _STOP and rest):
        return RemoveFigure(_number(rest, verb))
    if verb in _NOW:
        return RefreshBoard(_number(rest, verb) if rest else 0)
    return _alone(given)


def _alone(given: Sequence[Token]) -> Intent:
    """Return what a word without anything after it asks for."""
    verb = given[0].word
    if verb in _HELP:
        raise UserError(f"A scoreboard keeps figures up to date in this channel's canvas. {WORKS}")
    if verb in _LIST and not given[1:]:
        return ListFigures()
    if verb in _STOP:
        return StopBoard()
    raise UserError(f"I didn't understand {quoted(joined(given))}. {WORKS}")


def _form(channel: str) -> OpenForm:
    """Return the form of a digest, for this channel's scoreboard."""
    draft = Draft(taker=TAKER, places=(channel,))
    return OpenForm(draft_line(draft), DigestCallback.NEW)


def _figure(about: Sequence[Token], kinds: QuestionKinds) -> ShowFigure:
    """Return the figure of "report onboarding weekdays 9:00", or of such words without a time."""
    if about[0].word not in kinds:
        raise _unknown_kind(about[0], kinds)
    if any(each.kind is TokenKind.CHANNEL for each in about):
        raise UserError(_CHANNELS_ONLY)
    given = about if _has_schedule(about) else (*about, *tokens(DEFAULT))
    wanted = subscription(given, kinds, privately=False)
    if wanted.place or wanted.note or wanted.terms != NO_TERMS:
        raise UserError(
            "A scoreboard takes what to show and when to check it, nothing else. For example: "
            "`/flow scoreboard add report onboarding weekdays 9:00`"
        )
    plan, question = wanted.schedule, wanted.question
    if recurrence.is_once(plan.cron):
        raise RetypeError(
            "A scoreboard is kept up to date, so it needs a schedule that comes again.",
            typed=plan.words,
            corrections=[Correction("Every weekday at 9:00", DEFAULT)],
        )
    return ShowFigure(question.job, question, plan.cron, plan.words, plan.zone)


def _unknown_kind(first: Token, kinds: QuestionKinds) -> UserError:
    """Return the error for a figure of nothing that can be asked."""
    typed, near = first.shown, nearest(first.word, kinds.names) if first.word else ""
    if near:
        return RetypeError(
            f"I didn't understand {quoted(typed)}. Did you mean {quoted(near)}?",
            typed=typed,
            corrections=[Correction(f"Yes, {near}", near)],
        )
    return UserError(
        f"I didn't understand {quoted(typed)}. Say first what to show: "
        f"{in_a_row(kinds.names, 'or')}, as in `/flow scoreboard add report onboarding`."
    )


def _has_schedule(about: Sequence[Token]) -> bool:
    """Return whether a time stands there; a misspelt day is one where an hour follows.

    Alone, "week" is what is asked of events, and no misspelt "weekly".
    """
    return any(
        schedule.begins(about[at:])
        or (schedule.misspelt(about[at].word) and any(map(_has_digit, about[at + 1 :])))
        for at in range(1, len(about))
    )


def _has_digit(token: Token) -> bool:
    return any(each.isdigit() for each in token.word)


def _number(rest: Sequence[Token], verb: str) -> int:
    typed = joined(rest)
    number = typed.removeprefix("#").rstrip(MARKS)
    if not number.isdecimal() or len(number) > _DIGITS:
        raise UserError(
            f"Give the figure's number as `/flow scoreboard list` shows it: "
            f"`/flow scoreboard {verb} 3`"
        )
    return int(number)
