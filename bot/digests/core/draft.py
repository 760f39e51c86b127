"""An order of a digest as it stands in its form: chosen and typed, right or wrong. Plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from bot.asking.core import weekdays
from bot.asking.question import Question
from bot.asking.subscription import Subscription
from bot.asking.terms import NO_TERMS, Terms
from bot.codec import decode, dumps, encode, loads
from bot.digests.core import recurrence
from bot.digests.core.schedule import Schedule, whole_schedule
from bot.digests.core.terms.wished import NO_WISHES, WishTexts, texts_of

WORKDAYS: Final = "weekdays"
DAILY: Final = "daily"
WEEKLY: Final = "weekly"
FORTNIGHTLY: Final = "fortnightly"
MONTHLY: Final = "monthly"
FIRST: Final = "first"
LAST: Final = "last"
QUARTERLY: Final = "quarterly"
TYPED: Final = "typed"
SAME: Final = "same"
"""As the digest that is edited comes now, which no choice says."""
WORKDAY: Final = "workday"
DAYS: Final = (*weekdays.NAMES[1:], weekdays.NAMES[0])
DATES: Final = (*map(str, range(1, 32)), "last")
ON_A_DAY: Final = frozenset({WEEKLY, FORTNIGHTLY})
ON_WHICH: Final = frozenset({FIRST, LAST})
WITHOUT_TIME: Final = frozenset({TYPED, SAME})
NINE: Final = "09:00"


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form. `number` is that of the digest that is edited, 0 for a new one.

    `about` is a whole question with its kind, as of an answer; where it is empty the question is
    chosen: `kind`, `thing` (with the name it is shown by), `figure` and `period`. When it comes is
    `often` with the `day`, the `which` day or the `date` that it needs, or what was `typed`; `same`
    are the cron line and the words that the digest has. `zone` is empty for the asker's own.
    `taker` is who takes the order in place of the digests, by its name.
    `wishes` stand in inputs that are shown with `more`; `terms` are what the digest has already,
    and `came` counts how often it was told in the last 30 days.
    """

    number: int = 0
    about: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    thing: str = ""
    thing_name: str = ""
    figure: str = ""
    period: str = ""
    often: str = WORKDAYS
    day: str = DAYS[0]
    which: str = WORKDAY
    date: str = DATES[0]
    time: str = NINE
    typed: str = ""
    same: tuple[str, str] = ("", "")
    zone: str = ""
    places: tuple[str, ...] = ()
    note: str = ""
    terms: Terms = NO_TERMS
    wishes: WishTexts = NO_WISHES
    more: bool = False
    came: int = 0
    taker: str = ""


def draft_line(draft: Draft) -> str:
    """Return a draft as text, without what is as in an empty form."""
    empty = encode(Draft())
    return dumps({name: it for name, it in encode(draft).items() if it != empty[name]})


def draft_of_line(line: str) -> Draft:
    """Return the draft of a text. Raises ValueError for any other."""
    row = loads(line or "{}")
    if not isinstance(row, dict):
        raise ValueError(line)  # noqa: TRY004  # of the text, not of a type
    known = {each.name for each in fields(Draft)}
    return decode(Draft, {name: row[name] for name in row if name in known})


def about_row(question: Question) -> dict[str, Any]:
    """Return a question with its kind, as a draft holds it."""
    return {"kind": question.job, **encode(question)}


def draft_of(one: Subscription) -> Draft:
    """Return the form of a digest that is edited, filled in with all that it has."""
    found = Draft(
        number=one.id,
        about=about_row(one.question),
        kind=one.kind.name,
        same=(one.cron, one.words),
        zone=one.zone,
        places=(one.channel,),
        note=one.note,
    )
    found = with_terms(found, one.terms)
    return with_schedule(found, one.cron)


def with_terms(draft: Draft, terms: Terms) -> Draft:
    """Return a draft in which terms stand, shown if there are any."""
    texts = texts_of(terms)
    return replace(draft, terms=terms, wishes=texts, more=texts != NO_WISHES)


def draft_of_order(
    question: Question, plan: Schedule, *, place: str = "", note: str = "", terms: Terms = NO_TERMS
) -> Draft:
    """Return the form of an order that is given in words, to be looked at and changed."""
    found = Draft(
        about=about_row(question),
        kind=question.job,
        same=(plan.cron, plan.words),
        zone=plan.zone,
        places=(place,) if place else (),
        note=note,
    )
    return with_schedule(with_terms(found, terms), plan.cron)


def with_schedule(draft: Draft, cron: str) -> Draft:
    """Return a draft that says by its choices when a kept schedule comes, if they can."""
    line = recurrence.unanchored(cron)
    minute, _, rest = line.partition(" ")
    hour = rest.partition(" ")[0]
    if not (minute.isdecimal() and hour.isdecimal()):
        return replace(draft, often=SAME)
    timed = replace(draft, time=f"{int(hour):02}:{int(minute):02}")
    choices = (each for each in _choices(timed) if schedule_of(each).cron == line)
    return next(choices, replace(draft, often=SAME))


def schedule_of(draft: Draft) -> Schedule:
    """Return when it comes. Raises UserError for what was typed and cannot be read."""
    if draft.often == SAME:
        return Schedule(*draft.same, zone=draft.zone)
    found = whole_schedule(_line(draft))
    return replace(found, zone=found.zone or draft.zone)


def _line(draft: Draft) -> str:
    """Return the words that say when."""
    if draft.often == TYPED:
        return draft.typed
    days = {
        WEEKLY: f"{draft.day}s",
        FORTNIGHTLY: f"every 2 weeks on {draft.day}",
        MONTHLY: f"monthly {draft.date}",
        FIRST: f"first {draft.which}",
        LAST: f"last {draft.which}",
    }
    return f"{days.get(draft.often, draft.often)} {draft.time}"


def _choices(draft: Draft) -> Iterator[Draft]:
    """Yield a draft with each of the choices for its days."""
    for often in (DAILY, WORKDAYS, QUARTERLY):
        yield replace(draft, often=often)
    for day in DAYS:
        yield from (replace(draft, often=each, day=day) for each in (WEEKLY, FORTNIGHTLY))
    for which in (WORKDAY, *DAYS):
        yield from (replace(draft, often=each, which=which) for each in (FIRST, LAST))
    for date in DATES:
        yield replace(draft, often=MONTHLY, date=date)
