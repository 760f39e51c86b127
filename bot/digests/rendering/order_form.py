"""The form in which a digest is ordered and changed, and the reading of what stands in it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from datetime import datetime, timedelta
from typing import Any, Final

from bot.asking.core import zones
from bot.asking.question import Question, QuestionKinds
from bot.asking.rendering.dates import soon
from bot.asking.subscription import Subscription
from bot.asking.terms import Measure, Terms
from bot.digests.core import draft as drafts
from bot.digests.core import planning, recurrence
from bot.digests.core.draft import Draft, draft_line, schedule_of
from bot.digests.core.schedule import Schedule
from bot.digests.core.subscribe import MAX_NOTE
from bot.digests.ids import DigestAction, DigestCallback
from bot.digests.intents import OrderDigest
from bot.digests.rendering.order_what import OfferedKinds, asked_in, what_inputs, with_what
from bot.digests.rendering.order_wishes import terms_in, wish_inputs, with_wishes
from bot.errors import UserError
from bot.jobs.request import Intent
from bot.slack.blocks.blocks import Element, actions, bold, button, context, paragraph, plain
from bot.slack.blocks.budget import LIMITS
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.inputs import (
    Values,
    conversation_selects,
    conversations_of,
    field,
    option,
    searched_select,
    select,
    text_input,
    text_of,
    time_input,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.blocks.wording import counted
from bot.slack.messages import Block

MOST_PLACES: Final = 10
_LONGEST: Final = 200
MONTH: Final = timedelta(days=30)
_OFTEN: Final = (
    (drafts.WORKDAYS, "Every weekday (Monday to Friday)"),
    (drafts.DAILY, "Every day"),
    (drafts.WEEKLY, "Every week"),
    (drafts.FORTNIGHTLY, "Every 2 weeks"),
    (drafts.MONTHLY, "Every month"),
    (drafts.FIRST, "First weekday of each month"),
    (drafts.LAST, "Last weekday of each month"),
    (drafts.QUARTERLY, "Every quarter, on its first day"),
    (drafts.TYPED, "Something else, in words or as cron"),
)
_DAYS: Final = tuple((day, day.capitalize()) for day in drafts.DAYS)
_WHICH: Final = ((drafts.WORKDAY, "Any, Monday to Friday"), *_DAYS)
_DATES: Final = tuple((date, f"Day {date}") for date in drafts.DATES[:-1])
_TYPED_HINT: Final = (
    "For example: mon and thu 8:30, every 3 weeks on friday at 16:00, once on 2026-12-24 10:00, "
    "cron 0 9 * * 1-5."
)
_NOWHERE: Final = "Choose at least one channel or person."


@dataclass(frozen=True, slots=True)
class OrderTaker:
    """Who takes an order of the form in place of the digests: what the form is called then.

    `take` returns what is wanted of an order, in the conversation for which the form was opened.
    """

    title: str
    submit: str
    take: Callable[[OrderDigest], Intent]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSetting:
    """Where a form is shown: what can be chosen, and the moment and the zone of who sees it.

    `takers` take orders in place of the digests, by their names.
    """

    kinds: QuestionKinds
    offered: OfferedKinds
    now: datetime
    zone: str
    takers: Mapping[str, OrderTaker] = made_by(default_factory=dict)


def order_modal(draft: Draft, setting: FormSetting, *, problem: str = "") -> View:
    """Return the form with a draft in it; `problem` stands above all else."""
    if taker := setting.takers.get(draft.taker):
        return _taken_modal(draft, setting, taker)
    return modal(
        DigestCallback.NEW,
        f"Edit digest {draft.number}" if draft.number else "New digest",
        (
            *((paragraph(bold(problem)),) if problem else ()),
            *what_inputs(draft, setting.kinds, setting.offered),
            *_when_inputs(draft),
            _places(draft),
            _note(draft),
            *(wish_inputs(draft, _measures(draft, setting)) if draft.more else ()),
            *coming(draft, setting),
            _buttons(draft, setting),
        ),
        submit="Save" if draft.number else "Order digest",
        metadata=draft_line(draft),
    )


def _taken_modal(draft: Draft, setting: FormSetting, taker: OrderTaker) -> View:
    """Return the form of somebody else's order: what it is about and when, and nothing more."""
    return modal(
        DigestCallback.NEW,
        taker.title,
        (
            *what_inputs(draft, setting.kinds, setting.offered),
            *_when_inputs(draft),
            *coming(draft, setting),
        ),
        submit=taker.submit,
        metadata=draft_line(draft),
    )


