"""What a process may no longer do that lost its workspace: claim, mark, send. One test a fence."""

import time
from itertools import chain, repeat
from pathlib import Path

import pytest
import structlog

from bot.errors import FencedError
from bot.outbox.claims import UNDER_WAY
from bot.slack import permits
from sandbox.slack.faults import Arguments
from tests.company import another_bot, let_speak
from tests.databases import after_update, no_more
from tests.stage import Stage

REPORT = "/flow-report onboarding"
EXPORT = "/flow-report onboarding export csv"
POST = "chat.postMessage"
SHARE = "files.completeUploadExternal"
LOST = "UPDATE leases SET owner = 'another', until = '9999'"


def reports(stage: Stage) -> int:
    return len([each for each in stage.said() if "in Onboarding (" in each.text])


def calls(stage: Stage, method: str) -> int:
    return len([each for each in stage.slack.calls if each.method == method])


async def states(stage: Stage) -> list[str]:
    return [row["state"] for row in await stage.rows("SELECT state FROM ledger ORDER BY id")]


async def lose_at(stage: Stage, change: str) -> None:
    """Let another process take the workspace in the moment of a change of the outbox."""
    for statement in after_update("lost", "ledger", change, LOST):
        await stage.bot.database.execute(statement)


async def regained(stage: Stage) -> None:
    """Let another process, as it were, look at what was left once it may, and go on."""
    await stage.bot.database.execute(no_more("lost", "ledger"))
    await let_speak(stage.bot)
    stage.clock.advance(seconds=UNDER_WAY.total_seconds())
    await stage.bot.mend()
    await stage.until_sure()


async def asked(stage: Stage, text: str = REPORT) -> None:
    """Have an answer worked out that is not sent yet."""
    await stage.slack.command(text, user="UADA", channel="CTRAIN")
    await let_speak(stage.bot)
    await stage.bot.engine.worker.settle()
    assert set(await states(stage)) == {"queued"}


async def fences(stage: Stage) -> list[str]:
    """Let the bot send what it takes for its own; return the fences at which it was stopped."""
    with structlog.testing.capture_logs() as logs:
        await stage.bot.delivery.worker.settle()
    return [each["fence"] for each in logs if each["event"] == "fenced"]


async def test_who_lost_the_workspace_claims_nothing(stage: Stage, path: Path) -> None:
    await asked(stage)
    async with another_bot(stage.world, path) as other:
        assert await fences(stage) == ["claim"]
        assert await states(stage) == ["queued"]
        assert calls(stage, POST) == 0

        await other.settle()
        assert await states(stage) == ["sent"]
    assert reports(stage) == 1


@pytest.mark.parametrize("answer", ["sent", "rate_limited", "http_500", "refused"])
async def test_who_lost_the_workspace_while_slack_answered_writes_nothing(
    stage: Stage, answer: str
) -> None:
    stage.slack.grant("channels:history")
    await asked(stage)
    if answer == "refused":
        stage.slack.refuse(POST, error="invalid_blocks")
    elif answer != "sent":
        stage.slack.disturb(POST, kind=answer)  # type: ignore[arg-type]
    await lose_at(stage, "NEW.state = 'sending'")

    assert await fences(stage) == ["mark"]
    [row] = await stage.rows("SELECT state, ts, payload FROM ledger")
    assert (row["state"], row["ts"]) == ("sending", None)
    assert "unsure" not in row["payload"]
    await regained(stage)
    assert await states(stage) == ["sent"]
    assert reports(stage) == 1


async def test_who_regained_the_workspace_marks_nothing_that_another_claimed_meanwhile(
    stage: Stage,
) -> None:
    await asked(stage)
    claims, now = stage.bot.delivery.claims, stage.clock.now()
    [due] = await stage.bot.parts.outbox.due(now=now, limit=1)
    ours = await claims.take(due, now=now)
    assert ours is not None
    await stage.bot.database.execute("UPDATE ledger SET claim = 'of another'")

    assert not await claims.renew(ours, now=now)
    with pytest.raises(FencedError):
        await claims.reword(ours)


@pytest.mark.parametrize(
    ("text", "method"), [(REPORT, POST), ("/flow list", "response_url")], ids=["JSON", "URL"]
)
async def test_a_message_does_not_go_out_by_a_claim_that_is_old_and_lost(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, text: str, method: str
) -> None:
    await asked(stage, text)
    await lose_at(stage, "NEW.state = 'sending'")
    grow_old(monkeypatch, looks=10)

    assert await fences(stage) == ["request", "mark"]
    assert calls(stage, method) == 0
    assert await states(stage) == ["sending"]


async def test_a_file_is_not_shown_by_a_claim_that_is_old_and_lost(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_call(_: Arguments) -> bool:
        grow_old(monkeypatch, looks=10)
        return False

    await asked(stage, EXPORT)
    await lose_at(stage, "NEW.kind = 'file' AND NEW.payload LIKE '%file_id%'")
    stage.slack.disturb("files.getUploadURLExternal", kind="http_500", when=on_call)

    assert await fences(stage) == ["request", "mark"]
    assert calls(stage, SHARE) == 0
    assert await states(stage) == ["sent", "sending"]


def grow_old(monkeypatch: pytest.MonkeyPatch, *, looks: int) -> None:
    """Let each of the next looks at the machine's clock be four seconds after the one before."""
    passing = chain(range(1, looks + 1), repeat(looks + 1))
    began, step = time.time(), permits.FRESH_SECONDS + 1
    monkeypatch.setattr(permits, "_moments", lambda: (0.0, began + step * next(passing)))


async def test_a_request_that_was_slow_goes_out_by_a_claim_that_is_renewed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asked(stage)
    grow_old(monkeypatch, looks=1)
    for statement in after_update(
        "renewed",
        "ledger",
        "OLD.state = 'sending' AND NEW.state = 'sending'",
        "INSERT INTO snapshots (workspace, key, data, taken_at)"
        " VALUES (NEW.workspace, 'renewed', '', '')",
    ):
        await stage.bot.database.execute(statement)

    assert await fences(stage) == []
    assert reports(stage) == 1
    assert len(await stage.rows("SELECT key FROM snapshots WHERE key = 'renewed'")) == 1


async def test_a_card_is_not_edited_by_who_lost_the_workspace_meanwhile(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.command(REPORT)
    [row] = await stage.rows("SELECT key FROM ledger")
    message = stage.said()[0]
    grow_old(monkeypatch, looks=10)
    await stage.bot.database.execute(LOST)
    entry = await stage.bot.parts.outbox.by_key(row["key"])
    assert entry is not None

    result = await stage.bot.parts.editor.edit(row["key"], entry.message)
    assert not result.done
    assert result.wait
    assert calls(stage, "chat.update") == 0
    assert stage.said()[0] == message


async def test_whoever_takes_over_goes_on_at_the_pace_of_the_one_before(
    stage: Stage, path: Path
) -> None:
    stage.slack.grant("channels:history")
    await stage.command(REPORT)
    await stage.slack.command(REPORT, user="UADA", channel="CTRAIN")
    async with another_bot(stage.world, path) as other:
        await other.delivery.recover()
        await other.settle()
        assert reports(stage) == 1, "the channel's second has not passed"

        stage.clock.advance(seconds=1)
        await other.settle()
        assert reports(stage) == 2
