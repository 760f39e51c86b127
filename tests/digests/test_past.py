"""What people ask of past digests: the history, why, and one of them once more."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.codec import loads
from sandbox.slack.faults import Arguments
from tests.asking.seeing import labels, words
from tests.stage import Stage

DAILY = "/flow subscribe report onboarding daily 09:00 Europe/Berlin"
OF_TODAY = "/flow subscribe report onboarding today daily 09:00 Europe/Berlin"
NINE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
LATER = timedelta(minutes=6)


def to_training(arguments: Arguments) -> bool:
    return bool(arguments["channel"] == "CTRAIN")


def seen(stage: Stage, user: str = "UADA") -> str:
    """Return all that the last answer says to one person alone."""
    return words(stage.slack.ephemerals(user)[-1])


async def with_a_past(stage: Stage) -> None:
    """Let one digest be sent, the next fail, the third be missed, and the fourth come late."""
    await stage.command(DAILY)
    await stage.at(NINE)
    stage.momoflow.set_switch("expired_key", value=True)
    await stage.at(NINE + DAY)
    stage.momoflow.set_switch("expired_key", value=False)
    await stage.at(NINE + DAY + timedelta(hours=1))  # a look lets it go on
    await stage.at(NINE + 3 * DAY + timedelta(hours=9))


async def test_the_history_has_all_planned_times_what_happened_and_why(stage: Stage) -> None:
    await with_a_past(stage)
    await stage.command("/flow history 1")

    assert "Onboarding: 2 of 4 digests sent" in stage.whispered()[-1]
    told = str(stage.slack.ephemerals("UADA")[-1].blocks)
    for each in ("not sent: failed", "MOMOFLOW_API_KEY", "not sent: Flowbot was not running"):
        assert each in told
    assert "sent 9 h late" in told


async def test_the_history_leads_to_the_messages_that_are_in_slack(stage: Stage) -> None:
    await with_a_past(stage)
    await stage.command("/flow history 1")

    [_, first, *_] = stage.said()
    blocks = str(stage.slack.ephemerals("UADA")[-1].blocks)
    assert blocks.count("/archives/CTRAIN/p") == 2
    assert first.ts.replace(".", "") in blocks


async def test_without_a_link_the_history_is_told_all_the_same(stage: Stage) -> None:
    await with_a_past(stage)
    stage.slack.refuse("chat.getPermalink", error="message_not_found", times=9)
    await stage.command("/flow history 1")

    assert "2 of 4 digests sent" in stage.whispered()[-1]
    assert "/archives/" not in str(stage.slack.ephemerals("UADA")[-1].blocks)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_the_whole_history_comes_as_a_file(stage: Stage, form: str) -> None:
    await with_a_past(stage)
    await stage.command(f"/flow history 1 {form}")

    [file] = stage.slack.files
    assert file.name.endswith(f".{form}")
    if form == "csv":
        assert isinstance(file.content, bytes)
        lines = file.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 5
        assert "sent 9 h late" in lines[1]
        assert "MOMOFLOW_API_KEY" in lines[3]


async def test_the_history_has_a_button_for_the_file(stage: Stage) -> None:
    await with_a_past(stage)
    await stage.command("/flow history 1")
    await stage.slack.click(stage.slack.ephemerals("UADA")[-1], action_id="do:2")
    await stage.settle()

    assert len(stage.slack.files) == 1


@pytest.mark.parametrize("typed", ["why 1", "why not 1?", "why did 1 not come"])
async def test_why_tells_what_happened_last_who_ordered_it_and_what_comes(
    stage: Stage, typed: str
) -> None:
    await stage.command(DAILY)
    await stage.command(f"/flow {typed}")
    assert "It has not run yet." in seen(stage)

    stage.momoflow.set_switch("expired_key", value=True)
    await stage.at(NINE)
    await stage.command(f"/flow {typed}")
    told = stage.whispered()[-1]
    assert told.startswith("Digest 1: Onboarding every day at 09:00 (Berlin time). ")
    assert "ordered it on Mon 23 Nov" in told
    assert "The last one was planned for Mon 23 Nov, 09:00: not sent: failed." in told
    assert "MOMOFLOW_API_KEY" in told
    assert told.endswith("Paused until that is mended.")


async def test_why_asks_which_one_where_no_number_is_given(stage: Stage) -> None:
    outcome = await stage.command("/flow why not?")

    assert "Which digest?" in outcome.text


async def test_one_of_the_past_is_sent_again_about_its_own_day(stage: Stage) -> None:
    await stage.command(OF_TODAY)
    await stage.at(NINE)
    await stage.at(NINE + 3 * DAY)
    await stage.command("/flow resend 1 2026-11-24")

    again = stage.said()[-1]
    assert "Sent again: the digest that was planned for Tue 24 Nov, 09:00." in words(again)
    rows = await stage.rows("SELECT question FROM ledger WHERE subscription_id = 1 ORDER BY id")
    assert loads(rows[-1]["question"])["period"] == "2026-11-24..2026-11-24"


async def test_each_time_it_is_sent_again_is_on_record_as_resent(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE)
    for _ in range(2):
        await stage.command("/flow resend 1 2026-11-23 09:00", user="UGRACE")

    rows = await stage.rows("SELECT * FROM digest_runs ORDER BY id")
    assert [each["cause"] for each in rows] == ["planned", "resent", "resent"]
    assert {each["planned_at"] for each in rows} == {rows[0]["planned_at"]}
    assert [each["asked_by"] for each in rows] == ["", "UGRACE", "UGRACE"]
    await stage.command("/flow history 1")
    assert "sent (resent)" in str(stage.slack.ephemerals("UADA")[-1].blocks)


async def test_what_is_sent_again_is_no_base_for_the_next_one(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE)
    before = await stage.rows("SELECT * FROM snapshots WHERE key LIKE 'CTRAIN|%'")
    await stage.command("/flow resend 1 2026-11-23")

    assert await stage.rows("SELECT * FROM snapshots WHERE key LIKE 'CTRAIN|%'") == before


async def test_who_has_one_sent_again_hears_that_it_did_not_come(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE)
    stage.momoflow.set_switch("expired_key", value=True)
    stage.clock.advance(to=NINE + DAY / 2)
    await stage.command("/flow resend 1 2026-11-23", user="UGRACE")

    [told] = [each.text for each in stage.said("DGRACE")]
    assert "Onboarding didn't go" in told
    [row] = await stage.rows("SELECT last_error FROM subscriptions")
    assert row["last_error"] == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-12-24", "That day is still to come. `/flow now 1` sends one at once."),
        ("2026-11-22 10:00", "It was planned for 09:00 on that day."),
        ("2026-11-20", "Digest 1 was not planned for 20 Nov 2026. See its past times: "),
    ],
)
async def test_a_day_without_a_planned_time_is_said_with_what_there_is(
    stage: Stage, typed: str, said: str
) -> None:
    await stage.command("/flow subscribe report onboarding mon,sun 09:00 Europe/Berlin")
    await stage.command(f"/flow resend 1 {typed}")

    assert said in stage.whispered()[-1].replace("/flow now 1 sends", "`/flow now 1` sends")
    assert await stage.rows("SELECT * FROM digest_runs") == []


async def test_a_guest_or_another_channel_can_neither_look_nor_send_again(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.at(NINE)
    for typed in ("history 1", "why 1", "resend 1 2026-11-23"):
        await stage.command(f"/flow {typed}", user="UGUEST")
        await stage.command(f"/flow {typed}", user="UGRACE", channel="CGENERAL")

    assert len(await stage.rows("SELECT * FROM digest_runs")) == 1
    assert "no digest 1" in stage.whispered("UGRACE")[-1]
    assert "Guests cannot" in stage.whispered("UGUEST")[-1]


@pytest.mark.parametrize("what", ["events today", "events week"])
async def test_a_list_of_a_day_or_a_week_is_that_of_then(stage: Stage, what: str) -> None:
    await stage.command(f"/flow subscribe {what} daily 23:30 Europe/Berlin")
    await stage.at(NINE.replace(hour=22, minute=30))
    in_time = stage.said()[-1]
    stage.clock.advance(to=NINE + 3 * DAY)
    await stage.command("/flow resend 1 2026-11-23")

    again = stage.said()[-1]
    assert again.ts != in_time.ts
    as_of_then, *_ = in_time.text.split(";")  # what is next is as of now
    assert again.text.split(";")[0].rstrip(".") == as_of_then.rstrip(".")


def rows_of(stage: Stage, user: str = "UADA") -> list[tuple[str, str]]:
    """Return the rows of a history that somebody sees, each with the button beside it."""
    blocks = stage.slack.ephemerals(user)[-1].blocks
    return [
        (each["text"]["text"], (each.get("accessory") or {"text": {"text": ""}})["text"]["text"])
        for each in blocks
        if each["type"] == "section"
    ]


async def test_each_planned_time_in_the_history_has_a_button_that_sends_it(stage: Stage) -> None:
    await with_a_past(stage)
    await stage.command("/flow history 1")
    rows = rows_of(stage)
    assert [button for _, button in rows] == ["Resend", "Send now", "Send now", "Resend"]

    count, shown = len(stage.said()), stage.slack.ephemerals("UADA")[-1]
    failed = next(each for each in shown.blocks if "failed" in str(each) and "accessory" in each)
    await stage.slack.click(shown, action_id="do", block_id=failed["block_id"])
    await stage.settle()
    assert len(stage.said()) == count + 1
    assert "planned for Tue 24 Nov, 09:00" in words(stage.said()[-1])


async def test_the_history_goes_on_with_what_was_earlier(stage: Stage) -> None:
    await stage.command(DAILY)
    for number in range(7):
        await stage.at(NINE + number * DAY)
    await stage.command("/flow history 1")
    first = rows_of(stage)
    shown = stage.slack.ephemerals("UADA")[-1]
    [row] = [each for each in shown.blocks if each["type"] == "actions"]
    [earlier] = [each for each in row["elements"] if each["text"]["text"] == "Earlier"]
    await stage.slack.click(shown, action_id=earlier["action_id"], block_id=row["block_id"])
    await stage.settle()

    second = rows_of(stage)
    assert [len(first), len(second)] == [5, 2]
    assert not {line for line, _ in first} & {line for line, _ in second}
    assert "Mon 23 Nov" in second[-1][0]
    assert "Earlier" not in labels(stage.slack.ephemerals("UADA")[-1])
    assert "Latest" in labels(stage.slack.ephemerals("UADA")[-1])
    assert len(stage.slack.ephemerals("UADA")) == 1, "a page takes the place of the one before"


async def test_the_past_of_a_digest_that_was_stopped_stays(stage: Stage) -> None:
    await stage.command(OF_TODAY)
    await stage.at(NINE)
    await stage.command("/flow remove 1")
    await stage.command("/flow history 1")
    assert "1 of 1 digest sent" in stage.whispered()[-1]
    assert "This digest is over" in seen(stage)
    assert "Send now" not in labels(stage.slack.ephemerals("UADA")[-1])

    count = len(stage.said())
    await stage.command("/flow resend 1 2026-11-23")
    assert len(stage.said()) == count + 1
    assert "Sent again" in words(stage.said()[-1])
    assert "digest_menu" not in str(stage.said()[-1].blocks)
    await stage.command("/flow history 1 csv")
    assert len(stage.slack.files) == 1
    await stage.command("/flow now 1")
    assert "There's no digest 1" in stage.whispered()[-1]


async def test_one_that_came_once_has_a_past(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding 2026-11-23 09:00")
    await stage.at(NINE)
    assert await stage.rows("SELECT id FROM subscriptions") == []

    await stage.command("/flow why 1")
    assert "It is over." in seen(stage)
    await stage.command("/flow history 1")
    assert "1 of 1 digest sent" in stage.whispered()[-1]


async def test_the_past_of_a_digest_is_nobody_elses(stage: Stage) -> None:
    direct = stage.slack.workspace.direct_message("UGRACE").id
    await stage.command(DAILY, user="UGRACE", channel=direct)
    await stage.command("/flow remove 1", user="UGRACE", channel=direct)
    await stage.command("/flow history 1", user="ULIN")

    assert "There's no digest 1" in stage.whispered("ULIN")[-1]


async def test_what_is_over_is_forgotten_with_its_record(stage: Stage) -> None:
    await stage.command(DAILY)
    await stage.command("/flow remove 1")
    stage.clock.advance(to=NINE + 401 * DAY)
    await stage.bot.tidying.tidy()

    assert await stage.rows("SELECT id FROM past_digests") == []
