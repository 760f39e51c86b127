"""Registering, signing on and creating when something breaks: nothing twice, nothing glossed."""

import asyncio
from pathlib import Path

import pytest

from tests.asking.seeing import interactive, words
from tests.company import another_bot, keep_what_was_wanted
from tests.stage import Stage
from tests.webinars.seeing import asked
from tests.webinars.test_changing import GUEST, confirmed, entered, opened

REGISTER = "/api/v1/registrants"
CREATE = "/api/v1/event"
SIGN_ON = "/api/v1/rooms/register"


@pytest.fixture(autouse=True)
async def wanted(stage: Stage) -> None:
    await keep_what_was_wanted(stage.bot)


async def taken_over(stage: Stage, folder: Path, job: str) -> None:
    """Let another process take over from one that died before it could record a job's end."""
    await stage.bot.database.execute(
        "UPDATE jobs SET state = 'running', finished_at = NULL WHERE name = :job", {"job": job}
    )
    await stage.bot.database.execute("DELETE FROM ledger WHERE key LIKE 'answer:%'")
    async with another_bot(stage.world, folder / "flowbot.db") as bot:
        await bot.engine.recover()
        await bot.settle()


async def test_a_registration_that_a_dead_process_made_is_told_of_and_not_made_again(
    stage: Stage, tmp_path: Path
) -> None:
    form = await opened(stage, "/flow-events register Quarterly update")
    await stage.slack.submit(form, values=GUEST)
    await stage.settle()
    await taken_over(stage, tmp_path, "register")

    assert asked(stage, REGISTER, "POST") == 1
    assert "may or may not be registered" in stage.whispered()[-1]


async def test_a_sign_on_that_a_dead_process_made_is_told_of_and_not_made_again(
    stage: Stage, tmp_path: Path
) -> None:
    form = await opened(stage, "/flow-events sign-on Help desk")
    await stage.slack.submit(form, values=GUEST)
    await stage.settle()
    stage.flowapp.set_switch("answer_500", 9)  # whatever else is asked, it must not come first
    await taken_over(stage, tmp_path, "sign_on")

    assert asked(stage, SIGN_ON) == 1
    assert "may or may not be registered for Help desk" in stage.whispered()[-1]


async def test_an_event_that_a_dead_process_made_is_told_of_and_not_made_again(
    stage: Stage, tmp_path: Path
) -> None:
    await confirmed(stage, await entered(stage))
    await taken_over(stage, tmp_path, "create_event")

    assert asked(stage, CREATE, "POST") == 1
    assert "may or may not have been created" in stage.whispered()[-1]


async def test_an_event_without_an_answer_is_not_asked_for_again(stage: Stage) -> None:
    shown = await entered(stage)
    stage.flowapp.set_switch("drop_after", 1)
    window = await confirmed(stage, shown)
    assert "may or may not have been created" in words(window)

    assert asked(stage, CREATE, "POST") == 1
    assert "may or may not have been created" in stage.whispered()[-1]


async def test_a_preview_that_is_sent_twice_creates_one_event(stage: Stage) -> None:
    shown = await entered(stage)
    await asyncio.gather(stage.slack.submit(shown), stage.slack.submit(shown))
    await stage.settle()

    assert asked(stage, CREATE, "POST") == 1


async def test_a_refused_event_is_not_lost_and_can_be_changed_and_created(stage: Stage) -> None:
    stage.flowapp.set_switch("creation_says_no", value=True)
    refused = await confirmed(stage, await entered(stage))
    assert "The account may not create events" in words(refused)
    assert "Back leads to what you entered." in words(refused)

    stage.flowapp.set_switch("creation_says_no", value=False)
    await stage.slack.close_view(refused)
    form = stage.slack.view_of("UADA")
    assert form is not None
    await stage.slack.submit(form)
    await stage.settle()
    again = stage.slack.view_of("UADA")
    assert again is not None
    assert "Town hall" in words(again)
    await confirmed(stage, again)

    assert "Town hall saved as a draft" in stage.whispered()[-1]
    assert asked(stage, CREATE, "POST") == 2


async def test_an_event_refused_after_its_window_was_closed_opens_as_it_was(stage: Stage) -> None:
    stage.flowapp.set_switch("creation_says_no", value=True)
    await stage.slack.submit(await entered(stage))
    busy = stage.slack.view_of("UADA")
    assert busy is not None
    await stage.slack.close_view(busy, everything=True)
    await stage.settle()

    [told] = stage.slack.ephemerals("UADA")
    await stage.slack.click(told, action_id="open_form")
    await stage.settle()
    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "Town hall" in str(form.blocks)


async def test_a_closed_registration_is_told_in_flows_words_and_not_as_a_refused_key(
    stage: Stage,
) -> None:
    stage.flowapp.set_switch("registration_closed", value=True)
    form = await opened(stage, "/flow-events register Quarterly update")
    await stage.slack.submit(form, values=GUEST)
    await stage.settle()
    back = stage.slack.view_of("UADA")
    assert back is not None
    assert "Registration closed" in words(back)
    assert "key" not in words(back)


async def test_an_event_on_the_night_when_clocks_go_back_says_that_its_time_comes_twice(
    stage: Stage,
) -> None:
    form = await opened(stage, "/flow-events create")
    ada = (await stage.slack.options(form, action_id="creator", query="ada")).options[0]["value"]
    night = {"date": {"date": "2027-10-31"}, "time": {"time": "02:30"}}
    who = {"creator": {"creator": ada}, "organizers": {"organizers": [ada]}}
    about = {"title": {"title": "Late"}, "description": {"description": "Very."}}
    await stage.slack.submit(form, values=about | night | who)
    await stage.settle()

    shown = stage.slack.view_of("UADA")
    assert shown is not None
    assert "this time comes twice" in words(shown)


@pytest.mark.parametrize("key", ["room_id", "id"])
async def test_a_room_is_signed_on_to_by_whichever_number_flow_knows(
    stage: Stage, key: str
) -> None:
    stage.flowapp.set_switch("room_key", key)
    form = await opened(stage, "/flow-events sign-on Help desk")
    await stage.slack.submit(form, values=GUEST)
    await stage.settle()

    assert "new@example.com can enter Help desk" in stage.whispered()[-1]
    assert asked(stage, SIGN_ON) == (1 if key == "room_id" else 2)


async def test_a_second_sign_on_says_that_it_is_the_same_link(stage: Stage) -> None:
    for _ in range(2):
        form = await opened(stage, "/flow-events sign-on Help desk")
        await stage.slack.submit(form, values=GUEST)
        await stage.settle()

    assert "This is the same link" in words(stage.slack.ephemerals("UADA")[-1])


async def test_a_link_is_in_no_message_that_others_see_and_in_no_log_of_what_was_told(
    stage: Stage,
) -> None:
    form = await opened(stage, "/flow-events register Quarterly update")
    await stage.slack.submit(form, values=GUEST)
    await stage.settle()

    links = [
        each for each in interactive(stage.slack.ephemerals("UADA")[-1].blocks) if "url" in each
    ]
    assert stage.said() == []
    assert links == []
    assert "/s/" not in stage.whispered()[-1]
