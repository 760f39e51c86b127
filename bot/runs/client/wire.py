"""Smart Flows' JSON into our values. Pure.

Nearly every field is optional in the vendor's own description, so only ids are insisted on.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from bot.http.fields import Fields, ShapeError
from bot.runs.client.forms import question_of
from bot.runs.client.outputs import documents_in
from bot.runs.client.reports import parse_details
from bot.runs.model import (
    CANCELED,
    ENDED,
    NEEDS_PERSON,
    RUNNING,
    STATUSES,
    USER_INPUT,
    Account,
    Details,
    Document,
    DocumentRef,
    Execution,
    Flow,
    License,
    Panel,
    Progress,
    Share,
    Stage,
    Statistics,
    SystemInfo,
    TimeBucket,
    VendorRef,
)

MILLISECONDS_FROM = 100_000_000_000
"""A number as a date is taken as milliseconds from here on (1973), as Java writes them."""
_BLANKS = re.compile(r"[\s_-]+")
_SPELLINGS = {
    **{status.casefold(): status for status in STATUSES},
    "cancelled": CANCELED,
    "waitingforuserinput": USER_INPUT,
}
"""Every spelling of a status in the vendor's sources, into the ten."""

NOTHING = Fields({})

T = TypeVar("T")


def rows(payload: Any, parse: Callable[[Fields], T]) -> tuple[T, ...]:
    """Return a list answer: a bare array, or Spring's page with the array in `content`."""
    found = payload.get("content") if isinstance(payload, dict) else payload
    return tuple(map(parse, Fields({"body": found}).children("body")))


def read_status(text: str) -> str:
    """Return one of STATUSES for any known spelling of it, else the text itself.

    No status at all is taken as running: the vendor always has one, so we have missed nothing yet.
    """
    plain = _BLANKS.sub("", text).casefold()
    return _SPELLINGS.get(plain, text.strip()) if plain else RUNNING


def parse_flow(item: Fields) -> Flow:
    """Return one flow."""
    source = _child(item, "input")
    return Flow(
        id=_id(item),
        name=_text(item, "displayName"),
        description=_text(item, "description"),
        input=_text(source, "type").strip().casefold(),
        input_name=named(source, "dataset").name or _text(source, "displayName"),
        asks_first=_flag(_child(item, "settings"), "askQuestionsFirst"),
        modified_at=moment(item, "modifiedAt"),
    )


def parse_progress(item: Fields) -> Progress:
    """Return how far an execution is."""
    status = read_status(_text(item, "status"))
    raw = item.rest()
    return Progress(
        id=_id(item),
        status=status,
        percentage=_percentage(item),
        message=_text(item, "message"),
        current=named(item, "currentData").name,
        question=question_of(raw) if status in NEEDS_PERSON else None,
        documents=documents_in(raw.get("model")) if status in ENDED else (),
    )


def parse_execution(item: Fields) -> Execution:
    """Return one execution, with details where its `state` came along."""
    status = read_status(_text(item, "status"))
    state = item.member("state")
    return Execution(
        id=_id(item),
        status=status,
        flow=named(item, "flow"),
        created_at=moment(item, "createdAt"),
        modified_at=moment(item, "modifiedAt"),
        created_by=named(item, "createdBy"),
        created_for=named(item, "createdFor"),
        mode=_text(item, "mode").strip().casefold(),
        priority=_whole(item, "priority"),
        details=_details(state, status) if isinstance(state, dict) and state else None,
        outputs=_outputs(item),
    )


def parse_document(item: Fields) -> Document:
    """Return what is said of a document."""
    return Document(
        id=_id(item),
        name=_text(item, "displayName"),
        content_type=_text(item, "contentType"),
        created_at=moment(item, "createdAt"),
        expires_at=moment(item, "expiration"),
        execution_id=named(item, "flowExecution").id,
    )


def parse_statistics(item: Fields) -> Statistics:
    """Return the vendor's counts; rows that count nothing readable are dropped."""
    return Statistics(
        per_time=tuple(map(_bucket, _list(item, "perTime"))),
        per_flow=tuple(_share(one, "object") for one in _list(item, "perObject")),
        per_person=tuple(_share(one, "user") for one in _list(item, "perUser")),
    )


