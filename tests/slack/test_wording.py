import pytest

from bot.slack.blocks.wording import counted, field_words, size_words, some_of, time_words


def test_things_are_counted_in_english() -> None:
    assert [counted(1, "row"), counted(1_204, "row"), counted(2, "person", "people")] == [
        "1 row",
        "1,204 rows",
        "2 people",
    ]


def test_long_lists_say_how_many_more() -> None:
    assert [some_of(["a", "b"]), some_of(["a"] * 7, 2)] == ["a, b", "a, a and 5 more"]


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1 KB"),
        (4_230, "4.2 KB"),
        (999_600, "1 MB"),
        (42_300_000, "42 MB"),
        (1_100_000_000, "1.1 GB"),
        (5 * 10**15, "5,000 TB"),
    ],
)
def test_a_size_has_the_unit_that_reads_best(count: int, words: str) -> None:
    assert size_words(count) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds"),
        (38, "40 seconds"),
        (62, "1 minute"),
        (299, "5 minutes"),
        (7_800, "2 h 10 min"),
        (86_401, "more than a day"),
        (float("inf"), "more than a day"),
    ],
)
def test_a_time_is_as_exact_as_a_guess_may_be(seconds: float, words: str) -> None:
    assert time_words(seconds) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("page_url", "Page URL"),
        ("pageUrl", "Page URL"),
        ("geo_country", "Geo country"),
        ("series[0].count", "Series 1 count"),
        ("Was it useful to You?", "Was it useful to You?"),
        ("ID", "ID"),
        ("__", "__"),
        ("", ""),
    ],
)
def test_a_services_own_name_of_a_field_becomes_words(name: str, words: str) -> None:
    assert field_words(name) == words
