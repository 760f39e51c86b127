"""Reminders that may not be, cannot be at the moment, or were begun by a process that died."""

from datetime import timedelta
from pathlib import Path

import pytest

from sandbox.slack import Message
from sandbox.slack.people import User
from tests.asking.seeing import labels, words
from tests.company import another_bot, keep_what_was_wanted
from tests.stage import Stage, open_stage
from tests.training.reminding.acting import (
    ANNA,
    FINN,
    NEW_YORK,
    REMIND,
    agree,
    direct,
    press,
    previewed,
    remind,
    reminded,
)
from tests.workspaces.conftest import KEY, REDIRECT, ROOT, Front
from tests.workspaces.test_connections import connect

LOOKUP = "users.lookupByEmail"


async def test_a_guest_reminds_nobody(stage: Stage) -> None:
    await agree(stage, ANNA)
    await stage.command(REMIND, user="UGUEST")

    assert stage.whispered("UGUEST")[-1].startswith("Guests cannot remind people.")
    assert reminded(stage, ANNA) == []


async def test_a_rule_says_who_may_and_nobody_else_is_offered_it(stage: Stage) -> None:
    await agree(stage, ANNA)
    await stage.command("/flow policy remind only @grace")

    await stage.command(REMIND)
    assert "Only grace may remind people of training" in stage.whispered()[-1]
    await stage.command("/flow-report onboarding overdue privately")
    assert "Remind them" not in labels(stage.slack.ephemerals("UADA")[-1])
    assert "Remind them" in labels(await overdue(stage, "UGRACE"))


async def overdue(stage: Stage, user: str) -> Message:
    await stage.command("/flow-report onboarding overdue privately", user=user)
    return stage.slack.ephemerals(user)[-1]


async def test_a_rule_for_one_flow_is_looked_at_when_it_is_confirmed(stage: Stage) -> None:
    await agree(stage, ANNA)
    shown = await previewed(stage)
    await stage.command('/flow policy remind not @ada about "onboarding"')

    await press(stage, shown, "Remind")
    assert "An admin decided that you can't remind people of training" in str(stage.whispered())
    assert reminded(stage, ANNA) == []
    [row] = await stage.rows("SELECT * FROM audit WHERE right_id = 'remind' ORDER BY id DESC")
    assert (row["came_to"], row["thing"]) == ("denied", "flow_onb001")


async def test_assigners_may_remind_until_a_rule_says_who(path: Path) -> None:
    async with open_stage(path, assigners="UGRACE") as stage:
        await agree(stage, ANNA)
        await stage.command(REMIND)

        assert "ASSIGNERS may remind people of training" in stage.whispered()[-1]
        assert labels(await previewed(stage, user="UGRACE"))[0] == "Remind 1 person"


async def test_a_second_person_agrees_first(stage: Stage) -> None:
    await agree(stage, ANNA)
    await stage.command("/flow policy remind second person")
    await press(stage, await previewed(stage), "Remind")

    card = stage.said()[-1]
    assert card.text.startswith("ada wants to remind 1 person who is overdue in Onboarding.")
    assert reminded(stage, ANNA) == []
    await press(stage, card, "Agree", "UGRACE")
    assert "ada asked me to remind you" in reminded(stage, ANNA)[0]


async def test_each_order_is_in_the_audit_without_the_people(stage: Stage) -> None:
    await agree(stage, ANNA)
    await remind(stage)

    [row] = await stage.rows("SELECT * FROM audit WHERE right_id = 'remind'")
    assert (row["user_id"], row["came_to"], row["thing_name"]) == ("UADA", "done", "Onboarding")
    assert "anna" not in str(dict(row)).casefold()


async def test_no_address_is_ever_written_down(stage: Stage) -> None:
    await agree(stage, ANNA)
    await remind(stage)
    await stage.at(NEW_YORK)

    for table in ("consents", "reminders", "reminder_orders", "jobs", "ledger"):
        assert "haas@" not in str(await stage.rows(f"SELECT * FROM {table}"))  # noqa: S608


async def test_a_flow_that_nobody_knows_is_said_with_the_nearest(stage: Stage) -> None:
    await stage.command("/flow-report remind onbording")
    assert 'Did you mean "onboarding"?' in stage.whispered()[-1]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("onboarding note", "After note come words for those who are reminded"),
        (f"onboarding note {'x' * 301}", "at most 300 letters"),
        ("note hurry up", "Which flow? It comes before the note"),
    ],
)
async def test_what_cannot_be_read_is_answered_at_once(stage: Stage, typed: str, hint: str) -> None:
    outcome = await stage.command(f"/flow-report remind {typed}")
    assert hint in outcome.text


