"""The window in which links are added, and reading it back; the twins side by side."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.links.ids import LinksAction, LinksCallback
from bot.slack.blocks.blocks import context
from bot.slack.blocks.inputs import Values, field, select, text_input, text_of
from bot.slack.blocks.modals import View, modal
from bot.slack.blocks.wording import capital

TITLE: Final = "Show what links lead to"
_LONGEST: Final = 2_000
_PATTERN: Final = 200
_HOW: Final = (
    "I try the example at once. Only where more than one part of it could be the id do I need a "
    "pattern, such as /flows/{id}/overview, with {id} where the id stands and * for any other part."
)


def links_modal(
    kinds: Mapping[str, str],
    domains: Sequence[str],
    *,
    kind: str = "",
    example: str = "",
    pattern: str = "",
) -> View:
    """Return the form of what things of some kinds are called, with what was entered before."""
    options = [(each, capital(called)) for each, called in kinds.items()]
    chosen = kind if kind in kinds else options[0][0]
    return modal(
        LinksCallback.ADD,
        TITLE,
        (
            field("What it leads to", select(LinksAction.KIND, options, chosen=chosen)),
            field(
                "An example: paste the address of one",
                text_input(
                    LinksAction.EXAMPLE,
                    placeholder=f"https://{next(iter(domains), 'learn.example.com')}/...",
                    longest=_LONGEST,
                    typed=example,
                ),
            ),
            field(
                "Pattern",
                text_input(
                    LinksAction.PATTERN,
                    placeholder="/flows/{id}",
                    longest=_PATTERN,
                    typed=pattern,
                ),
                optional=True,
            ),
            context(f"Slack tells me of links to {', '.join(domains) or 'nowhere yet'}.", _HOW),
        ),
        submit="Try and keep",
        metadata="",
    )


def entered(values: Values) -> tuple[str, str, str]:
    """Return the kind, the example and the pattern, which may be empty."""
    kind, example, pattern = (
        text_of(values, each)
        for each in (LinksAction.KIND, LinksAction.EXAMPLE, LinksAction.PATTERN)
    )
    return kind, example, pattern
