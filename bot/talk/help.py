"""The help of every command that is on, from local rows, with real names and buttons."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any, Final

from bot.asking.core.retyping import TypedLine
from bot.asking.rendering.help import Example, HelpPage, Names, example_button, help_message
from bot.asking.rendering.lines import typing
from bot.asking.rendering.offers import offer
from bot.digests.core.command import NAME
from bot.digests.store import SubscriptionStore
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.blocks.blocks import Element
from bot.slack.blocks.wording import capital
from bot.slack.messages import Answer, Message
from bot.talk.intents import ShowHelp
from bot.talk.rights import LineRights

_MOST_ORDERS: Final = 3
_WHEN: Final = 2
"""Words of a schedule, at the end of an order."""
May = Callable[[Right], bool]
"""Returns whether somebody has a right."""
LocalNames = Callable[[], Awaitable[Names]]
"""Returns names that are known without asking a vendor."""


class HelpDesk:
    """Shows help."""

    def __init__(
        self,
        pages: Mapping[str, HelpPage],
        sources: Iterable[LocalNames],
        digests: SubscriptionStore,
        rights: LineRights,
    ) -> None:
        """Show `pages`, by the name of their command, with names from `sources`.

        The number of a channel's digest is from `digests`; `rights` say which one an example takes.
        """
        self._rights = rights
        self._pages = dict(pages)
        self._sources = tuple(sources)
        self._digests = digests

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (Task(ShowHelp, self.show),)

    def add(self, examples: Sequence[Example]) -> None:
        """Tell of these as well, among what comes on a schedule."""
        page = self._pages[NAME]
        first, scheduled, *others = page.groups
        more = replace(scheduled, examples=(*scheduled.examples, *examples))
        self._pages[NAME] = replace(page, groups=(first, more, *others))

    async def show(self, job: Job[ShowHelp]) -> Outcome:
        """Show help, in a channel to the asker alone."""
        wanted = job.details
        channel, may = job.request.channel, job.may
        page = await self.page(wanted.about, wanted.group, channel=channel, may=may)
        return Outcome((reply(job, Answer(page), private=not job.place.user),))

    async def page(
        self, about: str = NAME, group: int = 0, *, channel: str = "", may: May
    ) -> Message:
        """Return a group of a command's help, as it is for a channel; of one unknown, of /flow.

        It has what somebody may do.
        """
        name = about if about in self._pages else NAME
        page = self._pages[name]
        number = group if 0 <= group < len(page.groups) else 0
        wanted = partial(self._is_for, may=may)
        names = {**await self.names(), "digest": await self._numbers(channel)}
        buttons = partial(example_button, channel=channel)
        more = () if number else _others(name, page, names, wanted)
        return help_message(page, number, names, buttons=buttons, more=more, wanted=wanted)

    def _is_for(self, example: Example, *, may: May) -> bool:
        """Return whether somebody may do what an example does, as far as it can be read."""
        command, _, text = example.typed.partition(" ")
        right = self._rights.of(command, text)
        return right is None or may(right)

    async def leads(self, may: May) -> tuple[Example, ...]:
        """Return an example of each other command, as /flow's help has it, that somebody may do."""
        _, examples = self._pages[NAME].shown(0, await self.names())
        others = (each for each in examples if not each.typed.startswith(f"{NAME} "))
        return tuple(each for each in others if self._is_for(each, may=may))

    async def lead_buttons(self, channel: str, may: May) -> tuple[Element, ...]:
        """Return the buttons of those examples."""
        leads = await self.leads(may)
        return tuple(each for one in leads for each in example_button(one, channel=channel))

    async def names(self) -> Names:
        """Return all names that are known without asking a vendor."""
        return {kind: name for each in self._sources for kind, name in (await each()).items()}

    async def orders(self) -> tuple[Element, ...]:
        """Return buttons that order a digest each, one of each command that has such."""
        names = await self.names()
        examples = (each.digest for each in self._pages.values() if each.digest)
        known = [each.named(names) for each in examples if all(map(names.get, each.kinds))]
        return tuple(button for each in known[:_MOST_ORDERS] for button in _ordering(each))

    async def _numbers(self, channel: str) -> Sequence[str]:
        first = await self._digests.first_in(channel) if channel else None
        return [str(first)] if first else []


def _ordering(example: Example) -> tuple[Element, ...]:
    """Return the button that types the order of a digest; its label says when that comes."""
    command, _, text = example.typed.partition(" ")
    label = f"{capital(example.does)}, {' '.join(text.split()[-_WHEN:])}"
    return typing(label, TypedLine(command, escape(text, quote=False)), spoken=f"Order {label}")


def _others(
    name: str, page: HelpPage, names: Names, wanted: Callable[[Example], bool]
) -> tuple[Element, ...]:
    """Return the buttons of a page's other groups that have something for whoever looks."""
    return tuple(
        element
        for number, group in enumerate(page.groups)
        for element in (offer(group.title, ShowHelp(name, number)) if number else ())
        if any(map(wanted, page.shown(number, names)[1]))
    )
