"""What may follow /flow-report: a question about a flow, a name for one, or an assignment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from bot.asking.core import zones
from bot.asking.core.arguments import (
    Ask,
    Help,
    OpenForm,
    Token,
    TokenKind,
    asking,
    joined,
    tokens,
    unknown,
    without_privately,
)
from bot.asking.core.options import PARTING, in_quotes
from bot.asking.core.synonyms import called, first_word
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.request import Intent
from bot.slack.blocks.wording import typed
from bot.training.core.due_dates import canonical_due
from bot.training.core.names import checked_name, is_id
from bot.training.core.options import OPTIONS, RESERVED, question
from bot.training.core.reminding import PreviewReminders, parse_remind
from bot.training.ids import TrainingCallback
from bot.training.model import PRIORITIES
from bot.training.question import RAW, ReportQuestion

SUBCOMMANDS = ("help", "name", "unname", "names", "assign", "remind", "form")
_NAMES = called(
    {
        "help": "help|menu|?|hilfe",
        "name": "name",
        "unname": "unname|forget",
        "names": "names|list|flows|all names|list flows|list names",
        "assign": "assign",
        "remind": "remind|nudge",
        "form": "form",
    }
)
_ALONE = ("form", "list", "flows", "all names", "list flows", "list names")
_ASSIGN = "/flow-report assign onboarding @ada due 2026-12-01 priority high"
LONGEST_NOTES = 500
"""They travel in the value of a button, beside the rest of the assignment."""
_NOTES = ("notes", "note")
_ASSIGN_OPTION = re.compile(
    r"due\s+(?:on\s+)?(?P<due>in\s+[0-9]+\s+days?|\S+)(?:\s+|$)"
    rf"|(?:priority\s+)?(?P<priority>{'|'.join(PRIORITIES)})(?:\s+priority)?(?:\s+|$)"
)


@dataclass(frozen=True, slots=True)
class NameFlow(Intent):
    """A name for a flow's id."""

    job: ClassVar[str] = "name_flow"
    needs: ClassVar[Right] = Right.NAME
    name: str
    flow_id: str
    privately: bool = False


@dataclass(frozen=True, slots=True)
class ForgetName(Intent):
    """A name to be forgotten."""

    job: ClassVar[str] = "forget_name"
    needs: ClassVar[Right] = Right.NAME
    name: str
    privately: bool = False


@dataclass(frozen=True, slots=True)
class ListNames(Intent):
    """A request for all names."""

    job: ClassVar[str] = "list_names"
    needs: ClassVar[Right] = Right.ASK


@dataclass(frozen=True, slots=True)
class AssignFlow(Intent):
    """A flow for one person: `user` is a Slack id or else `email` is set.

    `due` is empty, a date, or words for due_dates.due_day; `priority` is empty or one of
    model.PRIORITIES; `notes` are for the assignee, at most LONGEST_NOTES letters.
    """

    job: ClassVar[str] = "preview_assignment"
    needs: ClassVar[Right] = Right.ASSIGN
    flow: str
    user: str = ""
    email: str = ""
    due: str = ""
    priority: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Assign(Intent):
    """An assignment as it was shown before: `flow` is the name that `flow_id` had then."""

    job: ClassVar[str] = "assign"
    needs: ClassVar[Right] = Right.ASSIGN
    once: ClassVar[bool] = True
    flow_id: str
    flow: str
    email: str
    due_at: datetime | None = None
    priority: str | None = None
    notes: str = ""
    view_id: str = ""
    """Slack's id of the window in which it was shown, if it was in one."""
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class PreviewAssignment(Intent):
    """A filled form, to be shown as an assignment in the same window, the so manyeth time."""

    job: ClassVar[str] = "fill_assignment"
    needs: ClassVar[Right] = Right.ASSIGN
    view_id: str
    wanted: AssignFlow
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class CancelAssignment(Intent):
    """A shown assignment that is not wanted after all."""

    job: ClassVar[str] = "cancel_assignment"
    needs: ClassVar[Right] = Right.ASK
    flow: str
    email: str


ReportRequest = (
    Help
    | OpenForm
    | Ask[ReportQuestion]
    | NameFlow
    | ForgetName
    | ListNames
    | AssignFlow
    | PreviewReminders
)


def parse_report(text: str) -> ReportRequest:
    """Return what the text after /flow-report asks for.

    Raises UserError naming the part that cannot be read and what would work.
    """
    given, privately = without_privately(tokens(text))
    first, rest = first_word(given, _NAMES, alone=_ALONE) if given else ("help", ())
    match first:
        case "help" | "form":
            return Help() if first == "help" else OpenForm()
        case "name":
            return replace(_name(rest), privately=privately)
        case "unname":
            return replace(_unname(rest), privately=privately)
        case "names":
            return _names(rest)
        case "assign" | "remind":
            return _assign(rest) if first == "assign" else parse_remind(rest)
    return Ask(question(given), privately=privately)


