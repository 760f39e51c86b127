"""The form of a rule, and reading it back; the twins stand side by side."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.jobs.access import DOES, Right
from bot.jobs.policy import EVERYONE, GUESTS, Effect, Grantee, GranteeKind
from bot.policy.core.command import SetRule
from bot.policy.ids import PolicyAction, PolicyCallback
from bot.slack.blocks.blocks import Element, context
from bot.slack.blocks.inputs import (
    Values,
    channel_selects,
    conversations_of,
    field,
    option,
    people_of,
    people_select,
    searched_selects,
    select,
    text_input,
    text_of,
    texts_of,
    tick_boxes,
)
from bot.slack.blocks.modals import Errors, View, modal
from bot.slack.blocks.wording import capital
from bot.slack.people import UserGroup

TITLE: Final = "Who may do what"
MOST: Final = 20
"""Of people, of groups and of channels in one rule."""
_ONLY, _ALSO, _NOT, _SECOND = "only", "also", "not", "second"
_EFFECTS: Final = (
    (_ONLY, "Only these may"),
    (_ALSO, "These may as well"),
    (_NOT, "These may not"),
    (_SECOND, "These need a second person"),
)
_LONGEST: Final = 200


def rule_modal(right: Right, *, metadata: str = "") -> View:
    """Return the form, about a right."""
    rights = [(each.value, capital(does)) for each, does in DOES.items()]
    return modal(
        PolicyCallback.SET,
        TITLE,
        (
            field("What", select(PolicyAction.RIGHT, rights, chosen=right.value)),
            field("Who", select(PolicyAction.EFFECT, _EFFECTS, chosen=_ONLY)),
            field(
                "Everybody of a kind",
                tick_boxes(
                    PolicyAction.EVERYONE, [("everyone", "Every member"), ("guests", "Guests")]
                ),
                optional=True,
            ),
            field(
                "People",
                people_select(PolicyAction.PEOPLE, placeholder="Choose people", most=MOST),
                optional=True,
            ),
            field(
                "User groups",
                searched_selects(PolicyAction.GROUPS, placeholder="Choose groups", most=MOST),
                optional=True,
            ),
            field(
                "Only in these channels",
                channel_selects(PolicyAction.CHANNELS, placeholder="Everywhere", most=MOST),
                optional=True,
            ),
            field(
                "Only for this flow, event or room",
                text_input(PolicyAction.THING, placeholder="All of them", longest=_LONGEST),
                optional=True,
            ),
            field(
                "Where a second person is asked",
                channel_selects(PolicyAction.ASKS_IN, placeholder="Where it is wanted", most=1),
                optional=True,
            ),
            context("What forbids wins. Nobody can take the rules from an admin."),
        ),
        submit="Set rule",
        metadata=metadata,
    )


def rule_form(values: Values, *, view_id: str) -> SetRule | Errors:
    """Return the rule that was entered, or what is missing beside its input."""
    effect = text_of(values, PolicyAction.EFFECT)
    channels = conversations_of(values, PolicyAction.CHANNELS)
    asks_in = conversations_of(values, PolicyAction.ASKS_IN)
    who = tuple(_who(values))
    if not who and not channels and effect != _SECOND:
        return {PolicyAction.PEOPLE: "Choose people or groups, or tick a kind above."}
    if asks_in and effect != _SECOND:
        return {PolicyAction.ASKS_IN: "That is only for a second person. Leave it empty."}
    meant = {_NOT: Effect.DENY, _SECOND: Effect.SECOND}.get(effect, Effect.ALLOW)
    return SetRule(
        Right(text_of(values, PolicyAction.RIGHT)),
        meant,
        who or (EVERYONE,),
        channels,
        text_of(values, PolicyAction.THING),
        next(iter(asks_in), ""),
        only=effect == _ONLY,
        view_id=view_id,
    )


def group_options(groups: Sequence[UserGroup], query: str) -> list[Element]:
    """Return the user groups whose names have what was typed so far."""
    wanted = query.strip().casefold().removeprefix("@")
    found = (each for each in groups if wanted in each.name.casefold())
    return [option(each.name, each.id) for each in found][:100]


def _who(values: Values) -> Iterator[Grantee]:
    ticked = texts_of(values, PolicyAction.EVERYONE)
    yield from (each for each in (EVERYONE, GUESTS) if each.kind in ticked)
    for user in people_of(values, PolicyAction.PEOPLE):
        yield Grantee(GranteeKind.USER, user)
    for group in texts_of(values, PolicyAction.GROUPS):
        yield Grantee(GranteeKind.GROUP, group)
