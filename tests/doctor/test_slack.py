"""What the doctor says of Slack: token, scopes, clock, the way to us, uploads."""

import pytest
import yaml

from bot.doctor.scopes import NEEDED, OPTIONAL
from sandbox.world import MANIFEST, World
from tests.doctor.conftest import Doctor

OFF = "https://127.0.0.1:9"


async def test_all_is_well(doctor: Doctor) -> None:
    checks = await doctor()

    del checks["database.place"]  # some machines run these tests where nothing stays
    assert {each["state"] for each in checks.values()} == {"pass", "skipped"}
    assert checks["slack.token"]["about"] == "Flowbot is @flowbot in Lumen Works."
    assert all(each["about"].endswith(".") for each in checks.values())


async def test_a_token_that_slack_refuses_is_named_as_at_a_start(doctor: Doctor) -> None:
    checks = await doctor(SLACK_BOT_TOKEN="xoxb-hunter2")

    assert checks["slack.token"]["state"] == "fail"
    assert checks["slack.token"]["about"] == "Slack refuses SLACK_BOT_TOKEN (invalid_auth)."
    assert "Install page" in checks["slack.token"]["mend"]
    for name in ("slack.scopes", "slack.upload", "slack.clock"):
        assert checks[name]["state"] == "skipped"
    assert "hunter2" not in str(checks)


async def test_no_slack_at_all_is_told_in_words(doctor: Doctor) -> None:
    checks = await doctor(SLACK_API_URL=OFF)

    assert checks["slack.token"]["state"] == "fail"
    assert f"Slack could not be reached at {OFF}." in checks["slack.token"]["about"]
    assert "SLACK_API_URL" in checks["slack.token"]["mend"]


async def test_a_missing_scope_is_named_with_what_does_not_work(
    world: World, doctor: Doctor
) -> None:
    world.slack.revoke("files:write", "im:read")
    checks = await doctor()

    scopes = checks["slack.scopes"]
    assert scopes["state"] == "fail"
    assert "The token lacks files:write, im:read" in scopes["about"]
    assert "without files:write files cannot be posted" in scopes["about"]
    assert "manifest.yml" in scopes["mend"]
    assert checks["slack.upload"]["state"] == "skipped"


async def test_a_scope_too_many_is_named(world: World, doctor: Doctor) -> None:
    world.slack.grant("channels:history", "admin.users:write")
    checks = await doctor()

    assert checks["slack.scopes"]["state"] == "warn"
    assert checks["slack.scopes"]["about"].endswith("than Flowbot ever does: admin.users:write.")


async def test_uploads_that_the_workspace_forbids_are_told(world: World, doctor: Doctor) -> None:
    world.slack.refuse("files.getUploadURLExternal", error="file_uploads_disabled")
    checks = await doctor()

    assert checks["slack.upload"]["state"] == "fail"
    assert "does not allow uploads" in checks["slack.upload"]["about"]
    assert "owner" in checks["slack.upload"]["mend"]


@pytest.mark.parametrize(
    ("code", "state", "mend"),
    [
        ("ratelimited", "warn", "Look again in a minute."),
        ("storage_limit_reached", "fail", "Slack's word for it is storage_limit_reached."),
    ],
)
async def test_other_refusals_of_uploads_are_told_apart(
    world: World, doctor: Doctor, code: str, state: str, mend: str
) -> None:
    world.slack.refuse("files.getUploadURLExternal", error=code)
    found = (await doctor())["slack.upload"]

    assert (found["state"], found["mend"]) == (state, mend)


async def test_no_file_comes_of_the_look(world: World, doctor: Doctor) -> None:
    assert (await doctor())["slack.upload"]["state"] == "pass"

    assert world.slack.files == []
    assert {each.method for each in world.slack.calls} == {
        "auth.test",
        "files.getUploadURLExternal",
    }


@pytest.mark.parametrize(("seconds", "state"), [(30, "pass"), (90, "warn"), (400, "fail")])
async def test_a_clock_that_is_off_is_told_against_slacks(
    world: World, doctor: Doctor, seconds: int, state: str
) -> None:
    world.clock.advance(seconds=seconds)
    checks = await doctor()

    assert checks["slack.clock"]["state"] == state
    if state != "pass":
        assert "behind Slack's" in checks["slack.clock"]["about"]
        assert "NTP" in checks["slack.clock"]["mend"]


async def test_over_http_it_says_what_to_set(doctor: Doctor) -> None:
    checks = await doctor(PORT="4711")

    assert checks["slack.delivery"]["state"] == "skipped"
    assert "https://YOUR-HOST/slack/events" in checks["slack.delivery"]["mend"]
    assert "port 4711" in checks["slack.delivery"]["mend"]
    assert checks["slack.signing"]["state"] == "pass"


async def test_a_signing_secret_with_a_line_end_is_told(doctor: Doctor) -> None:
    checks = await doctor(SLACK_SIGNING_SECRET="8f742231b10e\n")

    assert checks["slack.signing"]["state"] == "fail"
    assert "Basic Information" in checks["slack.signing"]["mend"]
    assert "8f742231b10e" not in str(checks)


async def test_socket_mode_is_tried(world: World, doctor: Doctor) -> None:
    app = world.slack.app_token
    good = await doctor(SLACK_APP_TOKEN=app)
    world.slack.refuse("apps.connections.open", error="missing_scope")
    bad = await doctor(SLACK_APP_TOKEN=app)

    assert good["slack.delivery"]["state"] == "pass"
    assert good["slack.signing"]["state"] == "skipped"
    assert bad["slack.delivery"]["state"] == "fail"
    assert "connections:write" in bad["slack.delivery"]["mend"]


def test_the_scopes_are_those_of_the_manifest() -> None:
    scopes = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]

    assert scopes == {"bot": list(NEEDED), "bot_optional": list(OPTIONAL)}
