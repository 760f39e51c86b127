"""A workspace removes Flowbot: what goes at once, what stays for a while, and how it comes back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.steps import WITH_WORKSPACE
from bot.workspaces.store.farewell import SKIPPED
from sandbox.slack import Tenant
from tests.databases import sqlite_alone
from tests.store.test_workspaces import fill as fill_table
from tests.workspaces.conftest import Front

EVENTS = ("app_uninstalled", "tokens_revoked")


@pytest.fixture
async def second(front: Front) -> Tenant:
    tenant = front.slack.add_workspace("TSECOND", name="Second Works")
    await front.install(tenant)
    return tenant


async def row(front: Front, workspace: str = "TSECOND") -> dict[str, object] | None:
    found = await front.stage.rows(
        "SELECT * FROM installations WHERE workspace = :workspace", workspace=workspace
    )
    return found[0] if found else None


async def fill(front: Front, workspace: str = "TSECOND") -> None:
    """Let something wait in a workspace: a job, a message, a vendor's pair."""
    database = front.stage.bot.process.resources.database
    now = "2026-11-23T07:30:00.000000+00:00"
    for statement in (
        """INSERT INTO jobs (workspace, key, lane, name, arguments, run_at, created_at)
        VALUES (:workspace, 'k', 'main', 'n', '{}', :now, :now)""",
        """INSERT INTO ledger (workspace, key, lane, kind, priority, channel, target, payload,
        next_try_at, created_at)
        VALUES (:workspace, 'k', 'main', 'message', 1, 'C1', '{}', '{}', :now, :now)""",
        """INSERT INTO credentials (workspace, vendor, origin, access, refresh, kept_at)
        VALUES (:workspace, 'saferme', 'o', 'a', 'r', :now)""",
        """INSERT INTO connections (workspace, vendor, settings, secrets, set_by, set_at)
        VALUES (:workspace, 'parcels', '{}', '{}', 'U1', :now)""",
        """INSERT INTO snapshots (workspace, key, taken_at, data)
        VALUES (:workspace, 'k', :now, '{}')""",
        """INSERT INTO step_executions (workspace, id, step, user_id, channel, inputs, state,
        awaits, so_far, error, deadline, created_at)
        VALUES (:workspace, 'Fx1', 'get_report', 'U1', 'C1', '{"person": "U1"}', 'waiting', 'k',
        '{}', '', :now, :now)""",
    ):
        await database.execute(statement, {"workspace": workspace, "now": now})


async def left(front: Front, table: str, workspace: str = "TSECOND") -> list[dict[str, object]]:
    return await front.stage.rows(
        f"SELECT * FROM {table} WHERE workspace = :workspace",  # noqa: S608
        workspace=workspace,
    )


@pytest.mark.parametrize("told", [EVENTS, EVENTS[::-1], EVENTS[:1], EVENTS[1:]])
async def test_tokens_go_at_once_whichever_events_come(
    front: Front, second: Tenant, told: tuple[str, ...]
) -> None:
    await fill(front)
    await fill(front, "TOTHER")
    await second.uninstall(told=told)

    kept = await row(front)
    assert kept is not None
    assert (kept["secrets"], kept["gone_at"] is not None) == ("", True)
    (job,), (message,) = await left(front, "jobs"), await left(front, "ledger")
    assert (job["state"], job["error"]) == ("failed", SKIPPED)
    assert (message["state"], message["error"]) == ("skipped", SKIPPED)
    (step,) = await left(front, "step_executions")
    assert (step["state"], step["inputs"], step["awaits"]) == ("told", "{}", "")
    assert (step["error"], step["ended_at"]) == (SKIPPED, kept["gone_at"])
    assert await left(front, "credentials") == []
    assert await left(front, "connections") == []
    assert len(await left(front, "snapshots")) == 1
    assert (await left(front, "step_executions", "TOTHER"))[0]["state"] == "waiting"
    assert (await left(front, "jobs", "TOTHER"))[0]["state"] == "queued"
    assert (await left(front, "ledger", "TOTHER"))[0]["state"] == "queued"
    assert len(await left(front, "credentials", "TOTHER")) == 1
    assert len(await left(front, "connections", "TOTHER")) == 1
    alive = await front.stage.bot.process.installs.installations.alive()
    assert [each.workspace for each in alive] == [front.slack.team_id]


async def test_an_event_that_comes_late_does_not_end_a_new_installation(
    front: Front, second: Tenant
) -> None:
    await second.uninstall(told=())
    await front.install(second)
    for kind in EVENTS:
        tokens = {"bot": [second.bot_user_id], "oauth": []}
        assert (await second.event({"type": kind, "tokens": tokens})).status == 200

    kept = await row(front)
    assert kept is not None
    assert kept["gone_at"] is None


async def test_a_persons_token_is_no_farewell(front: Front, second: Tenant) -> None:
    tokens = {"bot": [], "oauth": ["UADA"]}
    await second.event({"type": "tokens_revoked", "tokens": tokens})

    kept = await row(front)
    assert kept is not None
    assert kept["gone_at"] is None


