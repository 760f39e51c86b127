"""Plain lines, in direct messages or after a mention: answered as if typed with their command.

What would change something is shown first, with a button that does it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from bot.asking.core.arguments import Ask, Help, OpenForm, tokens
from bot.asking.core.fillers import word_set
from bot.asking.core.plain_lines import (
    PlainLine,
    SpokenCommand,
    line_with_a_part,
    lines_about,
    nearest_lines,
    understood,
)
from bot.asking.core.retyping import RetypeError, TypedLine
from bot.asking.question import QuestionKinds
from bot.asking.rendering.help import Names
from bot.asking.rendering.lines import choice_of_lines
from bot.digests.core.command import NAME, ListSubscriptions, parse_flow
from bot.digests.core.draft import draft_line, draft_of_order
from bot.digests.core.past import History, Why
from bot.digests.core.plain_changes import plain_change
from bot.digests.core.plain_orders import plain_order, subscribes
from bot.digests.core.subscribe import ME, Subscribe, not_for_others
from bot.digests.intents import OfferRest
from bot.errors import UserError
from bot.feature import Feature, Switches
from bot.follow.core.plain import plain_follow
from bot.jobs.access import Right
from bot.jobs.outcome import NewJob, Outcome, reply
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.slack.blocks.blocks import Element
from bot.slack.messages import Answer, Message
from bot.talk.help import HelpDesk
from bot.talk.here import posts, speaks_of_here, with_channel, without_here
from bot.talk.intents import HearLine, SlowDown
from bot.talk.rendering import lines as words

MOST_SUGGESTED: Final = 3
InView = Callable[[Job[HearLine]], Awaitable[str]]
"""Returns the channel that somebody looks at while they say a line, empty for none."""


async def nothing_in_view(_: Job[HearLine]) -> str:
    """Return no channel: a line is about the conversation in which it is said."""
    return ""


_ASKS_HOW: Final = word_set(
    "is are was were did does has have any why when how who what which show tell list see get give"
)
"""Who begins so wants to know or see something, and nothing done."""
_FLOW: Final = SpokenCommand(words=frozenset({"subscribe", "unsubscribe", "digests"}))


@dataclass(frozen=True, slots=True)
class WordedLine:
    """A line that somebody else made of a sentence: `by` says who, `change` opens it first."""

    line: PlainLine
    by: str
    change: tuple[Element, ...] = ()


OtherWords = Callable[[Job[HearLine]], Awaitable[WordedLine | None]]
"""Words a sentence anew that nothing here understands; None where it cannot."""


AnsweredBeside = Callable[[Job[HearLine]], Awaitable[bool]]
"""Returns whether a line that means nothing here is answered elsewhere, as below its message."""


async def nothing_beside(_: Job[HearLine]) -> bool:
    """Return that nothing else answers."""
    return False


async def nothing_worded(_: Job[HearLine]) -> WordedLine | None:
    """Return no other words."""
    return None


class PlainLines:
    """Answers them. Raises UserError and VendorError."""

    def __init__(self, switches: Switches, kinds: QuestionKinds, desk: HelpDesk) -> None:
        """Read orders of digests as of `kinds`, and take names from `desk`."""
        self._switches = switches
        self._features: Mapping[str, Feature[Any]] = {
            feature.command.name: feature for feature, _ in switches.on
        }
        on = {name: each.command.spoken for name, each in self._features.items()}
        off = dict.fromkeys(switches.commands, SpokenCommand())  # known by their names alone
        self._spoken = {NAME: _FLOW, **off, **on}
        self._kinds = kinds
        self._kind_names = {kind.command: kind.name for kind in kinds}
        self._measures = tuple(each for kind in kinds for each in kind.measures(None))
        self._desk = desk
        self.in_view: InView = nothing_in_view
        """What is meant by "here" instead of where a line is said; a surface may set it."""
        self.worded: OtherWords = nothing_worded
        """Asked where nothing is understood, and shown; a surface may set it."""
        self.beside: AnsweredBeside = nothing_beside
        """Asked where nothing is understood, before that is said; a surface may set it."""

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return Task(HearLine, self.hear), Task(SlowDown, self.slow_down)

    async def spoken(self, command: str, text: str, label: str) -> str:
        """Return words that are understood as a command and the text after it, without a slash.

        They are the text alone, or a `label` for it; where neither is, the command's name stands
        before the text.
        """
        names = await self._names()
        for said in (label.casefold(), text):
            with suppress(UserError):
                wanted = self._read(PlainLine(command, text))
                meant = understood(said, self._spoken, names=names, helped_by=NAME)
                meant = self._named(said, names, meant)
                if meant and meant.command == command and self._read(meant) == wanted:
                    return said
        return f"{command.removeprefix('/')} {text}".strip()

    async def slow_down(self, job: Job[SlowDown]) -> Outcome:
        """Say that this was a lot at once."""
        return _said(job, words.too_many())

    async def hear(self, job: Job[HearLine]) -> Outcome:
        """Answer a line, or show what it would change, or what may be meant."""
        said, names = job.details.text, await self._names()
        place = await self.in_view(job) if speaks_of_here(said) else ""
        text = without_here(said) if place else said
        find = partial(understood, commands=self._spoken, names=names, helped_by=NAME)
        change = plain_follow(text, self._kind_names, understood=find)
        change = change or plain_change(text, self._kinds)

        def meaning(line: str) -> PlainLine | None:
            found = self._named(line, names, find(line))
            return found or line_with_a_part(line, self._spoken, names)

        ordered = with_channel(said, place) if place else text
        meant = PlainLine(NAME, change) if change else self._ordered(ordered, meaning)
        meant = meant or meaning(text)
        if meant and self._may_answer(text, meant):
            return await self._carry_out(job, meant, place)
        if await self.beside(job):
            return Outcome()
        near = nearest_lines(text, self._spoken, names)
        if near:
            return _said(job, words.may_mean([_typed(job, each) for each in near]))
        if worded := await self.worded(job):
            return _said(job, self._worded(job, worded))
        return _said(job, words.not_understood(await self.nearest(job, text)))

    def answers(self, line: PlainLine) -> bool:
        """Return whether a line means something here other than help."""
        if line.command != NAME and line.command not in self._features:
            return False
        try:
            return not isinstance(self._read(line), Help)
        except UserError:
            return False

    def _worded(self, job: Job[HearLine], worded: WordedLine) -> Message:
        """Return what somebody else made of a line, and who; nothing is done before a press."""
        wanted, line = self._read(worded.line), _typed(job, worded.line)
        only_shows = isinstance(wanted, Ask) or (isinstance(wanted, Intent) and _only_shows(wanted))
        if only_shows:
            return words.asked_so(line, worded.change, worded.by)
        return words.with_remark(self._shown_first(job, wanted, worded.line, ""), worded.by)

    async def nearest(self, job: Job[Any], text: str) -> tuple[Element, ...]:
        """Return buttons of the few things that are nearest to a line, the likeliest first.

        What the line itself means is not among them.
        """
        names = await self._names()
        with suppress(UserError):
            taken = understood(text, self._spoken, names=names, helped_by=NAME)
            near = [each for each in nearest_lines(text, self._spoken, names) if each != taken]
            shown = [each for line in near for each in words.button_of(_typed(job, line))]
            leads = await self._desk.lead_buttons(job.request.channel, job.may)
            return (*shown, *leads)[:MOST_SUGGESTED]
        return ()

    def _may_answer(self, text: str, meant: PlainLine) -> bool:
        """Return whether a line may mean that: who asks how something is wants nothing done."""
        if meant.command == NAME or not _is_question(text):
            return True
        try:
            wanted = self._read(meant)
        except UserError:
            return True
        return not isinstance(wanted, Intent) or _only_shows(wanted)

    def _named(
        self, text: str, names: Mapping[str, Sequence[str]], meant: PlainLine | None
    ) -> PlainLine | None:
        """Return what a line means, its command that of a name in it, whatever words say."""
        about = lines_about(text, self._spoken, names)
        if not about or text.startswith("/") or (meant and meant.command == about[0].command):
            return meant
        return next(filter(self._can_read, about), meant)

    def _ordered(self, text: str, find: Callable[[str], PlainLine | None]) -> PlainLine | None:
        """Return the command that orders the digest which a line asks for, if it asks for one.

        A line may well name a day and be no order. One that begins with "subscribe" is an order,
        even where something is left to ask.
        """
        order = None
        try:
            order = plain_order(
                text, self._kind_names, command=NAME, understood=find, measures=self._measures
            )
            if order:
                parse_flow(order.text, self._kinds)
        except RetypeError:
            return order if subscribes(tokens(text)) else None
        return order

    async def _carry_out(self, job: Job[HearLine], typed: PlainLine, place: str) -> Outcome:
        """Do what a line means, `place` being the channel that it calls "here", if any."""
        self._switches.check(typed.command)
        try:
            wanted = self._read(typed)
            if isinstance(wanted, Subscribe) and _is_anothers(wanted.place, job):
                raise not_for_others(wanted.place)
        except RetypeError as error:
            return _said(job, choice_of_lines(error, _typed(job, typed)))
        except UserError as error:
            return _said(job, words.not_read(str(error)))
        return await self._done(job, wanted, typed, place)

    async def _done(self, job: Job[HearLine], wanted: Any, typed: PlainLine, place: str) -> Outcome:
        """Do what only shows something, and show the rest first."""
        if isinstance(wanted, Help):
            page = await self._desk.page(typed.command, channel=job.request.channel, may=job.may)
            return _said(job, page)
        if isinstance(wanted, Ask):
            if place and posts(job.details.text):
                return _said(job, words.done_there(_typed(job, typed), wanted.question, place))
            return _followed(job, wanted.question, privately=wanted.privately)
        if isinstance(wanted, ListSubscriptions):
            wanted = replace(wanted, channel=wanted.channel or place)
        if isinstance(wanted, Intent) and _only_shows(wanted):
            return _followed(job, wanted, privately=wanted.privately)
        return _said(job, self._shown_first(job, wanted, typed, place))

    def _shown_first(
        self, job: Job[HearLine], wanted: Any, typed: PlainLine, channel: str
    ) -> Message:
        """Return what a line would change, or open, with a button for that."""
        line = _typed(job, typed)
        if channel and isinstance(wanted, Intent):
            return words.done_there(line, wanted, channel)
        if isinstance(wanted, OpenForm):
            return words.form_offered(line)
        if not isinstance(wanted, Subscribe):
            return words.confirmation(line)
        plan, place = wanted.schedule, _place(wanted, job)
        draft = draft_of_order(
            wanted.question,
            plan,
            place=place,
            note=wanted.note,
            terms=wanted.terms,
        )
        return words.order_shown(
            line,
            what=self._kinds.of(wanted.question).title(wanted.question),
            when=plan.words,
            zone=plan.zone or job.asker.zone,
            place=place,
            draft=draft_line(draft),
        )

    def _can_read(self, line: PlainLine) -> bool:
        """Return whether a line is answered; a form is no answer."""
        try:
            return not isinstance(self._read(line), OpenForm)
        except UserError:
            return False

    def _read(self, typed: PlainLine) -> Any:
        """Return what a line wants. Raises UserError."""
        if typed.command == NAME:
            return parse_flow(typed.text, self._kinds)
        return self._features[typed.command].command.parse(typed.text)

    async def _names(self) -> Mapping[str, Sequence[str]]:
        """Return the names of the things that each command knows."""
        return {
            feature.command.name: _first(await wiring.names())
            for feature, wiring in self._switches.on
        }


def _first(names: Names) -> Sequence[str]:
    """Return the names of the first kind, bare."""
    return [each.strip('"') for each in next(iter(names.values()), ())]


def _is_question(text: str) -> bool:
    """Return whether a line asks how something is, and does not ask for something to be done."""
    first = text.partition(" ")[0].casefold()
    return first in _ASKS_HOW


def _only_shows(wanted: Intent) -> bool:
    if getattr(wanted, "number", None) == 0:
        return True  # which one is meant is asked first
    return wanted.needs in {Right.ASK, Right.HELP} or isinstance(wanted, History | Why | OfferRest)


def _is_anothers(place: str, job: Job[HearLine]) -> bool:
    """Return whether a place is somebody else's direct messages."""
    return place.startswith(("U", "W")) and place != job.request.user


def _place(wanted: Subscribe, job: Job[HearLine]) -> str:
    """Return Slack's id of where a digest would come, empty for where it was asked for."""
    if wanted.place != ME:
        return wanted.place
    return "" if job.place.user else job.request.user


def _typed(job: Job[HearLine], line: PlainLine) -> TypedLine:
    return TypedLine(line.command, line.text, job.request.channel)


def _said(job: Job[Any], said: Message) -> Outcome:
    """Return an answer; in a channel it is for the asker alone."""
    return Outcome((reply(job, Answer(said), private=not job.place.user),))


def _followed(job: Job[HearLine], wanted: Intent, *, privately: bool) -> Outcome:
    """Return that what is wanted is done next, at the same place."""
    request = replace(job.request.turned_into(wanted), privately=privately)
    return Outcome(jobs=(NewJob(f"said:{job.key}", request),))
