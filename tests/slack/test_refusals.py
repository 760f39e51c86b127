"""Every word with which Slack may refuse has a meaning, what follows from it, and a sentence."""

import re
from pathlib import Path

import pytest

from bot.errors import SlackError
from bot.outbox.rules import MAX_ATTEMPTS, Next, verdict
from bot.slack.blocks.problems import kept_sentence, sentence
from bot.slack.refusals import RefusalKind, kind_of
from tests.slack.refusals import EVERYWHERE, METHODS
from tests.stage import Stage

ROOT = Path(__file__).parents[2]
FAMILIES = (
    "agents|apps|assistant|auth|canvases|chat|conversations|entity|files|functions|users|views"
)
CALLED = re.compile(rf'"((?:{FAMILIES})(?:\.[a-zA-Z]+)+)"')
OURS = {"files.upload"}
"""No call, only the word for one in what `flowbot ask` prints."""
REFUSALS = [
    (method, code)
    for method, own in METHODS.items()
    for code in (*EVERYWHERE.split(), *own.split())
]
FOLLOWS = {
    RefusalKind.WORKSPACE: Next.HOLD,
    RefusalKind.PLACE: Next.DETOUR,
    RefusalKind.CONTENT: Next.SIMPLER,
    RefusalKind.RULES: Next.GIVE_UP,
    RefusalKind.GONE: Next.GIVE_UP,
    RefusalKind.LATER: Next.RETRY,
    RefusalKind.UNSURE: Next.SETTLE,
    RefusalKind.OURS: Next.GIVE_UP,
}


def test_the_methods_are_those_that_are_called() -> None:
    sources = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]
    called = {name for each in sources for name in CALLED.findall(each.read_text())}
    assert called - OURS == set(METHODS)


@pytest.mark.parametrize(("method", "code"), REFUSALS, ids="-".join)
def test_every_refusal_has_a_meaning_what_follows_and_a_sentence(method: str, code: str) -> None:
    kind = kind_of(code)
    assert kind is not None
    error = SlackError(method, code)
    assert verdict(error, attempts=1).next is FOLLOWS[kind]

    said = sentence(error)
    assert said.endswith(".")
    assert said.count(". ") >= 1 or code not in said
    assert "{" not in said
    assert kept_sentence(f"{method}: {code}") == said


@pytest.mark.parametrize(
    ("code", "begins", "helps"),
    [
        ("two_factor_setup_required", "Slack takes nothing from Flowbot", "An admin"),
        ("restricted_action_thread_locked", "Slack lets me post nothing there", "Ask in another"),
        ("too_many_attachments", "Slack did not take this in any form", "Ask for less"),
        ("unable_to_share_files", "This workspace does not allow that", "An admin"),
        ("thread_not_found", "What this was about is no longer in Slack", "Ask for it anew."),
        ("message_limit_exceeded", "Slack cannot do this at the moment", "Try again"),
        ("fatal_error", "Slack did not say whether it was done", "Look whether it is there"),
        ("invalid_charset", "Slack refused this, and the mistake is in Flowbot", "Flowbot admin"),
        ("brand_new", "Slack refused this", "finds this code in the log"),
    ],
)
def test_a_word_without_a_sentence_of_its_own_has_that_of_its_meaning(
    code: str, begins: str, helps: str
) -> None:
    said = sentence(SlackError("chat.postMessage", code))
    assert said.startswith(f"{begins}")
    assert f"({code}). " in said
    assert helps in said


def test_what_is_temporary_is_given_up_at_the_end() -> None:
    error = SlackError("chat.postMessage", "internal_error")
    assert verdict(error, attempts=MAX_ATTEMPTS).next is Next.GIVE_UP


@pytest.mark.parametrize(
    "code", ["restricted_action_thread_only_channel", "app_access_restricted", "accesslimited"]
)
async def test_an_answer_that_may_not_stand_in_its_channel_comes_to_the_asker_or_later(
    stage: Stage, code: str
) -> None:
    stage.slack.refuse(
        "chat.postMessage", error=code, when=lambda sent: sent["channel"] == "CTRAIN"
    )
    await stage.command("/flow-report onboarding last-7d")
    for _ in range(10):
        stage.clock.advance(seconds=10)
        await stage.bot.settle()

    said = [*stage.said(), *stage.slack.messages("DADA"), *stage.slack.ephemerals("UADA")]
    assert ["in Onboarding (" in each.text for each in said] == [True]


async def test_who_ordered_a_digest_reads_what_to_do_and_no_bare_word(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding daily 09:00")
    stage.slack.refuse("chat.postMessage", error="messages_tab_disabled", times=1)
    await stage.command("/flow now 1")

    [told] = stage.said("DADA")
    assert "Slack lets me post nothing there (messages_tab_disabled), so Onboarding" in told.text
    assert "Ask in another channel" in told.text
