"""Webinars asked for in Slack: lists, one event, its registrants, reports, operators and rooms."""

import csv
import io
import zipfile

import pytest

from tests.asking.answers import chosen
from tests.asking.seeing import bytes_of, interactive, label, picked, tables, words
from tests.stage import Stage
from tests.tables.reading import read_workbook
from tests.webinars.seeing import token_of

UPDATE = "Quarterly update"
GUESSED = (
    "It came without a known encoding and was read as Windows-1252, so look at its umlauts and "
    "accents."
)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("future", "20 upcoming events; next: Product tour, Tue 24 Nov, 15:00"),
        ("past", "past events; latest: "),
        ("current", "running now"),
        ("week", "in the next 7 days; next: "),
        ("all", "events; next: "),
        ("december", "events in December 2026; next: Product tour, Tue 1 Dec, 15:00"),
        ("next week", "2 events next week; next: Safety briefing"),
        ("past in october", "past events in October 2026; latest: "),
        ("tomorrow", "1 event tomorrow; next: Product tour, Tue 24 Nov, 15:00"),
    ],
)
async def test_events_are_listed_by_time(stage: Stage, view: str, said: str) -> None:
    await stage.command(f"/flow-events {view}")

    [told] = stage.said()
    assert said in told.text
    assert tables(told)


async def test_days_without_events_say_so_and_lead_on(stage: Stage) -> None:
    await stage.command("/flow-events march 2031")

    [told] = stage.said()
    assert told.text == "No events in March 2031."
    assert "Upcoming events" in words(told)


async def test_an_event_of_a_long_list_is_opened_by_choosing_it(stage: Stage) -> None:
    await stage.command("/flow-events future")
    [listed] = stage.said()
    [choice] = [each for each in interactive(listed.blocks) if each["action_id"] == "open_event"]
    assert "Tue 24 Nov, 15:00 · Product tour" in str(choice["options"][0])

    await stage.slack.click(listed, action_id="open_event", value=choice["options"][2]["value"])
    await stage.settle()

    assert stage.said()[-1].text.startswith("Quarterly update: Thu 26 Nov, 10:00")


async def test_an_event_of_a_short_list_is_a_button(stage: Stage) -> None:
    await stage.command("/flow-events current")
    [listed] = stage.said()
    assert listed.text == "1 event running now: Open office hours."

    await stage.slack.click(listed, action_id="do")
    await stage.settle()

    assert stage.said()[-1].text.startswith("Open office hours is on, since ")


async def test_a_list_can_be_had_as_a_file(stage: Stage) -> None:
    await stage.command("/flow-events future export csv")

    [file] = stage.slack.files
    rows = list(csv.DictReader(io.StringIO(bytes_of(file).decode("utf-8-sig"))))
    assert UPDATE in {row["Event"] for row in rows}
    assert any(row["Begins (Europe/Berlin)"] for row in rows)


async def test_one_event_is_shown_with_what_can_be_done_about_it(stage: Stage) -> None:
    event = token_of(stage, "quarter", "future")

    await stage.command(f"/flow-events info {event}")

    card = stage.said()[-1]
    assert card.text == "Quarterly update: Thu 26 Nov, 10:00\N{EN DASH}11:30."
    assert [each["text"]["text"] for each in interactive(card.blocks)] == [
        "Register someone",
        "Registrants",
        "Registrations",
        "Subscribe",
    ]


async def test_what_everybody_may_see_has_no_buttons(stage: Stage) -> None:
    event = token_of(stage, "quarter", "future")

    await stage.command(f"/flow-events info {event} public")

    assert "As everybody can see it" in words(stage.said()[-1])


async def test_a_title_of_several_sessions_is_picked_from_a_list(stage: Stage) -> None:
    await stage.command("/flow-events info Product tour")
    [question] = stage.slack.ephemerals("UADA")

    [menu, *_] = interactive(question.blocks)
    labels = [each["text"]["text"] for each in menu["options"]]
    assert (menu["placeholder"]["text"], labels[0]) == ("Choose the event", "Tue 20 Oct, 15:00")
    assert "Tue 24 Nov, 15:00" in labels
    assert len(labels) > 5
    await picked(stage, labels[1])

    [card] = stage.said()
    assert card.text.startswith("Product tour: ")


async def test_registrants_are_for_the_asker_alone(stage: Stage) -> None:
    event = token_of(stage, "quarter", "past")

    await stage.command(f"/flow-events registrants {event}")

    told = stage.slack.ephemerals("UADA")[-1]
    assert "no-shows" in words(told)
    assert "@example.com" in words(told)
    assert "Only you see this" in words(told)
    assert all("@example.com" not in words(each) for each in stage.said())


async def test_registrants_are_posted_for_all_only_where_that_was_asked(stage: Stage) -> None:
    event = token_of(stage, "quarter", "past")

    await stage.command(f"/flow-events registrants {event} here")

    assert "@example.com" in words(stage.said()[-1])


async def test_registrants_as_a_file_come_by_direct_message(stage: Stage) -> None:
    event = token_of(stage, "quarter", "past")

    await stage.command(f"/flow-events registrants {event} export xlsx")

    [file] = stage.slack.files
    assert file.channel == stage.slack.workspace.direct_message("UADA").id
    assert bytes_of(file).startswith(b"PK")


