"""What may follow /flow follow, following and unfollow."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from bot.asking.core.arguments import Token, joined, quoted
from bot.asking.core.fillers import word_set
from bot.asking.question import Question, QuestionKind, QuestionKinds, with_export
from bot.asking.terms import Measure
from bot.errors import UserError
from bot.follow.intents import (
    ChangeMornings,
    FollowDigest,
    FollowQuestion,
    RestFromFigures,
    ShowFollowing,
    Unfollow,
)

FollowRequest = (
    FollowDigest | FollowQuestion | ShowFollowing | Unfollow | ChangeMornings | RestFromFigures
)
TimesOf = Callable[[Sequence[Token]], tuple[str, ...]]
"""Returns the times of day that tokens say, as 09:00; nothing where they say anything else."""
NO_FIGURE: Final = "There's no figure in that to follow. Try for example `/flow follow report all`."
HOW: Final = "What shall I follow? For example: `/flow follow report onboarding overdue`"
_SETTINGS: Final = (
    "I didn't understand {}. Try `/flow following at 8:30`, `/flow following every day`, "
    "`/flow following only mornings` or `/flow following pause 7 days`."
)
_DIGEST: Final = word_set("digest subscription number no nr the")
_BETWEEN: Final = word_set("of in for on from")
_BEFORE: Final = word_set("the how many much")
_ALL: Final = Token("all")
"""What a figure is of where nothing else is said."""
_LONGEST: Final = 3
"""Words of a figure's name."""
_EVERYTHING: Final = word_set("all everything")
_LIST: Final = word_set("list show mine all what")
_DAYS: Final = {
    "weekdays": "weekdays",
    "workdays": "weekdays",
    "daily": "daily",
    "every day": "daily",
    "weekends too": "daily",
}
_WISHES: Final[dict[str, ChangeMornings | RestFromFigures]] = {
    "only mornings": ChangeMornings(at_once=False),
    "only in the morning": ChangeMornings(at_once=False),
    "at once": ChangeMornings(at_once=True),
    "always": ChangeMornings(says_nothing=True),
    "even if nothing moved": ChangeMornings(says_nothing=True),
    "only if something moved": ChangeMornings(says_nothing=False),
    "resume": RestFromFigures(),
    "pause": RestFromFigures(7),
}
_PAUSE: Final = re.compile(r"(?:pause|snooze|mute) (?:for )?([0-9]{1,3}) ?(d|days?|w|weeks?)")
_MOST_DAYS: Final = 366


def parse_follow(
    rest: Sequence[Token], kinds: QuestionKinds, *, plainly: type[UserError] = UserError
) -> FollowDigest | FollowQuestion | ShowFollowing:
    """Return what the words after "follow" want.

    Raises UserError for a question that cannot be read, or that has no figure; `plainly` for words
    of which no kind is said, which may be plain ones.
    """
    if not rest:
        return ShowFollowing()
    number = _number(rest)
    if number:
        return FollowDigest(number)
    if rest[0].word not in kinds:
        raise plainly(HOW)
    kind = kinds[rest[0].word]
    question, measure = followed_question(kind, rest[1:])
    return FollowQuestion(kind.name, question, measure)


def parse_following(
    rest: Sequence[Token], times_of: TimesOf
) -> ShowFollowing | ChangeMornings | RestFromFigures:
    """Return what the words after "following" want. Raises UserError for any other."""
    said = [each for each in rest if each.word not in {"please", "digest"}]
    if not said or (said[0].word in _LIST and not said[1:]):
        return ShowFollowing()
    words = joined([Token(each.word) for each in said])
    pause = _PAUSE.fullmatch(words)
    if pause:
        days = int(pause[1]) * (7 if pause[2].startswith("w") else 1)
        return RestFromFigures(min(days, _MOST_DAYS))
    plain = words.removeprefix("on ")
    if plain in _DAYS:
        return ChangeMornings(days=_DAYS[plain])
    if words in _WISHES:
        return _WISHES[words]
    times = times_of([each for each in said if each.word not in {"at", "only"}])
    if len(times) == 1:
        return ChangeMornings(at=times[0], at_once=False if said[0].word == "only" else None)
    raise UserError(_SETTINGS.format(quoted(joined(rest))))


def parse_unfollow(rest: Sequence[Token]) -> Unfollow | ShowFollowing:
    """Return what the words after "unfollow" want; with none the list is shown to choose from."""
    if not rest:
        return ShowFollowing()
    if rest[0].word in _EVERYTHING and not rest[1:]:
        return Unfollow(everything=True)
    number = _number(rest)
    return Unfollow(number) if number else Unfollow(typed=joined(rest))


def followed_question(kind: QuestionKind[Any], words: Sequence[Token]) -> tuple[Question, str]:
    """Return the question of some words, and the figure that they name, or an empty text.

    "Ladder Safety overdue" is the overdue of the report on Ladder Safety, as others of it are read
    with it. Raises UserError.
    """
    for measure, rest in _figures(kind, words):
        for about in (rest, (_ALL, *rest)) if rest else ((_ALL,),):
            question = _read(kind, about)
            if question and measure.name in _names(kind, question):
                return question, measure.name
    question = with_export(kind.read(words), "")
    names = _names(kind, question)
    if not names:
        raise UserError(NO_FIGURE)
    said = (measure.name for measure, _ in _figures(kind, words))
    return question, next((each for each in said if each in names), "")


def _read(kind: QuestionKind[Any], words: Sequence[Token]) -> Question | None:
    try:
        question: Question = with_export(kind.read(words), "")
    except UserError:
        return None
    return question


def _names(kind: QuestionKind[Any], question: Question) -> list[str]:
    return [each.name for each in kind.measures(question)]


def _figures(
    kind: QuestionKind[Any], words: Sequence[Token]
) -> Iterator[tuple[Measure, Sequence[Token]]]:
    """Yield a figure that is named at the end or at the beginning, and the words without it."""
    known = {name: each for each in kind.measures(None) for name in (each.name, *each.also)}
    begin = next((at for at, each in enumerate(words) if each.word not in _BEFORE), len(words))
    for count in range(min(_LONGEST, len(words)), 0, -1):
        last = known.get(_plain(words[-count:]))
        if last:
            yield last, words[:-count]
        first = known.get(_plain(words[begin : begin + count]))
        rest = words[begin + count :]
        if first:
            yield first, rest[1:] if rest and rest[0].word in _BETWEEN else rest


def _plain(words: Sequence[Token]) -> str:
    return " ".join(each.word for each in words)


def _number(rest: Sequence[Token]) -> int:
    """Return the number of "3", "#3" or "digest 3"; 0 for anything else."""
    said = [each for each in rest if each.word not in _DIGEST]
    match = re.fullmatch(r"#?([0-9]{1,9})", said[0].word) if len(said) == 1 else None
    return int(match[1]) if match else 0
