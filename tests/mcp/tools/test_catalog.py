"""Which tool a button stands for: the same wish, with the fewest arguments, or none."""

from typing import Any

import pytest

from bot.asking.core.retyping import TypedLine
from bot.asking.rendering.offers import FormOpening, offer_value
from bot.asking.rendering.presses import FileOfAnswer
from bot.assembly.features import FEATURES
from bot.codec import dumps
from bot.digests.core.command import ListSubscriptions, Pause
from bot.fieldreports.question import AnalyticsQuestion
from bot.jobs.request import Intent
from bot.mcp.tools.catalog import Catalog
from bot.runs.core.command import StartFlow, WatchFlow
from bot.runs.question import RunsQuestion
from bot.training.core.command import ForgetName
from bot.training.question import ReportQuestion
from bot.webinars.question import EventsQuestion

CATALOG = Catalog(FEATURES)
ASKED = ReportQuestion("onboarding", status="overdue")


@pytest.mark.parametrize(
    ("wanted", "tool", "arguments"),
    [
        (ReportQuestion("all"), "get_training_overview", {}),
        (ReportQuestion("x", flow_id="flow_1"), "get_training_report", {"flow": "flow_1"}),
        (EventsQuestion("operators", export="csv"), "list_webinar_hosts", {"file": "csv"}),
        (EventsQuestion("info", "t", token="t9"), "get_webinar", {"webinar": "t9"}),
        (RunsQuestion(which="failed"), "list_runs", {"which": "failed"}),
        (RunsQuestion(), "get_run_summary", {}),
        (ListSubscriptions(everywhere=True, page=2, turned=True), "list_my_digests", {"page": 2}),
        (
            AnalyticsQuestion("x", "by-field", "last-30d", "Kind", channel_id="501", field_id="18"),
            "count_field_reports_by_field",
            {"channel": "501", "field": "18"},
        ),
    ],
)
def test_a_wish_is_the_call_of_its_tool(
    wanted: Intent, tool: str, arguments: dict[str, Any]
) -> None:
    found = CATALOG.call_of(wanted)

    assert found is not None
    assert (found.tool, dict(found.arguments)) == (tool, arguments)


@pytest.mark.parametrize(
    "wanted",
    [
        ForgetName("onboarding"),
        Pause(3),
        StartFlow("x"),
        WatchFlow("x"),
        ListSubscriptions(),
        ReportQuestion("x", export="xlsx", raw=True),
        RunsQuestion(which="nothing"),
    ],
)
def test_what_no_tool_wants_is_no_call(wanted: Intent) -> None:
    assert CATALOG.call_of(wanted) is None


@pytest.mark.parametrize(
    ("action", "value", "call"),
    [
        ("do", offer_value(RunsQuestion(which="failed")), 'list_runs {"which":"failed"}'),
        ("do:2", offer_value(RunsQuestion(which="failed")), 'list_runs {"which":"failed"}'),
        (
            "menu",
            dumps(FileOfAnswer("answer:1", "csv")),
            'get_training_report {"flow":"onboarding","status":"overdue","file":"csv"}',
        ),
        (
            "type_line",
            dumps(TypedLine("/flow-report", "gdpr last-7d")),
            'get_training_report {"flow":"gdpr","period":"last-7d"}',
        ),
        ("run_details", "3f2a9c1b", 'get_run {"run":"3f2a9c1b"}'),
        ("cancel_run", "3f2a9c1b", 'cancel_run {"run":"3f2a9c1b"}'),
        ("open_event", "t1", 'get_webinar {"webinar":"t1"}'),
    ],
)
def test_a_button_is_the_call_of_what_it_wants(action: str, value: str, call: str) -> None:
    found = CATALOG.pressed(action, value, asked=ASKED)

    assert found is not None
    assert f"{found.tool} {found.value}" == call


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("do", "no JSON"),
        ("do", "{}"),
        ("do", '{"job":"report","details":{"nothing":1}}'),
        ("do", offer_value(StartFlow("x"))),
        ("open_form", dumps(FormOpening("new_digest"))),
        ("type_line", dumps(TypedLine("/flow", "list"))),
        ("type_line", dumps(TypedLine("/flow-report", "assign x"))),
        ("type_line", dumps(TypedLine("/flow-report", "name x y"))),
        ("nobody_knows", "x"),
    ],
)
def test_what_changes_something_or_says_nothing_is_never_a_call(action: str, value: str) -> None:
    assert CATALOG.pressed(action, value, asked=ASKED) is None
    assert CATALOG.proposed("get_training_report", action, value) is None


def test_only_the_tool_that_proposes_something_has_its_button_confirmed() -> None:
    starts = offer_value(StartFlow("f1"))

    assert CATALOG.proposed("start_run", "do", starts) is not None
    assert CATALOG.proposed("cancel_run", "do", starts) is None
    assert CATALOG.proposed("get_smart_flow", "do", starts) is None


def test_only_services_of_the_list_have_tools() -> None:
    one = Catalog(FEATURES[:1])
    rooms = {each.name for each in FEATURES[0].tools()}

    names = {each.name.removeprefix("confirm_") for each in one.tools}
    assert rooms < names
    assert "list_runs" not in names
    assert one.call_of(RunsQuestion(which="failed")) is None