async def test_the_export_of_a_public_card_is_for_the_asker_alone(stage: Stage) -> None:
    event = token_of(stage, "quarter", "past")
    await stage.command(f"/flow-events info {event}")

    await chosen(stage, stage.said()[-1], "xlsx")

    [file] = stage.slack.files
    assert file.channel == stage.slack.workspace.direct_message("UADA").id


async def test_how_registrations_grow_is_told_without_names(stage: Stage) -> None:
    event = token_of(stage, "quarter", "future")
    await stage.command(f"/flow-events registrations {event}")
    stage.clock.advance(seconds=86_400)
    await stage.command(f"/flow-events registrations {event}")

    told = stage.said()[-1]
    assert "registrations so far" in told.text
    assert "Since 23 Nov: " in words(told)
    assert "@example.com" not in words(told)


async def test_how_an_event_went_is_told_without_names(stage: Stage) -> None:
    event = token_of(stage, "quarter", "past")

    await stage.command(f"/flow-events summary {event}")

    told = stage.said()[-1]
    assert "attended" in told.text
    assert "Chat: " in words(told)
    assert "Surveys: 346 answers to 2 surveys; " in words(told)
    assert stage.slack.files == []


@pytest.mark.parametrize("kind", ["registrants", "attendee-chat", "operator-chat", "survey 701"])
async def test_each_report_comes_as_a_file_to_the_asker(stage: Stage, kind: str) -> None:
    event = token_of(stage, "quarter", "past")

    await stage.command(f'/flow-events report "{event}" {kind}')

    [file] = stage.slack.files
    assert file.channel == stage.slack.workspace.direct_message("UADA").id
    assert file.name.endswith(".csv")
    assert bytes_of(file).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_report_that_is_no_utf_8_is_told_of_beside_its_first_rows_and_its_file(
    stage: Stage, form: str
) -> None:
    stage.flowapp.set_switch("csv_latin_1", value=True)
    event = token_of(stage, "evil", "past")

    await stage.command(f'/flow-events report "{event}" registrants {form} here')

    [file] = stage.slack.files
    parent = next(each for each in stage.said() if each.ts == file.thread_ts)
    assert GUESSED in words(parent)
    [shared] = stage.slack.thread("CTRAIN", parent.ts)
    assert GUESSED in shared.text
    if form == "xlsx":
        assert f"s:{GUESSED}" in read_workbook(bytes_of(file))["Notes"].column("B")
    else:
        assert "Zoë" in bytes_of(file).decode()


async def test_a_report_in_utf_8_leaves_nothing_to_say_of_its_letters(stage: Stage) -> None:
    event = token_of(stage, "evil", "past")

    await stage.command(f'/flow-events report "{event}" registrants csv here')

    assert GUESSED not in stage.slack.transcript("CTRAIN")


async def test_the_compiled_report_is_one_workbook_with_four_sheets_and_notes(
    stage: Stage,
) -> None:
    event = token_of(stage, "quarter", "past")

    await stage.command(f"/flow-events report {event} here")

    [file] = stage.slack.files
    assert (file.channel, file.thread_ts) == ("CTRAIN", stage.said()[-1].ts)
    with zipfile.ZipFile(io.BytesIO(bytes_of(file))) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(names) == 5


async def test_the_compiled_report_as_csv_is_four_files(stage: Stage) -> None:
    event = token_of(stage, "quarter", "past")

    await stage.command(f"/flow-events report {event} csv here")

    assert len({file.name for file in stage.slack.files}) == 4


async def test_a_report_on_an_event_to_come_is_a_sentence_and_no_file(stage: Stage) -> None:
    event = token_of(stage, "quarter", "future")

    await stage.command(f"/flow-events report {event} attendee-chat here")

    assert stage.slack.files == []
    assert "no file" in stage.said()[-1].text


async def test_operators_are_for_the_asker_and_rooms_for_all(stage: Stage) -> None:
    await stage.command("/flow-events operators")
    await stage.command("/flow-events rooms")

    assert "4 hosts: Ada Lovelace" in stage.whispered()[-1]
    [rooms] = stage.said()
    assert rooms.text == "2 always-open rooms."
    assert "Enter Help desk" in map(label, interactive(rooms.blocks))


async def test_a_refusal_inside_an_answer_of_200_is_told(stage: Stage) -> None:
    stage.flowapp.set_switch("refusal", "200 with a code")
    stage.flowapp.set_switch("expired_key", value=True)

    await stage.command("/flow-events future")

    assert "FLOW rejected Flowbot's key." in stage.whispered()[-1]


async def test_the_form_finds_an_event(stage: Stage) -> None:
    await stage.slack.shortcut("find_event")
    await stage.settle()
    form = stage.slack.view_of("UADA")
    assert form is not None
    offered = await stage.slack.options(form, action_id="event", query="quarter")
    values = {
        "event_view": {"event_view": "info"},
        "event": {"event": offered.options[0]["value"]},
        "conversation": {"conversation": "CFIELD"},
    }

    sent = await stage.slack.submit(form, values=values)
    await stage.settle()

    assert sent.errors == {}
    [card] = stage.said("CFIELD")
    assert card.text.startswith(UPDATE)


async def test_a_name_that_no_event_has_leads_to_all_events_with_a_click(stage: Stage) -> None:
    await stage.command("/flow-events banana")
    [asked] = stage.slack.ephemerals("UADA")

    await stage.slack.click(asked, action_id="do")
    await stage.settle()

    assert "events" in stage.said()[-1].text
