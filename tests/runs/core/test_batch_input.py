import pytest

from bot.errors import UserError
from bot.runs.core.batch_input import MOST, Values, batch_input


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("", ({},)),
        (" \n", ({},)),
        ("customer,month\nNorth,11\nSouth, 12 ", [("North", "11"), ("South", "12")]),
        ("customer;month\nNorth;11\n\nSouth;12", [("North", "11"), ("South", "12")]),
        ("customer\tmonth\nNorth\t11", [("North", "11")]),
        ('customer,month\n"North, Inc",11', [("North, Inc", "11")]),
        ('{"customer": "North", "month": 11}', [("North", 11)]),
        (
            '[{"customer": "North", "month": 11}, {"customer": "South", "month": 12}]',
            [("North", 11), ("South", 12)],
        ),
    ],
)
def test_csv_and_json_are_the_input_of_each_run(
    text: str, runs: tuple[Values, ...] | list[tuple[object, object]]
) -> None:
    if isinstance(runs, list):
        runs = tuple({"customer": first, "month": second} for first, second in runs)
    assert batch_input(text) == runs


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("customer,month", "has to name each column once"),
        ("customer,customer\na,b", "has to name each column once"),
        ("customer,\na,b", "has to name each column once"),
        ("customer,month\nNorth", "Line 2 has 1 values, but there are 2 names."),
        ("customer,month\n , ", "There is no run in this."),
        ("[]", "There is no run in this."),
        ("{", "This is not JSON."),
        ("[1]", "Each run needs an object"),
        ("n\n" + "\n".join(map(str, range(MOST + 1))), "At most 20 runs at once; this has 21."),
    ],
)
def test_what_cannot_be_read_is_said_with_what_works(text: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        batch_input(text)
