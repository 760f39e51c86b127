from dataclasses import replace

from bot.runs.model import Statistics, TimeBucket
from bot.runs.rendering.lists import OWN_ONLY
from bot.runs.rendering.summaries import RunsDigest, runs_digest
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
        "Smart Flows, last 7 days: 16 runs, 2 running, 10 done, 1 done with warnings, 2 failed, "
        "1 archiving."
    )


def test_a_period_without_runs_says_so() -> None:
    answer = runs_digest(replace(DIGEST, flow="Invoices", statistics=Statistics()), OCCASION)
    assert answer.message.text == "Invoices, last 7 days: no runs."
    assert "There was no run in this period (last 7 days)." in words(answer.message)


def test_one_day_is_no_trend() -> None:
    digest = replace(DIGEST, statistics=Statistics(BUCKETS[:1]), slowest=(), reasons=())
    assert types(digest) == ["header", "rich_text", "data_visualization", "context"]


def test_runs_of_which_none_has_ended_have_no_success_rate() -> None:
    digest = replace(DIGEST, statistics=Statistics(BUCKETS[2:]))
    assert "Succeeded" not in words(runs_digest(digest, OCCASION).message)


def test_a_digest_says_when_the_key_sees_only_its_own_runs() -> None:
    assert OWN_ONLY in words(runs_digest(replace(DIGEST, own_only=True), OCCASION).message)


def test_buckets_without_a_single_run_are_drawn_without_a_chart() -> None:
    odd = (TimeBucket("a", 0, {"Error": 1}), TimeBucket("b", 0))
    assert types(replace(DIGEST, statistics=Statistics(odd))).count("data_visualization") == 1


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
        (replace(EVIL_RUN, status=EVIL, ended_at=NOW),) * 100,
        ((EVIL, 3), ("", 1), ("z" * 9_000, 1)) * 100,
        own_only=True,
    )
    assert (
        wrong(runs_digest(digest, replace(OCCASION, asked_by=EVIL)), runs_digest(DIGEST, OCCASION))
        == []
    )


def test_days_that_are_not_the_readers_say_whose_they_are() -> None:
    assert "Days in UTC" in words(runs_digest(replace(DIGEST, in_utc=True), OCCASION).message)
    assert "in UTC" not in words(runs_digest(DIGEST, OCCASION).message)
