"""Every way into a form: opened within the acknowledgement, filled by a job, told where asked."""

import asyncio

import pytest
import structlog

from bot.assembly.features import FEATURES
from handlers import forms_of
from sandbox.slack.views import View
from tests.asking.seeing import picked, words
from tests.examples import examples
from tests.stage import Stage

FORMS = forms_of(FEATURES)
SHORTCUTS = [each.callback for each in FORMS if each.shortcut]
TYPED = {command: form for room in examples().values() for command, form in room.forms.items()}

BY_BUTTON = {"answer_run"}
"""No command opens it: the buttons of runs do, see tests/runs/test_buttons.py."""


def window(stage: Stage) -> View:
    shown = stage.slack.view_of("UADA")
    assert shown is not None
    return shown


@pytest.mark.parametrize("shortcut", SHORTCUTS)
async def test_a_global_shortcut_opens_its_form_before_it_is_acknowledged(
    stage: Stage, shortcut: str
) -> None:
    outcome = await stage.slack.shortcut(shortcut)

    assert (outcome.status, outcome.error) == (200, "")
    assert window(stage).raw["callback_id"] == shortcut
    assert "submit" in window(stage).raw


def test_every_form_that_a_job_fills_is_tried() -> None:
    assert {each.callback for each in FORMS if each.fill} <= {*TYPED.values(), *BY_BUTTON}


@pytest.mark.parametrize(("command", "form"), TYPED.items(), ids=list(TYPED))
async def test_a_command_opens_a_form_at_once_and_a_job_fills_it(
    stage: Stage, command: str, form: str
) -> None:
    outcome = await stage.slack.command(command, user="UADA", channel="CTRAIN")
    assert (outcome.status, outcome.error, outcome.text) == (200, "", "")
    opened = window(stage)

    await stage.settle()

    assert window(stage).id == opened.id
    assert window(stage).raw["callback_id"] == form


async def test_a_form_that_slack_refuses_says_so_in_its_window(stage: Stage) -> None:
    stage.slack.refuse("views.update", error="view_too_large")
    await stage.command("/flow-export Spring campaign")

    assert "Slack refused this" in words(window(stage))
    assert "view_too_large" in words(window(stage))


@pytest.mark.parametrize(
    ("command", "name", "form", "chosen"),
    [
        ("/flow-export campaign", "Spring", "export_workflow_step", "Spring campaign"),
        ("/flow-analytics form channel", "Brand", "field_analytics", "Brand new channel"),
    ],
)
async def test_an_ambiguous_name_is_picked_in_the_window_which_then_is_the_form(
    stage: Stage, command: str, name: str, form: str, chosen: str
) -> None:
    await stage.command(command)
    asked = window(stage)
    assert "Which one?" in words(asked)

    await picked(stage, name, asked=asked)

    assert window(stage).id == asked.id
    assert window(stage).raw["callback_id"] == form
    assert chosen in words(window(stage))


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/flow-export sprung campaign", 'Did you mean "Spring campaign"'),
        ("/flow-export wrkflows", 'Did you mean "workflows"'),
        ("/flow-export stpe 2", 'Did you mean "step"'),
        ("/flow-analytics form Site hazrads", 'Did you mean "Site hazards"'),
        ("/flow-events register quaterly", 'Did you mean "Quarterly update"'),
        ("/flow-events sign-on dekc", 'Did you mean "Help desk"'),
        ("/flow-export form <!everyone> *z* 😀", 'called "<!everyone> *z* 😀"'),
    ],
)
async def test_an_unknown_name_is_answered_in_the_window(
    stage: Stage, command: str, says: str
) -> None:
    await stage.command(command)

    assert says in words(window(stage))
    assert "submit" not in window(stage).raw
    assert stage.said() == []


async def test_a_window_that_was_closed_meanwhile_is_nothing_to_tell(stage: Stage) -> None:
    await stage.slack.command("/flow-export campaign", user="UADA", channel="CTRAIN")
    await stage.slack.close_view(window(stage))

    await stage.settle()

    assert stage.whispered() == []
    assert stage.slack.view_of("UADA") is None


async def test_what_is_wrong_is_said_beside_its_input_and_the_rest_stays(stage: Stage) -> None:
    await stage.slack.shortcut("export_workflow_step")
    await stage.settle()
    values = {
        "step": {"step": "nine"},
        "limit": {"limit": "12"},
        "conversation": {"conversation": "CFIELD"},
    }

    outcome = await stage.slack.submit(window(stage), values=values)

    assert set(outcome.errors) == {"workflow", "step"}
    kept = window(stage).values
    assert kept["limit"]["limit"]["value"] == "12"
    assert kept["conversation"]["conversation"]["selected_conversation"] == "CFIELD"


async def test_where_slack_is_slow_the_command_is_acknowledged_in_words_and_the_form_comes_late(
    stage: Stage,
) -> None:
    stage.bot.services.forms.patience = 0
    stage.slack.disturb("views.open", kind="slow", seconds=1)

    outcome = await stage.slack.command("/flow-run", user="UADA", channel="CTRAIN")
    assert outcome.status == 200
    assert "Slack takes long to open the window" in outcome.text

    await until_open(stage)
    await stage.settle()
    assert "submit" in window(stage).raw


async def test_where_slack_is_slow_a_shortcut_is_acknowledged_and_no_second_window_is_tried(
    stage: Stage,
) -> None:
    stage.bot.services.forms.patience = 0
    stage.slack.disturb("views.open", kind="slow", seconds=1)

    outcome = await stage.slack.shortcut("find_event")
    assert (outcome.status, outcome.error) == (200, "")

    await until_open(stage)
    assert [call.method for call in stage.slack.calls].count("views.open") == 1


async def test_a_window_that_slack_refuses_late_is_one_line_in_the_log(stage: Stage) -> None:
    stage.bot.services.forms.patience = 0
    stage.slack.refuse("views.open", error="expired_trigger_id", times=1)

    with structlog.testing.capture_logs() as logged:
        await stage.slack.shortcut("find_event")
        await asyncio.gather(*stage.bot.services.forms._carried_on, return_exceptions=True)

    [line] = logged
    assert (line["event"], line["error"]) == ("window_not_opened", "views.open: expired_trigger_id")
    assert stage.slack.view_of("UADA") is None


async def until_open(stage: Stage) -> None:
    await asyncio.gather(*stage.bot.services.forms._carried_on)