@pytest.mark.parametrize("told", [EVENTS[:1], EVENTS[1:]])
async def test_a_whole_organisation_leaves_at_once(front: Front, told: tuple[str, ...]) -> None:
    one, two = (front.slack.add_workspace(team, enterprise_id="EG") for team in ("TONE", "TTWO"))
    await front.install(one, org=True)
    await two.uninstall(told=told)

    kept = await row(front, "EG")
    assert kept is not None
    assert kept["gone_at"] is not None


async def test_a_farewell_of_a_stranger_is_heard_and_forgotten(front: Front) -> None:
    stranger = front.slack.add_workspace("TSTRANGE")
    for kind in EVENTS:
        tokens = {"bot": [stranger.bot_user_id], "oauth": []}
        outcome = await stranger.event({"type": kind, "tokens": tokens})
        assert (outcome.status, len(outcome.deliveries)) == (200, 1)


async def test_where_slack_cannot_be_asked_the_event_comes_again(
    front: Front, second: Tenant
) -> None:
    front.slack.disturb("auth.test", kind="drop_before")
    second.disturb("auth.test", kind="drop_before")
    await second.uninstall(told=("app_uninstalled",))

    kept = await row(front)
    assert kept is not None
    assert kept["gone_at"] is not None


async def test_a_refused_call_tells_it_too_if_slack_agrees(front: Front, second: Tenant) -> None:
    second.refuse("users.info", error="account_inactive")
    async with front.stage.bot.process.bots.using("TSECOND") as bot:
        with pytest.raises(Exception, match="account_inactive"):
            await bot.parts.slack.call("users.info", user="UADA")
        first = await row(front)
        await second.uninstall(told=())
        with pytest.raises(Exception, match="account_inactive"):
            await bot.parts.slack.call("users.info", user="UADA")
        then = await row(front)

    assert first is not None
    assert then is not None
    assert (first["gone_at"], then["gone_at"] is None) == (None, False)


async def test_who_comes_back_within_thirty_days_goes_on(front: Front, second: Tenant) -> None:
    await fill(front)
    await second.uninstall()
    front.stage.clock.advance(seconds=29 * 86_400)
    assert await front.stage.bot.process.installs.departures.tidy() == 0
    await front.install(second)

    kept = await row(front)
    assert kept is not None
    assert kept["gone_at"] is None
    assert len(await left(front, "snapshots")) == 1
    assert (await second.command("/flow help", channel="CTRAIN")).status == 200
    assert second.ephemerals("UADA")


async def test_what_people_ordered_goes_on_and_what_they_stopped_stays_stopped(
    front: Front,
) -> None:
    own, stage = front.slack, front.stage
    await stage.command("/flow subscribe report onboarding daily 09:00")
    await stage.command("/flow subscribe report gdpr daily 09:00")
    await stage.command("/flow pause 2")
    await own.uninstall()
    for _ in range(3):
        stage.clock.advance(seconds=86_400)
        await front.settle_all(1)
    silent = len(front.said(own))
    jobs = await left(front, "jobs", own.team_id)
    await front.install(own)
    stage.clock.advance(seconds=86_400)
    async with stage.bot.process.bots.using(own.team_id) as bot:
        await bot.tick()
    await front.settle_all()

    assert [each for each in jobs if each["state"] == "queued"] == []
    told = "\n".join(front.said(own)[silent:])
    assert "nboarding" in told
    assert "rotection" not in told
    states = await stage.rows("SELECT state FROM subscriptions ORDER BY id")
    assert [each["state"] for each in states] == ["active", "paused"]


async def test_after_thirty_days_nothing_stays(front: Front, second: Tenant) -> None:
    await fill(front)
    await fill(front, front.slack.team_id)
    await second.uninstall()
    front.stage.clock.advance(seconds=31 * 86_400)

    assert await front.stage.bot.process.installs.departures.tidy() == 1
    assert await row(front) is None
    for table in ("jobs", "ledger", "snapshots"):
        assert await left(front, table) == []
        assert await left(front, table, front.slack.team_id) != []


@sqlite_alone
async def test_then_no_table_has_a_row_of_it(front: Front, second: Tenant, path: Path) -> None:
    await second.uninstall()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        for table in WITH_WORKSPACE:
            fill_table(connection, table, 1)
            theirs = f"UPDATE {table} SET workspace = 'TSECOND' WHERE workspace = 'workspace 1'"  # noqa: S608
            connection.execute(theirs)
    assert [table for table in WITH_WORKSPACE if not await left(front, table)] == []
    front.stage.clock.advance(seconds=31 * 86_400)
    await front.stage.bot.process.installs.departures.tidy()

    assert [table for table in WITH_WORKSPACE if await left(front, table)] == []


async def test_the_workspace_of_the_token_may_leave_too(front: Front) -> None:
    await front.slack.uninstall()

    kept = await row(front, front.slack.team_id)
    assert kept is not None
    assert kept["gone_at"] is not None
    assert await front.stage.bot.process.installs.installations.alive() == []


async def test_no_token_of_who_left_is_in_the_files(
    front: Front, second: Tenant, path: Path
) -> None:
    kept = await row(front)
    assert kept is not None
    secret = str(kept["secrets"]).encode()
    await second.uninstall()

    for file in path.parent.iterdir():
        assert secret not in file.read_bytes(), file
