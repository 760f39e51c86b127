"""The windows about following, and reading them back; the twins stand side by side."""

from collections.abc import Mapping
from typing import Any, Final

from bot.asking.question import Question, QuestionKind
from bot.codec import dumps, encode
from bot.follow.ids import FollowAction, FollowCallback
from bot.follow.intents import ChangeMornings
from bot.follow.model import NINE, Follow, Follower, MorningDays
from bot.follow.rendering.words import title_of
from bot.slack.blocks.blocks import bold, context, paragraph
from bot.slack.blocks.inputs import (
    Values,
    field,
    is_ticked,
    select,
    text_of,
    tick_boxes,
    time_input,
)
from bot.slack.blocks.modals import View, modal
from bot.slack.blocks.wording import capital

TITLE: Final = "Follow this"
MORNINGS: Final = "What you follow"
_ALL: Final = "all"
_AT_ONCE, _ONLY = "at once", "mornings"
_HOW: Final = (
    (_AT_ONCE, "In the morning, and at once when it gets worse"),
    (_ONLY, "Only in the morning"),
)
_DAYS: Final = (
    (MorningDays.WEEKDAYS.value, "On weekdays"),
    (MorningDays.DAILY.value, "Every day"),
)
_TELL: Final = "also"


def question_modal(kind: QuestionKind[Any], question: Question) -> View:
    """Return the window in which a question is followed."""
    about = {"kind": kind.name, "question": encode(question)}
    return _modal(kind, question, capital(kind.title(question)), about)


def follow_modal(one: Follow) -> View:
    """Return the window in which it is changed how something is followed."""
    asked = one.asked
    chosen = one.measure, one.at_once
    return _modal(asked.kind, asked.question, title_of(one), {"number": one.id}, chosen)


def chosen_of(values: Values) -> tuple[str, bool]:
    """Return the figure that was chosen, empty for all, and whether it is told at once."""
    figure = text_of(values, FollowAction.FIGURE)
    how = text_of(values, FollowAction.HOW)
    return "" if figure == _ALL else figure, how != _ONLY


def mornings_modal(one: Follower | None) -> View:
    """Return the window that says when somebody is told."""
    at, days = (one.at, one.days) if one else (NINE, MorningDays.WEEKDAYS)
    ticked = [_TELL] if one and one.says_nothing else []
    return modal(
        FollowCallback.MORNINGS,
        MORNINGS,
        (
            field("At", time_input(FollowAction.AT, chosen=at)),
            field("On which days", select(FollowAction.DAYS, _DAYS, chosen=days.value)),
            field(
                "When nothing moved",
                tick_boxes(FollowAction.QUIET, [(_TELL, "Tell me so in a line")], ticked=ticked),
                optional=True,
            ),
            context("By your own clock, wherever you are: your time zone in Slack"),
        ),
        submit="Save",
        metadata="",
    )


def mornings_of(values: Values) -> ChangeMornings:
    """Return what was chosen."""
    return ChangeMornings(
        at=text_of(values, FollowAction.AT),
        days=text_of(values, FollowAction.DAYS),
        says_nothing=is_ticked(values, FollowAction.QUIET),
    )


def _modal(
    kind: QuestionKind[Any],
    question: Question,
    title: str,
    about: Mapping[str, Any],
    chosen: tuple[str, bool] = ("", True),
) -> View:
    measures = kind.measures(question)
    named = ((each.name, capital(each.name)) for each in measures)
    figures = [(_ALL, "All of its figures"), *named]
    figure, at_once = chosen
    known = figure if figure in {each.name for each in measures} else _ALL
    how = field("When", select(FollowAction.HOW, _HOW, chosen=_AT_ONCE if at_once else _ONLY))
    return modal(
        FollowCallback.FOLLOW,
        TITLE,
        (
            paragraph(bold(title)),
            field("Figure", select(FollowAction.FIGURE, figures, chosen=known)),
            *((how,) if any(each.better for each in measures) else ()),
            context("It comes to you alone, in your messages with Flowbot"),
        ),
        submit="Save" if "number" in about else "Follow",
        metadata=dumps(about),
    )
