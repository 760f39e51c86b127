"""Reminding those who are overdue: shown first, in one's own name, once a day."""

from bot.jobs.request import Request
from bot.training.core.reminding import StopReminders
from tests.asking.seeing import labels, words
from tests.stage import Stage
from tests.training.reminding.acting import (
    ANNA,
    FINN,
    NEW_YORK,
    REMIND,
    TUESDAY,
    agree,
    direct,
    press,
    previewed,
    remind,
    reminded,
)


async def test_it_is_shown_first_who_is_reminded_asked_or_left_alone(stage: Stage) -> None:
    await agree(stage, ANNA, "ULIN")

    shown = await previewed(stage)

    assert words(shown).splitlines()[:5] == [
        "Remind 1 person of Onboarding?",
        "1 now",
        "Those are anna",
        "1 is asked first",
        " whether I may remind them, once ever",
    ]
    assert "3 are not members of this workspace" in words(shown)
    assert "5 people overdue" in words(shown)
    assert labels(shown) == ["Remind 1 person", "Add a note", "Cancel"]
    assert direct(stage, ANNA) == direct(stage, FINN) == []
    assert stage.said() == []


async def test_a_reminder_says_who_asks_and_what_is_overdue(stage: Stage) -> None:
    await agree(stage, ANNA)

    said = await remind(stage, f'{REMIND} note "By Friday, please <!here>"')

    assert said.startswith("I'm reminding 1 person now of Onboarding.")
    [told] = [each for each in direct(stage, ANNA) if "overdue" in each.text]
    assert told.text == "Onboarding is overdue. ada asked me to remind you."
    shown = words(told)
    assert ": assigned Wed 26 Aug, 0 of 5 modules done" in shown
    assert "ada: \u201cBy Friday, please <!here>\u201d" in shown
    assert "<!here>" not in told.text
    assert labels(told) == ["I've done it", "Stop these reminders"]
    assert stage.said() == []


async def test_in_the_evening_of_theirs_it_waits_for_the_morning(stage: Stage) -> None:
    await agree(stage, ANNA, FINN)

    said = await remind(stage)
    assert "1 person now and 1 person on their next working morning" in said
    assert (len(reminded(stage, ANNA)), len(reminded(stage, FINN))) == (1, 0)

    await stage.at(NEW_YORK.replace(minute=0, hour=13))
    assert reminded(stage, FINN) == []
    await stage.at(NEW_YORK)
    assert len(reminded(stage, FINN)) == 1


async def test_nobody_is_reminded_twice_on_a_day(stage: Stage) -> None:
    await agree(stage, ANNA, "UGRACE")
    await remind(stage)

    again = await previewed(stage)
    assert "1 was reminded today, or will be" in words(again)
    assert "Remind" not in "".join(labels(again))

    await stage.at(TUESDAY)
    await remind(stage)
    assert len(reminded(stage, ANNA)) == 2


async def test_two_flows_on_a_day_are_one_message_or_wait_for_the_next(stage: Stage) -> None:
    give(stage, "flow_safe01", "anna.haas@example.com")
    await agree(stage, ANNA)

    await remind(stage)
    await remind(stage, "/flow-report remind ladder", user="UGRACE")
    assert len(reminded(stage, ANNA)) == 1

    await remind_before_nine(stage)
    await stage.at(TUESDAY)
    assert len(reminded(stage, ANNA)) == 2
    assert "grace asked me" in direct(stage, ANNA)[-1].text


async def remind_before_nine(stage: Stage) -> None:
    await stage.at(TUESDAY.replace(hour=7, minute=59))
    assert len(reminded(stage, "UANNA")) == 1


def give(stage: Stage, flow: str, email: str) -> None:
    """Let somebody be overdue in a flow."""
    now = stage.clock.now()
    stage.momoflow.organisation.assign(flow, email, now=now, due=now)
    stage.clock.advance(seconds=1)


async def test_what_two_people_want_for_the_morning_is_one_message(stage: Stage) -> None:
    give(stage, "flow_safe01", "finn.weber@example.com")
    await agree(stage, FINN)

    await remind(stage)
    await remind(stage, "/flow-report remind ladder", user="UGRACE")
    await stage.at(NEW_YORK)

    [told] = [each for each in direct(stage, FINN) if "overdue" in each.text]
    assert told.text == (
        "Ladder Safety and Onboarding are overdue. grace and ada asked me to remind you."
    )


async def test_a_double_click_reminds_once(stage: Stage) -> None:
    await agree(stage, ANNA)
    shown = await previewed(stage)

    await press(stage, shown, "Remind", times=3)
    assert len(reminded(stage, ANNA)) == 1
    assert len(await stage.rows("SELECT * FROM reminder_orders")) == 1


