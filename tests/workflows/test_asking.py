"""Exports of workflow events: asked for in Slack, the file in the thread of its message."""

import csv
import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import load_workbook

from bot.outbox.words import CAME_LATER
from tests.asking.answers import chosen, from_menu
from tests.asking.seeing import bytes_of, picked, tables, words
from tests.stage import Stage
from tests.tables.second_reader import seen

STEP = '/flow-export "Spring campaign" step 1 last-7d'


async def test_workflows_are_listed_by_name(stage: Stage) -> None:
    await stage.command("/flow-export workflows")

    [told] = stage.said()
    assert "Spring campaign" in words(told)
    assert "6 workflows" in words(told)


async def test_a_workflow_is_found_by_part_of_its_name_and_shown_with_its_dates(
    stage: Stage,
) -> None:
    await stage.command("/flow-export info spring")

    [told] = stage.said()
    assert "interaction" in words(told)
    assert "last event" in words(told)
    await from_menu(stage, told, "Export a step", "Another step or period")
    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "Only these actions" in words(form)


async def test_a_step_is_chosen_in_the_card_of_its_workflow(stage: Stage) -> None:
    await stage.command("/flow-export info spring")
    await from_menu(stage, stage.said()[0], "Export a step", "Step 2, last 7 days")

    assert stage.said()[-1].text.startswith("Spring campaign, step 2, last 7 days")
    assert stage.slack.view_of("UADA") is None


async def test_one_of_many_workflows_is_chosen_in_their_list(stage: Stage) -> None:
    await stage.command("/flow-export workflows")
    await from_menu(stage, stage.said()[0], "Export from a workflow", "Spring campaign")

    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "Spring campaign" in str(form.values)


async def test_a_file_comes_into_the_thread_and_its_message_tells_rows_size_and_the_first_rows(
    stage: Stage,
) -> None:
    await stage.command(f"{STEP} csv")

    [parent] = stage.said()
    [file] = stage.slack.files
    rows = rows_of(bytes_of(file))
    assert (file.channel, file.thread_ts) == ("CTRAIN", parent.ts)
    assert f"{len(rows):,} rows" in parent.text
    assert "file in the thread" in parent.text
    [preview] = tables(parent)
    assert len(preview["rows"]) == 3 + 1
    assert file.name == "spring-campaign-step-1-2026-11-17..2026-11-23.csv"


async def test_a_workbook_has_real_moments_a_filter_and_notes(stage: Stage) -> None:
    await stage.command(f"{STEP} xlsx")

    [parent] = stage.said()
    book = load_workbook(io.BytesIO(bytes_of(stage.slack.files[0])))
    events = book["Events"]
    heading, *rows = events.iter_rows(values_only=True)
    assert heading[0] == "timestamp (Europe/Berlin)"
    assert {type(row[0]) for row in rows} == {datetime}
    assert (events.freeze_panes, events.auto_filter.ref) == ("A2", events.dimensions)
    assert f": {len(rows):,} rows." in parent.text
    assert {row[0].value: row[1].value for row in book["Notes"]}["Rows in Events"] == len(rows)


@pytest.mark.parametrize("length", [True, False])
async def test_a_workbook_of_very_many_rows_is_the_vendors_own_with_its_rows_counted(
    stage: Stage, *, length: bool
) -> None:
    stage.giosg.set_switch("export_megabytes", 9)
    stage.giosg.set_switch("unknown_length", not length)
    await stage.command(f"{STEP} xlsx")

    [parent] = stage.said()
    [file] = stage.slack.files
    with zipfile.ZipFile(io.BytesIO(bytes_of(file))) as archive:
        rows = archive.read("xl/worksheets/sheet1.xml").count(b"<row") - 1
    assert f": {rows:,} rows." in parent.text


