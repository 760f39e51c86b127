"""Steps of workflows: what Slack sends, what it takes back, and what it shows meanwhile."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from sandbox.slack.acting.workflows import WHO_RUNS
from sandbox.slack.functions.executions import Progress
from sandbox.slack.manifest import read_manifest
from tests.sandbox.slack.apps import Recorder

STEPS = Path(__file__).with_name("steps.yml")
GIVEN = {"list": "L1", "person": WHO_RUNS}


@pytest.fixture
async def slack(clock: SandboxClock) -> AsyncIterator[SlackSandbox]:
    async with SlackSandbox(clock=clock, manifest=STEPS) as sandbox:
        yield sandbox


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the manifest with one value put in, or taken away where it is None."""
    raw: dict[str, Any] = yaml.safe_load(STEPS.read_text(encoding="utf-8"))
    part = raw
    *way, last = path.split("/")
    for name in way:
        part = part[name]
    part[last] = value
    if value is None:
        del part[last]
    return raw


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("settings/function_runtime", None, "function_runtime: must be remote"),
        ("settings/org_deploy_enabled", False, "org_deploy_enabled: must be true"),
        ("settings/event_subscriptions", {}, "function_executed is missing"),
        ("functions/Count", {}, "functions.Count: has not the form of a name"),
        ("functions/find_lists/description", None, "description: is missing"),
        ("functions/count_people/output_parameters/count/type", "file", "file is no type"),
        ("functions/count_people/output_parameters/names/items", None, "of what its items are"),
        ("functions/find_lists/output_parameters", {}, "find_lists lists no options"),
        ("functions/find_lists/input_parameters/of", None, "find_lists has no input of"),
    ],
)
def test_functions_are_taken_only_as_slack_takes_them(
    path: str, value: Any, problem: str, tmp_path: Path
) -> None:
    file = tmp_path / "manifest.yml"
    file.write_text(yaml.safe_dump(changed(path, value)), encoding="utf-8")
    with pytest.raises(ValueError, match="Slack takes no such manifest") as refused:
        read_manifest(file)
    assert problem in str(refused.value)


async def test_an_app_hears_of_its_step_and_ends_it_with_outputs(
    slack: SlackSandbox, bolt: AsyncApp
) -> None:
    @bolt.function("count_people")
    async def count(inputs: dict[str, Any], complete: Any, client: AsyncWebClient) -> None:
        client.token = slack.bot_token  # of the token that came nobody knows what it may
        assert inputs["person"] == inputs["began_by"]["interactor"]["id"] == "UADA"
        await complete({"count": 3, "names": ["Ada"], "full": False})

    ended = await slack.workflows.run("count_people", GIVEN)
    assert (ended.progress, ended.outputs["count"]) == (Progress.SUCCEEDED, 3)
    assert ended.id.startswith("Fx")


async def test_what_nobody_ends_is_seen_in_progress_and_ends_once(
    slack: SlackSandbox, recorder: Recorder, client: AsyncWebClient
) -> None:
    begun = await slack.workflows.run("count_people", GIVEN, redeliver=1)
    event = recorder.last.payload["event"]
    assert event["bot_access_token"].startswith("xwfp-")
    assert [each.payload["event"]["function_execution_id"] for each in recorder.received] == [
        begun.id
    ] * 2
    assert begun.progress is Progress.RUNNING
    with pytest.raises(SlackApiError, match="parameter_validation_failed") as refused:
        await client.functions_completeSuccess(
            function_execution_id=begun.id, outputs={"count": "3", "more": 1}
        )
    assert refused.value.response["errors"] == ["more was not declared", "count is no number"]
    with pytest.raises(SlackApiError, match="function_execution_not_found"):
        await client.functions_completeError(function_execution_id="Fx0", error="No.")
    await client.functions_completeError(function_execution_id=begun.id, error="No list.")
    with pytest.raises(SlackApiError, match="execution_not_in_running_state"):
        await client.functions_completeSuccess(function_execution_id=begun.id, outputs={"count": 3})
    ended = slack.workflows.executions[begun.id]
    assert (ended.progress, ended.error) == (Progress.FAILED, "No list.")


async def test_the_token_that_comes_with_a_step_is_good_for_nothing_else(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    await slack.workflows.run("count_people", GIVEN)
    token = recorder.last.payload["event"]["bot_access_token"]
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await AsyncWebClient(token=token, base_url=slack.api_url).chat_postMessage(
            channel="CTRAIN", text="Hello"
        )


async def test_options_have_to_be_there_when_the_app_acknowledges(
    slack: SlackSandbox, bolt: AsyncApp
) -> None:
    heard: list[dict[str, Any]] = []

    @bolt.function("find_lists", auto_acknowledge=False)
    async def find(inputs: dict[str, Any], complete: Any, ack: Any, client: Any) -> None:
        heard.append(inputs)
        client.token = slack.bot_token
        if inputs["query"]:
            text = {"type": "plain_text", "text": "Everybody"}
            await complete({"options": [{"text": text, "value": "L1"}]})
        await ack()

    picked = await slack.workflows.options("count_people", "list", query="every")
    assert [each["value"] for each in picked.options] == ["L1"]
    assert heard[0]["builder"]["id"] == "UADA"
    assert "of" not in heard[0]
    late = await slack.workflows.options("count_people", "list", values={"person": "UBEN"})
    assert (late.error, late.options, heard[1]["of"]) == ("options_not_ready", [], "UBEN")


async def test_only_people_of_the_workspace_run_it_and_only_with_what_fits(
    slack: SlackSandbox, recorder: Recorder
) -> None:
    outsider = next(each.id for each in slack.workspace.users.values() if each.is_external)
    for values, user, why in (
        (GIVEN, outsider, "home_team_only"),
        ({"person": WHO_RUNS}, "UADA", "list is missing"),
        ({**GIVEN, "person": 7}, "UADA", "person is no slack#/types/user_id"),
    ):
        with pytest.raises(ValueError, match=why):
            await slack.workflows.run("count_people", values, user=user)
    scheduled = await slack.workflows.run("count_people", GIVEN, on_schedule=True)
    assert "began_by" not in scheduled.inputs
    assert len(recorder.received) == 1
