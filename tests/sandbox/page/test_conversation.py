from pathlib import Path

import pytest

from tests.sandbox.page.shown import Shown

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_typed_command_is_answered_in_the_channel(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report report")
    await expect(shown.last).to_contain_text("Onboarding, last 30 days")
    await expect(shown.last).to_contain_text("Flowbot")
    await expect(shown.box).to_have_value("")


async def test_an_answer_for_one_person_says_so_and_others_do_not_see_it(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report typo")
    await expect(shown.last).to_contain_text("Only visible to you")
    await expect(shown.last.locator("code")).to_have_text("typo")
    await shown.visit(user="UGRACE")
    await expect(shown.page.get_by_text("This is the start of #training.")).to_be_visible()


async def test_a_refused_command_says_why_and_keeps_the_text(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow broken")
    await expect(shown.page.get_by_role("alert")).to_contain_text("/flow failed with the error")
    await expect(shown.box).to_have_value("/flow broken")


async def test_typing_a_slash_offers_commands_with_their_usage(shown: Shown) -> None:
    await shown.visit()
    await shown.box.press_sequentially("/flow-")
    offer = shown.page.get_by_role("option", name="/flow-report")
    await expect(offer).to_contain_text("onboarding last-30d")
    await expect(offer).to_have_attribute("aria-selected", "true")
    await shown.box.press("Tab")
    await expect(shown.box).to_have_value("/flow-report ")
    await expect(shown.box).to_have_accessible_description("/flow-report onboarding last-30d")


async def test_a_message_of_anybody_appears_without_reload(shown: Shown) -> None:
    await shown.visit()
    await shown.slack.say("Hello from New York", user="UGRACE", channel="CTRAIN")
    await expect(shown.last).to_contain_text("Hello from New York")


async def test_a_message_elsewhere_marks_its_channel_as_unread(shown: Shown) -> None:
    await shown.visit()
    general = shown.page.get_by_role("link", name="#general", exact=True)
    await shown.slack.say("Over here", user="UGRACE", channel="CGENERAL")
    await expect(general).to_have_accessible_description("1 unread")
    await general.click()
    await expect(shown.last).to_contain_text("Over here")
    await expect(general).to_have_accessible_description("")


async def test_markup_typed_by_a_person_is_shown_as_text(shown: Shown) -> None:
    await shown.visit()
    await shown.type("<script>document.title = 'taken'</script> & <b>bold</b>")
    await expect(shown.last).to_contain_text("<script>document.title = 'taken'</script> & <b>")
    assert await shown.page.title() == "Flowbot sandbox"


async def test_markup_in_a_name_of_the_app_is_shown_as_text(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report named <script>document.title = 'taken'</script>")
    await expect(shown.last).to_contain_text("<script>document.title = 'taken'</script>")
    assert await shown.page.title() == "Flowbot sandbox"


async def test_a_mention_becomes_the_persons_name(shown: Shown) -> None:
    await shown.visit()
    await shown.box.press_sequentially("see @gr")
    await shown.box.press("Enter")
    await shown.box.press_sequentially("in #general")
    await shown.button("Send").click()
    await expect(shown.last).to_contain_text("see @Grace in #general")
    await expect(shown.last.get_by_role("link", name="#general")).to_be_visible()


async def test_a_thread_opens_beside_and_takes_replies(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report file")
    await shown.log.get_by_role("link", name="1 reply").click()
    thread = shown.page.get_by_role("log", name="Thread")
    await expect(thread.get_by_role("article")).to_have_count(2)
    await shown.page.get_by_role("textbox", name="Reply").fill("Thanks")
    await shown.page.get_by_role("textbox", name="Reply").press("Enter")
    await expect(thread.get_by_role("article").last).to_contain_text("Thanks")
    await expect(shown.log.get_by_role("link", name="2 replies")).to_be_visible()


async def test_a_threads_file_shows_its_first_rows_and_downloads(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report file")
    await shown.log.get_by_role("link", name="1 reply").click()
    rows = shown.page.get_by_role("table", name="First rows of onboarding.csv")
    await expect(rows.get_by_role("columnheader")).to_have_text(["person", "status"])
    await expect(rows.get_by_role("row")).to_have_count(21)
    async with shown.page.expect_download() as started:
        await shown.page.get_by_role("link", name="Download onboarding.csv").click()
    download = await started.value
    assert download.suggested_filename == "onboarding.csv"
    assert (await download.path()).read_bytes() == shown.slack.files[0].content


async def test_a_command_in_a_thread_is_refused_as_in_slack(shown: Shown) -> None:
    await shown.visit()
    await shown.type("Parent")
    await shown.last.hover()
    await shown.last.get_by_role("link", name="Open thread").click()
    reply = shown.page.get_by_role("textbox", name="Reply")
    await reply.fill("/flow help")
    await reply.press("Enter")
    await expect(shown.page.get_by_role("alert")).to_contain_text("not supported in threads")
    await expect(reply).to_have_value("/flow help")


async def test_a_file_is_attached_shown_before_it_is_sent_and_can_be_left_out(
    shown: Shown, tmp_path: Path
) -> None:
    chosen = [tmp_path / "input.xml", tmp_path / "other.xml"]
    for path in chosen:
        path.write_text("<a/>")
    await shown.visit()
    await shown.page.locator("main .attach input[type=file]").first.set_input_files(chosen)
    attached = shown.page.get_by_role("list", name="Attached files").first
    await expect(attached).to_contain_text("other.xml")
    await shown.button("Leave out other.xml").click()
    await shown.type("please run this")
    await expect(shown.last).to_contain_text("input.xml")
    await expect(shown.last).not_to_contain_text("other.xml")
    await expect(attached).to_be_hidden()
