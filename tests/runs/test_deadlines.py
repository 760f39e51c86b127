"""Deadlines of questions: a second person is asked, and a run may be cancelled, by day."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.slack import Message
from tests.asking.seeing import interactive, label
from tests.runs.acting import TRAVEL, asked, our_run, quiet, started, thread
from tests.stage import Stage

NIGHT = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
"""A Monday, 21:00 in Berlin."""


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage, pause="UserInput")


async def asking(stage: Stage) -> Message:
    """Start a flow and wait until it asks; return its card."""
    shown = await started(stage, TRAVEL)
    await stage.after(seconds=15)
    return shown


async def later(stage: Stage, **time: float) -> None:
    await stage.after(step=600, **time)


async def test_a_second_person_is_asked_when_the_time_is_over(stage: Stage) -> None:
    await stage.command(f"/flow-run deadline {TRAVEL} 4h then <@UADA>", user="UGRACE")
    shown = await asking(stage)
    await later(stage, hours=3, minutes=50)
    before = thread(stage, shown)
    await later(stage, minutes=20)

    said = stage.said()[0].text
    assert said == (f"Questions of {TRAVEL} are to be answered within 4 hours. Then I ask ada too.")
    replies = stage.slack.thread("CTRAIN", shown.ts)
    assert len(before) == 2  # the question, and the reminder after an hour
    assert replies[2].text == (
        f"{TRAVEL} still needs an answer to go on; it was to come within 4 hours."
    )
    assert replies[2].pages == ("UADA",)
    await later(stage, hours=8)
    assert len(thread(stage, shown)) == 3
    assert our_run(stage).status == "UserInput"


async def test_an_answered_question_has_no_deadline_any_more(stage: Stage) -> None:
    await stage.command(f"/flow-run deadline {TRAVEL} 4h then <@UADA> then cancel", user="UGRACE")
    shown = await asking(stage)
    stage.smartflows.engine.resume(our_run(stage), {})
    await later(stage, hours=10)

    assert not [each for each in thread(stage, shown) if "still needs" in each]
    assert asked(stage, "/progress", "DELETE") == 0


async def test_a_run_is_cancelled_after_twice_the_time_for_who_set_it(stage: Stage) -> None:
    await stage.command(
        f"/flow-run deadline {TRAVEL} 2 hours then <@UADA> then cancel", user="UGRACE"
    )
    shown = await asking(stage)
    await later(stage, hours=2, minutes=20)
    warned = thread(stage, shown)[-1]
    await later(stage, hours=2)

    assert warned.endswith("After 2 hours more without one I cancel the run, as grace set it.")
    assert f"{TRAVEL}: nobody answered within 4 hours, so I cancel it, as grace set it." in thread(
        stage, shown
    )
    assert asked(stage, "/progress", "DELETE") == 1
    [row] = await stage.rows("SELECT * FROM audit WHERE action = 'Cancel a run'")
    assert (row["user_id"], row["came_to"]) == ("UGRACE", "done")


async def test_more_time_is_given_once_asked_for(stage: Stage) -> None:
    await stage.command(f"/flow-run deadline {TRAVEL} 2h then <@UADA> then cancel", user="UGRACE")
    shown = await asking(stage)
    await later(stage, hours=2, minutes=20)
    warning = stage.slack.thread("CTRAIN", shown.ts)[-1]
    [more] = [each for each in interactive(warning.blocks) if label(each) == "More time"]
    await stage.slack.click(warning, action_id=more["action_id"], value=more["value"], user="UADA")
    await later(stage, hours=2)
    alive = our_run(stage).status
    await later(stage, hours=1)

    assert f"ada gave {TRAVEL} 2 hours more to be answered." in thread(stage, shown)
    assert alive == "UserInput"
    assert asked(stage, "/progress", "DELETE") == 1


async def test_nobody_is_asked_by_night_or_on_a_holiday(stage: Stage) -> None:
    await stage.command(f"/flow-run deadline {TRAVEL} 4h then <@UADA>", user="UGRACE")
    stage.clock.advance(to=NIGHT - timedelta(hours=4))
    shown = await asking(stage)
    await later(stage, hours=10)
    by_night = thread(stage, shown)
    await later(stage, hours=10)

    assert not [each for each in by_night if "still needs" in each]
    assert [each for each in thread(stage, shown) if "still needs" in each]


async def test_a_deadline_set_later_is_for_open_questions_too(stage: Stage) -> None:
    shown = await asking(stage)
    await stage.command("/flow-run deadline all 1h", user="UGRACE")
    await later(stage, hours=1, minutes=40)

    told = thread(stage, shown)  # the reminder of the same minute may come before it or after it
    assert len([each for each in told if each.startswith(f"{TRAVEL} still needs an answer")]) == 1


async def test_a_deadline_that_was_ended_asks_nobody(stage: Stage) -> None:
    await stage.command(f"/flow-run deadline {TRAVEL} 1h then <@UADA>", user="UGRACE")
    shown = await asking(stage)
    await stage.command(f"/flow-run deadline {TRAVEL} off", user="UGRACE")
    await later(stage, hours=3)

    assert not [each for each in thread(stage, shown) if "still needs" in each]
    assert stage.said()[-1].text == f"Questions of {TRAVEL} have no deadline any more."


async def test_who_set_it_and_lost_the_right_cancels_nothing(stage: Stage) -> None:
    await stage.command(f"/flow-run deadline {TRAVEL} 1h then <@UADA> then cancel", user="UGRACE")
    await asking(stage)
    await stage.slack.admin.change_person("UGRACE", is_restricted=True)
    await later(stage, hours=4)

    assert asked(stage, "/progress", "DELETE") == 0
    assert our_run(stage).status == "UserInput"


async def test_a_guest_sets_no_deadline(stage: Stage) -> None:
    await stage.command("/flow-run deadline all 1h", user="UGUEST")

    assert await stage.rows("SELECT * FROM deadlines") == []
    [refused] = stage.whispered("UGUEST")
    assert refused.startswith("Guests cannot cancel runs or set deadlines.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("deadline all 5m", "15 minutes at least and 14 days at most"),
        ("deadline all 900d", "15 minutes at least and 14 days at most"),
        ("deadline all 4h then Ben", 'I didn\'t understand "Ben"'),
        ("deadline Nonsense flow 4h", "Nonsense flow"),
        ("deadline all off", "have no deadline"),
        ("deadlines travel", "Nothing follows deadlines"),
    ],
)
async def test_what_does_not_work_says_what_would(stage: Stage, typed: str, said: str) -> None:
    outcome = await stage.command(f"/flow-run {typed}")

    told = [outcome.text, *stage.whispered(), *(each.text for each in stage.said())]
    assert any(said in each for each in told), told
    assert await stage.rows("SELECT * FROM deadlines") == []


async def test_the_form_sets_one(stage: Stage) -> None:
    outcome = await stage.command("/flow-run deadline")
    view = stage.slack.view_of("UADA")
    assert (outcome.error, view is not None) == ("", True)
    assert view is not None
    listed = await stage.slack.options(view, action_id="flow_to_run", query="trav")
    assert [each["text"]["text"] for each in listed.options] == [TRAVEL]
    await stage.slack.submit(
        view, values={"deadline_person": {"deadline_person": "UADA"}}, user="UADA"
    )
    await stage.settle()

    [row] = await stage.rows("SELECT * FROM deadlines")
    assert (row["flow_id"], row["seconds"], row["then_user"], row["at_end"]) == (
        "",
        14_400,
        "UADA",
        "wait",
    )
    await stage.command("/flow-run deadlines")
    assert "1 deadline for the questions of runs: all flows 4 hours." in stage.said()[-1].text
