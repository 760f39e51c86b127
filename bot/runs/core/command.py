"""What may follow /flow-run: a flow to start, or what to do with runs and watches.

A flow with a name such as "List of guests" is started with quotes around it or after "start".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.asking.core.arguments import (
    Ask,
    Help,
    OpenForm,
    Token,
    TokenKind,
    joined,
    nearest,
    quoted,
    tokens,
    without_privately,
)
from bot.asking.core.fillers import word_set
from bot.asking.core.finder import Finder
from bot.asking.core.synonyms import called, first_word
from bot.digests.core.terms.wishes import without_globs
from bot.digests.core.waits import Wait, wait_of
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.request import Intent
from bot.runs.core.deadlines import EndDeadline, ListDeadlines, SetDeadline, parse_deadline
from bot.runs.core.summary_options import ALL, LIST, SUMMARY, list_word, runs_list, runs_question
from bot.runs.core.watching import DEFAULT_CONDITIONS, Condition
from bot.runs.ids import RunCallback
from bot.runs.intents import SnoozeWatch, WakeWatch
from bot.runs.question import RunsQuestion

SHORTEST_ID = 4
_ID = re.compile(rf"#?([A-Za-z0-9_-]{{{SHORTEST_ID},100}})")
_SUBCOMMANDS = (
    *("help", "start", "status", LIST, SUMMARY, "cancel", "watch", "unwatch", "watches"),
    *("flow", "batch", "system", "snooze", "unmute", "deadline", "deadlines"),
)
FLOWS = Finder(
    noun="Smart Flow",
    field="flow",
    words=_SUBCOMMANDS,
    command="/flow-run",
    ways=(("Choose a flow", OpenForm(form=RunCallback.RUN_FLOW)),),
)
_NAMES = called(
    {
        "help": "help|menu|?|hilfe",
        "cancel": "cancel|abort|kill|stop",
        "list": "list runs|show runs",
        "watches": "watches|list watches",
        "watch": "watch|follow|subscribe to",
        "unwatch": "unwatch|unfollow|stop watching",
        "snooze": "snooze|mute|snooze watch|mute watch",
        "unmute": "unmute|unsnooze|wake",
        "summary": "summary|summary of|report on|runs of|history of|last runs of",
        "flow": "flow|about|describe|flows|list flows|list all flows|all flows|the flows",
        "batch": "batch|start batch|run batch",
        "deadlines": "deadlines|list deadlines|show deadlines",
        "deadline": "deadline|set deadline|deadline of|deadline for",
    }
)
_THERE = word_set("are there do you we i have can run is exist here")
"""What may follow when somebody asks which flows there are."""
_CONDITIONS = {
    **{each.value: each for each in Condition},
    "finish": Condition.FINISHED,
    "done": Condition.FINISHED,
    "ended": Condition.FINISHED,
    "fail": Condition.FAILED,
    "fails": Condition.FAILED,
    "error": Condition.FAILED,
    "errors": Condition.FAILED,
    "needs input": Condition.NEEDS_INPUT,
    "needsinput": Condition.NEEDS_INPUT,
}
_WORKS = ", ".join(Condition)
LATEST = ("Latest runs", RunsQuestion(which="latest"))
"""What can be done instead where no run is found: what a button calls it, and what it wants."""
_SURE = 0.8
"""So alike must a word be to one we know before a flow's name may be doubted."""


@dataclass(frozen=True, slots=True)
class StartFlow(Intent):
    """A flow to start: its name, a part of it, or its id.

    The input is XML text, a file by Slack's id, or what an earlier run was given by the vendor's
    id (`data`); without any there is none. `view_id` is Slack's id of the window that says how it
    went, while a file is read.
    """

    job: ClassVar[str] = "start_run"
    needs: ClassVar[Right] = Right.RUN
    flow: str
    xml: str = ""
    file: str = ""
    view_id: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class ShowRun(Intent):
    """A request to see one run: its id or a beginning of it, in any case."""

    job: ClassVar[str] = "show_run"
    needs: ClassVar[Right] = Right.ASK
    execution: str
    privately: bool = False


@dataclass(frozen=True, slots=True)
class CancelRun(Intent):
    """A run to cancel: its id or a beginning of it, in any case."""

    job: ClassVar[str] = "ask_cancel_run"
    needs: ClassVar[Right] = Right.CANCEL
    execution: str


