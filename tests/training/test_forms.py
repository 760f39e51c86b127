"""The same by hand: the report form, the Export button, and the shortcut on a message."""

from typing import Any

from sandbox.slack import Message, View
from tests.asking.answers import chosen
from tests.asking.seeing import bytes_of, table, words
from tests.stage import Stage

REPORT, EXPORT = "get_training_report", "export_data"
Filled = dict[str, dict[str, Any]]


async def test_the_global_shortcut_brings_a_report_into_the_chosen_channel(stage: Stage) -> None:
    form = await report_form(stage)

    outcome = await stage.slack.submit(
        form, values=filled(flow="onboarding", period="last-7d", status="overdue")
    )
    await stage.settle()

    assert outcome.errors == {}
    assert stage.slack.view_of("UADA") is None
    [message] = stage.said("CFIELD")
    assert "17\N{EN DASH}23 Nov is overdue in Onboarding" in message.text


async def test_the_form_can_ask_for_a_file_and_for_modules(stage: Stage) -> None:
    values = filled(flow="onboarding") | {"format": {"format": "csv"}}
    values |= {"detailed": {"detailed": ["detailed"]}}
    await stage.slack.submit(await report_form(stage), values=values)
    await stage.settle()

    [file] = stage.slack.files
    assert file.channel == "CFIELD"
    assert b"Security basics: completed" in bytes_of(file)


async def test_two_dates_in_the_form_count_instead_of_the_period(stage: Stage) -> None:
    values = filled(flow="onboarding") | dates("2026-10-01", "2026-10-31")
    await stage.slack.submit(await report_form(stage), values=values)
    await stage.settle()

    [message] = stage.said("CFIELD")
    assert "assigned 1\N{EN DASH}31 Oct" in message.text


async def test_a_report_into_a_channel_without_the_bot_comes_all_the_same(stage: Stage) -> None:
    values = filled(flow="onboarding") | {"conversation": {"conversation": "CRANDOM"}}
    await stage.slack.submit(await report_form(stage), values=values)
    await stage.settle()

    [message] = stage.slack.messages("CRANDOM")
    assert "in Onboarding (" in message.text


async def test_the_pick_list_offers_named_flows_while_one_types(stage: Stage) -> None:
    form = await report_form(stage)

    for typed, offered in (
        ("", ["All named flows", "gdpr", "ladder safety", "new hires", "onboarding"]),
        ("on", ["onboarding"]),
        ("SAFE", ["ladder safety"]),
        ("flow_x1", ["The flow with the id flow_x1"]),
        ("<!channel>", []),
    ):
        outcome = await stage.slack.options(form, action_id="flow", query=typed)
        assert (outcome.status, outcome.error) == (200, "")
        assert [one["text"]["text"] for one in outcome.options] == offered
    assert len(stage.momoflow.calls) == 0


async def test_what_is_wrong_in_the_form_is_said_beside_its_input(stage: Stage) -> None:
    flow, flow_id = {"flow": {"flow": "onboarding"}}, {"flow_id": {"flow_id": "flow_x1"}}
    for values, wrong in (
        ({}, {"flow": "Choose a flow here, or give its id below."}),
        (
            {"flow_id": {"flow_id": "two words"}},
            {"flow_id": "An id is one word, such as flow_123abc."},
        ),
        (flow | flow_id, {"flow_id": "Choose a name or give an id, not both."}),
        (
            flow | {"first_day": {"first_day": "2026-10-01"}},
            {"last_day": "Give both dates, or none."},
        ),
    ):
        form = await report_form(stage)
        outcome = await stage.slack.submit(
            form, values=values | {"conversation": {"conversation": "CFIELD"}}
        )
        assert outcome.errors == wrong
        assert stage.slack.view_of("UADA") is not None


