"""All flows that have a name, in one answer: who is behind anywhere, as a message and as a file."""

import csv
import io
from datetime import timedelta

from openpyxl import load_workbook

from tests.asking.seeing import bytes_of, picked, table, words
from tests.stage import Stage
from tests.training.test_reports import pressed

FLOWS = ("flow_gdpr01", "flow_safe01", "flow_empty1", "flow_onb001")


async def test_all_flows_are_one_table_the_most_overdue_first(stage: Stage) -> None:
    await stage.command("/flow-report all")

    [message] = stage.said()
    rows = table(message, "Most overdue first")
    assert [row[0] for row in rows][2:] == ["Brand new flow", "Ladder Safety"]
    assert sorted(int(row[1]) for row in rows) == [int(row[1]) for row in rows][::-1]
    done, total = (sum(int(row[at].replace(",", "")) for row in rows) for at in (2, 3))
    assert f"are overdue in 2 of 4 flows ({done:,} of {total:,} done, " in message.text
    assert len(stage.momoflow.calls) == 4


async def test_who_is_overdue_anywhere_is_asked_by_one_word(stage: Stage) -> None:
    for typed in ("overdue", "all overdue", "who is overdue?"):
        await stage.command(f"/flow-report {typed} privately")
        message = stage.slack.ephemerals("UADA")[-1]
        rows = table(message, "Longest assigned first")
        assert {row[1] for row in rows} <= {"Data protection basics", "Onboarding"}
        assert f"of {len(late(stage))} assignments." in words(message)


async def test_from_all_flows_one_press_leads_to_the_people_and_to_one_flow(stage: Stage) -> None:
    await stage.command("/flow-report all")
    [overview] = stage.said()
    await pressed(stage, overview, "Who is overdue")
    assert table(stage.said()[-1], "Longest assigned first")

    await pressed(stage, overview, "Onboarding")
    assert "overdue in Onboarding (" in stage.said()[-1].text
    await pressed(stage, stage.said()[-1], "All flows")
    assert "of 4 flows" in stage.said()[-1].text


async def test_a_flow_of_two_names_is_asked_and_counted_once(stage: Stage) -> None:
    await stage.command("/flow-report name welcome flow_onb001")
    before = len(stage.momoflow.calls)
    stage.clock.advance(seconds=60)
    await stage.command("/flow-report all")

    assert "of 4 flows" in stage.said()[-1].text
    assert len(stage.momoflow.calls) - before == 4


async def test_a_flow_that_cannot_be_had_does_not_spoil_the_rest(stage: Stage) -> None:
    await stage.command("/flow-report name gone flow_safe01")
    del stage.momoflow.organisation.flows["flow_safe01"]
    await stage.command("/flow-report all")

    [*_, message] = stage.said()
    assert "of 3 flows" in message.text
    assert "gone is not counted: MomoFlow doesn't know this flow." in words(message)


async def test_where_no_flow_can_be_had_it_is_a_failure(stage: Stage) -> None:
    stage.momoflow.organisation.flows.clear()
    await stage.command("/flow-report all")

    assert stage.said() == []
    assert stage.whispered()[-1].startswith("MomoFlow doesn't know this flow.")


async def test_without_any_name_it_says_how_to_give_one(stage: Stage) -> None:
    for name in ("gdpr", "ladder safety", "new hires", "onboarding"):
        await stage.command(f"/flow-report unname {name}")
    await stage.command("/flow-report all")

    assert stage.said()[-1].text.startswith("No flow has a name here yet.")

    await stage.command("/flow subscribe report all daily 09:00")
    assert stage.whispered()[-1].startswith("No flow has a name here yet.")


async def test_what_changed_is_told_of_all_flows(stage: Stage) -> None:
    await stage.command("/flow-report all")
    await stage.at(stage.clock.now() + timedelta(days=1))
    await stage.command("/flow-report all")

    assert "Since 08:30 yesterday: " in stage.said()[-1].text
    assert " more completed (+" in stage.said()[-1].text


async def test_a_flow_named_since_then_is_no_change(stage: Stage) -> None:
    await stage.command("/flow-report unname new hires")
    await stage.command("/flow-report all")
    await stage.command("/flow-report name new hires flow_empty1")
    await stage.command("/flow-report all")

    assert "since" not in stage.said()[-1].text.casefold()


async def test_a_digest_can_be_of_all_flows(stage: Stage) -> None:
    await stage.command("/flow subscribe report all overdue daily 09:00")
    await stage.at(stage.clock.now() + timedelta(days=1))

    digest = stage.said()[-1]
    assert "are overdue in 3 of 4 flows (" in digest.text
    assert table(digest, "Longest assigned first")


async def test_all_flows_over_time_are_summed(stage: Stage) -> None:
    await stage.command("/flow-report all by month")

    [message] = stage.said()
    [thread] = stage.slack.thread("CTRAIN", message.ts)
    counts = table(thread, "By month assigned")
    assert counts[0][0] == "Nov 2026 (incomplete)"
    flows = stage.momoflow.organisation.flows
    everybody = [one for each in FLOWS for one in flows[each].enrolments]
    now = stage.clock.now()
    assert sum(int(row[1]) for row in counts) == sum(one.assigned_at < now for one in everybody)


async def test_all_flows_as_a_workbook_have_a_sheet_of_people_and_one_of_flows(
    stage: Stage,
) -> None:
    await stage.command("/flow-report all overdue export xlsx")

    [file] = stage.slack.files
    assert file.name == "All-flows-2026-11-23.xlsx"
    book = load_workbook(io.BytesIO(bytes_of(file)))
    heads, *rows = book["People"].iter_rows(values_only=True)
    assert heads[:3] == ("Flow", "Person", "Status")
    assert sorted(row[1] for row in rows) == late(stage)
    assert book["Flows"].max_row == 5


async def test_all_flows_as_csv_are_our_own_table(stage: Stage) -> None:
    await stage.command("/flow-report all overdue export csv")

    [file] = stage.slack.files
    rows = list(csv.DictReader(io.StringIO(bytes_of(file).decode("utf-8-sig"))))
    assert {row["Status"] for row in rows} == {"Overdue"}
    assert len(rows) == len(late(stage))


async def test_what_is_of_one_flow_alone_asks_which(stage: Stage) -> None:
    for typed, lead in (
        ("all export pdf", "MomoFlow makes files of one flow. Which one?"),
        ("all detailed", "Modules are shown for one flow. Which one?"),
    ):
        await stage.command(f"/flow-report {typed}")
        assert stage.whispered()[-1].startswith(lead)
        await picked(stage, "onboarding")
    assert "overdue in Onboarding (" in stage.said()[-1].text


async def test_the_form_offers_all_flows(stage: Stage) -> None:
    await stage.slack.shortcut("get_training_report")
    form = stage.slack.view_of("UADA")
    assert form is not None
    values = {"flow": {"flow": "all"}, "conversation": {"conversation": "CFIELD"}}
    await stage.slack.submit(form, values=values)
    await stage.settle()

    assert "of 4 flows" in stage.said("CFIELD")[-1].text


def late(stage: Stage) -> list[str]:
    """Return who is overdue in any named flow, in alphabetical order, as often as in a flow."""
    flows, now = stage.momoflow.organisation.flows, stage.clock.now()
    everybody = [one for each in FLOWS for one in flows[each].enrolments]
    return sorted(one.email for one in everybody if one.status(now) == "overdue")
