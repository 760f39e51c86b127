"""The canvas of a channel on the page: read beside the messages, and written by people."""

import pytest

from tests.sandbox.page.shown import Shown

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_canvas_is_a_page_of_its_channel_and_changes_as_it_is_written(
    shown: Shown,
) -> None:
    await shown.visit()
    tab = shown.page.get_by_role("tab", name="Canvas")
    await expect(tab).to_have_count(0)

    shown.slack.write_canvas("CTRAIN", "# Goals\n\n| a | b |\n| --- | --- |\n| 1 | 2 |")
    await tab.click()
    page = shown.page.get_by_role("region", name="Canvas")
    await expect(page.get_by_role("heading", name="Goals")).to_be_visible()
    await expect(page.get_by_role("cell", name="2")).to_be_visible()

    shown.slack.write_canvas("CTRAIN", "# Other goals")
    await expect(page.get_by_role("heading", name="Other goals")).to_be_visible()


async def test_somebody_writes_in_a_canvas(shown: Shown) -> None:
    shown.slack.write_canvas("CTRAIN", "Goals")
    await shown.visit("CTRAIN-canvas")
    await shown.button("Edit").click()
    text = shown.page.get_by_role("textbox", name="Text of the canvas")
    await text.fill("Goals\n\n- of ours")
    await shown.button("Save").click()

    await expect(shown.page.get_by_text("of ours")).to_be_visible()
    assert shown.slack.workspace.canvas("CTRAIN") == "Goals\n\n- of ours"

    await shown.button("Edit").click()
    await text.fill("> - not taken")
    await shown.button("Save").click()
    await expect(shown.page.get_by_role("alert")).to_contain_text("a list in a quote")
    assert shown.slack.workspace.canvas("CTRAIN") == "Goals\n\n- of ours"
    await shown.page.get_by_role("tab", name="Messages").click()
    await expect(shown.box).to_be_visible()