@dataclass(frozen=True, slots=True)
class WatchFlow(Intent):
    """A flow that this channel wants to hear of; an empty one stands for all."""

    job: ClassVar[str] = "watch_flow"
    needs: ClassVar[Right] = Right.MANAGE
    flow: str = ""
    conditions: tuple[Condition, ...] = DEFAULT_CONDITIONS
    parts: tuple[str, ...] = ()
    """Of the watch of all flows: patterns of the names that count, or with "!" do not."""


@dataclass(frozen=True, slots=True)
class UnwatchFlow(Intent):
    """A flow that this channel no longer wants to hear of; an empty one is the watch of all."""

    job: ClassVar[str] = "unwatch_flow"
    needs: ClassVar[Right] = Right.MANAGE
    flow: str = ""


@dataclass(frozen=True, slots=True)
class ListWatches(Intent):
    """A request to see what this channel watches."""

    job: ClassVar[str] = "list_watches"
    needs: ClassVar[Right] = Right.ASK
    privately: bool = False


@dataclass(frozen=True, slots=True)
class ShowFlow(Intent):
    """A request to see what a flow is: its name, a part of it, or its id."""

    job: ClassVar[str] = "show_flow"
    needs: ClassVar[Right] = Right.ASK
    flow: str
    privately: bool = False


@dataclass(frozen=True, slots=True)
class ShowSystem(Intent):
    """A request to see which Smart Flows project this is."""

    job: ClassVar[str] = "show_smart_flows"
    needs: ClassVar[Right] = Right.ASK
    privately: bool = False


RunRequest = (
    Help
    | OpenForm
    | StartFlow
    | ShowRun
    | Ask[RunsQuestion]
    | CancelRun
    | WatchFlow
    | UnwatchFlow
    | SnoozeWatch
    | WakeWatch
    | ListWatches
    | SetDeadline
    | EndDeadline
    | ListDeadlines
    | ShowFlow
    | ShowSystem
)


def parse_run(text: str) -> RunRequest:
    """Return what the text after /flow-run asks for.

    Raises UserError naming the part that cannot be read and what would work.
    """
    typed, privately = without_privately(tokens(text))
    if not typed:
        return OpenForm()
    given = _as_meant(typed)
    shown = _shown(given[0].word, given[1:], privately=privately)
    if shown:
        return shown
    if privately:
        raise UserError(
            "A run's card changes while it runs, and Slack can't change a message that only you "
            "see. Leave out privately, or start it in a direct message with me."
        )
    return _done(given[0].word, given)


