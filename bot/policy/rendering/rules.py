"""The rules as a page for admins, and what became of a change."""

from collections.abc import Sequence
from typing import Final

from bot.asking.rendering.offers import offer
from bot.asking.rendering.shape import headline
from bot.jobs.access import DOES, Right
from bot.jobs.policy import AccessRule, Effect
from bot.policy.core.changes import RuleChange
from bot.policy.core.command import RIGHT_WORDS, ShowPolicy
from bot.slack.blocks.blocks import Element, actions, bullets, code, context, message, plain
from bot.slack.blocks.ids import BlockId
from bot.slack.blocks.tables import data_table, number, words
from bot.slack.blocks.wording import capital, counted
from bot.slack.messages import Block, Message

TITLE: Final = "Who may do what"
_MOST_SAID: Final = 10
_DEFAULT: Final = (
    "Without a rule something is every member's. Guests may only ask, other organisations nothing, "
    "and a shared channel gets no digests and no runs. Admins can always change the rules."
)
_LISTED: Final = (
    "Where a rule says who may, nobody else may. What forbids wins. What no rule is about is every "
    "member's. Admins can always change the rules."
)
_EXAMPLES: Final = (
    ("assign only @training-leads", "only they assign training"),
    ("run not @lin in #general", "a rule that forbids wins"),
    ("create second person", "somebody else has to agree"),
)


def rules_page(rules: Sequence[AccessRule], *, buttons: Sequence[Element] = ()) -> Message:
    """Return the rules, and how one is made; the news says what everybody may without any."""
    news = f"{TITLE}: {counted(len(rules), 'rule')}" if rules else "No rules: every member may"
    row = (actions(BlockId.REPORT_BUTTONS, *buttons),) if buttons else ()
    small = _LISTED if rules else _DEFAULT
    return message(f"{news}. {small}", headline(news), *_body(rules), *row, context(small))


def changed_page(change: RuleChange, rules: Sequence[AccessRule]) -> Message:
    """Return what a change did, and how many rules there are now."""
    done = [f"Rule made: {sentence(each)}" for each in change.new]
    gone = [f"Rule ended: {sentence(each)}" for each in change.gone]
    said = [*done, *gone] or ["That is so already, nothing changed"]
    text = ". ".join(said)
    shown = bullets(*[(plain(each),) for each in said[:_MOST_SAID]])
    more = (context(f"And {len(said) - _MOST_SAID} more."),) if len(said) > _MOST_SAID else ()
    see = offer(f"See all rules ({len(rules)})", ShowPolicy(), privately=True)
    return message(f"{text}.", shown, *more, actions(BlockId.REPORT_BUTTONS, *see))


def sentence(rule: AccessRule) -> str:
    """Return a rule in words, without a full stop."""
    about = f" ({rule.thing.name or rule.thing.id})" if rule.thing else ""
    done = f"{DOES.get(Right(rule.right), rule.right)}{about}"
    if rule.effect is Effect.DENY:
        return capital(f"{rule.who_and_where} can't {done}")
    if rule.effect is Effect.SECOND:
        return capital(f"{rule.who_and_where} may {done} once a second person agrees")
    return capital(f"{rule.who_and_where} may {done}")


def _body(rules: Sequence[AccessRule]) -> tuple[Block, ...]:
    if not rules:
        lines = [(code(f"/flow policy {typed}"), plain(f"  {does}")) for typed, does in _EXAMPLES]
        return (bullets(*lines),)
    return data_table(
        TITLE,
        columns=("Rule", "No.", "What"),
        rows=(
            (
                words(sentence(each)),
                number(each.id, f"{each.id}" if each.id else "ASSIGNERS"),
                words(RIGHT_WORDS[Right(each.right)]),
            )
            for each in rules
        ),
        total=len(rules),
        more="/flow policy shows the first.",
    )