def with_values(draft: Draft, values: Values, offered: OfferedKinds) -> Draft:
    """Return a draft with all that stands in the inputs that there are; the rest as it was."""

    def now(input_id: str, before: str) -> str:
        return text_of(values, input_id) if input_id in values else before

    placed = DigestAction.PLACES in values
    return replace(
        with_wishes(with_what(draft, values, offered), values),
        often=now(DigestAction.OFTEN, draft.often),
        day=now(DigestAction.DAY, draft.day),
        which=now(DigestAction.WHICH, draft.which),
        date=now(DigestAction.DATE, draft.date),
        time=now(DigestAction.TIME, draft.time),
        typed=now(DigestAction.SCHEDULE, draft.typed),
        zone=now(DigestAction.ZONE, draft.zone),
        places=conversations_of(values, DigestAction.PLACES) if placed else draft.places,
        note=now(DigestAction.NOTE, draft.note),
    )


def order_of(draft: Draft, setting: FormSetting, *, anywhere: bool = False) -> OrderDigest | Errors:
    """Return the order that stands in a draft, or messages beside the inputs that are wrong.

    One that is only looked at may be for `anywhere`.
    """
    asked = asked_in(draft, setting.kinds, setting.offered)
    plan = _schedule(draft, setting)
    terms, errors = terms_in(draft, _measures(draft, setting))
    errors |= {} if isinstance(asked, Question) else asked
    errors |= {} if isinstance(plan, Schedule) else plan
    if len(draft.note) > MAX_NOTE:
        errors[DigestAction.NOTE] = (
            f"A note has at most {MAX_NOTE} characters; this one has {len(draft.note):,}."
        )
    if not draft.places and not anywhere:
        errors[DigestAction.PLACES] = _NOWHERE
    if errors or not isinstance(asked, Question) or not isinstance(plan, Schedule):
        return errors
    zone = plan.zone or setting.zone
    order = OrderDigest(asked.job, asked, plan.cron, plan.words, zone, draft.note, terms)
    never = _never(order, setting)
    beside = DigestAction.HOLIDAYS if draft.more and terms.holidays else DigestAction.OFTEN
    return {beside: never} if never else order


def zone_choices(query: str) -> list[Element]:
    """Return the options of the zone's select for what was typed so far."""
    return [option(name, name) for name in zones.names_with(query)][: LIMITS.options]


def coming(draft: Draft, setting: FormSetting) -> Iterator[Block]:
    """Yield the next times in the zone of who sees the form, and how often it would have come."""
    found = _schedule(draft, setting)
    if not isinstance(found, Schedule):
        if draft.typed or draft.often != drafts.TYPED:
            yield context(next(iter(found.values())))
        return
    asked = asked_in(draft, setting.kinds, setting.offered)
    question = asked if isinstance(asked, Question) else None
    terms, _ = terms_in(draft, _measures(draft, setting))
    yield from coming_of(planned(found, terms, setting, question), setting, came=draft.came)


def coming_of(one: Subscription, setting: FormSetting, *, came: int = 0) -> Iterator[Block]:
    """Yield when a digest comes, and how often it would have come; one that is there `came`."""
    runs = planning.next_times(one, setting.now)
    next_ones = ", ".join(soon(run, setting.now, setting.zone) for run in runs) or "never"
    yield paragraph(bold("Next: "), plain(f"{next_ones} ({zones.spoken(setting.zone)})"))
    past = planning.times_between(one, setting.now - MONTH, setting.now)
    count = sum(not each.skipped for each in past)
    if count and not recurrence.is_once(one.cron):
        depends = one.terms.only_changed or one.terms.only_if
        lead = "Without its condition it" if depends else "It"
        really = f" It came {counted(came, 'time')}." if came else ""
        times = counted(count, "time")
        yield context(f"{lead} would have been sent {times} in the last 30 days.{really}")


def planned(
    plan: Schedule, terms: Terms, setting: FormSetting, question: Question | None
) -> Subscription:
    """Return a digest that is not ordered yet, as far as its times go; it is about anything."""
    kind: Any = setting.kinds.of(question) if question else next(iter(setting.kinds))
    about: Any = question
    zone = plan.zone or setting.zone
    return Subscription(
        id=0,
        channel="",
        kind=kind,
        question=about,
        cron=recurrence.anchored(plan.cron, zone, setting.now),
        words=plan.words,
        zone=zone,
        creator="",
        created_at=setting.now,
        terms=terms,
    )


