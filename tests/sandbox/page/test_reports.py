import pytest

from sandbox.slack.content import Content
from tests.sandbox.page import gallery
from tests.sandbox.page.shown import Shown

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_data_table_sorts_numbers_by_value_and_back(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report report")
    table = shown.page.get_by_role("table", name="Assignments, overdue first")
    first = table.get_by_role("rowheader").first
    header = table.get_by_role("columnheader", name="Modules")
    await header.get_by_role("button").click()
    await expect(header).to_have_attribute("aria-sort", "ascending")
    await expect(first).to_have_text("lin@example.com")
    await header.get_by_role("button").click()
    await expect(header).to_have_attribute("aria-sort", "descending")
    await expect(first).to_have_text("joan@example.com")
    await header.get_by_role("button").click()
    await expect(first).to_have_text("ada@example.com")


async def test_a_data_table_turns_its_pages(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report report")
    await expect(shown.last).to_contain_text("1\N{EN DASH}5 of 7")
    await shown.button("Next page").click()
    await expect(shown.last.get_by_role("rowheader")).to_have_text(
        ["edith@example.com", "radia@example.com"]
    )
    await expect(shown.button("Next page")).to_be_disabled()


async def test_a_pie_has_its_figures_in_words_and_as_a_table(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report report")
    chart = shown.page.get_by_role("img", name="People by status")
    await expect(chart.locator("desc")).to_have_text("Completed: 23; In progress: 9; Overdue: 5")
    await expect(chart.locator(".slice")).to_have_count(3)
    await shown.page.get_by_text("Show as table").click()
    table = shown.page.get_by_role("table", name="People by status")
    await expect(table.get_by_role("row", name="Overdue 5")).to_be_visible()


async def test_lines_and_bars_have_a_mark_for_every_point(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report charts")
    await expect(shown.last.get_by_role("img", name="By week").locator(".point")).to_have_count(12)
    bars = shown.last.get_by_role("img", name="In groups").locator(".bar")
    await expect(bars).to_have_count(12)
    await expect(bars.last.locator("title")).to_have_text("Fire safety, W45: 83")


async def test_rich_text_keeps_its_styles_lists_and_mentions(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report rich")
    await expect(shown.last.locator("strong", has_text="bold")).to_be_visible()
    await expect(shown.last.locator("s")).to_have_text("struck")
    await expect(shown.last.get_by_role("listitem")).to_have_text(["First", "Second", "Nested"])
    await expect(shown.last.get_by_role("link", name="the guide")).to_have_attribute(
        "href", "https://example.com/guide"
    )
    await expect(shown.last).to_contain_text("@Grace")
    await expect(shown.last).to_contain_text("🎉")


async def test_a_date_is_shown_in_the_viewers_zone(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report rich")
    await expect(shown.last.locator(".rich time")).to_have_text("16:13")
    await shown.visit(user="UGRACE")
    await expect(shown.last.locator(".rich time")).to_have_text("10:13 AM")


async def test_steps_say_their_state_in_words(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report steps")
    plan = shown.page.get_by_role("region", name="Generating 3 documents")
    await expect(plan).to_contain_text("1 of 3")
    for state in ("Complete", "In progress", "Pending"):
        await expect(plan.get_by_role("img", name=state)).to_be_visible()


async def test_a_collapsed_container_opens_at_its_title(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report steps")
    inside = shown.page.get_by_text("Step 7 timed out")
    await expect(inside).to_be_hidden()
    await shown.page.get_by_text("Failed steps").click()
    await expect(inside).to_be_visible()


async def test_a_picture_outside_the_sandbox_is_named_and_not_loaded(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report cards")
    await expect(shown.page.get_by_role("img", name="Reports by hour and weekday")).to_be_visible()
    await expect(shown.last).to_contain_text("not loaded: https://example.com/map.png")
    await expect(shown.last.get_by_role("group", name="Webinar two")).to_be_visible()


async def test_an_unknown_block_is_shown_as_its_json_with_a_warning(shown: Shown) -> None:
    await shown.visit()
    content = Content(text="new", blocks=[gallery.UNKNOWN])  # as if Slack had learnt it first
    shown.slack._backend.workspace.post(channel="CTRAIN", user="UFLOWBOT", content=content)
    note = shown.last.get_by_role("note", name="Unknown block")
    await expect(note).to_contain_text('does not know the block "hologram"')
    await expect(note).to_contain_text('"depth": 3')


async def test_a_charts_letters_keep_their_size_in_a_narrow_window(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report charts")
    bars = shown.last.get_by_role("img", name="In groups")
    await expect(bars.locator(".bar")).to_have_count(12)
    wide = await bars.get_attribute("viewBox")

    await shown.page.set_viewport_size({"width": 390, "height": 844})
    await expect(bars).not_to_have_attribute("viewBox", str(wide))
    box = await bars.bounding_box()
    assert box is not None
    drawn = float(str(await bars.get_attribute("viewBox")).split()[2])
    assert box["width"] / drawn > 0.95
    await shown.page.set_viewport_size({"width": 1440, "height": 900})
