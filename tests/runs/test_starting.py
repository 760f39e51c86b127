"""Starting a Smart Flow: by name, in the form, and with what a message has."""

import pytest

from bot.asking.way_back import WayBack
from bot.errors import UserError
from sandbox.slack import File, Message, View
from sandbox.vendors.smartflows.flows import HOSTILE_NAME
from sandbox.vendors.switches import ODD_DATA
from tests.asking.seeing import picked, words
from tests.runs.acting import TRAVEL, WELCOME, asked, card, our_run, ours, plan, quiet, started
from tests.stage import Stage

START = "/flows/executions"


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


def form_of(stage: Stage, user: str = "UADA") -> View:
    view = stage.slack.view_of(user)
    assert view is not None
    return view


async def chosen(
    stage: Stage, name: str, *, xml: str = "", file: File | None = None
) -> dict[str, dict[str, object]]:
    """Pick a flow in the open form and return what is to be submitted."""
    await stage.slack.options(form_of(stage), action_id="flow_to_run", user="UADA", query=name[:4])
    values: dict[str, dict[str, object]] = {
        "flow_to_run": {"flow_to_run": plan(name).id},
        "conversation": {"conversation": "CTRAIN"},
    }
    if xml:
        values["run_input"] = {"run_input": xml}
    if file:
        values["run_file"] = {"run_file": [file]}
    return values


async def said(stage: Stage, text: str, *files: File) -> Message:
    outcome = await stage.slack.say(text, user="UADA", channel="CTRAIN", files=files)
    assert outcome.message is not None
    return outcome.message


async def run_with(stage: Stage, message: Message) -> None:
    """Choose "Run a Flow with this" from a message's menu."""
    await stage.slack.message_shortcut("run_smart_flow_with_this", message=message, user="UADA")
    await stage.settle()


async def open_form(stage: Stage) -> None:
    await stage.slack.shortcut("run_smart_flow", user="UADA")
    await stage.settle()


@pytest.mark.parametrize("typed", ["travel request", "TRAVEL REQUEST.", "the travel request flow"])
async def test_a_flow_is_started_at_once_by_its_whole_name(stage: Stage, typed: str) -> None:
    shown = await started(stage, typed)

    assert shown.text.startswith(f"{TRAVEL}: running, 0%")
    assert our_run(stage).plan == plan(TRAVEL)


@pytest.mark.parametrize("part", ["request", "travel"])
async def test_a_part_of_a_name_is_confirmed_before_anything_is_started(
    stage: Stage, part: str
) -> None:
    await stage.command(f"/flow-run {part}")

    assert ours(stage) == []
    assert stage.whispered()[-1].startswith(f'"{part}" fits one Smart Flow. Is it this one?')

    await picked(stage, TRAVEL)
    assert our_run(stage).plan == plan(TRAVEL)


async def test_a_command_that_slack_delivers_three_times_starts_one_run(stage: Stage) -> None:
    await stage.command("/flow-run travel request", redeliver=2)

    assert asked(stage, START, "POST") == 1
    assert len(stage.said()) == 1


async def test_a_name_that_nobody_has_is_answered_with_the_nearest(stage: Stage) -> None:
    await stage.command("/flow-run travl request")

    assert stage.said() == []
    assert 'Did you mean "Travel request"?' in stage.whispered()[0]


async def test_a_beginning_of_several_names_is_picked_from_a_list(stage: Stage) -> None:
    await stage.command("/flow-run letter template 0")
    assert "Which one? Letter template 01, Letter template 02" in stage.whispered()[0]

    await picked(stage, "Letter template 03")

    assert "Letter template 03" in [*stage.whispered(), *(each.text for each in stage.said())][-1]


async def test_a_beginning_of_many_names_is_picked_from_a_menu(stage: Stage) -> None:
    await stage.command("/flow-run letter template")
    assert "and 25 more" in stage.whispered()[0]

    await picked(stage, "Letter template 12")
    [card] = stage.said()
    assert card.text.startswith("Letter template 12")


async def test_a_watch_is_picked_from_a_list_when_it_begins_and_when_it_ends(stage: Stage) -> None:
    for name in ("Letter template 03", "Letter template 04"):
        await stage.command("/flow-run watch letter template 0 failed")
        await picked(stage, name)
    await stage.command("/flow-run unwatch lettre template")
    assert 'Did you mean "Letter template 03" or "Letter template 04"?' in stage.whispered()[-1]

    await stage.command("/flow-run unwatch letter")
    await picked(stage, "Letter template 04")

    [left] = await stage.rows("SELECT flow_name FROM watches")
    assert left["flow_name"] == "Letter template 03"


