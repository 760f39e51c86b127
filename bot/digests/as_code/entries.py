"""Digests as entries of a text, in the words that people type for them, and back."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.asking.core import zones
from bot.asking.core.arguments import quoted, tokens
from bot.asking.question import Question, QuestionKind, QuestionKinds
from bot.asking.subscription import ACTIVE, PAUSED, Subscription
from bot.asking.terms import Terms
from bot.codec import dumps, encode, loads
from bot.digests.as_code.difference import CodedOrder
from bot.digests.as_code.document import CodedEntry, Plain
from bot.digests.core import recurrence
from bot.digests.core.schedule import Schedule, whole_schedule
from bot.digests.core.subscribe import MAX_NOTE
from bot.digests.core.terms.lines import wish_lines
from bot.digests.core.terms.wishes import Wish, wished, without_wishes
from bot.digests.rendering.words import schedule_words
from bot.errors import UserError

SECTION: Final = "digests"
WHAT, WHEN, ZONE, NOTE, TERMS = "what", "when", "zone", "note", "terms"
PAUSE, EXACT, CRON = "paused", "exact", "cron"
FIELDS: Final = {
    WHAT: str,
    WHEN: str,
    ZONE: str,
    TERMS: tuple,
    NOTE: str,
    PAUSE: bool,
    CRON: str,
    EXACT: str,
}
"""The last two are written only where the words alone would be read as something else."""


def coded(one: Subscription) -> CodedOrder:
    """Return a digest as an entry."""
    what, when = one.kind.order_words(one.question), schedule_words(one)
    fields: dict[str, Plain] = {WHAT: what, WHEN: when, ZONE: one.zone}
    if terms := wish_lines(one.terms, one.kind.parts(one.question)):
        fields[TERMS] = terms
    if one.note:
        fields[NOTE] = one.note
    if one.state == PAUSED:
        fields[PAUSE] = True
    return CodedOrder(SECTION, dumps(encode(one.question)), one.kind.title(one.question), fields)


def written(one: Subscription, kinds: QuestionKinds) -> dict[str, Plain]:
    """Return the entry's fields with those that make it exact where its words do not."""
    fields = dict(coded(one).fields)
    try:
        cron: str | None = recurrence.unanchored(whole_schedule(str(fields[WHEN])).cron)
    except UserError:
        cron = None
    if cron != recurrence.unanchored(one.cron):
        fields[CRON] = one.cron
    try:
        same = _question(str(fields[WHAT]), kinds, one.zone) == one.question
    except UserError:
        same = False
    if not same:
        fields[EXACT] = dumps(encode(one.question))
    return fields


def question_of(entry: CodedEntry, kinds: QuestionKinds) -> tuple[QuestionKind[Any], Question]:
    """Return what an entry asks; its names are still to be settled. Raises CodeError."""
    typed, exact = entry.text(WHAT), entry.text(EXACT)
    if not typed:
        raise entry.fault(WHAT, "An entry says what it is about: what: report onboarding")
    name = tokens(typed)[0].word
    if name not in kinds:
        known = ", ".join(kinds.names)
        raise entry.fault(WHAT, f"{quoted(name)} is none of {known}.")
    kind = kinds[name]
    try:
        if exact:
            return kind, kind.of_row(loads(exact))
        return kind, _question(typed, kinds, _zone(entry) or "UTC")
    except UserError as error:
        raise entry.fault(WHAT, str(error)) from None
    except ValueError:
        raise entry.fault(EXACT, "That is not what an export wrote. Leave it out.") from None


def subscription_of(
    entry: CodedEntry,
    kind: QuestionKind[Any],
    question: Question,
    template: Subscription,
    now: datetime,
) -> Subscription:
    """Return the digest that an entry wants; place, owner and zone are those of `template`.

    Raises CodeError.
    """
    zone = _zone(entry) or template.zone
    plan = _plan(entry)
    try:
        cron = recurrence.anchored(entry.text(CRON) or plan.cron, zone, now)
    except (UserError, ValueError, LookupError) as error:
        raise entry.fault(CRON if entry.text(CRON) else WHEN, str(error)) from None
    note = entry.text(NOTE)
    if len(note) > MAX_NOTE:
        raise entry.fault(NOTE, f"A note has up to {MAX_NOTE} letters, and this has {len(note):,}.")
    return replace(
        template,
        kind=kind,
        question=question,
        cron=cron,
        words=recurrence.once_words(cron, plan.words),
        zone=zone,
        note=note,
        terms=_terms(entry, kind, question),
        state=PAUSED if entry.fields.get(PAUSE) else ACTIVE,
    )


def _question(typed: str, kinds: QuestionKinds, zone: str) -> Question:
    name, *rest = tokens(typed)
    found: Question = kinds[name.word].of_digest(rest, (), zone=zone)
    return found


def _zone(entry: CodedEntry) -> str:
    typed = entry.text(ZONE)
    try:
        return zones.zone_named(typed) if typed else ""
    except UserError as error:
        raise entry.fault(ZONE, str(error)) from None


def _plan(entry: CodedEntry) -> Schedule:
    typed = entry.text(WHEN)
    if not typed:
        raise entry.fault(WHEN, "An entry says when it comes: when: every weekday at 9:00")
    try:
        return whole_schedule(typed)
    except UserError as error:
        raise entry.fault(WHEN, str(error)) from None


def _terms(entry: CodedEntry, kind: QuestionKind[Any], question: Question) -> Terms:
    wishes = list[Wish]()
    for line in entry.texts(TERMS):
        given = tokens(line)
        try:
            # Where a digest is typed, the first word is never one of a wish.
            rest, found = without_wishes((*tokens(kind.name), *given), kind.measures(question))
        except UserError as error:
            raise entry.fault(TERMS, str(error)) from None
        if len(rest) > 1:
            raise entry.fault(TERMS, f"I can't read {quoted(line)} as a term of a digest.")
        wishes += found
    try:
        return wished(wishes, kind, question)
    except UserError as error:
        raise entry.fault(TERMS, str(error)) from None