def _never(order: OrderDigest, setting: FormSetting) -> str:
    """Return why an order never comes, as where all its days are holidays; else nothing."""
    plan = Schedule(order.cron, order.words, order.zone)
    try:
        planning.next_time(planned(plan, order.terms, setting, order.question), setting.now)
    except UserError as error:
        return str(error)
    return ""


def _measures(draft: Draft, setting: FormSetting) -> tuple[Measure, ...]:
    """Return the figures that a condition can be on."""
    asked = asked_in(draft, setting.kinds, setting.offered)
    if isinstance(asked, Question):
        return setting.kinds.of(asked).measures(asked)
    kind = next((each for each in setting.offered if each.name == draft.kind), None)
    kind = kind or next(iter(setting.offered), None)
    return kind.measures(None) if kind else ()


def _buttons(draft: Draft, setting: FormSetting) -> Block:
    preview = button(
        "Preview", DigestAction.PREVIEW, value="preview", spoken="Show it as it would look now"
    )
    more = button(
        "Conditions, file, quiet hours",
        DigestAction.MORE,
        value="more",
        spoken="Show conditions, the file, quiet hours and holidays",
    )
    follow = button(
        "Follow instead",
        DigestAction.FOLLOW,
        value="follow",
        spoken="Be told directly what becomes of its figures, in place of a digest",
    )
    followed = bool(draft.about) and not draft.number and _measures(draft, setting)
    row = (preview, *(() if draft.more else (more,)), *((follow,) if followed else ()))
    return actions(BlockId.DIGEST_BUTTONS, *row)


def _schedule(draft: Draft, setting: FormSetting) -> Schedule | Errors:
    """Return when it comes, or a message beside the input that is wrong."""
    try:
        found = schedule_of(draft)
        zone = found.zone or setting.zone
        recurrence.anchored(found.cron, zone, setting.now)  # a time that has passed, say
    except UserError as error:
        typed = draft.often == drafts.TYPED
        return {DigestAction.SCHEDULE if typed else DigestAction.OFTEN: str(error)}
    return found


def _when_inputs(draft: Draft) -> Iterator[Block]:
    same = ((drafts.SAME, f"As now: {draft.same[1]}"),) if draft.same[1] else ()
    often = select(DigestAction.OFTEN, (*same, *_OFTEN), chosen=draft.often)
    yield field("How often", often, tells=True)
    yield from _day_inputs(draft)
    if draft.often == drafts.TYPED:
        words = text_input(
            DigestAction.SCHEDULE,
            placeholder="mon and thu 8:30",
            longest=_LONGEST,
            typed=draft.typed,
        )
        yield field("When", words, hint=_TYPED_HINT, tells=True)
    if draft.often not in drafts.WITHOUT_TIME:
        yield field("Time", time_input(DigestAction.TIME, chosen=draft.time), tells=True)
    chosen = option(draft.zone, draft.zone) if draft.zone else None
    zone = searched_select(DigestAction.ZONE, placeholder="Yours", chosen=chosen)
    yield field("Time zone", zone, optional=True, tells=True)


def _day_inputs(draft: Draft) -> Iterator[Block]:
    if draft.often in drafts.ON_A_DAY:
        yield field("Day", select(DigestAction.DAY, _DAYS, chosen=draft.day), tells=True)
    if draft.often in drafts.ON_WHICH:
        which = select(DigestAction.WHICH, _WHICH, chosen=draft.which)
        yield field("Which weekday", which, tells=True)
    if draft.often == drafts.MONTHLY:
        dates = (*_DATES, (drafts.DATES[-1], "Last day"))
        date = select(DigestAction.DATE, dates, chosen=draft.date)
        yield field("Day of the month", date, tells=True)


def _places(draft: Draft) -> Block:
    chosen: Sequence[str] = draft.places
    most = 1 if draft.number else MOST_PLACES
    places = conversation_selects(DigestAction.PLACES, chosen=chosen, most=most)
    several = "" if draft.number else "Several get a digest each."
    return field("Where", places, hint=several)


def _note(draft: Draft) -> Block:
    note = text_input(
        DigestAction.NOTE,
        placeholder="For the Monday meeting",
        longest=MAX_NOTE,
        typed=draft.note[:MAX_NOTE],
    )
    return field("Note", note, optional=True, hint="Stands above each digest.")