async def test_a_report_told_where_the_bot_is_no_member_can_be_exported_by_its_button(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onboarding last-7d", channel="CRANDOM")
    [report] = stage.slack.messages("CRANDOM")

    await chosen(stage, report)

    [file] = stage.slack.files
    assert file.channel == stage.slack.workspace.direct_message("UADA").id


async def test_a_form_that_was_wrong_can_be_put_right_and_sent(stage: Stage) -> None:
    form = await report_form(stage)
    wrong = filled(flow="onboarding") | dates("2026-10-31", "2026-10-01")
    outcome = await stage.slack.submit(form, values=wrong)
    [sentence] = outcome.errors.values()
    assert "The earlier day comes first" in sentence
    assert outcome.view is not None

    await stage.slack.submit(outcome.view, values=dates("2026-10-01", "2026-10-31"))
    await stage.settle()

    [message] = stage.said("CFIELD")
    assert "assigned 1\N{EN DASH}31 Oct" in message.text


async def test_the_export_button_exports_the_days_the_report_was_about(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d overdue")
    await stage.command("/flow-report onboarding last-7d")
    _, report = stage.said()
    people = sorted(row[0] for row in table(report, "Overdue first"))
    await stage.at(stage.clock.now().replace(day=30))

    await chosen(stage, report)

    [file] = stage.slack.files
    assert file.channel == report.channel
    assert sorted(line.split(",")[0] for line in lines(stage)[1:]) == people
    assert "Assigned 17\N{EN DASH}23 Nov" in words(stage.said()[-1])


async def test_the_export_form_says_what_it_is_about(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-30d overdue")
    [report] = stage.said()

    await stage.slack.message_shortcut(EXPORT, message=report)

    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "onboarding overdue 2026-10-25..2026-11-23" in words(form)


async def test_the_shortcut_on_a_report_exports_the_data_behind_it(stage: Stage) -> None:
    await stage.command("/flow-report onboarding overdue")
    [report] = stage.said()

    await stage.slack.message_shortcut(EXPORT, message=report, user="UGRACE")
    await exported(stage, user="UGRACE")

    assert {line.split(",")[1] for line in lines(stage)[1:]} == {"overdue"}
    assert "Asked by grace" in words(stage.said()[-1])


async def test_a_private_reports_export_stays_private(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d privately")
    report = stage.slack.ephemerals("UADA")[-1]

    await chosen(stage, report)

    [file] = stage.slack.files
    assert file.channel == stage.slack.workspace.direct_message("UADA").id
    assert stage.said("CTRAIN") == []


async def report_form(stage: Stage) -> View:
    """Choose the global shortcut and return the form it opens."""
    outcome = await stage.slack.shortcut(REPORT)
    assert outcome.status == 200
    form = stage.slack.view_of("UADA")
    assert form is not None
    return form


async def exported(stage: Stage, *, user: str = "UADA") -> Message | None:
    """Submit the export form as CSV and wait."""
    form = stage.slack.view_of(user)
    assert form is not None
    outcome = await stage.slack.submit(form, values={"format": {"format": "csv"}}, user=user)
    assert outcome.errors == {}
    await stage.settle()
    return outcome.message


def filled(*, flow: str, period: str = "any", status: str = "any") -> Filled:
    """Return the values of a report form for #field-reports."""
    return {
        "flow": {"flow": flow},
        "period": {"period": period},
        "status": {"status": status},
        "conversation": {"conversation": "CFIELD"},
    }


def dates(first: str, last: str) -> Filled:
    """Return two dates as the form holds them."""
    return {"first_day": {"first_day": first}, "last_day": {"last_day": last}}


def lines(stage: Stage) -> list[str]:
    """Return the lines of the only file."""
    [file] = stage.slack.files
    return bytes_of(file).decode().splitlines()


async def test_the_form_is_opened_by_its_word(stage: Stage) -> None:
    await stage.slack.command("/flow-report form", user="UADA", channel="CTRAIN")

    view = stage.slack.view_of("UADA")
    assert view is not None
    assert view.raw["callback_id"] == "get_training_report"
