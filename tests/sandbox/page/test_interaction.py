import pytest

from tests.sandbox.page.shown import Shown
from tests.sandbox.page.vendor import DemoVendor, received

expect = pytest.importorskip("playwright.async_api", reason="playwright is not installed").expect
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_press_reaches_the_app_and_the_message_changes(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report report")
    await shown.button("Refresh").click()
    await expect(shown.last).to_contain_text("refresh by @Ada onboarding")
    await expect(shown.last).to_contain_text("(edited)")


async def test_a_choice_in_a_message_reaches_the_app(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report report")
    await shown.page.get_by_role("combobox", name="Period").click()
    await shown.page.get_by_role("option", name="Last 7 days").click()
    await expect(shown.last).to_contain_text("period by @Ada last-7d")


async def test_a_press_with_a_question_waits_for_the_answer(shown: Shown) -> None:
    await shown.visit()
    await shown.type("/flow-report report")
    await shown.button("Remind the overdue").click()
    question = shown.dialog("Remind 5 people?")
    await question.get_by_role("button", name="Not now").click()
    await expect(question).to_be_hidden()
    await expect(shown.button("Remind the overdue")).to_be_visible()
    await shown.button("Remind the overdue").click()
    await question.get_by_role("button", name="Remind them").click()
    await expect(shown.last).to_contain_text("remind by @Ada")


async def test_a_modal_shows_the_apps_error_and_then_goes_through(shown: Shown) -> None:
    await shown.visit()
    await shown.button("Shortcuts").click()
    await shown.page.get_by_role("menuitem", name="Get a training report").click()
    modal = shown.dialog("Training report")
    flow = modal.get_by_role("textbox", name="Flow")
    await modal.get_by_role("button", name="Get it").click()
    await expect(flow).to_have_accessible_description(
        "A name or an id Please complete this required field."
    )
    await flow.fill("onbording")
    await modal.get_by_role("button", name="Get it").click()
    await expect(modal).to_contain_text("There is no flow called onbording.")
    await expect(flow).to_be_focused()
    await flow.fill("onboarding")
    await modal.get_by_role("button", name="Get it").click()
    await expect(modal).to_be_hidden()
    await expect(shown.last).to_contain_text("Report on onboarding, last-30d")


async def test_an_external_menu_asks_the_app_for_its_options(shown: Shown) -> None:
    await shown.visit()
    await shown.slack.shortcut("get_training_report", user="UADA")
    field = shown.page.get_by_role("combobox", name="Webinar")
    await field.fill("f")
    await expect(shown.page.get_by_text("Type at least 2 characters")).to_be_visible()
    await field.fill("fir")
    await expect(shown.page.get_by_role("option")).to_have_text(["Fire drill", "First aid"])
    await field.press("ArrowDown")
    await field.press("ArrowDown")
    await field.press("Enter")
    await expect(field).to_have_value("First aid")


async def test_a_pushed_modal_leads_back_with_everything_as_typed(shown: Shown) -> None:
    await shown.visit()
    await shown.slack.shortcut("get_training_report", user="UADA")
    first = shown.dialog("Training report")
    await first.get_by_role("textbox", name="Flow").fill("onboarding")
    await first.get_by_role("checkbox", name="Trend").check()
    await first.get_by_role("button", name="Choose people").click()
    second = shown.dialog("Choose people")
    await second.get_by_role("combobox", name="People").click()
    await shown.page.get_by_role("option", name="Grace").click()
    await expect(second.get_by_role("button", name="Remove Grace")).to_be_visible()
    await second.get_by_role("button", name="Back").click()
    await expect(first.get_by_role("textbox", name="Flow")).to_have_value("onboarding")
    await expect(first.get_by_role("checkbox", name="Trend")).to_be_checked()


async def test_escape_closes_a_modal(shown: Shown) -> None:
    await shown.visit()
    await shown.slack.shortcut("get_training_report", user="UADA")
    await shown.dialog("Training report").wait_for()
    await shown.page.keyboard.press("Escape")
    await expect(shown.dialog("Training report")).to_be_hidden()
    assert shown.slack.view_of("UADA") is None


async def test_a_messages_menu_has_the_apps_shortcut(shown: Shown) -> None:
    await shown.visit()
    await shown.type("Something")
    await shown.last.hover()
    await shown.last.get_by_role("button", name="More actions").click()
    await shown.page.get_by_role("menuitem", name="Export the data").click()
    await expect(shown.dialog("Training report")).to_be_visible()


async def test_home_is_published_when_opened_and_follows_the_app(shown: Shown) -> None:
    await shown.visit()
    await shown.page.get_by_role("link", name="Flowbot").click()
    await shown.page.get_by_role("tab", name="Home").click()
    await expect(shown.page.get_by_role("heading", name="Your digests")).to_be_visible()
    await shown.button("Pause").click()
    await expect(shown.page.get_by_role("heading", name="Paused")).to_be_visible()


async def test_another_person_has_another_zone_and_other_channels(shown: Shown) -> None:
    await shown.visit()
    await expect(shown.page.get_by_text("It is now Monday 08:59")).to_be_visible()
    await shown.page.get_by_role("button", name="You are Ada. Switch person").click()
    await shown.page.get_by_role("menuitemradio", name="Guido").click()
    await expect(shown.page.get_by_role("link", name="#leads", exact=True)).to_be_hidden()
    await shown.page.get_by_role("button", name="You are Guido. Switch person").click()
    await shown.page.get_by_role("menuitemradio", name="Grace").click()
    await expect(shown.page.get_by_text("It is now Monday 2:59 AM")).to_be_visible()


@pytest.mark.parametrize(
    ("button", "then"),
    [
        ("+1 min", "Monday 09:00"),
        ("+1 h", "Monday 09:59"),
        ("Next 09:00", "Monday 09:00"),
        ("Next day", "Tuesday 08:59"),
    ],
)
async def test_the_clock_moves_on(shown: Shown, button: str, then: str) -> None:
    await shown.visit()
    await shown.button(button).click()
    await expect(shown.page.get_by_text(f"It is now {then}")).to_be_visible()


async def test_the_drawer_lists_a_vendors_calls_as_they_come(
    shown: Shown, vendor: DemoVendor
) -> None:
    await shown.visit()
    await shown.button("Vendors").click()
    calls = shown.page.get_by_role("table", name="Calls to MomoFlow")
    await expect(calls).to_contain_text("None yet")
    vendor.receive(received("/v1/assignments", 429))
    await expect(calls).to_contain_text("GET /v1/assignments")
    await expect(calls).to_contain_text("429")


async def test_the_drawers_switches_set_the_vendor(shown: Shown) -> None:
    await shown.visit()
    await shown.button("Vendors").click()
    await shown.page.get_by_text("Make it misbehave").click()
    await shown.page.get_by_role("switch", name="Refuse the key").check()
    await shown.page.get_by_role("combobox", name="Fail with").select_option("500")
    delay = shown.page.get_by_role("spinbutton", name="Seconds late")
    await delay.fill("99")
    await delay.press("Tab")
    await expect(shown.page.get_by_role("alert")).to_contain_text("at most 60")
    await expect(delay).to_have_value("0")
    assert [one.value for one in shown.vendor.switches] == [True, 0, "500"]


async def test_colours_change_over_and_stay_so(shown: Shown) -> None:
    await shown.visit()
    await shown.button("Use dark colours").click()
    await expect(shown.page.locator("html")).to_have_css("color-scheme", "dark")
    await shown.page.reload()
    await shown.button("Use light colours").click()
    await expect(shown.page.locator("html")).to_have_css("color-scheme", "light")


async def test_a_lost_connection_is_made_up_for(shown: Shown) -> None:
    await shown.visit()
    await expect(shown.page.get_by_text("This is the start of #training.")).to_be_visible()
    await shown.slack.app.on_shutdown.send(shown.slack.app)  # ends the stream of changes
    await shown.slack.say("Said in between", user="UGRACE", channel="CTRAIN")
    await expect(shown.last).to_contain_text("Said in between")


async def test_a_narrow_window_hides_the_channels_behind_a_button(shown: Shown) -> None:
    await shown.visit()
    await shown.page.set_viewport_size({"width": 400, "height": 800})
    general = shown.page.get_by_role("link", name="#general", exact=True)
    await expect(general).to_be_hidden()
    await shown.button("Channels").click()
    await general.click()
    await expect(general).to_be_hidden()
    await expect(shown.page.get_by_role("heading", name="general")).to_be_visible()