async def test_while_momoflow_is_away_nothing_is_shown_and_it_says_so(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_500", 9)
    await stage.command(REMIND)

    assert "MomoFlow" in stage.whispered()[-1]
    assert await stage.rows("SELECT * FROM reminder_orders") == []


async def test_while_momoflow_is_away_a_reminder_waits(stage: Stage) -> None:
    await agree(stage, FINN)
    await remind(stage)
    stage.momoflow.set_switch("answer_500", 9)
    await stage.at(NEW_YORK)
    assert reminded(stage, FINN) == []

    stage.momoflow.set_switch("answer_500", 0)
    await stage.at(NEW_YORK + timedelta(minutes=16))
    assert len(reminded(stage, FINN)) == 1


async def test_what_waits_for_more_than_a_day_is_told_as_not_reached(stage: Stage) -> None:
    await agree(stage, FINN)
    await remind(stage)
    stage.momoflow.set_switch("answer_500", 10_000)
    for hours in (0, 8, 24, 25):
        await stage.at(NEW_YORK + timedelta(hours=hours))

    assert reminded(stage, FINN) == []
    assert "1 person not reached" in stage.said("DADA")[-1].text


async def test_where_slack_does_not_tell_at_the_moment_it_says_so_and_goes_on(
    stage: Stage,
) -> None:
    await agree(stage, ANNA)
    stage.slack.disturb(LOOKUP, kind="rate_limited", seconds=50)

    shown = await previewed(stage)
    assert "5 are still to be looked up in Slack" in words(shown)
    assert labels(shown)[0] == "Remind those I find"
    await press(stage, shown, "Remind")
    assert reminded(stage, ANNA) == []
    await stage.after(seconds=60, step=10)
    assert len(reminded(stage, ANNA)) == 1


async def test_who_is_asked_first_is_not_told_as_reminded_while_others_are_looked_up(
    stage: Stage,
) -> None:
    await stage.command("/flow-report remind gdpr")

    shown = stage.slack.ephemerals("UADA")[-1]
    assert "still to be looked up in Slack" in words(shown)
    assert shown.text == "Ask 1 person whether I may remind them of Data protection basics?"


async def test_without_the_scope_it_says_how_to_mend_it(stage: Stage) -> None:
    stage.slack.revoke("users:read.email")
    await stage.command(REMIND)

    assert "may not find people by their e-mail address here" in stage.whispered()[-1]
    assert await stage.rows("SELECT * FROM consents") == []


async def test_more_people_than_slack_tells_of_in_a_minute_take_some(stage: Stage) -> None:
    now = stage.clock.now()
    for number in range(60):
        user, email = f"UMANY{number}", f"many{number}@example.com"
        stage.slack.admin.add(User(user, f"many{number}", f"Many {number}", email))
        stage.momoflow.organisation.assign("flow_empty1", email, now=now, due=now)
    stage.clock.advance(seconds=1)

    shown = await previewed(stage, "/flow-report remind new hires")
    assert "40 are asked first" in words(shown).replace("\n", "")
    assert "20 are still to be looked up" in words(shown)
    await press(stage, shown, "Ask")
    await stage.after(seconds=90, step=15)
    found = await stage.rows("SELECT * FROM consents WHERE told_at IS NOT NULL")
    assert len(found) == 60
    assert "60 people are asked first" in stage.whispered()[-1]


async def test_who_has_two_addresses_there_is_one_person(stage: Stage) -> None:
    await agree(stage, ANNA)
    now = stage.clock.now()
    for email in ("Anna.Haas@example.com", "ANNA.HAAS@example.com"):
        stage.momoflow.organisation.assign("flow_onb001", email, now=now, due=now)
    stage.clock.advance(seconds=1)

    assert labels(await previewed(stage))[0] == "Remind 1 person"


async def test_a_process_that_died_in_the_middle_reminds_nobody_twice(
    stage: Stage, path: Path
) -> None:
    await keep_what_was_wanted(stage.bot)
    await agree(stage, ANNA, FINN)
    await remind(stage)
    await stage.bot.database.execute(
        "UPDATE jobs SET state = 'running', finished_at = NULL "
        "WHERE name IN ('remind_overdue', 'send_reminder', 'ask_consent')"
    )
    async with another_bot(stage.world, path) as bot:
        await bot.engine.recover()
        await bot.settle()

        assert len(reminded(stage, ANNA)) == 1
        stage.clock.advance(to=NEW_YORK)
        await bot.settle()
        assert len(reminded(stage, FINN)) == 1


async def test_a_clock_that_was_set_back_wakes_nobody_at_night_and_reminds_nobody_twice(
    stage: Stage,
) -> None:
    await stage.at(stage.clock.now())
    await agree(stage, ANNA, FINN)
    await remind(stage)
    stage.clock.set_back(3 * 3600)
    for hour in (9, 11):  # Finn's job comes three hours early, at six of his
        await stage.at(NEW_YORK.replace(hour=hour))
        assert reminded(stage, FINN) == []

    await stage.at(NEW_YORK)
    await stage.at(NEW_YORK + timedelta(hours=20))
    assert (len(reminded(stage, ANNA)), len(reminded(stage, FINN))) == (1, 1)


async def test_two_who_want_the_same_at_once_remind_once(stage: Stage) -> None:
    await agree(stage, ANNA)
    ada, grace = await previewed(stage), await previewed(stage, user="UGRACE")

    await press(stage, ada, "Remind")
    await press(stage, grace, "Remind", "UGRACE")
    assert len(reminded(stage, ANNA)) == 1


async def test_an_agreement_holds_in_its_own_workspace_alone(path: Path) -> None:
    async with open_stage(path, installs=True, secret_keys=KEY, public_url=ROOT) as stage:
        stage.slack.tenants.redirect_urls.append(REDIRECT)
        front, second = Front(stage), stage.slack.add_workspace("TSECOND", name="Second")
        await front.install(second)
        await agree(stage, ANNA)
        await second.open_home(user="UADA")
        await front.settle_all()
        assert "Your name in services" not in str(second.home_of("UADA"))  # MomoFlow is off there
        await connect(front, second.team_id, stage.momoflow.api_key)
        stage.bot.process.installs.installations.others_wrote()
        await stage.bot.process.catch_up()

        await second.command("/flow-report remind flow_onb001", user="UADA", channel="CTRAIN")
        await front.settle_all()
        shown = second.ephemerals("UADA")[-1]
        assert labels(shown)[0] == "Ask 2 people"
        assert direct(stage, ANNA) == []