def parse_account(item: Fields) -> Account:
    """Return whom the key belongs to; inactive roles are not told apart."""
    lists = (role.member("permissions") for role in _list(item, "roles"))
    permissions = (entry for one in lists if isinstance(one, list) for entry in one)
    return Account(
        id=_id(item),
        name=_text(item, "displayName") or _text(item, "userName"),
        permissions=frozenset(entry for entry in permissions if isinstance(entry, str)),
    )


def parse_license(item: Fields) -> License:
    """Return what the project is licensed for; every part may be missing."""
    return License(
        edition=_text(item, "edition"),
        ends=_text(item, "expiry"),
        is_over=item.flag_or_none("expired") is True or item.flag_or_none("valid") is False,
    )


def parse_system(item: Fields) -> SystemInfo:
    """Return the installation's own description of itself."""
    return SystemInfo(
        name=_text(item, "displayName"),
        version=_text(item, "version"),
        role=_text(item, "role").strip().casefold(),
        project_id=_text(item, "projectId"),
    )


def parse_panel(item: Fields) -> Panel:
    """Return the addresses for people."""
    return Panel(
        executions_url=_text(item, "flowExecutionPanelUrl"),
        console_url=_text(item, "projectConsoleUrl"),
    )


def named(item: Fields, name: str) -> VendorRef:
    """Return an IdWithName, or an empty one for anything else."""
    child = _child(item, name)
    return VendorRef(_text(child, "id"), _text(child, "displayName"))


def moment(item: Fields, name: str) -> datetime | None:
    """Return a date of any form that Java writes, or None: the vendor only says "string"."""
    value = item.member(name)
    if isinstance(value, int) and not isinstance(value, bool) and value >= MILLISECONDS_FROM:
        try:
            return datetime.fromtimestamp(value / 1000, UTC)
        except (ValueError, OverflowError, OSError):
            return None
    return _tolerant(item.instant_or_none, name, None)


def _details(state: dict[str, Any], status: str) -> Details:
    output = state.get("output")
    shown = output if isinstance(output, dict) else {}
    return parse_details(
        state,
        stages=tuple(map(_stage, _list(Fields(state), "stages"))),
        question=question_of(shown) if status in NEEDS_PERSON else None,
        documents=documents_in([shown.get("model"), shown.get("parts")]) if status in ENDED else (),
    )


def _stage(item: Fields) -> Stage:
    last = item.member("lastProgress")
    read = parse_progress(Fields({"id": "-", **last})) if isinstance(last, dict) else None
    return Stage(moment(item, "start"), moment(item, "end"), read)


def _outputs(item: Fields) -> tuple[DocumentRef, ...]:
    return documents_in([one.member("content") for one in _list(item, "outputs")])


def _bucket(item: Fields) -> TimeBucket:
    counts: dict[str, int] = {}
    for one in _list(item, "perStatus"):
        status = read_status(_text(one, "status"))
        counts[status] = counts.get(status, 0) + (_whole(one, "count") or 0)
    total = _whole(item, "totalCount")
    return TimeBucket(
        _text(item, "label"), sum(counts.values()) if total is None else total, counts
    )


def _share(item: Fields, name: str) -> Share:
    percentage = _tolerant(item.number_or_none, "percentage", None)
    return Share(named(item, name), _whole(item, "count") or 0, percentage)


def _id(item: Fields) -> str:
    """Return the id that everything else hangs on."""
    return item.text("id").strip()


def _percentage(item: Fields) -> int | None:
    value = _tolerant(item.number_or_none, "percentage", None)
    return None if value is None else round(min(max(value, 0), 100))


def _whole(item: Fields, name: str) -> int | None:
    return _tolerant(item.integer_or_none, name, None)


def _text(item: Fields, name: str) -> str:
    return _tolerant(item.text_or_empty, name, "")


def _flag(item: Fields, name: str) -> bool:
    return _tolerant(partial(item.boolean, default=False), name, default=False)


def _child(item: Fields, name: str) -> Fields:
    return _tolerant(item.child_or_empty, name, NOTHING)


def _list(item: Fields, name: str) -> tuple[Fields, ...]:
    value = item.member(name)
    found = value if isinstance(value, list) else []
    return tuple(Fields(one) for one in found if isinstance(one, Mapping))


def _tolerant(read: Callable[[str], T], name: str, default: T) -> T:
    """Return what `read` gives for a field, or the default where it is of another type."""
    try:
        return read(name)
    except ShapeError:
        return default
