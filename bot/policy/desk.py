"""The desk at which admins set who may do what."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.asking.core.arguments import quoted
from bot.asking.core.finder import PickError
from bot.asking.form_filling import explained, show_view
from bot.asking.rendering.offers import offer, opening
from bot.errors import UserError, VendorError
from bot.jobs.access import DOES
from bot.jobs.deeds import Deed
from bot.jobs.outcome import Outcome, reply
from bot.jobs.policies import MOST_RULES, Policies
from bot.jobs.policy import NO_THING, AccessRule, Grantee, GranteeKind, Thing
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.policy.core.changes import NamedChannel, RuleChange, WantedRules, changed
from bot.policy.core.command import RemoveRule, ResetRules, SetRule, ShowAudit, ShowPolicy
from bot.policy.ids import PolicyCallback
from bot.policy.rendering import rules as words
from bot.slack.blocks.modals import notice
from bot.slack.blocks.problems import problem
from bot.slack.client import Slack
from bot.slack.directory import Directory
from bot.slack.groups import UserGroups
from bot.slack.messages import Answer, Message

TOO_MANY = f"There are {MOST_RULES} rules, which is the most. Take one away to make room."

NOT_ABOUT = "A rule on who may {does} is about all of them, so leave out which one."
FindThing = Callable[[str], Awaitable[Thing]]
_SHOWN = 5


class PolicyDesk:
    """Shows the rules and changes them. Raises UserError and NotKnownYetError."""

    def __init__(
        self,
        policies: Policies,
        groups: UserGroups,
        directory: Directory,
        slack: Slack,
        things: Mapping[str, FindThing],
    ) -> None:
        """Change the rules in `policies`; `groups` and `directory` know who is who.

        `things` find what is meant by a name, by the right that a rule is about.
        """
        self._things = things
        self._slack = slack
        self._policies = policies
        self._groups = groups
        self._directory = directory

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(ShowPolicy, self.show),
            Task(SetRule, self.set, deed=Deed("Make a rule", _about)),
            Task(RemoveRule, self.remove, deed=Deed("End a rule", _numbered)),
            Task(ResetRules, self.reset, deed=Deed("End all rules", _about)),
        )

    async def show(self, job: Job[ShowPolicy]) -> Outcome:
        """Show all rules, and those that stand in for settings."""
        change = opening("Set a rule", PolicyCallback.SET, spoken="Set who may do what")
        audit = offer("Who did what", ShowAudit(), privately=True)
        return _told(job, words.rules_page(job.policy.rules, buttons=(*change, *audit)))

    async def set(self, job: Job[SetRule]) -> Outcome:
        """Make rules; in the window of the form it says what came of that."""
        window = job.details.view_id
        try:
            outcome, page = await self._set(job)
        except UserError as error:
            if window and await self._shown(window, problem(error)):
                return Outcome(error=type(error).__name__)
            raise
        if window and await self._shown(window, page):
            return replace(outcome, answers=())
        return outcome

    async def _shown(self, window: str, page: Message) -> bool:
        view = notice(words.TITLE, page.blocks)
        return await show_view(self._slack, window, view, explained(words.TITLE))

    async def _set(self, job: Job[SetRule]) -> tuple[Outcome, Message]:
        wanted = job.details
        rules = await self._policies.rules()
        who = await asyncio.gather(*map(self._named, wanted.who))
        channels = await asyncio.gather(*map(self._channel, wanted.channels))
        thing = await self._thing(wanted)
        about = (wanted.right, wanted.effect, who, channels, thing, wanted.asks_in, wanted.only)
        return self._changed(job, rules, changed(rules, WantedRules(*about)))

    async def remove(self, job: Job[RemoveRule]) -> Outcome:
        """Take a rule away."""
        rules = await self._policies.rules()
        found = tuple(each for each in rules if each.id == job.details.number)
        if not found:
            error = UserError(f"There's no rule {job.details.number}.")
            error.ways = (("See the rules", ShowPolicy()),)
            raise error
        return self._changed(job, rules, RuleChange(found, ()))[0]

    async def reset(self, job: Job[ResetRules]) -> Outcome:
        """Take all rules about a right away."""
        rules = await self._policies.rules()
        gone = tuple(each for each in rules if each.right == job.details.right)
        return self._changed(job, rules, RuleChange(gone, ()))[0]

    def _changed(
        self, job: Job[Any], rules: Sequence[AccessRule], change: RuleChange
    ) -> tuple[Outcome, Message]:
        """Return what changes the rules, and the words for it."""
        left = [each for each in rules if each not in change.gone]
        if len(left) + len(change.new) > MOST_RULES:
            raise UserError(TOO_MANY)
        gone, user = [each.id for each in change.gone], job.request.user
        page = words.changed_page(change, [*left, *change.new])
        write = lambda tx: self._policies.change(tx, gone=gone, new=change.new, by=user)  # noqa: E731
        return Outcome(_told(job, page).answers, (write,)), page

    async def _thing(self, wanted: SetRule) -> Thing:
        """Return what a rule is about, by its id and name; where its service is away, by its name.

        Raises UserError where nothing is called so, or several are.
        """
        find = self._things.get(wanted.right)
        if not wanted.thing:
            return NO_THING
        if find is None:
            raise UserError(NOT_ABOUT.format(does=DOES[wanted.right]))
        try:
            return await find(wanted.thing)
        except PickError as several:
            names = ", ".join(quoted(each.name) for each in several.choices[:_SHOWN])
            raise UserError(f"Which one is meant? Give the whole name: {names}") from None
        except VendorError:
            return Thing("", wanted.thing)

    async def _named(self, who: Grantee) -> Grantee:
        """Return who is named, with the name of today and, of a group, Slack's id."""
        if who.kind is GranteeKind.USER:
            person = await self._directory.person(who.id)
            return Grantee(who.kind, who.id, person.name)
        if who.kind is GranteeKind.GROUP:
            return await self._group(who)
        return who

    async def _group(self, who: Grantee) -> Grantee:
        typed = who.id.casefold().removeprefix("@")
        for each in await self._groups.all():
            if typed in {each.id.casefold(), each.name.casefold().removeprefix("@")}:
                return Grantee(who.kind, each.id, each.name)
        raise UserError(
            f"I can't find a user group {quoted(who.name or who.id)}, so nothing was changed. "
            "People are named by their own mention."
        )

    async def _channel(self, channel: str) -> NamedChannel:
        return NamedChannel(channel, (await self._directory.place(channel)).name)


def _about(wanted: SetRule | ResetRules) -> Thing:
    return Thing(wanted.right, wanted.right)


def _numbered(wanted: RemoveRule) -> Thing:
    return Thing(f"{wanted.number}", f"Rule {wanted.number}")


def _told(job: Job[Any], message: Message) -> Outcome:
    return Outcome((reply(job, Answer(message), private=True),))
