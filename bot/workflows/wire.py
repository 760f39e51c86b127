"""giosg's JSON into our values. Pure; tolerant where its pages are silent."""

from typing import Any
from urllib.parse import urlsplit

from bot.errors import Reason, VendorError
from bot.http.answers import Refusal, vendor_message
from bot.http.fields import Fields, ShapeError, flattened, rows
from bot.tables.columns import TextTable
from bot.workflows.model import Owner, Sidedata, Workflow, WorkflowInfo

NO_DATA = "data"
"""How the detail of a NOT_FOUND begins where the step or the period has nothing."""
FORBIDDEN = 403
MISSING = (404, 410)
UNKNOWN_FILTER = 406
SIDEDATA = ("timeframe_stat", "unique_visitors_count", "unique_sessions_count")
FORBIDDEN_WORDS = (
    ("subscription", ("subscription",)),
    ("organization", ("organization", "organisation")),
    ("permission", ("permission", "reporting", "reports")),
)
CHART_COLUMNS = ("Field", "Value")
MOST_FIGURES = 5_000
ROW_LISTS = ("results", "data", "events", "rows")
COLUMN_LISTS = ("fields", "columns")


def owner(payload: Any) -> Owner:
    """Return whose token this is; raises ShapeError without an organization."""
    body = Fields(payload)
    organization = body.child_or_empty("organization")
    names = (body.text_or_empty("first_name"), body.text_or_empty("last_name"))
    return Owner(
        organization_id=body.text_or_empty("organization_id") or organization.text("id"),
        organization=organization.text_or_empty("name"),
        name=body.text_or_empty("full_name") or " ".join(filter(None, names)),
        email=body.text_or_empty("email"),
    )


def workflows(payload: Any) -> tuple[tuple[Workflow, ...], str]:
    """Return a page of workflows and the path of the next one, or "".

    Of the vendor's `next` only path and query count, so it cannot lead to another host.
    """
    if isinstance(payload, list):
        return rows(payload, workflow_of), ""
    body = Fields(payload)
    parts = urlsplit(body.text_or_empty("next"))
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return body.rows("results", workflow_of), path


def workflow(payload: Any) -> Workflow:
    """Return one workflow."""
    return workflow_of(Fields(payload))


def workflow_of(item: Fields) -> Workflow:
    """Return one workflow of a list."""
    return Workflow(
        id=item.text("id"),
        name=item.text_or_empty("name"),
        description=item.text_or_empty("description"),
        created_at=item.instant_or_none("created_at"),
        modified_at=item.instant_or_none("modified_at"),
    )


def info(payload: Any) -> WorkflowInfo:
    """Return a workflow with its kind and dates."""
    body = Fields(payload)
    return WorkflowInfo(
        id=body.text("id"),
        name=body.text_or_empty("name"),
        kind=body.text_or_empty("type"),
        description=body.text_or_empty("description"),
        published=body.flag_or_none("is_published"),
        modified_at=body.instant_or_none("modified_at"),
        first_event_at=body.instant_or_none("start_date"),
        last_event_at=body.instant_or_none("end_date"),
    )


def sidedata(payload: Any) -> Sidedata:
    """Return the counts beside the chart, whatever the kind of workflow."""
    body = Fields(payload)
    stat = body.child_or_empty("timeframe_stat")
    return Sidedata(
        visitors=body.integer_or_none("unique_visitors_count"),
        sessions=body.integer_or_none("unique_sessions_count"),
        by_hour=_pairs(stat, "hour_in_day"),
        by_weekday=_pairs(stat, "day_in_week"),
        more=flattened(body.rest(*SIDEDATA)),
    )


def event_rows(payload: Any) -> TextTable:
    """Return the events of an answer whose shape nobody documented.

    Understood are a list of objects, such a list inside one of ROW_LISTS, and lists of values with
    their names in one of COLUMN_LISTS. Raises ShapeError for anything else.
    """
    body = payload if isinstance(payload, dict) else {"results": payload}
    rows = next((body[name] for name in ROW_LISTS if isinstance(body.get(name), list)), None)
    if rows is None:
        raise ShapeError("body")
    names: list[Any] = next(
        (body[name] for name in COLUMN_LISTS if isinstance(body.get(name), list)), []
    )
    columns = [str(name.get("name", "")) if isinstance(name, dict) else str(name) for name in names]
    items = [_named(row, columns, number) for number, row in enumerate(rows)]
    found = tuple(dict.fromkeys([*columns, *(name for item in items for name in item)]))
    return TextTable(found, tuple(tuple(item.get(name, "") for name in found) for item in items))


def chart_rows(payload: Any) -> TextTable:
    """Return an answer whose shape nobody documented as pairs of path and value."""
    return TextTable(CHART_COLUMNS, flattened(payload, most=MOST_FIGURES))


def refusal_text(refusal: Refusal) -> str:
    """Return the vendor's words, with a code before them where one status has several meanings.

    Of 403 "subscription: ", "organization: ", "permission: " or "forbidden: "; of 404 "data: "
    (the step, or nothing in the period), "workflow: " or "route: "; of 406 "filter: ".
    """
    words = vendor_message(refusal) or _field_problem(refusal.payload)
    if refusal.status == FORBIDDEN:
        return f"{_forbidden(words.casefold())}: {words}".strip()
    if refusal.status in MISSING:
        return f"{_missing(refusal.path)}: {words}".strip()
    return f"filter: {words}".strip() if refusal.status == UNKNOWN_FILTER else words


def is_nothing(error: VendorError) -> bool:
    """Return whether the vendor only says that there is no event: no such step, or none then."""
    return error.reason is Reason.NOT_FOUND and error.detail.startswith(NO_DATA)


def _forbidden(words: str) -> str:
    found = (code for code, signs in FORBIDDEN_WORDS if any(sign in words for sign in signs))
    return next(found, "forbidden")


def _missing(path: str) -> str:
    if "/step/" in path or path.endswith("/source_data"):
        return NO_DATA
    return "workflow" if "/workflows/" in path else "route"


def _field_problem(payload: object) -> str:
    """Return "format: is not a valid choice." of the form {"format": ["is not …"]}."""
    if not isinstance(payload, dict):
        return payload if isinstance(payload, str) else ""
    for name, problems in payload.items():
        words = problems[0] if isinstance(problems, list) and problems else problems
        if isinstance(words, str) and words:
            return f"{name}: {words}"
    return ""


def _pairs(stat: Fields, name: str) -> tuple[tuple[int, float], ...]:
    """Return (index, count) for the vendor's lists of [count, index]."""
    value = stat.member(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ShapeError(f"{stat.path}.{name}")
    pairs = [Fields(dict(_numbered(pair)), f"{stat.path}.{name}") for pair in value]
    return tuple((pair.integer("1"), pair.number_or_none("0") or 0) for pair in pairs)


def _numbered(pair: object) -> list[tuple[str, Any]]:
    items = pair if isinstance(pair, list) else []
    return [(str(number), item) for number, item in enumerate(items)]


def _named(row: object, columns: list[str], number: int) -> dict[str, str]:
    if isinstance(row, list) and columns:
        row = dict(zip(columns, row, strict=False))
    if not isinstance(row, dict):
        raise ShapeError(f"body[{number}]")
    return dict(flattened(row))
