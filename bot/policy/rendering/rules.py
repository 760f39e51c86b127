"""The rules as a page for admins, and what became of a change."""

from collections.abc import Sequence
from typing import Final

from bot.asking.rendering.offers import offer
from bot.asking.rendering.presses import brief, menu_of
from bot.asking.rendering.shape import headline
from bot.jobs.access import DOES
from bot.jobs.policy import AccessRule, Effect
from bot.policy.core.changes import RuleChange
from bot.policy.core.command import RIGHT_WORDS, RemoveRule, ShowPolicy
from bot.slack.blocks.blocks import (
    Element,
    actions,
    bold,
    bullets,
    code,
    context,
    message,
    paragraph,
    plain,
)
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.tables import data_table, number, words
from bot.slack.blocks.wording import capital, counted, lowered
from bot.slack.messages import Block, Message

TITLE: Final = "Who may do what"
_MOST_SAID: Final = 10
_DEFAULT: Final = (
    "Without a rule something is every member's. Guests may only ask, other organisations nothing, "
    "and a shared channel gets no digests and no runs. Admins can always change the rules."
)
_NONE: Final = "No rules: every member may do all"
_LISTED: Final = (
    "Where a rule says who may, nobody else may. What forbids wins. What no rule is about is every "
    "member's. Admins can always change the rules."
)
_DOES: Final = {right.value: does for right, does in DOES.items()}
_WORDS: Final = {right.value: word for right, word in RIGHT_WORDS.items()}
_EXAMPLES: Final = (
    ("assign only @training-leads", "only they assign training"),
    ("run not @lin in #general", "a rule that forbids wins"),
    ("create second person", "somebody else has to agree"),
)


def rules_page(rules: Sequence[AccessRule], *, buttons: Sequence[Element] = ()) -> Message:
    """Return the rules, and how one is made or ended; without any, what holds then."""
    news = (
        f"{TITLE}: {counted(len(rules), 'rule')}" if rules else "No rules: every member may do all"
    )
    ends = [
        (f"{each.id}. {sentence(each, rules)}", brief(RemoveRule(each.id)))
        for each in rules
        if each.id
    ]
    row = (*buttons, *menu_of("End a rule", ends))
    shown = (actions(BlockId.REPORT_BUTTONS, *row),) if row else ()
    small = _LISTED if rules else _DEFAULT
    return message(f"{news}. {small}", headline(news), *_body(rules), *shown, context(small))


def changed_page(change: RuleChange, rules: Sequence[AccessRule]) -> Message:
    """Return what a change did to the rules, `rules` being those that there are now."""
    done = [f"{sentence(each, rules)}." for each in change.new]
    gone = [f"No longer: {lowered(sentence(each, change.gone))}." for each in change.gone]
    said = [*done, *gone] or ["That is so already, so nothing changed."]
    more = (context(f"And {len(said) - _MOST_SAID} more."),) if len(said) > _MOST_SAID else ()
    see = offer(f"See all rules ({len(rules)})", ShowPolicy(), privately=True)
    shown = paragraph(bold("Done. "), plain("\n".join(said[:_MOST_SAID])))
    return message(f"Done. {' '.join(said)}", shown, *more, actions(BlockId.REPORT_BUTTONS, *see))


def sentence(rule: AccessRule, rules: Sequence[AccessRule]) -> str:
    """Return a rule in words, without a full stop: of the only one that allows, that it is so."""
    about = f" ({rule.thing.name or rule.thing.id})" if rule.thing else ""
    done = f"{_DOES.get(rule.right, rule.right)}{about}"
    if rule.effect is Effect.DENY:
        return capital(f"{rule.who_and_where} can't {done}")
    if rule.effect is Effect.SECOND:
        return capital(f"{rule.who_and_where} may {done} once a second person agrees")
    only = "" if any(map(rule.stands_beside, rules)) else "only "
    return capital(f"{only}{rule.who_and_where} may {done}")


def _body(rules: Sequence[AccessRule]) -> tuple[Block, ...]:
    if not rules:
        lines = [(code(f"/flow policy {typed}"), plain(f"  {does}")) for typed, does in _EXAMPLES]
        return (bullets(*lines),)
    return data_table(
        TITLE,
        columns=("Rule", "Word", "No."),
        rows=(
            (
                words(sentence(each, rules)),
                words(_WORDS.get(each.right, each.right)),
                number(each.id or None, "" if each.id else "ASSIGNERS"),
            )
            for each in rules
        ),
        total=len(rules),
        more="End some to see the rest.",
    )
