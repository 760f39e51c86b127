"""What the doctor says of the workspaces that installed Flowbot."""

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest

from bot.workspaces.store.connections import ConnectionStore
from sandbox.slack import Tenant
from tests.asking.seeing import words
from tests.cli.conftest import Typed, typed
from tests.workspaces.conftest import KEY, ROOT, Front, front, general, second

__all__ = ["front", "general", "second", "typed"]

OTHER_KEY = urlsafe_b64encode(bytes([3]) * 32).decode()


async def looked(typed: Typed, front: Front, **more: str) -> dict[str, dict[str, Any]]:
    """Run the doctor with the settings of the bot on stage, some replaced."""
    general = front.stage.bot.process.resources.settings.general
    given = {
        **front.stage.world.environment,
        "DATABASE_URL": general.database_url,
        "SECRET_KEYS": KEY,
        "PUBLIC_URL": ROOT,
        "SLACK_CLIENT_ID": front.slack.identity.client_id,
        "SLACK_CLIENT_SECRET": front.slack.identity.client_secret,
        **more,
    }
    _, out, err = await typed("doctor", "--json", settings=given)
    assert err == ""
    assert "xoxb" not in out
    return {each["name"]: each for each in json.loads(out)["checks"]}


async def test_nobody_has_installed_it_yet(typed: Typed, front: Front) -> None:
    found = await looked(typed, front)

    assert found["installations"]["about"] == "No workspace has installed Flowbot yet."
    assert f"{ROOT}/slack/events" in found["slack.delivery"]["mend"]


async def test_each_token_is_tried(typed: Typed, front: Front, second: Tenant) -> None:
    await front.install(second)
    found = (await looked(typed, front))["installations"]

    assert (found["state"], found["about"]) == ("pass", "Slack takes the tokens of 1 workspace.")
    assert second.calls[-1].method == "auth.test"


async def test_without_a_token_of_its_own_the_others_are_tried(
    typed: Typed, front: Front, second: Tenant
) -> None:
    await front.install(second)
    checks = await looked(typed, front, SLACK_BOT_TOKEN="")

    assert checks["installations"]["state"] == "pass"
    assert checks["slack.token"]["state"] == "skipped"
    assert checks["slack.signing"]["state"] == "pass"


async def test_a_token_that_slack_refuses_is_named_by_its_workspace(
    typed: Typed, front: Front, second: Tenant
) -> None:
    await front.install(second)
    second.refuse("auth.test", error="token_revoked")
    found = (await looked(typed, front))["installations"]

    assert found["state"] == "fail"
    assert "Second <Works> (token_revoked)" in found["about"]
    assert "install Flowbot again" in found["mend"]


async def test_scopes_that_a_workspace_did_not_grant_are_named(
    typed: Typed, front: Front, second: Tenant
) -> None:
    await front.install(second)
    await front.stage.bot.process.resources.database.execute(
        "UPDATE installations SET scopes = 'chat:write' WHERE workspace = 'TSECOND'"
    )
    found = (await looked(typed, front))["installations"]

    assert found["state"] == "warn"
    assert "files:write" in found["about"]


@pytest.mark.parametrize("keys", [OTHER_KEY])
async def test_a_key_that_is_lost_is_told_as_at_a_start(
    typed: Typed, front: Front, second: Tenant, keys: str
) -> None:
    await front.install(second)
    found = (await looked(typed, front, SECRET_KEYS=keys))["installations"]

    assert found["state"] == "fail"
    assert "none of SECRET_KEYS opens its token" in found["about"]
    assert found["mend"].startswith("Add the key it was encrypted under")


async def test_where_nobody_can_install_it_nothing_is_looked_at(typed: Typed, front: Front) -> None:
    found = await looked(typed, front, SLACK_CLIENT_ID="", SLACK_CLIENT_SECRET="")

    assert found["installations"]["state"] == "skipped"


async def test_a_workspace_is_told_of_its_own_services_alone(front: Front, second: Tenant) -> None:
    await front.install(second)
    resources = front.stage.bot.process.resources
    ours = resources.database.of("TSECOND")
    store = ConnectionStore(ours, resources.keys)
    away = {"base_url": front.stage.momoflow.url}
    await ours.transaction(
        lambda tx: store.put(
            tx,
            "training",
            values=away,
            secrets={"api_key": "hunter2"},
            by="UADA",
            now=resources.clock.now(),
        )
    )
    front.stage.bot.process.bots.outdate("TSECOND")
    await second.command("/flow doctor", user="UADA", channel="CTRAIN")
    await front.settle("TSECOND")
    said = words(second.ephemerals("UADA")[-1])

    assert "One thing doesn't work" in said
    assert "MomoFlow rejects the key." in said
    assert "Connect it anew in the Home tab." in said
    assert "MOMOFLOW_API_KEY" not in said
    assert "hunter2" not in said
    assert front.slack.ephemerals("UADA") == []
