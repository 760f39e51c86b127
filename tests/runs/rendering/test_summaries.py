from dataclasses import replace

import pytest

from bot.runs.model import Statistics, TimeBucket
from bot.runs.rendering.lists import OWN_ONLY
from bot.runs.rendering.summaries import Before, RunsDigest, runs_digest
from tests.runs.rendering.samples import DONE, EVIL_RUN, FAILED, RUN, words, wrong
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL, NOW, OCCASION, SUBSCRIPTION

BUCKETS = (
    TimeBucket("2026-11-20", 10, {"Success": 7, "Error": 2, "Running": 1}),
    TimeBucket("2026-11-21", 4, {"Success": 3, "Warning": 1, "Odd": 0}),
    TimeBucket("2026-11-22", 2, {"Running": 1, "Archiving": 1}),
)
DIGEST = RunsDigest(
    flow="",
    period="last 7 days",
    grain="day",
    statistics=Statistics(BUCKETS),
    slowest=(DONE, FAILED, RUN),
    reasons=(("The mail server refused the address.", 2),),
)


def types(digest: RunsDigest) -> list[str]:
    return [block["type"] for block in runs_digest(digest, OCCASION).message.blocks]


def test_a_digest_has_counts_trend_the_slowest_and_the_reasons() -> None:
    answer = runs_digest(DIGEST, replace(OCCASION, subscription=SUBSCRIPTION))
    assert as_json(answer) == expected("runs_digest", answer)


def test_the_digest_reads_well_in_a_notification() -> None:
    assert runs_digest(DIGEST, OCCASION).message.text == (
        "Smart Flows, last 7 days: 2 of 16 runs failed (85% went well). Most common failure: The "
        "mail server refused the address (2 times)."
    )


def test_a_period_without_runs_says_so() -> None:
    answer = runs_digest(
        replace(DIGEST, flow="Invoices", statistics=Statistics(), reasons=()), OCCASION
    )
    assert answer.message.text == "Invoices, last 7 days: no runs."
    assert answer.thread == ()


def test_one_day_is_no_trend() -> None:
    digest = replace(DIGEST, statistics=Statistics(BUCKETS[:1]), slowest=(), reasons=())
    assert types(digest) == ["header", "actions", "context"]


def test_runs_of_which_none_has_ended_have_no_success_rate() -> None:
    digest = replace(DIGEST, statistics=Statistics(BUCKETS[2:]))
    assert "went well" not in runs_digest(digest, OCCASION).message.text


def test_a_digest_says_when_the_key_sees_only_its_own_runs() -> None:
    assert OWN_ONLY in words(runs_digest(replace(DIGEST, own_only=True), OCCASION).message)


def test_buckets_without_a_single_run_are_drawn_without_a_chart() -> None:
    odd = (TimeBucket("a", 0, {"Error": 1}), TimeBucket("b", 0))
    answer = runs_digest(replace(DIGEST, statistics=Statistics(odd)), OCCASION)
    assert "data_visualization" not in str(answer)


def test_large_and_evil_statistics_are_text_within_the_limits() -> None:
    buckets = tuple(
        TimeBucket(f"{EVIL}{number}", number, {EVIL: number, "Success": 1, "x" * 300: 1})
        for number in range(400)
    )
    digest = RunsDigest(
        EVIL,
        EVIL,
        "hour",
        Statistics(buckets),
        before=Before(EVIL, 3, 1),
        slowest=(replace(EVIL_RUN, status=EVIL, ended_at=NOW),) * 100,
        reasons=((EVIL, 3), ("", 1), ("z" * 9_000, 1)) * 100,
        own_only=True,
    )
    assert (
        wrong(runs_digest(digest, replace(OCCASION, asked_by=EVIL)), runs_digest(DIGEST, OCCASION))
        == []
    )


def test_days_that_are_not_the_readers_say_whose_they_are() -> None:
    assert "Days in UTC" in words(runs_digest(replace(DIGEST, in_utc=True), OCCASION).message)
    assert "in UTC" not in words(runs_digest(DIGEST, OCCASION).message)


@pytest.mark.parametrize(
    ("counts", "news"),
    [
        ({"Success": 4, "Warning": 1}, "5 runs, all went well"),
        ({"Success": 4, "Canceled": 1}, "5 runs, none failed"),
        ({"Running": 2}, "2 runs going on"),
        ({"Error": 1}, "1 of 1 run failed (0% went well)"),
    ],
)
def test_the_headline_says_whether_somebody_has_to_look(counts: dict[str, int], news: str) -> None:
    bucket = TimeBucket("22 Nov", sum(counts.values()), counts)
    digest = replace(DIGEST, statistics=Statistics((bucket,)), reasons=())
    assert runs_digest(digest, OCCASION).message.text.rstrip() == (
        f"Smart Flows, last 7 days: {news}."
    )


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (Before("The 7 days before", 12, 1), "The 7 days before: 12 runs, 1 failed."),
        (Before("The day before", 1, 0), "The day before: 1 run, none failed."),
        (Before("The day before", 0, 0), "The day before: no runs."),
    ],
)
def test_the_second_line_compares_with_as_much_time_before(before: Before, said: str) -> None:
    assert said in runs_digest(replace(DIGEST, before=before), OCCASION).message.text