async def test_cancel_reminds_nobody(stage: Stage) -> None:
    await agree(stage, ANNA)

    await press(stage, await previewed(stage), "Cancel")
    assert stage.whispered()[-1] == "Cancelled. Nobody was reminded of Onboarding."
    assert reminded(stage, ANNA) == []


async def test_whoever_wanted_it_hears_what_came_of_it_without_names(stage: Stage) -> None:
    await agree(stage, ANNA, FINN)
    await remind(stage)
    assert summaries(stage) == []

    await stage.at(NEW_YORK)
    assert summaries(stage) == ["2 people reminded of Onboarding."]


def summaries(stage: Stage, user: str = "UADA") -> list[str]:
    return [each.text for each in direct(stage, user) if "reminded of" in each.text]


async def test_the_rest_is_stopped_by_whoever_wanted_it_alone(stage: Stage) -> None:
    await agree(stage, ANNA, FINN)
    await remind(stage)
    shown = stage.slack.ephemerals("UADA")[-1]

    await press(stage, shown, "Stop the rest")
    assert stage.whispered()[-1] == "Stopped 1 reminder of Onboarding. 1 reminder had been sent."
    await stage.at(NEW_YORK)
    assert reminded(stage, FINN) == []

    await press(stage, shown, "Stop the rest")
    assert stage.whispered()[-1].startswith("There is nothing left to stop")


async def test_nobody_else_stops_them(stage: Stage) -> None:
    await agree(stage, FINN)
    await remind(stage)
    [order] = await stage.rows("SELECT token FROM reminder_orders")

    wanted = Request("UGRACE", "grace", "CTRAIN", StopReminders(order["token"]))
    await stage.bot.services.inbox.accept("by another", wanted)
    await stage.settle()

    assert "Only whoever had them sent" in stage.whispered("UGRACE")[-1]
    await stage.at(NEW_YORK)
    assert len(reminded(stage, FINN)) == 1


async def test_whoever_finished_meanwhile_is_not_reminded(stage: Stage) -> None:
    await agree(stage, FINN)
    await remind(stage)

    flow = stage.momoflow.organisation.flows["flow_onb001"]
    flow.enrolments[:] = [each for each in flow.enrolments if not each.email.startswith("finn.w")]
    await stage.at(NEW_YORK)

    assert reminded(stage, FINN) == []
    [told] = summaries(stage)
    assert told.startswith("Nobody reminded of Onboarding. 1 person had finished it by then.")
    assert told.endswith("1 person has not said yet whether I may.")


async def test_ive_done_it_looks_again(stage: Stage) -> None:
    await agree(stage, ANNA)
    await remind(stage)
    told = direct(stage, ANNA)[-1]

    await press(stage, told, "I've done it", ANNA)
    assert "still lists Onboarding (0 of 5 modules done)" in last(stage, ANNA)

    stage.clock.advance(seconds=20)
    flow = stage.momoflow.organisation.flows["flow_onb001"]
    flow.enrolments[:] = [each for each in flow.enrolments if not each.email.startswith("anna.h")]
    await press(stage, told, "I've done it", ANNA)
    assert last(stage, ANNA) == "MomoFlow no longer lists Onboarding as overdue. Thank you!"


def last(stage: Stage, user: str) -> str:
    said = [*stage.slack.ephemerals(user), *direct(stage, user)]
    return max(said, key=lambda each: each.ts).text


async def test_plain_words_mean_the_same(stage: Stage) -> None:
    await agree(stage, ANNA)
    channel = stage.slack.workspace.direct_message("UADA").id
    for line in (
        "remind those who are overdue in onboarding",
        "please remind everyone who is late in onboarding",
    ):
        await stage.slack.say(line, user="UADA", channel=channel)
        await stage.settle()
        await press(stage, direct(stage, "UADA")[-1], "Yes")
        assert last(stage, "UADA") == "Remind 1 person of Onboarding?"


async def test_the_button_on_who_is_overdue_shows_it_to_whoever_presses_alone(
    stage: Stage,
) -> None:
    await agree(stage, ANNA)
    await stage.command("/flow-report onboarding overdue", user="UGRACE")

    await press(stage, stage.said()[-1], "Remind them", "UADA")
    assert stage.whispered()[-1] == "Remind 1 person of Onboarding?"
    assert stage.whispered("UGRACE") == []


async def test_a_note_is_added_in_the_form(stage: Stage) -> None:
    await agree(stage, ANNA)
    await press(stage, await previewed(stage), "Add a note")
    view = stage.slack.view_of("UADA")
    assert view is not None

    entered = {"remind_note": {"remind_note": "By Friday"}}
    await stage.slack.submit(view, values=entered, user="UADA")
    await stage.settle()
    shown = stage.slack.ephemerals("UADA")[-1]
    assert "Your note: \nBy Friday" in words(shown)
    await press(stage, shown, "Remind")
    assert "\u201cBy Friday\u201d" in reminded(stage, ANNA)[-1]
