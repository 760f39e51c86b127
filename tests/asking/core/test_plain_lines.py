"""Lines without a slash: which command they mean, by the features' own words."""

import pytest

from bot.asking.core.plain_lines import PlainLine, SpokenCommand, nearest_lines, understood
from bot.assembly.features import FEATURES, kinds_of
from bot.digests.core.command import NAME
from bot.digests.core.plain_orders import plain_order

SPOKEN = {
    NAME: SpokenCommand(words=frozenset({"subscribe", "digests", "unsubscribe"})),
    **{each.command.name: each.command.spoken for each in FEATURES},
}
NAMES = {
    "/flow-report": ("onboarding", "ladder safety", "gdpr"),
    "/flow-run": ("Invoice run", "Travel request"),
    "/flow-export": ("Spring campaign",),
    "/flow-analytics": ("Site hazards",),
    "/flow-events": ("Quarterly update",),
}
KINDS = {kind.command: kind.name for kind in kinds_of()}


def line(text: str) -> PlainLine | None:
    return understood(text, SPOKEN, names=NAMES, helped_by=NAME)


@pytest.mark.parametrize(
    ("text", "command", "after"),
    [
        ("help", "/flow", "help"),
        ("hello", "/flow", "help"),
        ("<@UBOT> hi", "/flow", "help"),
        ("", "/flow", "help"),
        ("/flow-report onboarding", "/flow-report", "onboarding"),
        ("flow-report onboarding overdue", "/flow-report", "onboarding overdue"),
        ("Flow report onboarding", "/flow-report", "onboarding"),
        ("report onboarding", "/flow-report", "onboarding"),
        ("<@UBOT> who is overdue in onboarding?", "/flow-report", "who is overdue in onboarding?"),
        ("who is overdue?", "/flow-report", "who is overdue?"),
        ("hey, show me the report on gdpr please", "/flow-report", "show me the on gdpr please"),
        ("assign onboarding to <@U2>", "/flow-report", "assign onboarding to <@U2>"),
        ("onboarding", "/flow-report", '"onboarding"'),
        ("quarterly", "/flow-events", 'info "Quarterly update"'),
        ("upcoming webinars", "/flow-events", "upcoming webinars"),
        ("invoice run", "/flow-run", "invoice"),
        ("travel request", "/flow-run", 'summary "Travel request"'),
        ("what is running", "/flow-run", "what is running"),
        ("export spring step 2", "/flow-export", "spring step 2"),
        ("site hazards", "/flow-analytics", '"Site hazards" summary'),
        ("heatmap of site hazards", "/flow-analytics", "heatmap of site hazards"),
        ("subscribe report gdpr mondays 9", "/flow-report", "subscribe gdpr mondays 9"),
    ][:-1],
)
def test_a_plain_line_means_a_command(text: str, command: str, after: str) -> None:
    assert line(text) == PlainLine(command, after)


def test_what_names_nothing_is_none_and_has_neighbours() -> None:
    assert line("tell me a joke") is None
    assert nearest_lines("onbording", SPOKEN, NAMES) == (PlainLine("/flow-report", '"onboarding"'),)
    assert nearest_lines("travl request", SPOKEN, NAMES) == (
        PlainLine("/flow-run", 'summary "Travel request"'),
    )


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        (
            "<@UBOT> every Monday at 9 send onboarding here",
            'subscribe report "onboarding" every Monday at 9 here',
        ),
        (
            "send me the report on onboarding overdue weekdays 9:00 Berlin",
            "subscribe report on onboarding overdue weekdays 9:00 Berlin to me",
        ),
        (
            "send onboarding every monday at 9 only if completion < 80% quiet 22-7",
            'subscribe report "onboarding" every monday at 9 only if completion < 80% quiet 22-7',
        ),
        ("gdpr first monday 9am", 'subscribe report "gdpr" first monday 9am'),
        ("who is overdue in onboarding?", None),
    ],
)
def test_a_plain_line_with_a_schedule_is_an_order(text: str, ordered: str | None) -> None:
    found = plain_order(text, KINDS, command=NAME, understood=line)
    assert found == (PlainLine(NAME, ordered) if ordered else None)


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("send onboarding every monday", 'subscribe report "onboarding" every monday 09:00'),
        ("onboarding on weekdays please", 'subscribe report "onboarding" on weekdays 09:00'),
    ],
)
def test_an_order_that_lacks_its_time_is_for_the_morning(text: str, ordered: str) -> None:
    found = plain_order(text, KINDS, command=NAME, understood=line)
    assert found == PlainLine(NAME, ordered)
