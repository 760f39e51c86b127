"""The help pages: of each command that is on, and of /flow, which has an example of each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from bot.asking.rendering.help import Example, HelpGroup, HelpPage, MissingName
from bot.digests.core.command import NAME
from bot.feature import Feature

_DIGESTS_HERE: Final = Example("/flow list", "the digests of this channel", "Digests here")
_CHANGES: Final = (
    Example("/flow now {digest}", "send one at once"),
    Example("/flow snooze {digest} 1w", "stop it for a while"),
    Example("/flow remove {digest}", "end it"),
    Example("/flow following", "the figures that you follow yourself", "What I follow"),
)
_ADMINS: Final = (
    Example("/flow policy", "who may do what", "Rules"),
    Example("/flow policy assign only @training-leads", "only they assign training"),
    Example("/flow audit", "who did what, and what came of it", "Who did what"),
    Example("/flow doctor", "whether all that I need here works", "Check me"),
)
_SCHEDULES: Final = (
    "Schedules: daily 09:00, weekdays 9:00, mon,thu 08:30, every 2 weeks mon 09:00, last friday "
    "16:00, quarterly 09:00; then a time zone (optional; yours by default)"
)
_FEWER: Final = (
    "After that, for fewer of them: only if changed, only if completion < 80%, quiet 22-7, except "
    "holidays GB"
)
_MENUS: Final = "In the menu of each answer: Subscribe to this, and Export data behind this"
_AS_TEXT: Final = "All of a channel as text: /flow export, /flow import, /flow copy to #general"


def help_pages(features: Iterable[Feature[Any]]) -> Mapping[str, HelpPage]:
    """Return the page of /flow and those of the commands of features, by the command's name."""
    own = {each.command.name: each.command.help for each in features}
    return {NAME: _page(own), **own}


def _page(others: Mapping[str, HelpPage]) -> HelpPage:
    pages = others.values()
    more = ", ".join(f"{name} help" for name in others)
    return HelpPage(
        "What I can do here",
        groups=(
            HelpGroup(
                "What I can do here",
                (*(each.lead for each in pages), _DIGESTS_HERE),
                small_print=(f"All of one command: {more}",) if more else (),
            ),
            HelpGroup(
                "Digests on a schedule",
                (*_orders(pages), _DIGESTS_HERE, *_CHANGES),
                small_print=(_SCHEDULES, _FEWER, _MENUS, _AS_TEXT),
            ),
            HelpGroup("For admins", _ADMINS),
        ),
        lacking={
            kind: MissingName("", missing.instead)  # that there are no names is not the news here
            for each in pages
            for kind, missing in each.lacking.items()
        },
    )


def _orders(pages: Iterable[HelpPage]) -> Sequence[Example]:
    return [each.digest for each in pages if each.digest]
