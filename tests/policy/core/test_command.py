"""What is typed after /flow policy."""

import pytest

from bot.asking.core.arguments import tokens
from bot.errors import UserError
from bot.jobs.access import Right
from bot.jobs.policy import EVERYONE, GUESTS, Effect, Grantee, GranteeKind
from bot.policy.core.command import (
    PolicyRequest,
    RemoveRule,
    ResetRules,
    SetRule,
    ShowPolicy,
    parse_policy,
)

LEADS = Grantee(GranteeKind.GROUP, "@training-leads", "@training-leads")
GRACE = Grantee(GranteeKind.USER, "UGRACE")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", ShowPolicy()),
        ("show", ShowPolicy()),
        (
            "assign only <!subteam^S1|@training-leads>",
            SetRule(Right.ASSIGN, Effect.ALLOW, (LEADS,), only=True),
        ),
        (
            "only",
            UserError,
        ),
        (
            "assign also <@UGRACE|grace> and guests",
            SetRule(Right.ASSIGN, Effect.ALLOW, (GRACE, GUESTS)),
        ),
        (
            "run only everyone in <#C1|ops> <#C2|more>",
            SetRule(Right.RUN, Effect.ALLOW, (EVERYONE,), ("C1", "C2"), only=True),
        ),
        ("run only in <#C1|ops>", SetRule(Right.RUN, Effect.ALLOW, channels=("C1",), only=True)),
        (
            'run not <@UGRACE|grace> about "Invoice run"',
            SetRule(Right.RUN, Effect.DENY, (GRACE,), thing="Invoice run"),
        ),
        ("Create needs a second person.", SetRule(Right.CREATE, Effect.SECOND)),
        (
            "cancel second for @training-leads asked in <#C9|approvals>",
            SetRule(Right.CANCEL, Effect.SECOND, (LEADS,), asks_in="C9"),
        ),
        ("rename reset", ResetRules(Right.NAME)),
        ("remove 3", RemoveRule(3)),
        ("remove rule #12", RemoveRule(12)),
    ],
)
def test_what_is_typed_becomes_a_rule(typed: str, wanted: PolicyRequest | type[UserError]) -> None:
    if isinstance(wanted, type):
        with pytest.raises(wanted):
            parse_policy(tokens(typed))
    else:
        assert parse_policy(tokens(typed)) == wanted


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("asign only guests", 'Did you mean "assign"?'),
        ("help only guests", "something that rules can be about"),
        ("assign", "Who may assign?"),
        ("assign only", "Whom is that rule about?"),
        ("assign only grace", "Name people or user groups with @"),
        ("assign only guests in general", "Name it with #"),
        ("remove", "Which rule?"),
        ("remove all", "Which rule?"),
    ],
)
def test_what_cannot_be_read_says_what_works(typed: str, words: str) -> None:
    with pytest.raises(UserError) as raised:
        parse_policy(tokens(typed))

    assert words in str(raised.value)
