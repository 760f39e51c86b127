"""The living card: edited in place and in pace, through restarts and outages, to its end."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from sandbox.slack import Message
from tests.asking.seeing import has_blocks, has_native_blocks, interactive, kinds, words
from tests.company import another_bot
from tests.runs.acting import TRAVEL, asked, card, our_run, quiet, started, thread
from tests.stage import Stage, open_stage


@pytest.fixture(autouse=True)
def still(stage: Stage) -> None:
    quiet(stage)


def edits(stage: Stage) -> list[float]:
    """Return when cards were edited, in seconds since the first."""
    moments = [call.at for call in stage.slack.calls if call.method == "chat.update"]
    return [(moment - moments[0]).total_seconds() for moment in moments]


def buttons(message: Message) -> list[str]:
    return [element["action_id"] for element in interactive(message.blocks)]


async def click(stage: Stage, message: Message, action: str, user: str = "UADA") -> None:
    outcome = await stage.slack.click(message, action_id=action, user=user)
    assert (outcome.status, outcome.error) == (200, "")
    await stage.settle()


async def test_a_card_shows_the_progress_as_it_goes_on(stage: Stage) -> None:
    await started(stage)
    await stage.after(seconds=15)

    assert card(stage).text == f"{TRAVEL}: running, 50% (Generating document)."
    assert buttons(card(stage)) == ["cancel_run", "run_details", "watch_run"]


async def test_a_card_is_edited_at_most_every_three_seconds(stage: Stage) -> None:
    await started(stage)
    await stage.after(seconds=40, step=1)

    made = edits(stage)
    assert len(made) > 3
    assert min(after - before for before, after in pairwise(made)) >= 3


async def test_many_cards_together_keep_the_pace_that_slack_allows(stage: Stage) -> None:
    stage.smartflows.set_switch("run_seconds", 600)
    for _ in range(8):
        await started(stage)
    await stage.after(seconds=120, step=2)

    assert len(edits(stage)) <= 2 * 50


async def test_a_finished_card_says_how_long_it_took_and_rests(stage: Stage) -> None:
    await started(stage)
    await stage.after(seconds=40)
    finished = card(stage)
    made, calls = len(edits(stage)), len(stage.smartflows.calls)
    await stage.after(seconds=60)

    assert finished.text == f"{TRAVEL}: done after 30 s."
    assert buttons(finished) == ["do", "open_form", "run_details"]
    assert (len(edits(stage)), len(stage.smartflows.calls)) == (made, calls)


async def test_the_end_is_told_once_in_the_thread_and_mentions_who_started_it(
    stage: Stage,
) -> None:
    shown = await started(stage)
    await stage.after(seconds=60)

    replies = stage.slack.thread("CTRAIN", shown.ts)
    told = [each for each in replies if "is done" in each.text]
    assert [each.pages for each in told] == [("UADA",)]
    assert thread(stage, shown)[0].startswith(f"{TRAVEL} is done after 30 s. 1 document follows.")


async def test_watch_for_me_mentions_one_more_person_in_the_same_reply(stage: Stage) -> None:
    shown = await started(stage)
    await click(stage, shown, "watch_run", user="UGRACE")
    await click(stage, shown, "watch_run", user="UGRACE")
    await stage.after(seconds=60)

    [told] = [each for each in stage.slack.thread("CTRAIN", shown.ts) if "is done" in each.text]
    assert told.pages == ("UADA", "UGRACE")
    assert "mention you in the thread" in stage.whispered("UGRACE")[0]


async def test_details_are_for_whoever_pressed(stage: Stage) -> None:
    shown = await started(stage)
    await stage.after(seconds=60)
    await click(stage, card(stage), "run_details", user="UGRACE")

    assert stage.whispered("UGRACE")[0].startswith(f"{TRAVEL}: done after 30 s")
    assert len(stage.said()) == 1
    assert shown.ts == card(stage).ts


async def test_a_failed_run_names_the_step_and_the_reason(stage: Stage) -> None:
    stage.smartflows.set_switch("next_outcome", "Error")
    shown = await started(stage)
    await stage.after(seconds=60)

    assert card(stage).text.startswith(f"{TRAVEL}: failed after ")
    assert (
        "Step 'Generating document' failed: the data source did not answer."
        in thread(stage, shown)[0]
    )


async def test_cancel_stops_the_run_and_says_who_asked(stage: Stage) -> None:
    shown = await started(stage)
    await click(stage, shown, "cancel_run", user="UGRACE")
    await stage.after(seconds=20)

    assert our_run(stage).status == "Canceled"
    assert card(stage).text.startswith(f"{TRAVEL}: cancelled after ")
    assert thread(stage, shown)[0] == f"grace is cancelling {TRAVEL}."


async def test_of_two_who_cancel_one_wins_and_the_other_is_told(stage: Stage) -> None:
    shown = await started(stage)
    await stage.slack.click(shown, action_id="cancel_run", user="UGRACE")
    await stage.slack.click(shown, action_id="cancel_run", user="ULIN")
    await stage.settle()

    assert asked(stage, "/progress", "DELETE") == 1
    assert "already cancelling" in stage.whispered("ULIN")[0]


async def test_a_cancel_that_the_vendor_did_not_take_can_be_tried_again(stage: Stage) -> None:
    shown = await started(stage)
    stage.smartflows.set_switch("answer_500", 1)
    await click(stage, shown, "cancel_run")
    refused = stage.whispered("UADA")
    await click(stage, shown, "cancel_run")
    await stage.after(seconds=20)

    assert "isn't responding" in refused[0]
    assert our_run(stage).status == "Canceled"


async def test_ten_minutes_without_the_vendor_are_one_note_and_then_the_end_once(
    stage: Stage,
) -> None:
    stage.smartflows.set_switch("run_seconds", 60)
    shown = await started(stage)
    await stage.after(seconds=10)
    made = len(edits(stage))
    stage.smartflows.set_switch("answer_500", 100_000)
    await stage.after(minutes=10, step=10)

    assert "Smart Flows isn't responding" in words(card(stage))
    assert len(edits(stage)) == made + 1
    assert thread(stage, shown) == []

    stage.smartflows.set_switch("answer_500", 0)
    await stage.after(seconds=60)

    assert card(stage).text == f"{TRAVEL}: done after 1 min."
    assert "does not answer" not in words(card(stage))
    assert len([text for text in thread(stage, shown) if "is done" in text]) == 1


async def test_whoever_waits_is_told_once_when_the_key_is_refused(stage: Stage) -> None:
    await started(stage)
    stage.smartflows.set_switch("expired_key", value=True)
    await stage.after(minutes=5, step=10)
    [direct] = await stage.rows("SELECT posted_channel AS c FROM ledger WHERE key LIKE '%:key:%'")

    assert "SMARTFLOWS_API_KEY" in stage.said(direct["c"])[0].text


async def test_a_key_that_is_refused_again_later_is_told_again(stage: Stage) -> None:
    stage.smartflows.set_switch("run_seconds", 3000)
    await started(stage)
    for value in (True, False, True):
        stage.smartflows.set_switch("expired_key", value=value)
        await stage.after(minutes=1)

    assert len(await stage.rows("SELECT id FROM ledger WHERE key LIKE 'smartflows:key:%'")) == 2


async def test_the_owner_is_told_instead_where_one_is_set(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "flowbot.db", owner="ULIN") as stage:
        quiet(stage)
        await started(stage)
        stage.smartflows.set_switch("expired_key", value=True)
        await stage.after(minutes=1)

        [row] = await stage.rows("SELECT channel FROM ledger WHERE key LIKE 'smartflows:key:%'")
        assert row["channel"] == "ULIN"


async def test_a_run_that_the_vendor_has_cleaned_up_says_so_on_its_card(stage: Stage) -> None:
    stage.smartflows.set_switch("run_seconds", 3000)
    await started(stage)
    stage.smartflows.engine.index.drop(our_run(stage))
    await stage.after(seconds=10)

    assert "removed by Smart Flows' cleanup" in card(stage).text
    assert buttons(card(stage)) == []


async def test_a_card_that_somebody_deleted_is_left_alone(stage: Stage) -> None:
    shown = await started(stage)
    stage.slack.refuse("chat.update", error="message_not_found", times=100)
    await stage.after(seconds=60)

    assert edits(stage) == [0.0]
    assert card(stage).text == shown.text


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_blocks_too_long", "msg_too_long"])
async def test_a_card_whose_newest_blocks_are_refused_goes_on_in_older_ones(
    stage: Stage, error: str
) -> None:
    await started(stage)
    stage.slack.refuse("chat.update", error=error, times=99, when=has_native_blocks)
    await stage.after(seconds=15)

    assert card(stage).text == f"{TRAVEL}: running, 50% (Generating document)."
    assert "plan" not in kinds(card(stage))
    assert buttons(card(stage)) == ["cancel_run", "run_details", "watch_run"]


async def test_a_card_whose_blocks_are_all_refused_goes_on_in_words(stage: Stage) -> None:
    shown = await started(stage)
    stage.slack.refuse("chat.update", error="invalid_blocks", times=99, when=has_blocks)
    await stage.after(seconds=60)

    [latest] = stage.said()
    assert (latest.ts, latest.blocks) == (shown.ts, ())
    assert latest.text == f"{TRAVEL}: done after 30 s."


async def test_an_edit_that_slack_postpones_is_made_later(stage: Stage) -> None:
    await started(stage)
    stage.slack.disturb("chat.update", kind="rate_limited", times=1, seconds=20)
    await stage.after(seconds=90)

    assert card(stage).text == f"{TRAVEL}: done after 30 s."


async def test_a_restart_in_the_middle_goes_on_with_the_same_card(
    stage: Stage, tmp_path: Path
) -> None:
    stage.smartflows.set_switch("run_seconds", 60)
    shown = await started(stage)
    await stage.after(seconds=10)
    async with another_bot(stage.world, tmp_path / "flowbot.db") as successor:
        for _ in range(20):
            stage.clock.advance(seconds=5)
            await successor.poll()
            await successor.settle()

    assert card(stage).ts == shown.ts
    assert card(stage).text == f"{TRAVEL}: done after 1 min."
    assert len([text for text in thread(stage, shown) if "is done" in text]) == 1


async def test_a_run_that_ended_while_nobody_was_there_is_told_once_after_the_start(
    stage: Stage, tmp_path: Path
) -> None:
    shown = await started(stage)
    stage.clock.advance(seconds=timedelta(hours=3).total_seconds())
    for _ in range(3):
        async with another_bot(stage.world, tmp_path / "flowbot.db") as successor:
            await successor.poll()
            await successor.settle()
            stage.clock.advance(seconds=5)
            await successor.settle()

    assert len([text for text in thread(stage, shown) if "is done" in text]) == 1
    assert card(stage).text == f"{TRAVEL}: done after 30 s."