async def test_a_goal_and_a_limit_narrow_the_rows(stage: Stage) -> None:
    await stage.command(f"{STEP} csv goal limit 7")

    [file] = stage.slack.files
    rows = rows_of(bytes_of(file))
    assert len(rows) == 7
    [parent] = stage.said()
    assert "Limit of 7 rows reached" in words(parent)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_long_period_is_asked_in_parts_and_joined_with_one_heading(
    stage: Stage, form: str
) -> None:
    await stage.command(f'/flow-export "Spring campaign" step 3 2026-02-01..2026-11-20 {form} goal')

    [parent] = stage.said()
    [file] = stage.slack.files
    assert "Joined from 2 parts" in words(parent)
    if form == "csv":
        rows = rows_of(bytes_of(file))
        assert f"{len(rows):,} rows" in parent.text
        days = [next(cell for cell in row.values() if cell.startswith("2026-")) for row in rows]
        assert days[0] < "2026-03"
        assert days[-1] > "2026-11"
        assert bytes_of(file).count(rows_heading(bytes_of(file))) == 1


async def test_a_joined_workbook_is_typed_and_notes_where_it_is_from(stage: Stage) -> None:
    asked = "step 3 2026-02-01..2026-11-20 xlsx goal limit 40"
    await stage.command(f'/flow-export "Spring campaign" {asked}')

    [file] = stage.slack.files
    sheets = seen(bytes_of(file))
    assert sheets["Events"].rows[0][:2] == ["timestamp (Europe/Berlin)", "action"]
    assert {type(row[0]) for row in sheets["Events"].rows[1:]} == {datetime}
    assert {type(row[6]) for row in sheets["Events"].rows[1:]} <= {int, float}
    notes = {row[0]: row[1] for row in sheets["Notes"].rows}
    assert notes["Source"] == 'giosg, workflow "Spring campaign"'
    assert notes["Period"] == "1 Feb to 20 Nov 2026"
    assert notes["Time zone"] == "Europe/Berlin"
    assert notes["Filter: Goal"] == "only events that reached one"
    assert notes["Filter: Limit"] == "40 rows"
    assert notes["Rows in Events"] == 40


async def test_a_joined_workbook_of_a_few_rows_is_shown_in_slack(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" step 3 2026-02-01..2026-11-20 xlsx limit 4')

    [parent] = stage.said()
    assert stage.slack.files == []
    [shown] = tables(parent)
    assert len(shown["rows"]) == 4 + 1


@pytest.mark.parametrize("answer", ["a header", "no bytes", "404"])
async def test_an_empty_period_is_a_sentence_and_no_file(stage: Stage, answer: str) -> None:
    stage.giosg.set_switch("empty_period", answer)

    await stage.command('/flow-export "Autumn campaign" step 1 last-7d csv')

    [parent] = stage.said()
    assert stage.slack.files == []
    assert "no events" in parent.text


async def test_a_few_rows_are_shown_in_slack_and_come_as_a_file_when_that_is_wanted(
    stage: Stage,
) -> None:
    await stage.command(f"{STEP} csv limit 3")
    [parent] = stage.said()
    assert stage.slack.files == []
    [shown] = tables(parent)
    assert len(shown["rows"]) == 3 + 1

    await chosen(stage, parent)

    assert len(stage.slack.files) == 1


async def test_a_csv_is_written_anew_so_that_spreadsheets_read_it_and_run_nothing(
    stage: Stage,
) -> None:
    await stage.command('/flow-export "Web navigation" step 1 last-7d csv')

    [file] = stage.slack.files
    content = bytes_of(file)
    notes = {row["note"] for row in rows_of(content)}
    assert content.startswith("\ufefftimestamp,".encode())
    assert "/blog/äänekoski" in content.decode()
    assert {"'-2+3", '\'@SUM(1+1)*cmd|"/C calc"!A0'} <= notes
    assert not [note for note in notes if note.startswith(("=", "+", "-", "@"))]


async def test_a_csv_keeps_its_separator(stage: Stage) -> None:
    stage.giosg.set_switch("csv_semicolons", value=True)
    await stage.command(f"{STEP} csv")

    [file] = stage.slack.files
    assert bytes_of(file).startswith("\ufefftimestamp;action;".encode())


async def test_a_csv_that_is_no_utf_8_becomes_it_and_is_told_of(stage: Stage) -> None:
    stage.giosg.set_switch("csv_latin_1", value=True)
    await stage.command('/flow-export "Web navigation" step 1 last-7d csv')

    [file] = stage.slack.files
    [parent] = stage.said()
    assert "/blog/äänekoski" in bytes_of(file).decode()
    [shared] = stage.slack.thread("CTRAIN", parent.ts)
    assert "read as Windows-1252" in shared.text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "written", ["in UTF-16", "with bare CR", "under a title", "with longer rows"]
)
async def test_however_a_csv_is_written_its_cells_arrive(
    stage: Stage, form: str, written: str
) -> None:
    asked = f'/flow-export "Spring campaign" step 3 2026-02-01..2026-11-20 {form} limit 40'
    await stage.command(asked)
    stage.giosg.set_switch("csv_form", written)
    await stage.command(asked)

    usual, odd = map(bytes_of, stage.slack.files)
    assert [": 40 rows." in each.text for each in stage.said()] == [True, True]
    more = "extra" if written == "with longer rows" else ""
    if form == "csv":
        rows = list(csv.reader(io.StringIO(odd.decode("utf-8-sig"), newline="")))
        if written == "under a title":
            assert rows.pop(0) == ["Events of the step"]
        assert [row[8:] for row in rows[1:]] == [[more] if more else []] * 40
        assert [row[:8] for row in rows] == [
            [cell.replace("\r\n", "\r") if written == "with bare CR" else cell for cell in row]
            for row in csv.reader(io.StringIO(usual.decode("utf-8-sig"), newline=""))
        ]
    else:
        first, second = (seen(book)["Events"].rows for book in (usual, odd))
        assert [row[:8] for row in second] == first
        assert {row[8] for row in second[1:] if row[8:]} == ({more} if more else set())


