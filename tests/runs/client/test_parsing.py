from datetime import UTC, datetime
from typing import Any

import pytest

from bot.http.fields import Fields, ShapeError
from bot.runs.client.outputs import DEEPEST, MOST_DOCUMENTS, documents_in
from bot.runs.client.reports import MOST_STEPS
from bot.runs.client.requests import filter_body, has_more, narrowed, paging
from bot.runs.client.wire import (
    parse_account,
    parse_execution,
    parse_flow,
    parse_progress,
    parse_statistics,
    read_status,
    rows,
)
from bot.runs.model import (
    CANCELED,
    ENDED,
    RUNNING,
    STATUSES,
    SUCCESS,
    USER_INPUT,
    DocumentRef,
    Execution,
    ExecutionFilter,
    Flow,
    Progress,
    TimeBucket,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


LETTER = {"id": "d1", "type": "document", "displayName": "Letter"}


def execution(**members: Any) -> Execution:
    return parse_execution(Fields({"id": "e1", **members}))


def nested(value: Any, depth: int) -> Any:
    for _ in range(depth):
        value = {"x": value}
    return value


@pytest.mark.parametrize(
    ("text", "status"),
    [
        *[(status, status) for status in STATUSES],
        ("User input", USER_INPUT),
        ("USER_INPUT", USER_INPUT),
        ("user-input", USER_INPUT),
        ("Waiting for user input", USER_INPUT),
        ("cancelled", CANCELED),
        (" Success ", SUCCESS),
        ("On hold", "On hold"),
        ("", RUNNING),
    ],
)
def test_a_status_is_known_in_any_spelling(text: str, status: str) -> None:
    assert read_status(text) == status


@pytest.mark.parametrize("odd", [None, 7, [], {}, "x" * 9, True])
def test_only_the_id_is_insisted_on(odd: Any) -> None:
    names = ("status", "flow", "createdAt", "createdBy", "mode", "priority", "state", "outputs")
    found = execution(**dict.fromkeys(names, odd))
    assert (found.id, found.ended, found.created_at) == ("e1", False, None)


@pytest.mark.parametrize("odd", [None, [], {}, "many", True])
def test_progress_of_odd_types_is_unknown_progress(odd: Any) -> None:
    members = dict.fromkeys(("percentage", "message", "currentData", "schema", "form"), odd)
    found = parse_progress(Fields({"id": "e1", "status": "UserInput", **members}))
    assert (found.percentage, found.question) == (None, None)


@pytest.mark.parametrize(("sent", "read"), [(-5, 0), (49.6, 50), (250, 100)])
def test_a_percentage_stays_between_0_and_100(sent: float, read: int) -> None:
    assert parse_progress(Fields({"id": "e1", "percentage": sent})).percentage == read


@pytest.mark.parametrize("odd", [None, 7, [], {}, " "])
def test_without_an_id_nothing_can_be_read(odd: Any) -> None:
    for parse in (parse_execution, parse_progress, parse_flow, parse_account):
        with pytest.raises(ShapeError, match="id"):
            parse(Fields({"id": odd}))


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("2026-11-23T12:00:00.000Z", NOON),
        ("2026-11-23T12:00:00", NOON),
        ("2026-11-23T13:00:00.000+0100", NOON),
        (1795435200000, NOON),
        (10**30, None),
        (12, None),
        ("soon", None),
    ],
)
def test_a_date_is_read_in_any_form_that_java_writes(sent: Any, read: datetime | None) -> None:
    assert execution(createdAt=sent).created_at == read


@pytest.mark.parametrize("payload", [None, 7, "x", {}, {"content": 7}, [7], [[]]])
def test_what_is_no_list_is_a_surprise(payload: Any) -> None:
    with pytest.raises(ShapeError):
        rows(payload, parse_flow)


def test_a_flow_is_read_from_its_id_alone() -> None:
    assert rows([{"id": "f1"}], parse_flow) == (Flow("f1", ""),)


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ({"B1": {"document": LETTER}}, [("d1", "Letter")]),
        ({"B1": {"other": {"type": "Document", "id": "d1"}, "documentName": "N"}}, [("d1", "N")]),
        ([LETTER, {"again": LETTER}], [("d1", "Letter")]),
        ([{"id": "d1", "type": "document"}, LETTER], [("d1", "Letter")]),
        ({"document": {"id": "d1"}}, []),
        ({"document": {"type": "document"}}, []),
        ({"document": {"type": "document", "id": " "}}, []),
        ({"document": {"type": ["document"], "id": "d1"}}, []),
        (nested(LETTER, DEEPEST - 1), [("d1", "Letter")]),
        (nested(LETTER, 900), []),
        (None, []),
        ("document", []),
    ],
)
def test_documents_are_found_in_any_model(model: Any, expected: list[tuple[str, str]]) -> None:
    assert documents_in(model) == tuple(DocumentRef(*one) for one in expected)


def test_a_flood_of_documents_is_cut() -> None:
    flood = [{"id": str(n), "type": "document"} for n in range(MOST_DOCUMENTS * 2)]
    assert len(documents_in(flood)) == MOST_DOCUMENTS


