"""What may follow /flow-events: lists, one event and everything about it, and what changes things.

E-mail addresses and phone numbers are for the asker alone, unless the words end in "here".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.asking.core import ahead
from bot.asking.core.arguments import (
    Help,
    Token,
    TokenKind,
    asking,
    joined,
    tokens,
    unknown,
    without_privately,
)
from bot.asking.core.fillers import ASKING, GLUE
from bot.asking.core.options import (
    FORMAT_WORDS,
    Options,
    format_after,
    in_quotes,
    name_and_options,
    read_options,
)
from bot.asking.core.synonyms import called, first_word, refuse_misspelt
from bot.errors import UserError
from bot.webinars.model import ATTENDEE_CHAT, COMPILED, OPERATOR_CHAT, REGISTRANTS, SURVEY
from bot.webinars.question import (
    EVENT_LISTS,
    NEXT,
    OF_ONE_EVENT,
    PERSONAL_VIEWS,
    RELATIVE_EVENTS,
    EventsQuestion,
)

_HERE = "here"
_EXAMPLES = {
    "info": '/flow-events info "Quarterly update"',
    "registrants": '/flow-events registrants "Quarterly update" export csv',
    "registrations": '/flow-events registrations "Quarterly update"',
    "surveys": '/flow-events surveys "Quarterly update"',
    "summary": '/flow-events summary "Quarterly update"',
    "report": '/flow-events report "Quarterly update" attendee-chat csv',
    "register": '/flow-events register "Quarterly update"',
    "sign-on": '/flow-events sign-on "Open office"',
}
_ALONE = ("operators", "rooms")
_NO_NAMES = frozenset({TokenKind.USER, TokenKind.CHANNEL, TokenKind.EMAIL})
_CHANGES = ("register", "create", "sign-on")
_NAMES = called(
    {
        "help": "help|menu|?|hilfe",
        "future": "future|upcoming|coming|coming up|planned|scheduled|to come",
        "current": "current|now|live|running|running now",
        "past": "past|previous|recent|ended|history",
        "week": "week|this week|this-week|coming week|next 7 days|next seven days",
        "today": "today|today's",
        "all": "all|everything|list|events|webinars",
        "next": "next|next event|next webinar|next one",
        "last": "last|latest|last event|last webinar|latest event|last one",
        "info": "info|details|about|details of|info on|event|webinar",
        "registrants": "registrants|registrants of|attendees|participants|registered|guests|"
        "who registered for|who is registered for|registered for",
        "registrations": "registrations|registrations of|signups|sign-ups|registration",
        "surveys": "surveys|survey|surveys of",
        "summary": "summary|summary of|recap|recap of|results|results of|how went",
        "report": "report|report on|report of|reports",
        "operators": "operators|hosts|speakers|hosting|who hosts",
        "rooms": "rooms",
        "register": "register|register for|sign up|sign up for",
        "create": "create|new|add|create event|new event|create webinar|new webinar|"
        "create a webinar|create an event|create a|create a new|create new|a new|add a|add new",
        "sign-on": "sign-on|sign on|signon|join|enter",
    }
)
_LISTED = frozenset({"future", "current", "past", "all"})
_IDLE = GLUE | ASKING | {"do", "any", "there", "planned", "scheduled"}
"""Words before the days of a list that say nothing."""
_DAY_LISTS = {"today": "today", "this-week": "week", "next-7d": "week"}
"""Days for which there is a list."""
_EVENT_WORDS = frozenset({"events", "event", "webinars", "webinar", "sessions", "ones"})
_SUBCOMMANDS = ("help", *EVENT_LISTS, *OF_ONE_EVENT, *_ALONE, *_CHANGES)
_WORKS = "Try `/flow-events future`, or an event's name."


@dataclass(frozen=True, slots=True)
class AskEvents:
    """A question; `privately` and `here` say who shall see the answer, as far as it was said."""

    question: EventsQuestion
    privately: bool = False
    here: bool = False

    @property
    def for_the_asker_alone(self) -> bool:
        """Whether the answer is for the asker alone: as asked, or as it has personal data."""
        return self.privately or (self.question.view in PERSONAL_VIEWS and not self.here)


@dataclass(frozen=True, slots=True)
class OpenRegister:
    """A request to register somebody for an event, in a modal; `event` is what was typed."""

    event: str


@dataclass(frozen=True, slots=True)
class OpenCreate:
    """A request to create an event, in a modal."""


@dataclass(frozen=True, slots=True)
class OpenSignOn:
    """A request for a personal link into a room, in a modal; `room` is what was typed."""

    room: str


EventsRequest = Help | AskEvents | OpenRegister | OpenCreate | OpenSignOn


def parse_events(text: str) -> EventsRequest:
    """Return what the text after /flow-events asks for.

    Raises UserError naming the part that cannot be read and what would work.
    """
    given, privately = without_privately(tokens(text))
    here = bool(given) and given[-1].word == _HERE
    if here and privately:
        raise UserError("Either here, for all to see, or privately; not both.")
    given = given[:-1] if here else given
    first, rest = first_word(given, _NAMES) if given else ("help", ())
    match first:
        case "help":
            return Help()
        case "register":
            return OpenRegister(_name(first, rest))
        case "sign-on":
            return OpenSignOn(_name(first, rest))
        case "create":
            return _create(rest)
    return AskEvents(events_question(given), privately=privately, here=here)


def events_question(given: Sequence[Token]) -> EventsQuestion:
    """Return the question of the words, which begin with a view, here or in a digest.

    What begins with none is an event's name: then its card is asked for.
    """
    on_days = _on_days(given)
    if on_days:
        return on_days
    view, rest = first_word(given, _NAMES)
    if view in EVENT_LISTS or view in _ALONE:
        found = read_options(_without_events(rest), _options(view))
        return EventsQuestion(view, **found)
    if view in RELATIVE_EVENTS and rest and not _options("info").end(_without_events(rest)):
        view = "info" if view == NEXT else "summary"
    elif view in RELATIVE_EVENTS:
        found = read_options(_without_events(rest), _options("info"))
        return EventsQuestion("info" if view == NEXT else "summary", view, **found)
    if view not in OF_ONE_EVENT:
        if not given or given[0].kind in _NO_NAMES or view:
            raise unknown(joined(given[:1]), _SUBCOMMANDS, works=_WORKS)
        name = in_quotes(given[0].text)
        refuse_misspelt(given, _SUBCOMMANDS, noun="an event's name", as_name=f"info {name}")
        view = "info"
    event, after = name_and_options(rest, _options(view))
    found = read_options(after, _options(view))
    return EventsQuestion(view, event, **(_report(found) if view == "report" else found))


def _on_days(given: Sequence[Token]) -> EventsQuestion | None:
    """Return the question of "events in december", "tomorrow" or "past last month", or None.

    Nothing but options may follow the days: else they belong to an event's name.
    """
    view, rest = first_word(given, {name: each for name, each in _NAMES.items() if each in _LISTED})
    rest = _without_events(rest[0 if view else asking(rest) :])
    start = next((at for at, each in enumerate(rest) if each.word not in _IDLE), len(rest))
    words = [each.word for each in rest[start:]]
    count = ahead.leading(words)
    after = rest[start + count :]
    if not count or (after and not _OPTIONS["all"].end(after)):
        return None
    days = ahead.canonical(" ".join(words[:count]))
    found = read_options(after, _OPTIONS["all"])
    if days in _DAY_LISTS and view in {"", "all"}:
        return EventsQuestion(_DAY_LISTS[days], **found)
    return EventsQuestion(view or "all", days=days, **found)


def _without_events(rest: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens after a list without the word for what is in it."""
    return rest[1:] if rest and rest[0].word in _EVENT_WORDS else rest