async def test_a_download_that_breaks_is_fetched_again_and_never_posted_in_part(
    stage: Stage,
) -> None:
    await stage.command("/flow-export info spring privately")
    stage.giosg.set_switch("cut_body", 1)

    await stage.command(f"{STEP} csv")

    [file] = stage.slack.files
    [parent] = stage.said()
    assert f"{len(rows_of(bytes_of(file))):,} rows" in parent.text


async def test_a_download_that_keeps_breaking_posts_nothing_and_its_message_says_so(
    stage: Stage,
) -> None:
    await stage.command("/flow-export info spring privately")
    stage.giosg.set_switch("cut_body", 9)

    await stage.command(f"{STEP} csv")

    [parent] = stage.said()
    assert stage.slack.files == []
    assert "broke off" in parent.text
    assert len([call for call in stage.giosg.calls if call.path.endswith("/download/")]) == 2


async def test_sent_again_its_first_message_stays_in_words_of_its_own(stage: Stage) -> None:
    await stage.command("/flow-export info spring privately")
    stage.giosg.set_switch("cut_body", 9)
    await stage.command(f"{STEP} csv")
    stage.giosg.set_switch("cut_body", 0)
    [parent] = stage.said()
    [explained] = stage.slack.thread("CTRAIN", parent.ts)
    await stage.slack.click(explained, action_id="try_again")
    await stage.settle()

    assert len(stage.slack.files) == 1
    [now] = [each for each in stage.said() if each.ts == parent.ts]
    assert "broke off" in now.text
    assert CAME_LATER not in now.text + str(now.blocks)


