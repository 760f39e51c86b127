"""The message shortcuts on what is told of runs: cards, their threads, and news of watches."""

import pytest

from tests.asking.answers import EXPORT, NEW, SUBSCRIBE, exported, opened, subscribed
from tests.asking.seeing import bytes_of, words
from tests.runs.acting import TRAVEL, card, quiet, somebody_runs, started
from tests.stage import Stage

THE_FLOW = '/flow-run summary "Travel request" 2026-11-17..2026-11-23'


async def test_a_card_stands_for_the_runs_of_its_flow(stage: Stage) -> None:
    quiet(stage)
    shown = await started(stage, TRAVEL)

    view = await exported(stage, shown, user="UGRACE")

    assert THE_FLOW in words(view)
    [file] = stage.slack.files
    rows = bytes_of(file).decode("utf-8-sig").splitlines()
    assert rows[0] == (
        "Flow,State,Started (America/New_York),Ended (America/New_York),Seconds,Started by,Id"
    )
    assert any(each.startswith("Travel request,Running,2026-11-23 02:30") for each in rows), rows
    assert {each.split(",")[0] for each in rows[1:]} == {"Travel request"}


async def test_a_card_is_subscribed_to_as_the_digest_of_its_flow(stage: Stage) -> None:
    quiet(stage)
    shown = await started(stage, TRAVEL)

    await subscribed(stage, shown)
    await stage.command("/flow now 1")

    assert stage.said()[-1].text.startswith("Travel request, last 7 days: ")


@pytest.mark.parametrize(("shortcut", "form"), [(EXPORT, EXPORT), (SUBSCRIBE, NEW)])
async def test_all_in_the_thread_of_a_card_stands_for_it(
    stage: Stage, shortcut: str, form: str
) -> None:
    quiet(stage, seconds=20)
    await started(stage, TRAVEL)
    await stage.after(minutes=1)
    shown = card(stage)

    replies = stage.slack.thread(shown.channel, shown.ts)
    assert any(each.files for each in replies)
    for each in (shown, *replies):
        view = await opened(stage, shortcut, each)
        assert view.raw["callback_id"] == form
        assert "Travel request" in words(view)


async def test_what_is_shown_of_one_run_stands_for_its_flow(stage: Stage) -> None:
    quiet(stage)
    await started(stage, TRAVEL)
    [run] = await stage.rows("SELECT execution_id AS id FROM cards")
    await stage.command(f"/flow-run status {run['id']}")

    view = await opened(stage, EXPORT, stage.said()[-1])

    assert THE_FLOW in words(view)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ((TRAVEL,), '"Travel request" 2026-11-17..2026-11-23'),
        ((TRAVEL,) * 5, '"Travel request" 2026-11-17..2026-11-23'),
        ((TRAVEL,) * 4 + ("Letter template 01",), "all 2026-11-17..2026-11-23"),
    ],
    ids=["one", "many of one flow", "many of several"],
)
async def test_news_of_a_watch_stands_for_the_runs_of_what_it_tells(
    stage: Stage, runs: tuple[str, ...], expected: str
) -> None:
    quiet(stage)
    await stage.command("/flow-run watch all started")
    watching = stage.said()[-1]
    for name in runs:
        somebody_runs(stage, name)
    await stage.after(seconds=10)
    news = stage.said()[-1]
    assert news.ts != watching.ts

    view = await opened(stage, EXPORT, news)
    assert f"/flow-run summary {expected}" in words(view)
    view = await opened(stage, EXPORT, watching)
    assert "/flow-run summary all" in words(view)


@pytest.mark.parametrize(
    "about",
    [
        *("runs all", "runs list failed", "export workflows", "export info spring"),
        *("analytics channels", "analytics fields s"),
    ],
)
async def test_the_note_of_a_digest_is_shown_in_it(stage: Stage, about: str) -> None:
    await stage.command(f'/flow subscribe {about} mon 09:00 note "For the meeting"')
    await stage.command("/flow now 1")

    assert "For the meeting" in words(stage.said()[-1])
    assert "Digest 1, " in words(stage.said()[-1])
