"""What an admin says of a workspace's links: tried on an example before it is kept."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from bot.asking.form import Form, FormRequest, Submission
from bot.asking.form_filling import explained, show_view
from bot.asking.linking.things import LinkCard
from bot.clock import Clock
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.deeds import Deed
from bot.jobs.outcome import Outcome, reply
from bot.jobs.policy import Thing
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.links.core.addresses import (
    LinkAddress,
    checked_pattern,
    id_at,
    is_within,
    path_of,
    patterns_of,
    read_address,
    texts_of,
)
from bot.links.ids import LinksCallback
from bot.links.intents import AddLinks, RemoveLinks
from bot.links.model import LinkRule
from bot.links.rendering import words
from bot.links.rendering.cards import LinkOccasion
from bot.links.rendering.window import TITLE, entered, links_modal
from bot.links.store import LinkRuleStore, drop_rule, put_rule
from bot.links.things import LinkedThings, is_login
from bot.slack.blocks.modals import Errors, View, last_page, loading_modal
from bot.slack.client import Slack
from bot.slack.messages import Answer, Block
from bot.store.database import Transaction

TRYING: Final = "I'm trying it…"
MOST_RULES: Final = 40
NO_ADDRESS: Final = (
    "That is no plain https address. Paste it as it stands in your browser, without a port or a "
    "name before the host."
)
ELSEWHERE: Final = (
    "Slack tells me of links to {domains} only. Whoever runs Flowbot can add {host} to "
    "LINK_DOMAINS and to the app's manifest."
)
A_LOGIN: Final = "Such a link lets somebody in. I never look at those, and neither should others."
NO_ID: Final = "I see no id of a {called} in it. An id looks like {example}."
SEVERAL: Final = "More than one part could be the id. Say which with a pattern, such as {first}"
NOT_FITTING: Final = "The pattern does not fit the example, or what stands there is no id."
NOTHING_ON: Final = "No service is connected yet, so there is nothing that links could lead to."
TOO_MANY: Final = f"There are {MOST_RULES} patterns already. Remove one first."
GONE: Final = "That was removed already."


class LinksDesk:
    """Raises UserError and VendorError."""

    def __init__(
        self,
        rules: LinkRuleStore,
        things: LinkedThings,
        slack: Slack,
        clock: Clock,
        *,
        domains: Sequence[str],
    ) -> None:
        """Take links of these domains, as Slack tells of no others."""
        self._rules = rules
        self._things = things
        self._slack = slack
        self._clock = clock
        self._domains = tuple(domains)

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(AddLinks, self.add, deed=Deed("Show links", _example)),
            Task(RemoveLinks, self.remove, deed=Deed("Stop showing links", _pattern)),
        )

    async def at_home(self, job: Job[Any]) -> Sequence[Block]:
        """Return the section of the Home tab, for admins alone."""
        if not job.may(Right.GOVERN):
            return ()
        return words.home_section(await self._rules.all(), self._called, domains=self._domains)

    async def view(self, typed: str) -> View:
        """Return the window. Raises UserError where no service is on."""
        del typed
        if not self._called:
            raise UserError(NOTHING_ON)
        return links_modal(self._called, self._domains)

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the wish to try what was entered."""
        kind, example, pattern = entered(submission.values)
        wanted = AddLinks(kind, example, pattern, submission.view_id)
        return FormRequest(wanted, "", privately=True, next_view=loading_modal(TITLE, TRYING))

    async def add(self, job: Job[AddLinks]) -> Outcome:
        """Try the example, and keep what it teaches."""
        wanted = job.details
        address, identity, pattern = self._meant(wanted)
        known = await self._rules.all()
        if len(known) >= MOST_RULES and (address.host, pattern) not in {
            (each.domain, each.pattern) for each in known
        }:
            raise UserError(TOO_MANY)
        card = await self._things.card(wanted.kind, identity)
        rule = LinkRule(address.host, pattern, wanted.kind, job.request.user, self._clock.now())
        return await self._kept(job, rule, card)

    async def remove(self, job: Job[RemoveLinks]) -> Outcome:
        """Forget what some links lead to."""
        wanted = job.details
        known = await self._rules.all()
        found = [each for each in known if (each.domain, each.pattern) == _key(wanted)]
        if not found:
            raise UserError(GONE)

        def write(tx: Transaction) -> None:
            drop_rule(tx, wanted.domain, wanted.pattern)

        said = reply(job, Answer(words.removed(found[0].words)), private=True)
        return Outcome((said,), (write,))

    @property
    def _called(self) -> dict[str, str]:
        return {kind: self._things.called(kind) for kind in self._things.kinds}

    def _meant(self, wanted: AddLinks) -> tuple[LinkAddress, str, str]:
        """Return the example, the id in it and the pattern. Raises UserError."""
        address, thing = read_address(wanted.example), self._things.kinds.get(wanted.kind)
        if thing is None:
            raise UserError(NOTHING_ON)
        if address is None:
            raise UserError(NO_ADDRESS)
        if not is_within(address.host, self._domains):
            domains = ", ".join(self._domains) or "no domain yet"
            raise UserError(ELSEWHERE.format(domains=domains, host=address.host))
        if is_login(thing, path_of(address)):
            raise UserError(A_LOGIN)
        if wanted.pattern:
            pattern = checked_pattern(wanted.pattern)
        else:
            ids = [each for each in texts_of(address) if thing.is_id(each)]
            called = self._things.called(wanted.kind)
            pattern = _only(patterns_of(address, ids), called, thing.example)
        identity = id_at(address, pattern)
        if not thing.is_id(identity):
            raise UserError(NOT_FITTING)
        return address, identity, pattern

    async def _kept(self, job: Job[AddLinks], rule: LinkRule, card: LinkCard) -> Outcome:
        called = self._things.called(rule.kind)
        occasion = LinkOccasion(job.asker.zone, self._clock.now(), called)
        page = words.kept(rule, called, card, occasion)
        write = partial(put_rule, rule=rule)
        window = job.details.view_id
        view = last_page(TITLE, page.blocks)
        if window and await show_view(self._slack, window, view, explained(TITLE)):
            return Outcome((), (write,))
        return Outcome((reply(job, Answer(page), private=True),), (write,))


def _only(patterns: Sequence[str], called: str, example: str) -> str:
    """Return the pattern of an example. Raises UserError where there is none, or several."""
    if not patterns:
        raise UserError(NO_ID.format(called=called, example=example))
    if len(patterns) > 1:
        raise UserError(SEVERAL.format(first=patterns[-1]))
    return checked_pattern(patterns[0])


def _key(wanted: RemoveLinks) -> tuple[str, str]:
    return wanted.domain, wanted.pattern


def _example(wanted: AddLinks) -> Thing:
    return Thing(wanted.kind, wanted.kind)


def _pattern(wanted: RemoveLinks) -> Thing:
    named = f"{wanted.domain}{wanted.pattern}"
    return Thing(named, named)


LINKS_FORM: Final = Form(
    callback=LinksCallback.ADD,
    title=TITLE,
    service=LinksDesk,
    needs=Right.GOVERN,
    submit=LinksDesk.submit,
    view=LinksDesk.view,
)
