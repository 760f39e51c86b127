"""Channels that watch flows, whoever starts them."""

import pytest

from sandbox.slack import Message
from tests.asking.seeing import has_blocks
from tests.runs.acting import TRAVEL, quiet, somebody_runs, started, thread
from tests.runs.test_questions import GOOD, answer, form_for
from tests.stage import Stage


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


async def watching(stage: Stage, words: str = "all", *, channel: str = "CFIELD") -> None:
    await stage.command(f"/flow-run watch {words}", channel=channel)
    await stage.after(seconds=10)


def told(stage: Stage, channel: str = "CFIELD") -> list[str]:
    """Return what a channel was told after the reply to its command."""
    return [each.text for each in stage.said(channel)[1:]]


async def test_the_end_of_somebody_elses_run_is_told_once(stage: Stage) -> None:
    await watching(stage)
    somebody_runs(stage)
    await stage.after(minutes=3)

    assert told(stage) == [
        f"{TRAVEL} is done after 30 s.",
    ]


async def test_nothing_of_before_the_watch_is_told(stage: Stage) -> None:
    somebody_runs(stage, seconds=10)
    await stage.after(seconds=60)
    await watching(stage)
    await stage.after(seconds=60)

    assert told(stage) == []


async def test_a_run_that_was_going_on_before_the_watch_is_told_of_at_its_end(
    stage: Stage,
) -> None:
    somebody_runs(stage, seconds=120)
    await stage.after(seconds=60)
    await watching(stage)
    await stage.after(seconds=120)

    assert len(told(stage)) == 1


async def test_only_what_was_asked_for_is_told(stage: Stage) -> None:
    await watching(stage, "travel request failed")
    somebody_runs(stage)
    somebody_runs(stage, outcome="Error")
    somebody_runs(stage, "Welcome letter", outcome="Error")
    await stage.after(minutes=2)

    [text] = told(stage)
    assert text.startswith(f"{TRAVEL} failed after ")


async def test_of_all_flows_some_are_left_out_by_their_names(stage: Stage) -> None:
    await watching(stage, 'all !"*letter*"')
    assert "when any flow (without *letter*) finishes" in stage.said("CFIELD")[0].text
    somebody_runs(stage)
    somebody_runs(stage, "Welcome letter")
    await stage.after(minutes=2)

    [text] = told(stage)
    assert text.startswith(TRAVEL)
    await stage.command("/flow-run watches", channel="CFIELD")
    assert "all flows, without *letter*" in stage.whispered()[-1]


async def test_a_start_is_told_of_where_that_was_asked_for(stage: Stage) -> None:
    await watching(stage, "all started")
    somebody_runs(stage)
    await stage.after(minutes=2)

    assert [text.partition(".")[0] for text in told(stage)] == [f"{TRAVEL} has started"]


async def test_a_run_that_waits_for_somebody_is_told_of(stage: Stage) -> None:
    await watching(stage)
    somebody_runs(stage, pause="UserInput")
    await stage.after(minutes=1)

    [text] = told(stage)
    assert text.startswith(f"{TRAVEL} needs an answer to go on.")


async def test_somebody_elses_run_can_be_answered_from_the_channel(stage: Stage) -> None:
    await watching(stage)
    run = somebody_runs(stage, pause="UserInput")
    await stage.after(seconds=20)
    view = await form_for(stage, stage.said("CFIELD")[-1], user="UGRACE")
    await stage.slack.submit(view, values=answer(view, **GOOD), user="UGRACE")
    await stage.after(minutes=1)

    assert run.status == "Success"
    assert f"grace answered; {TRAVEL} is continuing." in told(stage)


async def test_a_run_with_its_card_in_the_channel_is_not_told_of_twice(stage: Stage) -> None:
    await watching(stage, channel="CTRAIN")
    await watching(stage, channel="CFIELD")
    shown = await started(stage)
    await stage.after(minutes=2)

    assert len([text for text in thread(stage, shown) if "is done" in text]) == 1
    assert len(stage.said("CTRAIN")) == 2
    assert len(told(stage)) == 1


async def test_many_ends_at_once_are_one_message_with_a_table(stage: Stage) -> None:
    await watching(stage)
    for number in range(12):
        somebody_runs(stage, outcome="Error" if number == 5 else "Success")
    await stage.after(minutes=2)

    assert sum("12 runs" in text or "11 runs" in text for text in told(stage)) == 1
    assert len(told(stage)) <= 2


async def test_a_watch_that_has_ended_tells_nothing(stage: Stage) -> None:
    await watching(stage)
    await stage.command("/flow-run unwatch all", channel="CFIELD")
    before = len(stage.said("CFIELD"))
    somebody_runs(stage)
    await stage.after(minutes=2)

    assert len(stage.said("CFIELD")) == before


async def test_what_a_channel_watches_can_be_listed(stage: Stage) -> None:
    await watching(stage, "travel failed")
    await stage.command("/flow-run watches", channel="CFIELD")

    [text] = stage.whispered()
    assert TRAVEL in text


