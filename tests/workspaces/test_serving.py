"""What people of an installed workspace get, and that it is theirs alone."""

import asyncio

from slack_bolt.request.async_request import AsyncBoltRequest

from bot.assembly.installs import of_context
from bot.assembly.process import open_process
from bot.workspaces.installations import NOT_INSTALLED
from sandbox.slack import Tenant
from tests.workspaces.conftest import Front

DIGEST = "/flow subscribe report onboarding weekdays 9:00"


async def test_who_installed_is_answered_in_their_own_workspace(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    outcome = await second.command("/flow help", channel="CTRAIN")
    await front.settle("TSECOND")

    assert (outcome.status, outcome.error) == (200, "")
    assert second.ephemerals("UADA") or front.said(second)
    assert front.slack.ephemerals("UADA") == []
    assert front.stage.said() == []


async def test_keys_of_the_environment_serve_the_workspace_of_the_token_alone(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    await second.command("/flow-report onboarding", channel="CTRAIN")
    await front.settle("TSECOND")
    await front.stage.command("/flow-report onboarding")

    (told,) = second.ephemerals("UADA")
    assert "An admin of the workspace can connect it" in told.text
    assert front.stage.said()


async def test_nothing_is_asked_of_slack_to_know_whose_request_it_is(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    second.calls.clear()
    front.slack.calls.clear()
    await second.command("/flow help", channel="CTRAIN")
    await front.slack.command("/flow help", channel="CTRAIN")

    asked = {each.method for each in (*second.calls, *front.slack.calls)}
    assert asked <= {"users.info", "conversations.info"}


async def test_a_workspace_that_is_not_known_is_told_kindly(front: Front, second: Tenant) -> None:
    second.installed()  # by hand, so that nothing of it was kept here
    outcome = await second.command("/flow help", channel="CTRAIN")
    event = await second.event({"type": "user_change", "user": {"id": "UADA"}})

    assert outcome.status == 200
    assert [each.text for each in second.ephemerals("UADA")] == [NOT_INSTALLED]
    assert event.status == 200


async def test_an_organisation_serves_all_its_workspaces(front: Front) -> None:
    one, two = (
        front.slack.add_workspace(team, enterprise_id="EGRID", name=team)
        for team in ("TONE", "TTWO")
    )
    await front.install(one, org=True)
    await one.admin.delete("CTRAIN", told=False)
    for tenant in (one, two):
        outcome = await tenant.command("/flow-report onboarding", channel="CGENERAL")
        assert (outcome.status, outcome.error) == (200, "")
        assert (await tenant.shortcut("new_digest")).error == ""
        assert tenant.view_of("UADA") is not None
        left = await tenant.event({"type": "channel_left", "channel": "CGENERAL"})
        assert left.status == 200
    jobs = await front.stage.rows("SELECT DISTINCT workspace FROM jobs")

    assert jobs == [{"workspace": "EGRID"}]


async def test_a_shared_channels_event_is_of_the_workspace_where_it_is_installed(
    front: Front, second: Tenant
) -> None:
    await front.install(second)
    event = {
        "type": "event_callback",
        "team_id": "TPARTNER",  # where it happened
        "context_team_id": "TPARTNER",
        "event": {"type": "app_mention", "team": "TPARTNER", "user_team": "TPARTNER"},
        "is_ext_shared_channel": True,
        "authorizations": [{"team_id": "TSECOND", "is_enterprise_install": False}],
    }
    request = AsyncBoltRequest(body=event, mode="socket_mode")
    found = await of_context(front.stage.bot.process.installs.installations, request.context)

    assert found is not None
    assert found.workspace == "TSECOND"


async def test_another_process_hears_of_an_installation_and_of_its_end(
    front: Front, second: Tenant
) -> None:
    settings, clock = front.stage.bot.process.resources.settings, front.stage.clock
    async with asyncio.timeout(20), open_process(settings, clock=clock) as other:
        await other.listen()
        installations = other.installs.installations
        assert await installations.get("TSECOND") is None
        await front.install(second)
        assert await installations.get("TSECOND") is not None
        await second.uninstall()
        while await installations.get("TSECOND") is not None:  # noqa: ASYNC110  # it hears
            await asyncio.sleep(0.05)