def _as_meant(given: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens with the command's own words for what people call its things."""
    which = list_word(given)
    if which:
        return (Token(LIST), Token(which))
    verb, rest = first_word(given, _NAMES)
    return (Token(verb), *rest) if verb and verb != given[0].word else given


def _shown(word: str, rest: Sequence[Token], *, privately: bool) -> RunRequest | None:
    """Return the request that only shows something, or None for what does something."""
    match word:
        case "help":
            return Help()
        case "status":
            return ShowRun(_execution(word, rest), privately=privately)
        case "watches" | "deadlines":
            return _kept(word, rest, privately=privately)
        case "list" if [each.word for each in rest] == ["watches"]:
            return ListWatches(privately=privately)
        case "list" | "summary":
            return Ask(_asked(word, rest), privately=privately)
    return _facts(word, rest, privately=privately)


def _facts(word: str, rest: Sequence[Token], *, privately: bool) -> ShowFlow | ShowSystem | None:
    """Return the request that tells of a flow, or of the project."""
    if word == "flow":
        named = () if all(each.word in _THERE for each in rest) else rest
        return ShowFlow(_flow(word, named), privately=privately)
    return ShowSystem(privately=privately) if word == "system" and not rest else None


def _asked(word: str, rest: Sequence[Token]) -> RunsQuestion:
    return runs_list(rest) if word == LIST else runs_question(rest or (Token(ALL),))


def _done(word: str, given: Sequence[Token]) -> RunRequest:
    rest = given[1:]
    match word:
        case "batch":
            return OpenForm(joined(rest), RunCallback.RUN_BATCH)
        case "deadline":
            return parse_deadline(rest)
        case "start":
            return StartFlow(_flow(word, rest))
        case "cancel":
            return CancelRun(_execution(word, rest))
        case "watch" | "unwatch" | "snooze" | "unmute":
            return _of_watches(word, rest)
    return StartFlow(joined(given))


def _of_watches(word: str, rest: Sequence[Token]) -> RunRequest:
    if word == "watch":
        return _watch(rest)
    if word == "snooze":
        return _snooze(rest)
    flow = "" if _is_all(rest) else _flow(word, rest)
    return UnwatchFlow(flow) if word == "unwatch" else WakeWatch(flow)


def _flow(word: str, rest: Sequence[Token]) -> str:
    if not rest and word != "flow":
        error = UserError("Which flow?")
        error.ways = (("Watched here", ListWatches()),) if word == "unwatch" else FLOWS.ways
        raise error
    return joined(rest)


def _execution(word: str, rest: Sequence[Token]) -> str:
    """Return the id of a run, whole or its beginning, when nothing else follows."""
    match = _ID.fullmatch(rest[0].text) if len(rest) == 1 else None
    if match:
        return match[1]
    typed = joined(rest)
    problem = f"{quoted(typed)} is not a run's id." if typed else "Which run?"
    error = UserError(
        f"{problem} Choose one, or type the first characters of its id, at least {SHORTEST_ID}, as "
        f"in `/flow-run {word} 3f2a`."
    )
    error.ways = (LATEST,)
    raise error


def _kept(word: str, rest: Sequence[Token], *, privately: bool) -> ListWatches | ListDeadlines:
    if rest:
        which = "this channel's" if word == "watches" else "all"
        raise UserError(f"Nothing follows {word}: `/flow-run {word}` shows {which}.")
    return (ListWatches if word == "watches" else ListDeadlines)(privately=privately)


def _watch(rest: Sequence[Token]) -> WatchFlow:
    about, conditions = _split_conditions(rest)
    if not about:
        words = f" {joined(rest)}" if rest else ""
        raise UserError(
            f"Which flow? Name one, or say all: `/flow-run watch all{words}`. You can add what to "
            f"hear about: {_WORKS}."
        )
    if len(about) > 1:
        _refuse_misspelt(about[-1])
    about, parts = without_globs(about)
    if parts and about and not _is_all(about):
        raise UserError("Patterns are for all flows: `/flow-run watch all without flows *test*`")
    flow = "" if not about or _is_all(about) else joined(about)
    return WatchFlow(flow, conditions or DEFAULT_CONDITIONS, parts)


def _snooze(rest: Sequence[Token]) -> SnoozeWatch:
    """Return the request of "snooze travel 1w" or "mute travel"; a name is as long as it can be."""
    waits = ((at, wait_of(joined(rest[at:]))) for at in range(len(rest) - 1, 0, -1))
    at, wait = next(((at, wait) for at, wait in waits if wait), (len(rest), Wait()))
    about = rest[:at]
    flow = "" if _is_all(about) else _flow("snooze", about)
    return SnoozeWatch(flow, wait.days, wait.until, wait.named)


def _split_conditions(
    rest: Sequence[Token],
) -> tuple[Sequence[Token], tuple[Condition, ...]]:
    """Return what stands before the conditions at the end, and those in their own order."""
    found: set[Condition] = set()
    about = list(rest)
    while about:
        count, conditions = _last_conditions(about, joins=bool(found))
        if not count:
            break
        found |= conditions
        del about[-count:]
    return about, tuple(each for each in Condition if each in found)


def _last_conditions(about: Sequence[Token], *, joins: bool) -> tuple[int, set[Condition]]:
    """Return how many of the last tokens are conditions, and which; commas may join several.

    `joins` says whether a condition follows, so that a comma or "and" is no end of a name.
    """
    pair = " ".join(each.word for each in about[-2:])
    if pair in _CONDITIONS and len(about) > 1:
        return 2, {_CONDITIONS[pair]}
    if joins and len(about) > 1 and about[-1].word in ("and", ","):
        return 1, set()
    words = [each for each in about[-1].word.split(",") if each]
    if words and all(each in _CONDITIONS for each in words):
        return 1, {_CONDITIONS[each] for each in words}
    return 0, set()


def _refuse_misspelt(last: Token) -> None:
    near = nearest(last.word, _CONDITIONS, cutoff=_SURE) if last.word else ""
    if near:
        raise UserError(
            f"I didn't understand {quoted(last.text)}. Did you mean {quoted(near)}? "
            "If it belongs to the name of the flow, put quotes around the name."
        )


def _is_all(given: Sequence[Token]) -> bool:
    return len(given) == 1 and given[0].kind is TokenKind.WORD and given[0].word == ALL