async def test_a_guest_cannot_start_a_flow(stage: Stage) -> None:
    await stage.command("/flow-run travel request", user="UGUEST")

    assert asked(stage, START, "POST") == 0
    assert stage.whispered("UGUEST")[0].startswith("Guests cannot run Smart Flows.")


async def test_a_flow_that_needs_input_offers_the_form(stage: Stage) -> None:
    await stage.command("/flow-run welcome letter")
    [offer] = stage.slack.ephemerals("UADA")
    await stage.slack.click(offer, action_id="open_run", user="UADA")

    values = {
        "run_input": {"run_input": "<person><name>Lin</name></person>"},
        "conversation": {"conversation": "CTRAIN"},
    }
    outcome = await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.settle()

    assert (outcome.status, outcome.errors) == (200, {})
    assert our_run(stage).given == b"<person><name>Lin</name></person>"
    assert card(stage).text.startswith(f"{WELCOME}: running")


async def test_the_form_finds_flows_by_any_part_of_their_name(stage: Stage) -> None:
    await open_form(stage)
    outcome = await stage.slack.options(
        form_of(stage), action_id="flow_to_run", user="UADA", query="report"
    )

    assert [option["text"]["text"] for option in outcome.options] == ["Quarterly report"]


async def test_pasted_xml_with_a_mistake_is_sent_back_with_line_and_column(stage: Stage) -> None:
    await open_form(stage)
    values = await chosen(stage, WELCOME, xml="<a>\n  <b></c>\n</a>")
    outcome = await stage.slack.submit(form_of(stage), values=values, user="UADA")

    assert outcome.errors["run_input"].startswith("Line 2, column ")
    assert asked(stage, START, "POST") == 0