def report_words(question: ReportQuestion) -> str:
    """Return the question as it can be typed again, such as "onboarding overdue last-7d"."""
    alone = (Token(question.flow),)
    hidden = question.flow.casefold() in {*SUBCOMMANDS, *_NAMES} or question.flow.endswith(
        tuple(PARTING)
    )
    taken = hidden or OPTIONS.end(alone) or asking(alone) or not _is_one_word(question.flow)
    words = (
        in_quotes(question.flow) if taken else typed(question.flow),
        question.status,
        question.period,
        "detailed" if question.detailed else "",
        f"by {question.by}" if question.by else "",
        f"export {question.export}" if question.export else "",
        RAW if question.raw else "",
    )
    return " ".join(word for word in words if word)


def _is_one_word(name: str) -> bool:
    """Return whether a name that is typed as it is would be read as one word, and that one."""
    try:
        (only,) = tokens(name)
    except (UserError, ValueError):
        return False
    return only.kind is TokenKind.WORD and only.text == name


def refuse_second_zone(after: Sequence[Token], zone: str) -> None:
    """Raise UserError for a word after a schedule in `zone` that can only be one more zone."""
    word = after[0].word if after else ""
    if word and not OPTIONS.end(after) and not OPTIONS.misspelt(word):
        second = zones.zone_named(after[0].text)
        raise UserError(f"One time zone at a time: this has {zone} and {second}.")


def _name(rest: Sequence[Token]) -> NameFlow:
    """Return the request of "name onboarding flow_123abc"; the last word is the id."""
    if len(rest) > 1 and is_id(rest[-1].text):
        return NameFlow(
            checked_name(joined(rest[:-1]), reserved=RESERVED.union(SUBCOMMANDS)), rest[-1].text
        )
    raise UserError(
        "Give a name and then the flow's id in MomoFlow: `/flow-report name onboarding flow_123abc`"
    )


def _unname(rest: Sequence[Token]) -> ForgetName:
    """Return the request of "unname onboarding"."""
    if rest:
        return ForgetName(joined(rest))
    raise UserError("Which name shall I forget? For example `/flow-report unname onboarding`")


def _names(rest: Sequence[Token]) -> ListNames:
    """Return the request of "names", which takes nothing more."""
    if not rest:
        return ListNames()
    raise UserError(
        "names stands alone: /flow-report names. To name a flow: "
        "/flow-report name onboarding flow_123abc"
    )


def _assign(rest: Sequence[Token]) -> AssignFlow | OpenForm:
    """Return the request of "assign onboarding @ada due 2026-12-01 priority high".

    Without a person it opens the form about the flow.
    """
    people = [at for at, each in enumerate(rest) if each.kind in {TokenKind.USER, TokenKind.EMAIL}]
    if not people and not any("@" in each.text for each in rest):
        return OpenForm(joined(rest), TrainingCallback.ASSIGN)
    if len(people) != 1:
        who = "One person at a time" if people else "Who should get it"
        mark = "." if people else "?"
        raise UserError(f"{who}{mark} @mention someone or give an e-mail address: `{_ASSIGN}`")
    at = people[0]
    flow = joined(rest[: at - 1] if at > 1 and rest[at - 1].word == "to" else rest[:at])
    if not flow:
        raise UserError(f"Which flow? It comes before the person: {_ASSIGN}")
    person = {"user" if rest[at].kind is TokenKind.USER else "email": rest[at].text}
    return AssignFlow(flow=flow, **person, **_assign_options(rest[at + 1 :]))


def _assign_options(rest: Sequence[Token]) -> dict[str, str]:
    """Return `due`, `priority` and `notes` as far as they were given; notes end the command."""
    at = next((at for at, each in enumerate(rest) if each.word in _NOTES), len(rest))
    text = joined(rest[:at]).casefold().strip()
    found = {"notes": _notes(rest[at + 1 :])} if at < len(rest) else {}
    while text:
        match = _ASSIGN_OPTION.match(text)
        if not match:
            raise _unreadable(text.split())
        found.update({field: value for field, value in match.groupdict().items() if value})
        text = text[match.end() :]
    if "due" in found:
        found["due"] = canonical_due(found["due"])
    return found


def _notes(rest: Sequence[Token]) -> str:
    notes = joined(rest).strip()
    if not notes:
        raise UserError(f'After notes come words for the person: {_ASSIGN} notes "By Friday"')
    if len(notes) > LONGEST_NOTES:
        raise UserError(f"Notes have at most {LONGEST_NOTES} letters; these are {len(notes):,}.")
    return notes


def _unreadable(words: Sequence[str]) -> UserError:
    """Return the error for words that begin with no option, or with one that lacks its value."""
    match words:
        case ["due"]:
            return UserError(f"After due comes a date, tomorrow or in 14 days, as in {_ASSIGN}")
        case ["priority", *values]:
            works = f"After priority comes low, medium or high, as in {_ASSIGN}"
            return unknown(values[0], PRIORITIES, works=works) if values else UserError(works)
    return unknown(
        words[0], ("due", "priority", "notes", *PRIORITIES), works=f"For example: {_ASSIGN}"
    )
