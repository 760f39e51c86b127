"""A digest looked at before it is ordered: real data, for the asker alone, nothing posted."""

from tests.asking.seeing import words
from tests.digests.forms import choose, held, new, of_answer, pressed, shown, submit
from tests.digests.people import stand
from tests.digests.test_form_wishes import MORE
from tests.digests.test_terms import DAILY, DAY, NINE
from tests.stage import Stage


async def test_it_shows_real_data_in_the_window_and_posts_nothing(stage: Stage) -> None:
    await of_answer(stage, "/flow-report onboarding")
    said, whispers = len(stage.said()), len(stage.whispered())
    await stage.slack.click(shown(stage), action_id="note", value="for the round")
    page = await pressed(stage, "Preview")

    told = words(page)
    assert page.title == "Preview"
    assert "Only you see this. Nothing was sent." in told
    assert "overdue in Onboarding" in told
    assert "for the round" in told
    assert "every weekday at 09:00 (Berlin time)" in told
    assert "today 09:00, tomorrow 09:00, Wed 25 Nov 09:00 (Berlin time)" in told
    assert "It would have been sent 20 times in the last 30 days." in told
    assert (len(stage.said()), len(stage.whispered())) == (said, whispers)
    assert await stage.rows("SELECT id FROM subscriptions") == []
    assert await stage.rows("SELECT id FROM digest_runs") == []


async def test_behind_it_the_form_is_as_it_was(stage: Stage) -> None:
    await of_answer(stage)
    await stage.slack.click(shown(stage), action_id="note", value="for the round")
    await choose(stage, "digest_often", "daily")
    page = await pressed(stage, "Preview")
    await stage.slack.close_view(page)

    view = shown(stage)
    assert (held(view, "note"), held(view, "digest_often")) == ("for the round", "daily")
    assert (await submit(stage)).errors == {}
    assert "every day at 09:00" in stage.said()[-1].text


async def test_while_the_vendor_is_slow_the_window_says_so_and_stays_usable(stage: Stage) -> None:
    await of_answer(stage)
    view = shown(stage)
    await stage.slack.click(view, action_id="digest_preview")
    page = shown(stage)
    assert "Making it with today's figures" in words(page)

    await stage.slack.close_view(page)
    await choose(stage, "digest_often", "daily")
    await stage.settle()  # it comes to a window that is closed
    assert held(shown(stage), "digest_often") == "daily"
    assert (await submit(stage)).errors == {}


async def test_what_a_vendor_says_instead_stands_on_its_page(stage: Stage) -> None:
    await of_answer(stage)
    stage.momoflow.set_switch("expired_key", value=True)
    page = await pressed(stage, "Preview")

    assert "MomoFlow" in words(page)
    await stage.slack.close_view(page)
    assert shown(stage).title == "New digest"


async def test_what_is_missing_is_said_above_the_form(stage: Stage) -> None:
    await new(stage)
    view = await pressed(stage, "Preview")

    assert view.title == "New digest"
    assert "Choose a flow for this." in words(view)


async def test_a_condition_that_does_not_hold_now_is_said(stage: Stage) -> None:
    await of_answer(stage, "/flow-report onboarding")
    await pressed(stage, MORE)
    await stage.slack.click(shown(stage), action_id="digest_only_if", value="completion < 1%")
    page = await pressed(stage, "Preview")

    assert "Now it would not be sent: " in words(page)


async def test_every_kind_can_be_looked_at(stage: Stage) -> None:
    for asked in (
        "/flow-report all",
        "/flow-report onboarding by week",
        "/flow-events future",
        '/flow-export "Spring campaign" counts last-7d',
        '/flow-export "Spring campaign" step 1 yesterday csv',
        '/flow-analytics "Site hazards" summary last-30d',
        '/flow-analytics "Site hazards" heatmap last-30d',
        "/flow-run list latest",
        "/flow-run summary all last-30d",
    ):
        await of_answer(stage, asked)
        page = await pressed(stage, "Preview")
        assert "Nothing was sent." in words(page), (asked, words(page))


async def test_of_a_change_it_says_what_is_new_to_its_readers_and_keeps_it_new(
    stage: Stage,
) -> None:
    stand(stage, done=70, late=30)
    await stage.command(DAILY)
    await stage.at(NINE)
    stand(stage, done=75, late=25)
    await stage.at(NINE + DAY / 2)
    for _ in range(2):  # nothing of the first is remembered
        await stage.command("/flow edit 1")
        assert "5 more completed" in words(await pressed(stage, "Preview"))
    await stage.at(NINE + DAY)
    assert "5 more completed" in words(stage.said()[-1])


async def test_of_a_change_it_says_that_nothing_changed_since_the_last(stage: Stage) -> None:
    stand(stage, done=70, late=30)
    await stage.command(f"{DAILY} only if changed")
    await stage.at(NINE)
    await stage.command("/flow edit 1")

    told = words(await pressed(stage, "Preview"))
    assert "Nothing changed since the last digest." in told