def test_a_report_is_walked_through_every_kind_of_block() -> None:
    def block(name: str, status: str = "Output") -> dict[str, Any]:
        return {"displayName": name, "step": {"status": status}}

    def zone(*blocks: Any) -> dict[str, Any]:
        return {"blocks": list(blocks)}

    attempt = {"bodyTry": [zone(block("b"))], "error": "Oops", "bodyCatch": [zone(block("c"))]}
    report = [
        zone(
            block("a"),
            {"try": attempt},
            {"condition": {"body": [zone(block("d"))]}},
            {"switch": {"caseBody": [zone(block("e", "ERROR"))]}},
            {"step": 7, "try": 7},
            7,
        ),
        7,
        {"blocks": 7},
    ]
    iterations = [{"report": [zone(block("f"))]}, 7]
    details = execution(state={"report": report, "iterations": iterations}).details
    assert details is not None
    assert [step.name for step in details.steps] == ["a", "b", "c", "d", "e", "f"]
    assert details.failed_step == details.steps[4]
    assert (details.caught, details.reason) == (("Oops",), "Oops")


def test_a_huge_report_keeps_its_failure() -> None:
    steps = [{"step": {"status": "Output"}} for _ in range(MOST_STEPS + 10)]
    failed = {"displayName": "Last", "step": {"status": "Error", "start": "soon"}}
    details = execution(state={"report": [{"blocks": [*steps, failed]}]}).details
    assert details is not None
    assert details.failed_step is not None
    assert (len(details.steps), details.failed_step.name) == (MOST_STEPS + 1, "Last")


def test_endless_nesting_of_a_report_is_cut() -> None:
    zone: Any = {"blocks": [{"displayName": "deep", "step": {"status": "Output"}}]}
    for _ in range(200):
        zone = {"blocks": [{"condition": {"body": [zone]}}]}
    details = execution(state={"report": [zone]}).details
    assert details is not None
    assert details.steps == ()


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"errors": [{"message": "A"}, {"error": "B"}]}, "A"),
        ({"errors": ["A", 7, None]}, "A"),
        ({"stages": [{"lastProgress": {"message": "C"}}]}, "C"),
        ({"stages": [{"start": "x"}, 7], "errors": 7}, ""),
    ],
)
def test_a_reason_comes_from_the_best_place_that_has_one(
    state: dict[str, Any], reason: str
) -> None:
    details = execution(state=state).details
    assert details is not None
    assert details.reason == reason


def test_the_parts_of_an_ended_execution_have_documents_too() -> None:
    output = {"model": {}, "parts": [{"model": {"document": LETTER}}]}
    details = execution(status="Success", state={"output": output}).details
    assert details is not None
    assert details.documents == (DocumentRef("d1", "Letter"),)


def test_documents_of_a_run_that_still_works_are_not_shown() -> None:
    found = parse_progress(Fields({"id": "e1", "status": "Running", "model": LETTER}))
    assert found == Progress("e1", RUNNING)


def test_counts_in_any_spelling_are_counted_together() -> None:
    counted = [{"status": "Canceled", "count": 2}, {"status": "cancelled", "count": 3}, 7]
    found = parse_statistics(Fields({"perTime": [{"label": "x", "perStatus": counted}]}))
    assert found.per_time == (TimeBucket("x", 5, {CANCELED: 5}),)
    assert found.by_status() == {CANCELED: 5}


@pytest.mark.parametrize("odd", [None, 7, {}, [7], [{"permissions": 7}], [{"permissions": [7]}]])
def test_odd_roles_leave_open_what_may_be_seen(odd: Any) -> None:
    assert parse_account(Fields({"id": "u1", "roles": odd})).sees_only_own is None


def test_a_search_cannot_add_terms_to_the_filter() -> None:
    query = paging(page=0, size=20, search="a,status:Error")
    assert query["filter"] == "displayName:a status Error"


@pytest.mark.parametrize(
    ("received", "size", "more"),
    [(50, 50, True), (20, 50, True), (19, 50, False), (10, 10, True), (9, 10, False)],
)
def test_a_page_is_the_last_when_shorter_than_any_server_would_cut_it(
    received: int, size: int, *, more: bool
) -> None:
    assert has_more(received, size) is more


def test_a_filter_names_a_day_that_is_early_enough_everywhere() -> None:
    body = filter_body(ExecutionFilter(ENDED, since=datetime(2026, 11, 23, 9, 0, tzinfo=UTC)))
    condition = body["group"]["nodes"][1]["condition"]
    assert condition == {
        "key": "createdAt",
        "operator": "greaterThanOrEqualTo",
        "values": ["2026-11-22"],
    }


def test_what_does_not_fit_is_cut_whatever_the_vendor_sends() -> None:
    late = execution(status="Success", createdAt="2026-11-23T12:00:00Z", flow={"id": "f1"})
    early = execution(status="Success", createdAt="2026-11-23T11:59:59Z", flow={"id": "f1"})
    undated = execution(status="Success", flow={"id": "f1"})
    waiting = execution(status="UserInput", flow={"id": "f1"})
    other = execution(status="Success", flow={"id": "f2"})
    asked = ExecutionFilter(ENDED, since=NOON, flow_id="f1")
    assert narrowed((late, early, undated, waiting, other), asked) == (late, undated)


def test_a_filter_for_everything_has_no_conditions() -> None:
    assert filter_body(ExecutionFilter()) == {}
