"""FLOW's CSV reports into tables, however they come. Pure; no column of them is documented."""

from typing import Any

from bot.http.answers import HttpAnswer, Refusal, SaidNoError, vendor_message
from bot.http.content import ContentKind, kind_of
from bot.http.fields import Fields, ShapeError, flattened
from bot.tables import csv_tables
from bot.tables.columns import TextTable
from bot.tables.csv_rows import UnreadableCsvError
from bot.webinars.client.wire import unwrapped
from bot.webinars.model import CompiledReport

OK = 200


def compiled_report(data: Any) -> CompiledReport:
    """Return the four parts of the compiled report."""
    body = Fields(data, "data")
    parts = body.rest()
    return CompiledReport(
        registrants=_part(parts, "registrants"),
        attendee_chat=_part(parts, "attendeeChat"),
        operator_chat=_part(parts, "operatorChat"),
        survey_results=_part(parts, "surveyResults"),
    )


async def table(answer: HttpAnswer) -> TextTable:
    """Return a CSV answer as a table, be it bare or a string of JSON.

    Raises VendorError: REJECTED with the vendor's words where those are all there is, MALFORMED for
    anything else.
    """
    kind = kind_of(answer.body, answer.headers.get("content-type", ""))
    if kind is ContentKind.JSON:
        return await answer.read(_inside)

    def parsed(text: bytes) -> TextTable:
        if kind not in (ContentKind.CSV, ContentKind.EMPTY):
            raise ShapeError(f"body: {kind.value}, not {ContentKind.CSV.value}")
        return table_of(text)

    return await answer.read(parsed, load=bytes)


def table_of(text: bytes) -> TextTable:
    """Return the table in a CSV text. Raises ShapeError for what has no lines."""
    try:
        return csv_tables.table_of(text)
    except UnreadableCsvError:
        raise ShapeError("body: not CSV") from None


def _inside(payload: Any) -> TextTable:
    """Return the table in a JSON answer.

    Raises SaidNoError where an object holds nothing but the vendor's words.
    """
    if isinstance(payload, dict) and payload.get("data") is None:
        words = vendor_message(Refusal("", OK, payload))
        if words:
            raise SaidNoError(words)
    return unwrapped(lambda data: _part({"data": data}, "data"))(payload)


def _part(parts: dict[str, Any], name: str) -> TextTable:
    """Return a CSV text, or an undocumented list of objects, as a table."""
    value = parts.get(name)
    if value is None:
        return TextTable((), ())
    if isinstance(value, str):
        return table_of(value.encode("utf-8", "replace"))
    if not isinstance(value, dict | list):
        raise ShapeError(name)
    items = value if isinstance(value, list) else [value]
    rows = [dict(flattened(item)) for item in items]
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    names = tuple(column or "Value" for column in columns)
    return TextTable(names, tuple(tuple(row.get(name, "") for name in columns) for row in rows))
