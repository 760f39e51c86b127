"""Digests for assistants: those of a channel, and one to be ordered, shown first."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any, Final

from bot.asking.core.finder import PickError
from bot.asking.core.terms_words import terms_words
from bot.asking.question import Question
from bot.asking.rendering.dates import zone_words
from bot.asking.rendering.offers import offer_value
from bot.asking.rendering.pick_lists import pick_list
from bot.asking.rendering.proposals import proposal
from bot.digests.core.command import ListSubscriptions, parse_flow
from bot.digests.core.past import History, Why
from bot.digests.core.subscribe import ME, Subscribe, not_for_others
from bot.digests.intents import OrderDigest
from bot.errors import DeniedError, NotKnownYetError, UserError
from bot.jobs.access import ALLOWED, UNKNOWN_PLACE, Right
from bot.jobs.admission import NOT_THERE, SOON
from bot.jobs.outcome import CameTo, NewJob, Outcome, reply
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.mcp.checking import check
from bot.mcp.tools.catalog import Catalog
from bot.mcp.tools.intents import LookInChannel, ProposeDigest
from bot.mcp.tools.seeing import sees
from bot.slack.messages import Answer, Message
from bot.surface import SurfaceParts

NO_SCHEDULE: Final = (
    "I can't read that as a schedule. Try: weekdays 9:00, every monday 9am, or first monday 09:00."
)


class ToolDigests:
    """Raises UserError, DeniedError, NotKnownYetError and VendorError."""

    def __init__(self, given: SurfaceParts, catalog: Catalog) -> None:
        """Order the answers of the tools of `catalog`."""
        self._catalog = catalog
        self._kinds = given.kinds
        self._composers = given.switches.composers
        self._admission = given.admission
        self._directory = given.parts.directory
        self._clock = given.parts.clock

    @property
    def tasks(self) -> tuple[Task[Any], ...]:
        """The work that is done here."""
        return Task(LookInChannel, self.look), Task(ProposeDigest, self.propose)

    async def look(self, job: Job[LookInChannel]) -> Outcome:
        """Go on as if it was asked in that channel, for the asker alone, if they may see it."""
        wanted = job.details
        there = await sees(self._directory, job.asker, wanted.channel)
        if there is None:
            raise NotKnownYetError(UNKNOWN_PLACE, again_at=self._clock.now() + SOON)
        if not there:
            raise DeniedError(NOT_THERE)
        request = job.request.going_on_with(_in_channel(wanted), in_channel=wanted.channel)
        going_on = replace(request, privately=True, opened_in="")
        return Outcome(jobs=(NewJob(f"looked:{job.key}", going_on),))

    async def propose(self, job: Job[ProposeDigest]) -> Outcome:
        """Show what would be ordered, its names found; where several fit, which there are."""
        wanted, user = job.details, job.request.user
        order = self._read(wanted)
        place = wanted.channel or _place(order.place, user)
        if place != user:
            await self._admission.admitted_there(Right.ORDER, job.asker, place)
        try:
            settled = await self._composers[order.question.job].settled(order.question)
        except PickError as several:
            shown = self._choice(wanted, several)
            told = reply(job, Answer(shown), private=True)
            return Outcome((told,), error=str(several), came_to=CameTo.NOTHING)
        zone = order.schedule.zone or job.asker.zone
        found = replace(order, question=settled.question)
        name = "" if place == user else (await self._directory.place(place)).name
        shown = self._shown(found, place=place, name=name, zone=zone, remark=settled.remark)
        return Outcome((reply(job, Answer(shown), private=True),))

    def _read(self, wanted: ProposeDigest) -> Subscribe:
        """Return the order, read as if it was typed. Raises UserError."""
        tool = self._catalog.question_tool(wanted.about)
        check(wanted.arguments, tool.schema)
        question = tool.wanted(wanted.arguments)
        assert isinstance(question, Question)
        words = self._kinds.of(question).order_words(question)
        found = parse_flow(escape(f"subscribe {words} {wanted.schedule}", quote=False), self._kinds)
        if not isinstance(found, Subscribe):
            raise UserError(NO_SCHEDULE)
        return replace(found, note=wanted.note or found.note)

    def _choice(self, wanted: ProposeDigest, several: PickError) -> Message:
        """Return what fits, each as the same order with its id."""
        tool = self._catalog.question_tool(wanted.about)
        name = next(each.name for each in tool.arguments if each.detail == several.field)
        return pick_list(
            several.typed,
            several.choices,
            noun=several.noun,
            lead=several.lead,
            value=lambda one: offer_value(
                replace(wanted, arguments={**wanted.arguments, name: one.id})
            ),
        )

    def _shown(self, order: Subscribe, *, place: str, name: str, zone: str, remark: str) -> Message:
        plan, question = order.schedule, order.question
        wanted = OrderDigest(
            question.job, question, plan.cron, plan.words, plan.zone, order.note, order.terms
        )
        facts = tuple(self._facts(order, zone=zone, name=name, remark=remark))
        return proposal(
            "Order this digest?",
            facts,
            button="Order the digest",
            wanted=wanted,
            decision=ALLOWED,
            chosen=place,
        )

    def _facts(
        self, order: Subscribe, *, zone: str, name: str, remark: str
    ) -> Iterator[tuple[str, str]]:
        yield "What", self._kinds.of(order.question).title(order.question)
        yield "When", ", ".join((order.schedule.words, *terms_words(order.terms)))
        yield "Time zone", zone_words(zone)
        yield "Where", f"in #{name}, for all in it" if name else "in your direct messages"
        yield from (("Mind", each) for each in self._kinds.of(order.question).notes(order.question))
        if order.note:
            yield "Note", order.note
        if remark:
            yield "Remark", remark


def _in_channel(wanted: LookInChannel) -> Intent:
    if wanted.about == "history":
        return History(wanted.number)
    return Why(wanted.number) if wanted.about else ListSubscriptions()


def _place(typed: str, user: str) -> str:
    """Return where a digest comes, as far as its schedule says. Raises UserError for others."""
    if typed in {"", ME, user}:
        return user
    if typed.startswith(("U", "W")):
        raise not_for_others(typed)
    return typed
