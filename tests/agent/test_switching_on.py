"""What is asked of Slack for the conversation, and who is let into it."""

from pathlib import Path
from typing import Any

import yaml

from bot.cli.main import main
from bot.slack.manifest import declared
from sandbox.slack.manifest_rules import problems
from tests.agent.talking import answers, said
from tests.stage import Stage, open_stage


def printed(capsys: Any, *options: str) -> dict[str, Any]:
    assert main(["manifest", *options]) == 0
    read: dict[str, Any] = yaml.safe_load(capsys.readouterr().out)
    return read


def test_the_manifest_has_it_only_where_it_is_wanted(capsys: Any) -> None:
    usual, wanted = printed(capsys), printed(capsys, "--with", "agent")
    assert usual == declared()
    assert list(problems(wanted)) == []
    assert "agent_view" not in usual["features"]

    view = wanted["features"]["agent_view"]
    assert len(view["agent_description"]) <= 300
    assert len(view["suggested_prompts"]) <= 4
    scopes = [each["oauth_config"]["scopes"]["bot"] for each in (usual, wanted)]
    assert {*scopes[1]} - {*scopes[0]} == {"assistant:write"}
    events = [each["settings"]["event_subscriptions"]["bot_events"] for each in (usual, wanted)]
    assert {*events[1]} - {*events[0]} == {"app_context_changed", "agent_session_stopped"}


async def test_without_it_direct_messages_are_as_ever(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "flowbot.db") as stage:
        direct = stage.slack.workspace.direct_message("UGUEST").id
        await stage.slack.say("help", user="UGUEST", channel=direct)
        await stage.settle()

        assert stage.slack.agents.sessions(direct) == []
        told = [*stage.said(direct), *stage.slack.ephemerals("UGUEST")]
        assert [each.thread_ts for each in told] == [""]


async def test_whoever_only_looks_is_told_nothing_whatever_happens(known: Stage) -> None:
    """Not even where Slack does not say who they are, or they are of another organisation."""
    for user in ("UPARTNER", "UGUEST", "UNOBODY", "UADA"):
        known.slack.refuse("users.info", error="fatal_error", times=1)
        event = {"type": "app_context_changed", "context": {"entities": []}, "event_ts": "1.000001"}
        direct = {"type": "app_home_opened", "tab": "messages", "channel": "DADA", "user": user}
        await known.slack.event({**direct, "event_ts": "1.000002"})
        await known.slack.event(event)
    known.slack.mend()
    await known.after(minutes=4, step=30)

    everybody = ("UPARTNER", "UGUEST", "UNOBODY", "UADA")
    assert [each for user in everybody for each in known.slack.ephemerals(user)] == []


async def test_what_comes_again_is_heard_once(known: Stage) -> None:
    direct = known.slack.agent.conversation("UADA").id
    event = {"type": "app_home_opened", "tab": "messages", "channel": direct, "user": "UADA"}
    await known.slack.event({**event, "event_ts": "1.000002"}, redeliver=3)
    await known.settle()

    method = "assistant.threads.setSuggestedPrompts"
    assert len([each for each in known.slack.calls if each.method == method]) == 1
    assert len(known.said(direct)) == 1


async def test_where_somebody_looked_is_forgotten_after_a_day(known: Stage) -> None:
    await known.slack.agent.look_at("CTRAIN", user="UADA")
    await known.settle()
    assert await known.rows("SELECT person FROM agent_looks") == [{"person": "UADA"}]

    known.clock.advance(seconds=86_400 + 60)
    await known.bot.tidy()
    assert await known.rows("SELECT person FROM agent_looks") == []


async def test_a_channel_with_a_new_id_stays_the_one_in_view(known: Stage) -> None:
    await known.slack.agent.look_at("CTRAIN", user="UADA")
    await known.settle()
    event = {"type": "channel_id_changed", "old_channel_id": "CTRAIN", "new_channel_id": "CNEW"}
    await known.slack.event(event)
    await known.settle()

    assert await known.rows("SELECT channel FROM agent_looks") == [{"channel": "CNEW"}]


async def test_a_flood_is_answered_with_a_word_and_no_status(known: Stage) -> None:
    *_, eleventh, twelfth = [await said(known, "help") for _ in range(12)]
    await known.settle()

    [word] = answers(known, eleventh)
    assert word.text.startswith("That is a lot at once")
    assert answers(known, twelfth) == []
    assert known.slack.agents.session(eleventh.channel, eleventh.ts) is None
