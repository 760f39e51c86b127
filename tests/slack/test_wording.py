from bot.slack.blocks.wording import counted, signed, some_of


def test_things_are_counted_in_english() -> None:
    assert [counted(1, "row"), counted(1_204, "row"), counted(2, "person", "people")] == [
        "1 row",
        "1,204 rows",
        "2 people",
    ]


def test_differences_have_a_sign() -> None:
    assert [signed(4), signed(-2.5), signed(1_204)] == ["+4", "-2.5", "+1,204"]


def test_long_lists_say_how_many_more() -> None:
    assert [some_of(["a", "b"]), some_of(["a"] * 7, 2)] == ["a, b", "a, a and 5 more"]
