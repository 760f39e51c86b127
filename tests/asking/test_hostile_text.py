"""Text of vendors and people is shown as it was typed, and never does anything."""

import pytest

from tests.asking.seeing import bytes_of, table, words
from tests.stage import Stage

EVIL = "<!channel> *x* & <script>alert(1)</script>"
ESCAPED = "&lt;!channel&gt; *x* &amp; &lt;script&gt;alert(1)&lt;/script&gt;"
ASK = "/flow-report flow_evil01"


async def test_a_flow_called_by_a_mention_pages_nobody_and_shows_as_typed(stage: Stage) -> None:
    await stage.command(f"{ASK} detailed")

    [message] = stage.said()
    detail, upcoming = stage.slack.thread("CTRAIN", message.ts)
    assert f" in {EVIL} (" in message.blocks[0]["text"]["text"]
    assert f" in {ESCAPED} (" in message.text
    assert (message.pages, detail.pages, upcoming.pages) == ((), (), ())
    modules = {row[1] for row in table(detail, "Modules")}
    assert {"<b>bold</b> & _italic_", "=HYPERLINK(1)"} <= modules


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.postEphemeral"])
async def test_as_plain_text_it_pages_nobody_either(stage: Stage, method: str) -> None:
    stage.slack.refuse(
        "chat.postMessage", error="invalid_blocks", times=9, when=lambda sent: "blocks" in sent
    )
    private = " privately" if method == "chat.postEphemeral" else ""

    await stage.command(f"{ASK} detailed{private}")

    everything = [*stage.said(), *stage.slack.ephemerals("UADA")]
    assert f" in {ESCAPED} (" in everything[0].text
    assert {message.pages for message in everything} == {()}


async def test_its_export_has_a_plain_file_name_and_a_title_as_typed(stage: Stage) -> None:
    await stage.command(f"{ASK} export csv")

    [parent] = stage.said()
    [file] = stage.slack.files
    assert file.name == "channel-x-script-alert-1-script-2026-11-23.csv"
    assert file.title.startswith(f"{EVIL}: ")
    assert parent.pages == ()
    assert f"{EVIL}: CSV file in the thread" in words(parent).replace("\n", "")


async def test_its_export_where_the_bot_is_no_member_pages_nobody(stage: Stage) -> None:
    await stage.command(f"{ASK} export csv", channel="CRANDOM")

    shown = stage.slack.messages("CRANDOM", user="UADA")
    assert len(shown) == 2
    assert {message.pages for message in shown} == {()}
    assert EVIL in words(shown[1])


async def test_addresses_that_are_formulas_are_text_in_our_own_csv(stage: Stage) -> None:
    stage.slack.refuse(
        "chat.postMessage", error="invalid_blocks", times=9, when=lambda sent: "blocks" in sent
    )

    await stage.command(ASK)

    [people] = [file for file in stage.slack.files if file.name.startswith("overdue-first")]
    assert b"'=1+1@example.com" in bytes_of(people)
    assert b"\n=1+1@example.com" not in bytes_of(people)


async def test_what_somebody_types_is_repeated_without_doing_anything(stage: Stage) -> None:
    typed = ("<!channel>", "@channel *x*", "`/flow help`", "<https://evil.example.com|Your report>")
    for each in typed:
        await stage.command(f"/flow-report {each}")

    messages = stage.slack.ephemerals("UADA")
    assert len(messages) == len(typed)
    for message in messages:
        assert message.pages == ()
        assert "link" not in str(message.blocks)


async def test_the_form_about_such_a_report_holds_no_markup(stage: Stage) -> None:
    await stage.command(ASK)
    [report] = stage.said()

    await stage.slack.message_shortcut("export_data", message=report)

    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "flow_evil01" in words(form)
    assert "mrkdwn" not in str(form.raw)