async def test_a_document_type_is_refused_before_anything_is_started(stage: Stage) -> None:
    await open_form(stage)
    values = await chosen(stage, WELCOME, xml='<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    outcome = await stage.slack.submit(form_of(stage), values=values, user="UADA")

    assert "document type" in outcome.errors["run_input"]


async def test_an_uploaded_file_is_the_input(stage: Stage) -> None:
    await open_form(stage)
    file = stage.slack.attach("order.xml", b"<?xml version='1.0'?><order>7</order>")
    values = await chosen(stage, WELCOME, file=file)
    await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.settle()

    assert our_run(stage).given == b"<order>7</order>"
    assert "has started" in stage.slack.picture(form_of(stage))


async def test_a_mistake_in_an_uploaded_file_is_shown_in_the_same_window(stage: Stage) -> None:
    await open_form(stage)
    file = stage.slack.attach("order.xml", b"<order>\n<line>\n</order>")
    values = await chosen(stage, WELCOME, file=file)
    await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.settle()

    assert "Line 3, column " in stage.slack.picture(form_of(stage))
    assert stage.said() == []


async def test_a_mistake_is_shown_in_words_where_slack_refuses_the_window(stage: Stage) -> None:
    await open_form(stage)
    file = stage.slack.attach("order.xml", b"<order>\n<line>\n</order>")
    values = await chosen(stage, WELCOME, file=file)
    stage.slack.refuse("views.update", error="invalid_arguments")
    await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.settle()

    assert "Line 3, column " in stage.slack.picture(form_of(stage))
    assert stage.whispered() == []


async def test_the_text_of_a_message_is_the_input(stage: Stage) -> None:
    await run_with(stage, await said(stage, "```<a>A &amp; B</a>```"))
    values = await chosen(stage, WELCOME)
    await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.settle()

    assert our_run(stage).given == b"<a>A &amp; B</a>"


async def test_a_text_too_long_for_an_input_of_slacks_is_used_whole(stage: Stage) -> None:
    lines = "".join(f"<line>{number}</line>" for number in range(400))
    await run_with(stage, await said(stage, f"<order>{lines}</order>"))
    values = await chosen(stage, WELCOME)
    await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.settle()

    assert our_run(stage).given == f"<order>{lines}</order>".encode()


async def test_the_file_of_a_message_is_the_input(stage: Stage) -> None:
    file = stage.slack.attach("order.xml", b"<order/>")
    await run_with(stage, await said(stage, "please", file))
    assert "the file order.xml" in stage.slack.picture(form_of(stage))
    values = await chosen(stage, WELCOME)
    await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.settle()

    assert our_run(stage).given == b"<order/>"


async def test_a_message_without_anything_to_run_says_so(stage: Stage) -> None:
    await run_with(stage, await said(stage, " "))

    assert "nothing to run" in stage.slack.picture(form_of(stage))


async def test_a_start_without_an_answer_is_looked_up_and_not_repeated(stage: Stage) -> None:
    await stage.bot.poll()
    stage.smartflows.set_switch("drop_after", 1)
    shown = await started(stage)

    assert asked(stage, START, "POST") == 1
    assert len(ours(stage)) == 1
    assert shown.text.startswith(TRAVEL)


async def test_a_start_that_never_arrived_is_tried_again_after_looking(stage: Stage) -> None:
    await stage.bot.poll()
    stage.smartflows.set_switch("drop", 1)
    await stage.command("/flow-run travel request")
    await stage.after(seconds=15)

    assert asked(stage, START, "POST") == 2
    assert len(ours(stage)) == 1
    assert len(stage.said()) == 1


async def test_a_run_where_the_bot_is_no_member_has_its_card_with_whoever_started_it(
    stage: Stage,
) -> None:
    await stage.command("/flow-run travel request", channel="CRANDOM")
    await stage.after(seconds=60)

    direct = await stage.rows("SELECT posted_channel AS c FROM ledger WHERE key LIKE 'card:%'")
    [message] = stage.said(direct[0]["c"])
    assert message.text.startswith(f"{TRAVEL}: done after 30 s")
    assert [f.name for f in stage.slack.files if f.thread_ts == message.ts] != []


async def test_a_refused_key_is_explained_with_what_to_set(stage: Stage) -> None:
    stage.smartflows.set_switch("expired_key", value=True)
    await stage.command("/flow-run travel request")

    assert "SMARTFLOWS_API_KEY" in stage.whispered()[0]


@pytest.mark.parametrize(
    ("trouble", "on", "words"),
    [
        ("answer_500", 1000, "didn't confirm that"),
        ("expired_key", True, "Nothing was started."),
        ("answer_400", 1000, "Nothing was started."),
        ("drop", 1000, "didn't confirm that"),
    ],
)
async def test_what_was_entered_is_kept_when_the_vendor_fails(
    stage: Stage, trouble: str, on: int, words: str
) -> None:
    xml = "<order>" + "<line/>" * 250 + "</order>"
    await open_form(stage)
    values = await chosen(stage, WELCOME, xml=xml)
    stage.smartflows.set_switch(trouble, on)
    await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.after(minutes=2, step=10)
    [told] = stage.slack.ephemerals("UADA")
    assert words in told.text
    assert ours(stage) == []

    stage.smartflows.set_switch(trouble, type(on)())
    await stage.slack.click(told, action_id="open_form", user="UADA")
    form = form_of(stage)
    await stage.slack.submit(form, values={"conversation": {"conversation": "CTRAIN"}})
    await stage.settle()

    assert our_run(stage).given == xml.encode()


async def test_only_whoever_entered_it_gets_an_input_again(stage: Stage) -> None:
    await open_form(stage)
    values = await chosen(stage, WELCOME, xml="<secret/>")
    stage.smartflows.set_switch("expired_key", value=True)
    await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.settle()
    [told] = stage.slack.ephemerals("UADA")

    [row] = await stage.rows("SELECT key FROM snapshots WHERE key LIKE 'input:%'")
    with pytest.raises(UserError, match="Only whoever entered"):
        await stage.bot.services.of(WayBack).view(row["key"], "UGRACE")
    assert "secret" not in str(told.blocks)


async def test_a_start_in_doubt_is_not_repeated_while_nobody_can_look(stage: Stage) -> None:
    await stage.bot.poll()
    stage.smartflows.set_switch("answer_500", 1000)
    await stage.command("/flow-run travel request")
    await stage.after(minutes=2, step=10)

    assert asked(stage, START, "POST") == 1
    assert "didn't confirm that" in stage.whispered()[-1]


async def test_what_was_entered_is_kept_when_the_flow_is_gone_meanwhile(stage: Stage) -> None:
    await open_form(stage)
    values = await chosen(stage, HOSTILE_NAME, xml="<order/>")
    stage.smartflows.set_switch(ODD_DATA, value=False)
    await stage.bot.database.execute("DELETE FROM flows")
    await stage.slack.submit(form_of(stage), values=values, user="UADA")
    await stage.settle()

    [told] = stage.slack.ephemerals("UADA")
    assert "What you entered is kept for a day." in words(told)
    assert ours(stage) == []