async def test_a_watch_that_is_not_there_cannot_be_ended(stage: Stage) -> None:
    await stage.command("/flow-run unwatch travel", channel="CFIELD")

    assert "doesn't watch" in stage.whispered()[0]


async def test_a_key_that_sees_only_its_own_runs_says_so(stage: Stage) -> None:
    stage.smartflows.set_switch("own_only", value=True)
    await watching(stage)

    assert "Only runs that Flowbot started" in stage.said("CFIELD")[0].text


async def test_guests_order_no_watch(stage: Stage) -> None:
    await stage.command("/flow-run watch all", user="UGUEST")

    assert "Guests" in stage.whispered("UGUEST")[0]


async def test_a_watch_rests_while_its_channel_is_archived_and_goes_on_by_itself(
    stage: Stage,
) -> None:
    await watching(stage)
    await stage.slack.admin.archive("CFIELD")
    await stage.settle()
    [notice] = [each.text for each in stage.slack.messages("DADA")]
    assert notice.startswith("The watch of all flows is paused, as its channel is archived.")
    before = len(stage.said("CFIELD"))
    somebody_runs(stage)
    await stage.after(minutes=2)

    await stage.slack.admin.archive("CFIELD", back=True)
    await stage.after(minutes=2)
    assert len(stage.said("CFIELD")) == before  # what was then is not told now
    assert "The watch of all flows is back" in [each.text for each in stage.said("DADA")][-1]
    somebody_runs(stage)
    await stage.after(minutes=2)
    assert len(stage.said("CFIELD")) == before + 1


@pytest.mark.parametrize("sorting", ["ignored", "refused"])
async def test_a_server_that_cannot_sort_by_change_is_watched_all_the_same(
    stage: Stage, sorting: str
) -> None:
    stage.smartflows.set_switch("sort_modified", sorting)
    somebody_runs(stage, seconds=200)
    await watching(stage)
    for seconds in (20, 70, 40):
        somebody_runs(stage, seconds=seconds)
    await stage.after(minutes=5)

    assert len(told(stage)) == 4


@pytest.mark.parametrize(
    "oddity", ["spring_pages", "extra_fields", "untyped_names", "unknown_status", "no_percentage"]
)
async def test_odd_answers_change_nothing_in_what_is_told(stage: Stage, oddity: str) -> None:
    stage.smartflows.set_switch(oddity, value=True)
    await watching(stage)
    somebody_runs(stage)
    await stage.after(minutes=2)

    assert len(told(stage)) == 1


async def test_a_run_far_beyond_the_usual_is_told_of_once(stage: Stage) -> None:
    await watching(stage, "welcome letter")
    somebody_runs(stage, "Welcome letter", seconds=4000)
    await stage.after(minutes=30, step=15)

    assert len([text for text in told(stage) if "far longer than usual" in text]) == 1


async def test_a_stuck_run_of_ours_can_be_waited_for_or_cancelled(stage: Stage) -> None:
    shown, note = await stuck(stage)

    assert note.pages == ("UADA",)
    await stage.slack.click(note, action_id="keep_waiting", user="UGRACE")
    await stage.settle()
    assert thread(stage, shown)[0] == "grace chose to keep waiting for Letter template 01."
    await stage.after(minutes=10, step=10)
    assert _stuck(stage, shown) == []


async def test_the_question_whether_to_wait_goes_where_its_blocks_are_refused(
    stage: Stage,
) -> None:
    shown, note = await stuck(stage)
    stage.slack.refuse("chat.update", error="invalid_blocks", times=99, when=has_blocks)

    await stage.slack.click(note, action_id="keep_waiting", user="UGRACE")
    await stage.settle()

    assert thread(stage, shown)[0] == "grace chose to keep waiting for Letter template 01."


async def test_watching_costs_a_few_calls_however_many_run(stage: Stage) -> None:
    await watching(stage)
    for _ in range(400):
        somebody_runs(stage, seconds=5000)
    await stage.after(minutes=1)
    before = len(stage.smartflows.calls)
    await stage.after(minutes=1)

    assert len(stage.smartflows.calls) - before <= 40


async def stuck(stage: Stage) -> tuple[Message, Message]:
    """Start a run that takes far longer than usual; return its card and the note on that."""
    await stage.bot.poll()
    quiet(stage, seconds=30)
    for _ in range(6):
        somebody_runs(stage, "Letter template 01", seconds=30)
    await stage.after(seconds=60)
    quiet(stage, seconds=4000)
    shown = await started(stage, "Letter template 01")
    await stage.after(minutes=10, step=10)
    [note] = _stuck(stage, shown)
    return shown, note


def _stuck(stage: Stage, shown: Message) -> list[Message]:
    replies = stage.slack.thread("CTRAIN", shown.ts)
    return [each for each in replies if "it usually takes" in each.text]
