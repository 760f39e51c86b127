"""What several runs shall be started with: CSV, a line for each, or JSON. Pure.

Smart Flows documents one input object for a run that asks nobody; what it means is the flow's own.
"""

import csv
import io
import json
from typing import Any

from bot.errors import UserError

MOST = 20
"""So many runs are started at once: each has a card of its own."""
_WORKS = 'Give CSV with a line of names first, or JSON such as {"name": "value"}.'

Values = dict[str, Any]


def batch_input(text: str) -> tuple[Values, ...]:
    """Return the input of each run, one empty for no text. Raises UserError."""
    given = text.strip()
    if not given:
        return ({},)
    found = _of_json(given) if given[0] in "{[" else _of_csv(given)
    if not found:
        raise UserError(f"There is no run in this. {_WORKS}")
    if len(found) > MOST:
        raise UserError(f"At most {MOST} runs at once; this has {len(found):,}.")
    return found


def _of_json(text: str) -> tuple[Values, ...]:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        raise UserError(f"This is not JSON. {_WORKS}") from None
    found = parsed if isinstance(parsed, list) else [parsed]
    if not all(isinstance(each, dict) for each in found):
        raise UserError(f"Each run needs an object of names and values. {_WORKS}")
    return tuple(found)


def _of_csv(text: str) -> tuple[Values, ...]:
    first = text.splitlines()[0]
    separator = max(",;\t", key=first.count)
    header, *rows = csv.reader(io.StringIO(text), delimiter=separator)
    names = [each.strip() for each in header]
    if not rows or not all(names) or len(set(names)) < len(names):
        raise UserError(f"The first line has to name each column once. {_WORKS}")
    found = []
    for number, row in enumerate(rows, start=2):
        if not any(each.strip() for each in row):
            continue
        if len(row) != len(names):
            raise UserError(
                f"Line {number} has {len(row)} values, but there are {len(names)} names."
            )
        found.append(dict(zip(names, (each.strip() for each in row), strict=True)))
    return tuple(found)
