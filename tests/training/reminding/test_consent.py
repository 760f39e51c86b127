"""Nobody is reminded who did not agree: asked once for ever, by day, and never where they left."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.consent.intents import StopBeingFound
from bot.jobs.request import Request
from sandbox.slack import Message
from tests.asking.seeing import labels, words
from tests.stage import Stage, open_stage
from tests.training.reminding.acting import (
    ANNA,
    FINN,
    NEW_YORK,
    TUESDAY,
    agree,
    direct,
    home,
    press,
    previewed,
    remind,
    reminded,
    say,
)

QUESTION = "ada wants me to remind you of overdue training in MomoFlow. May I?"


def questions(stage: Stage, user: str) -> list[Message]:
    return [each for each in direct(stage, user) if each.text == QUESTION]


async def ask(stage: Stage) -> None:
    """Want those reminded who are overdue, of whom nobody has agreed yet."""
    await press(stage, await previewed(stage), "Ask")


async def test_whoever_was_never_asked_is_asked_and_told_what_it_means(stage: Stage) -> None:
    assert labels(await previewed(stage)) == ["Ask 2 people", "Add a note", "Cancel"]
    await ask(stage)

    [asked] = questions(stage, ANNA)
    assert labels(asked) == ["Yes, remind me", "No"]
    assert "keep only your answer" in words(asked)
    assert "I ask this once" in words(asked)
    assert reminded(stage, ANNA) == []
    assert (
        "Nobody is reminded of Onboarding now. 2 people are asked first" in (stage.whispered()[-1])
    )


async def test_yes_brings_the_reminder_at_once_and_takes_the_questions_place(
    stage: Stage,
) -> None:
    await ask(stage)
    await press(stage, questions(stage, ANNA)[0], "Yes", ANNA)

    assert questions(stage, ANNA) == []
    assert direct(stage, ANNA)[0].text.startswith("Thank you. From now on I can remind you")
    [told] = reminded(stage, ANNA)
    assert "ada asked me to remind you" in told
    assert stage.said("DADA")[-1].text.startswith("1 person reminded of Onboarding.")


async def test_no_is_never_asked_again_by_nobody_about_nothing(stage: Stage) -> None:
    await ask(stage)
    await press(stage, questions(stage, ANNA)[0], "No", ANNA)

    assert "I send you no reminders" in direct(stage, ANNA)[-1].text
    await stage.at(TUESDAY)
    shown = await previewed(stage, user="ULIN")
    assert "2 have not agreed" in words(shown)  # nobody is told who said no and who said nothing
    await press(stage, shown, "Ask 1 person", "ULIN")  # it is Grace, who is overdue since
    assert len(direct(stage, ANNA)) == 1


async def test_silence_is_asked_no_second_time(stage: Stage) -> None:
    await ask(stage)
    await stage.at(TUESDAY)
    shown = await previewed(stage)

    assert "2 have not agreed to reminders" in words(shown)
    await press(stage, shown, "Ask 1 person")  # it is Grace, who is overdue since
    assert len(questions(stage, ANNA)) == 1


async def test_nobody_is_asked_in_the_evening_of_theirs(stage: Stage) -> None:
    await ask(stage)
    assert questions(stage, FINN) == []

    await stage.at(NEW_YORK)
    assert len(questions(stage, FINN)) == 1


async def test_what_was_stopped_before_it_was_asked_is_not_asked(stage: Stage) -> None:
    await ask(stage)
    await press(stage, stage.slack.ephemerals("UADA")[-1], "Stop the rest")
    await stage.at(NEW_YORK)

    assert questions(stage, FINN) == []
    assert await stage.rows("SELECT * FROM consents WHERE user_id = 'UFINN'") == []


async def test_a_yes_after_more_than_a_week_brings_no_old_reminder(stage: Stage) -> None:
    await ask(stage)
    await stage.at(datetime(2026, 12, 2, 10, tzinfo=UTC))
    await press(stage, questions(stage, ANNA)[0], "Yes", ANNA)

    assert reminded(stage, ANNA) == []


async def test_the_home_tab_says_what_it_means_and_ends_it_at_once(stage: Stage) -> None:
    before = await home(stage, ANNA)
    assert "Your name in services" in words(before)
    await agree(stage, ANNA)
    assert "You agreed: I can remind you" in words(await home(stage, ANNA))

    await say(stage, ANNA, "Stop")
    assert labels_of_home(stage, ANNA) >= {"Agree"}
    assert "1 has not agreed" in words(await previewed(stage))


def labels_of_home(stage: Stage, user: str) -> set[str]:
    view = stage.slack.home_of(user)
    assert view is not None
    rows = [each for each in view.blocks if each["type"] == "actions"]
    return {button["text"]["text"] for row in rows for button in row["elements"]}


async def test_whoever_wants_never_to_be_asked_is_not(stage: Stage) -> None:
    await say(stage, ANNA, "Never ask me")
    await ask(stage)

    assert questions(stage, ANNA) == []


async def test_a_guest_has_no_such_section_and_cannot_agree(stage: Stage) -> None:
    assert "Your name in services" not in words(await home(stage, "UGUEST"))


async def test_no_guest_nobody_of_others_and_nobody_who_left_is_written_to(stage: Stage) -> None:
    now = stage.clock.now()
    for email in ("guido@guests.example.com", "pat@partner.example.com", "robin@example.com"):
        stage.momoflow.organisation.assign("flow_empty1", email, now=now, due=now)
    stage.clock.advance(seconds=1)

    shown = await previewed(stage, "/flow-report remind new hires")
    assert "3 are not members of this workspace" in words(shown)
    assert labels(shown) == []
    assert await stage.rows("SELECT * FROM consents") == []


async def test_an_opt_out_after_the_preview_counts(stage: Stage) -> None:
    await agree(stage, ANNA)
    shown = await previewed(stage)
    await say(stage, ANNA, "Stop")

    await press(stage, shown, "Remind")
    assert reminded(stage, ANNA) == []


async def test_an_opt_out_in_the_night_counts_in_the_morning(stage: Stage) -> None:
    await agree(stage, FINN)
    await remind(stage)
    await say(stage, FINN, "Stop")
    await stage.at(NEW_YORK)

    assert reminded(stage, FINN) == []
    assert "1 person not reached" in stage.said("DADA")[-1].text


async def test_what_slack_has_not_taken_yet_is_taken_back(stage: Stage) -> None:
    await agree(stage, ANNA)
    shown = await previewed(stage)
    stage.slack.refuse("chat.postMessage", error="service_unavailable", times=1000)
    await stage.slack.click(shown, action_id="do", user="UADA")
    await stage.bot.settle()
    assert await states(stage) == ["going", "held"]

    wanted = Request(ANNA, "anna", "", StopBeingFound())
    await stage.bot.services.inbox.accept("stops", wanted)
    await stage.bot.settle()
    stage.slack.mend()
    await stage.after(minutes=5, step=30)
    assert reminded(stage, ANNA) == []
    assert await states(stage) == ["held", "refused"]


async def states(stage: Stage) -> list[str]:
    return sorted(each["state"] for each in await stage.rows("SELECT state FROM reminders"))


async def test_the_message_itself_ends_them(stage: Stage) -> None:
    await agree(stage, ANNA)
    await remind(stage)
    await press(stage, direct(stage, ANNA)[-1], "Stop these reminders", ANNA)
    await stage.at(TUESDAY)
    await press(stage, await previewed(stage), "Ask")

    assert len(reminded(stage, ANNA)) == 1


async def test_whoever_leaves_in_between_is_not_reached(stage: Stage) -> None:
    await agree(stage, FINN)
    await remind(stage)
    await stage.slack.admin.change_person(FINN, deleted=True)
    await stage.at(NEW_YORK)

    assert reminded(stage, FINN) == []
    assert "1 person not reached" in stage.said("DADA")[-1].text


HOLIDAYS = [
    (datetime(2026, 12, 24, 17, tzinfo=UTC), "DE", datetime(2026, 12, 28, 8, tzinfo=UTC)),
    (datetime(2026, 10, 23, 17, tzinfo=UTC), "", datetime(2026, 10, 26, 8, tzinfo=UTC)),
    (datetime(2027, 3, 26, 18, tzinfo=UTC), "", datetime(2027, 3, 29, 7, tzinfo=UTC)),
]
"""Christmas with a weekend, and the two nights in which clocks change: always nine in Berlin."""


@pytest.mark.parametrize(("now", "place", "comes"), HOLIDAYS)
async def test_it_waits_over_holidays_weekends_and_changes_of_the_clock(
    path: Path, now: datetime, place: str, comes: datetime
) -> None:
    async with open_stage(path, now=now, holidays=place) as stage:
        await agree(stage, ANNA)
        assert "on their next working morning" in await remind(stage)

        await stage.at(comes.replace(hour=comes.hour - 1, minute=59))
        assert reminded(stage, ANNA) == []
        await stage.at(comes)
        assert len(reminded(stage, ANNA)) == 1