def events_words(question: EventsQuestion) -> str:
    """Return the question as it can be typed again after /flow-events."""
    survey = f"survey {in_quotes(question.survey)}".removesuffix(' ""')
    words = (
        question.view,
        question.days,
        in_quotes(question.event) if question.event else "",
        "public" if question.public else "",
        survey if question.report == SURVEY else question.report,
        question.export,
    )
    return " ".join(word for word in words if word)


def _name(word: str, rest: Sequence[Token]) -> str:
    """Return the name after a word, all that follows it."""
    if rest:
        return joined(rest)
    what = "room" if word == "sign-on" else "event"
    raise UserError(f"Which {what}? For example: {_EXAMPLES[word]}")


def _create(rest: Sequence[Token]) -> OpenCreate:
    """Return the request of "create", which takes nothing more."""
    if rest:
        raise UserError("Type `/flow-events create` alone: the form asks for the rest.")
    return OpenCreate()


def _report(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report's fields: which of the five it is, and as what file."""
    about_survey = "survey" in found
    kind = found.get("report", SURVEY if about_survey else COMPILED)
    if about_survey and kind != SURVEY:
        raise UserError(f"One report at a time: this has {kind} and survey.")
    export = found.get("export", "xlsx" if kind == COMPILED else "csv")
    return {"report": kind, "survey": found.get("survey", ""), "export": export}


def _survey(given: Sequence[Token]) -> tuple[str, int]:
    """Return what was typed for the survey, which may be nothing, up to the next option."""
    end = _options("report").until(given)
    return joined(given[:end]), end


def _options(view: str) -> Options:
    """Return the options of a view."""
    return _OPTIONS.get(view) or _made(view)


def _made(view: str, **alone: tuple[str, Any]) -> Options:
    """Return the options of a view that knows the words `alone` and nothing else."""
    example = _EXAMPLES.get(view, f"/flow-events {view}")
    return Options(
        which=f"Which event? For example: {example}",
        works=f"For example: {example}",
        alone=alone,
        valued={},
        with_period=False,
    )


def _with_files(view: str) -> Options:
    """Return the options of a view that can be had as a file."""
    made = _made(view)
    return Options(
        which=made.which,
        works=f"For a file, add csv or xlsx. {made.works}",
        alone=FORMAT_WORDS,
        valued={"export": ("export", format_after)},
        with_period=False,
    )


_KINDS = (COMPILED, REGISTRANTS, ATTENDEE_CHAT, OPERATOR_CHAT)
_SPOKEN = {kind.replace("-", ""): kind for kind in (ATTENDEE_CHAT, OPERATOR_CHAT)}
_REPORTS = Options(
    which=f"Which event? For example: {_EXAMPLES['report']}",
    works=(
        "The reports are compiled, registrants, attendee-chat, operator-chat and survey. "
        f"For example: {_EXAMPLES['report']}"
    ),
    alone={
        **FORMAT_WORDS,
        **{kind: ("report", kind) for kind in _KINDS},
        **{word: ("report", kind) for word, kind in _SPOKEN.items()},
    },
    valued={"export": ("export", format_after), "survey": ("survey", _survey)},
    with_period=False,
)
_OPTIONS: Mapping[str, Options] = MappingProxyType(
    {
        "info": _made("info", public=("public", True)),
        "report": _REPORTS,
        **{
            view: _with_files(view)
            for view in (*EVENT_LISTS, *_ALONE, "registrants", "registrations")
        },
    }
)
