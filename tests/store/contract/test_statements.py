"""Statements written once mean the same to both databases."""

from enum import IntEnum, StrEnum
from typing import Any

import pytest

from bot.store.database import Database

PUT = "INSERT INTO sweep_marks (workspace, name, value) VALUES ('', :name, :value)"
SUMS = "SELECT SUM(value) AS whole, AVG(value) AS mean FROM (SELECT 1 AS value UNION SELECT 2) AS t"


class Word(StrEnum):
    ONE = "one word"


class Number(IntEnum):
    SEVEN = 7


async def test_rowcounts_say_what_was_changed(database: Database) -> None:
    again = f"{PUT} ON CONFLICT (workspace, name) DO NOTHING"
    both = "UPDATE sweep_marks SET value = 'both'"

    assert await database.execute(PUT, {"name": "a", "value": ""}) == 1
    assert await database.execute(again, {"name": "a", "value": ""}) == 0
    assert await database.execute(again, {"name": "b", "value": ""}) == 1
    assert await database.execute(both) == 2
    assert await database.execute("DELETE FROM sweep_marks WHERE name > 'b'") == 0
    assert await database.execute("DELETE FROM sweep_marks") == 2


async def test_a_writing_statement_returns_the_rows_it_wrote(database: Database) -> None:
    rows = await database.transaction(
        lambda tx: tx.fetch_all(f"{PUT} RETURNING name, value", {"name": "a", "value": "b"})
    )

    assert rows == [{"name": "a", "value": "b"}]
    assert await database.fetch_one("SELECT value FROM sweep_marks") == {"value": "b"}
    assert await database.fetch_one("SELECT value FROM sweep_marks WHERE name = 'c'") is None


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("text with : and % and 100%% and ''", "text with : and % and 100%% and ''"),
        (Word.ONE, "one word"),
        ("Grüße, שלום, 🙂", "Grüße, שלום, 🙂"),
    ],
)
async def test_texts_are_read_back_as_they_were(database: Database, given: str, read: str) -> None:
    await database.execute(PUT, {"name": "a", "value": given})

    assert await database.fetch_one("SELECT value FROM sweep_marks") == {"value": read}


@pytest.mark.parametrize(
    ("given", "read"),
    [(True, 1), (False, 0), (Number.SEVEN, 7), (None, None), (2**31 - 1, 2**31 - 1)],
)
async def test_numbers_and_flags_are_read_back_as_numbers(
    database: Database, given: Any, read: Any
) -> None:
    await database.execute(
        """INSERT INTO executions (workspace, id, flow_id, flow_name, status, percentage, message,
        seen_at, alive, seconds) VALUES ('', 'x', '', '', '', :given, '', '', 1, 0.25)""",
        {"given": given},
    )
    row = await database.fetch_one("SELECT percentage, seconds, alive = 1 AS alive FROM executions")

    assert row == {"percentage": read, "seconds": 0.25, "alive": 1}


async def test_signs_of_parameters_inside_texts_are_no_parameters(database: Database) -> None:
    row = await database.fetch_one(
        "SELECT 'at 10:30 :name 5 % :: it''s :x' AS text, :name AS name -- and :no here, 5 %\n",
        {"name": "n"},
    )

    assert row == {"text": "at 10:30 :name 5 % :: it's :x", "name": "n"}


async def test_texts_sort_by_their_bytes(database: Database) -> None:
    for name in ("b", "a", "B", "ä", "_", "1"):
        await database.execute(PUT, {"name": name, "value": ""})
    rows = await database.fetch_all("SELECT name FROM sweep_marks ORDER BY name")

    assert [row["name"] for row in rows] == ["1", "B", "_", "a", "b", "ä"]


async def test_sums_of_whole_numbers_are_whole(database: Database) -> None:
    row = await database.fetch_one(SUMS)

    assert row == {"whole": 3, "mean": 1.5}
    assert isinstance(row["whole"], int)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("json_extract(:data, '$.text')", "words"),
        ("json_extract(:data, '$.in.it')", "5"),
        ("CAST(json_extract(:data, '$.in.it') AS BIGINT)", 5),
        ("CAST(json_extract(:data, '$.yes') AS INTEGER)", 1),
        ("json_extract(:data, '$.missing')", None),
        ("json_extract(json_set(:data, '$.text', :new), '$.text')", 'a "new" \\u0000 one'),
        ("json_extract(json_set(:data, '$.more', :new, '$.n', NULL), '$.n')", None),
        ("json_extract(json_remove(:data, '$.text', '$.more'), '$.text')", None),
        ("json_extract(json_remove(:data, '$.text', '$.more'), '$.yes')", "1"),
        ("(SELECT COUNT(*) FROM json_each(:list) WHERE value IN ('a', 'c'))", 1),
        ("(SELECT SUM(CAST(value AS BIGINT)) FROM json_each(:numbers))", 7),
        ("CASE WHEN json_valid(:data) THEN 1 ELSE 0 END", 1),
        ("CASE WHEN json_valid('{') THEN 1 ELSE 0 END", 0),
    ],
)
async def test_json_in_texts_is_read_and_written_alike(
    database: Database, sql: str, found: Any
) -> None:
    given = {
        "data": '{"text": "words", "in": {"it": 5}, "yes": true, "nul": "\\u0000"}',
        "list": '["a", "b"]',
        "numbers": "[3, 4]",
        "new": 'a "new" \\u0000 one',
    }
    row = await database.fetch_one(
        f"SELECT {sql} AS found",
        {key: value for key, value in given.items() if f":{key}" in sql},
    )

    assert row is not None
    assert row["found"] == found or str(row["found"]) == found