async def test_a_step_that_giosg_knows_nothing_of_may_not_exist(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" step 9 last-7d csv')
    await stage.command('/flow-export "Spring campaign" step 9 last-7d show')

    doubts = [told.text for told in stage.said()]
    assert len(doubts) == 2
    assert all("Does that step exist?" in text for text in doubts)


async def test_a_longer_period_is_offered_once(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" step 9 last-7d csv')
    await stage.slack.click(stage.said()[-1], action_id="do")
    await stage.settle()

    told = stage.said()[-1]
    assert "last 90 days: no events" in told.text
    assert "'Last 90 days'" not in str(told.blocks)


async def test_a_workflow_that_nobody_knows_is_looked_for_in_the_list(stage: Stage) -> None:
    await stage.command("/flow-export banana step 1")

    told = stage.slack.ephemerals("UADA")[-1]
    assert told.text == 'I can\'t find a workflow called "banana".'
    await stage.slack.click(told, action_id="do")
    await stage.settle()
    assert "6 workflows" in words(stage.said()[-1])


async def test_an_empty_period_of_a_step_leaves_no_doubt_about_the_step(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" step 1 2020-01-01..2020-01-02 csv')

    [parent] = stage.said()
    assert stage.slack.files == []
    assert "no events" in parent.text
    assert "It may also be" not in parent.text


async def test_a_page_in_place_of_a_file_is_refused(stage: Stage) -> None:
    stage.giosg.set_switch("wrong_content", "a JSON refusal")

    await stage.command(f"{STEP} csv")

    [parent] = stage.said()
    [why] = stage.slack.thread("CTRAIN", parent.ts)
    assert stage.slack.files == []
    assert "giosg didn't accept this." in parent.text
    assert "The query took too long." in why.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("a zip bomb", "giosg sent more than I can take."),
        ("half a workbook", "giosg sent something I can't read"),
    ],
)
async def test_a_workbook_that_nobody_could_open_is_refused(
    stage: Stage, wrong: str, said: str
) -> None:
    stage.giosg.set_switch("wrong_content", wrong)
    stage.giosg.set_switch("export_megabytes", 9)

    await stage.command(f"{STEP} xlsx")

    [parent] = stage.said()
    assert stage.slack.files == []
    assert said in parent.text


async def test_a_name_that_fits_several_workflows_is_picked_from_a_list(stage: Stage) -> None:
    await stage.command("/flow-export campaign step 1 last-7d csv")
    [question] = stage.slack.ephemerals("UADA")
    assert "campaign" in question.text

    await picked(stage, "Spring", asked=question)

    [parent] = stage.said()
    assert parent.text.startswith("Spring campaign, step 1")
    assert len(stage.slack.files) == 1


async def test_a_misspelt_workflow_is_answered_with_the_nearest_name(stage: Stage) -> None:
    await stage.command("/flow-export springcampain step 1 csv")

    assert 'Did you mean "Spring campaign"?' in stage.whispered()[-1]


@pytest.mark.parametrize(
    ("switch", "said"),
    [
        ("subscription", "no active subscription"),
        ("organization", "no access to this organization"),
        ("permission", "lacks the reporting permission"),
    ],
)
async def test_each_kind_of_refusal_has_its_own_sentence(
    stage: Stage, switch: str, said: str
) -> None:
    stage.giosg.set_switch("forbidden", switch)

    await stage.command(f"{STEP} csv")

    assert said in stage.whispered()[-1]


async def test_the_counts_beside_the_chart_are_shown(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" counts last-7d')

    [told] = stage.said()
    assert "visitors" in told.text


@pytest.mark.parametrize(
    ("form", "there", "missing"),
    [
        ("by day alone", "By day of the week", "By time of day"),
        ("by hour alone", "By time of day", "By day of the week"),
    ],
)
async def test_counts_may_be_by_day_or_by_hour_alone(
    stage: Stage, form: str, there: str, missing: str
) -> None:
    stage.giosg.set_switch("sidedata_form", f"of pages, {form}")
    await stage.command('/flow-export "Spring campaign" counts last-7d')

    shown = str(stage.said()[0].blocks)
    assert there in shown
    assert missing not in shown


async def test_the_counts_can_be_had_as_a_file(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" counts last-7d')
    await stage.slack.message_shortcut("export_data", message=stage.said()[0])
    form = stage.slack.view_of("UADA")
    assert form is not None

    await stage.slack.submit(form, values={"format": {"format": "csv"}})
    await stage.settle()

    [file] = stage.slack.files
    assert {row["Figure"] for row in rows_of(bytes_of(file))} >= {"Visitors", "Hour", "Weekday"}


async def test_the_counts_come_as_a_workbook_by_a_word(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" counts last-7d xlsx')

    [file] = stage.slack.files
    rows = list(load_workbook(io.BytesIO(bytes_of(file)))["Events"].iter_rows(values_only=True))
    assert rows[0] == ("Figure", "When", "Count")
    assert [row[1] for row in rows if row[0] == "Weekday"] == [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    ]  # fmt: skip


async def test_the_figures_of_the_chart_are_a_table_without_ids(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" chart last-7d')

    [told] = stage.said()
    [table] = tables(told)
    heading, *rows = [[cell["text"] for cell in row] for row in table["rows"]]
    assert heading == ["Step", "Action", "Count"]
    assert [row[:2] for row in rows[:3]] == [["1", f"Element {n}"] for n in (1, 2, 3)]
    assert "element-" not in words(told)
    assert "Export for the ids" in words(told)


async def test_the_figures_of_the_chart_are_a_workbook_with_their_ids(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" chart last-7d xlsx')

    [parent] = stage.said()
    book = load_workbook(io.BytesIO(bytes_of(stage.slack.files[0])))
    heading, first, *others = book["Nodes"].iter_rows(values_only=True)
    assert heading == ("Step", "Action", "Count")
    assert str(first[1]).startswith("element-")
    assert isinstance(first[2], int)
    assert [row[0].value for row in book["More figures"]] == ["Figure", "Total"]
    assert f"{len(others) + 1} rows" in parent.text


async def test_the_figures_of_the_chart_can_be_had_as_a_file_of_one_action(stage: Stage) -> None:
    await stage.command('/flow-export "Web navigation" chart last-7d csv action /checkout')

    [file] = stage.slack.files
    values = {row["Field"]: row["Value"] for row in rows_of(bytes_of(file))}
    assert file.name == "web-navigation-chart-2026-11-17..2026-11-23.csv"
    assert {values[name] for name in values if name.endswith(".action")} == {"/checkout"}


async def test_events_outside_the_steps_come_as_a_file(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" source last-7d xlsx')

    [parent] = stage.said()
    [file] = stage.slack.files
    assert bytes_of(file).startswith(b"PK")
    assert "events outside the steps" in parent.text


@pytest.mark.parametrize("form", ["csv", "show"])
async def test_no_events_outside_the_steps_are_a_sentence_and_no_file(
    stage: Stage, form: str
) -> None:
    stage.giosg.set_switch("empty_period", "404")
    await stage.command(f'/flow-export "Web navigation" source last-7d {form}')

    [parent] = stage.said()
    assert stage.slack.files == []
    assert "no events" in parent.text


async def test_the_form_asks_for_the_same(stage: Stage) -> None:
    await stage.slack.shortcut("export_workflow_step")
    await stage.settle()
    form = stage.slack.view_of("UADA")
    assert form is not None
    offered = await stage.slack.options(form, action_id="workflow", query="spring")
    [spring] = [each["value"] for each in offered.options]

    values = {
        "workflow": {"workflow": spring},
        "step": {"step": "1"},
        "conversation": {"conversation": "CFIELD"},
    }
    sent = await stage.slack.submit(form, values=values)
    await stage.settle()

    assert sent.errors == {}
    [file] = stage.slack.files
    assert file.channel == "CFIELD"
    assert file.name.startswith("spring-campaign")


async def test_a_private_export_comes_by_direct_message(stage: Stage) -> None:
    await stage.command(f"{STEP} csv privately")

    [file] = stage.slack.files
    assert file.channel == stage.slack.workspace.direct_message("UADA").id
    assert stage.said() == []


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows_heading(content: bytes) -> bytes:
    """Return the first line."""
    return content.splitlines()[0]


async def test_moments_are_told_as_people_read_them(stage: Stage) -> None:
    await stage.command('/flow-export "Spring campaign" step 2 last-7d csv')

    shown = words(stage.said()[-1])
    assert "17 Nov, 0" in shown
    assert "2026-11-17T" not in shown
