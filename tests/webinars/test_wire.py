"""FLOW's JSON and CSV without a network."""

from typing import Any

import pytest

from bot.http.content import ContentKind, kind_of
from bot.http.fields import ShapeError
from bot.tables.columns import TextTable
from bot.tables.csv_decoding import text_of
from bot.tables.csv_rows import LONGEST_LINE
from bot.webinars.client import reports
from bot.webinars.client import wire as answers
from bot.webinars.client.reports import table_of
from bot.webinars.client.wire import inner_status, unwrapped


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"code": 200, "data": []}', None),
        (b'{"data": [], "code": 201}', None),
        (b'{"data": []}', None),
        (b'{"code": null}', None),
        (b'{"code": true}', None),
        (b'{"code": "A1"}', None),
        (b'[{"code": 500}]', None),
        (b"code,name\n401,x", None),
        (b"{", None),
        (b'{"code": 404}', 404),
        (b' {"message": "x", "code": "403"}', 403),
        (b'{"code": 7}', 400),
    ],
)
def test_a_refusal_inside_a_yes_is_found(body: bytes, status: int | None) -> None:
    assert inner_status(body) == status


@pytest.mark.parametrize("payload", [[], {"code": 200, "data": [], "redirectURL": None}])
def test_an_envelope_may_be_there_or_not(payload: Any) -> None:
    assert unwrapped(answers.events)(payload) == ()


@pytest.mark.parametrize(
    ("data", "tokens"),
    [
        (None, ("", "")),
        ({"token": "s", "eventToken": "e"}, ("s", "e")),
        ({"event": {"eventToken": "e"}, "sessions": [{"sessionToken": "s"}]}, ("s", "e")),
        (7, ("", "")),
        ({"creator": {"token": "ada"}, "eventToken": "e"}, ("", "e")),
        ({"operators": [{"token": "ada"}], "session": {"token": "s"}}, ("s", "")),
        ({"session": {"token": "inner"}, "token": "outer"}, ("outer", "")),
    ],
)
def test_any_answer_to_a_creation_is_read(data: Any, tokens: tuple[str, str]) -> None:
    created = answers.created_event(data)
    assert (created.token, created.event_token) == tokens


@pytest.mark.parametrize("entry", ["", None, "0000-00-00 00:00:00", "-", 0])
def test_somebody_without_a_time_of_entry_did_not_come(entry: Any) -> None:
    assert not answers.registrants([{"entryTime": entry}])[0].attended


@pytest.mark.parametrize(("body", "data"), [(b"", None), (b" \n", None), (b'{"a": 1}', {"a": 1})])
def test_a_yes_to_a_creation_may_be_empty(body: bytes, data: Any) -> None:
    assert answers.created_body(body) == data


def test_what_everybody_may_see_need_not_repeat_its_token() -> None:
    event = answers.public_event({"title": "Talk", "token": None}, token="aB3dE6gH9jK")
    assert (event.token, event.title) == ("aB3dE6gH9jK", "Talk")


def test_survey_results_may_be_a_list_of_objects() -> None:
    compiled = reports.compiled_report(
        {"registrants": "a\n1\n", "surveyResults": [{"q": "Good?", "a": {"n": 5}}, {"q": "Bad?"}]}
    )
    assert compiled.registrants == TextTable(("a",), (("1",),))
    assert compiled.survey_results == TextTable(("q", "a.n"), (("Good?", "5"), ("Bad?", "")))
    assert compiled.attendee_chat == TextTable((), ())


def test_a_part_that_is_a_number_is_a_surprise() -> None:
    with pytest.raises(ShapeError, match="registrants"):
        reports.compiled_report({"registrants": 7})


@pytest.mark.parametrize(
    ("given", "when"),
    [
        ({"date": "2026-10-25", "time": "02:30:00", "timezone": "Europe/Berlin"}, "+02:00"),
        ({"date": "2026-12-01", "time": "10:00", "timezone": "America/New_York"}, "-05:00"),
    ],
)
def test_a_start_is_in_the_zone_of_the_event(given: dict[str, str], when: str) -> None:
    event = answers.event({"token": "t", **given})
    assert event.starts_at
    assert event.starts_at.isoformat().endswith(when)


@pytest.mark.parametrize("zone", ["", "Nowhere", "../../etc/passwd", "Europe", "\0"])
def test_a_zone_that_is_none_leaves_the_vendors_words(zone: str) -> None:
    event = answers.event({"token": "t", "date": "2026-12-01", "time": "10:00", "timezone": zone})
    assert (event.starts_at, event.when) == (None, "2026-12-01 10:00")


@pytest.mark.parametrize(
    ("entry", "exit_", "minutes"),
    [
        ("2026-11-17 10:00:00", "2026-11-17 10:30:00", 30),
        ("2026-11-17T10:00:00Z", "2026-11-17 10:30:00", None),
        ("2026-11-17 10:00:00", "2026-11-17 09:00:00", None),
        ("soon", "later", None),
        ("1763373600000", "1763375400", 30),
        (1763373600, 1763375400, 30),
        ("99999999999999999999", "1", None),
        ("23:50:00", "00:20:00", 30),
        ("00:00:00", "00:20:00", 20),
        ("10:00", "10:30:00", 30),
        ("10:00:00", "2026-11-17 10:30:00", None),
        ("10:00:00Z", "10:30:00", None),
        ("20 Oct 2026, 10:02", "20 Oct 2026, 10:40", None),
        ("2026-11-17 23:45:00", "2026-11-18 00:15:00", 30),
    ],
)
def test_minutes_are_told_only_where_both_times_are_sure(
    entry: Any, exit_: Any, minutes: float | None
) -> None:
    person = answers.registrants([{"entryTime": entry, "exitTime": exit_}])[0]
    assert (person.attended, person.minutes) == (True, minutes)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("", TextTable((), ())),
        ("\ufeffa,b\r\n1,2\r\n", TextTable(("a", "b"), (("1", "2"),))),
        ("a;b\n1,5;2\n", TextTable(("a", "b"), (("1,5", "2"),))),
        ('"a,x";b\n1;2\n', TextTable(("a,x", "b"), (("1", "2"),))),
        ("a\tb\n1\t2", TextTable(("a", "b"), (("1", "2"),))),
        ("a,b\n1\n\n1,2,3\n", TextTable(("a", "b", "Column 3"), (("1", "", ""), ("1", "2", "3")))),
        ('a,b\n"x\ny",2\n', TextTable(("a", "b"), (("x\ny", "2"),))),
    ],
)
def test_csv_is_read_by_its_header(text: str, table: TextTable) -> None:
    assert table_of(text.encode()) == table


def test_a_line_beyond_all_measure_is_no_csv() -> None:
    with pytest.raises(ShapeError):
        table_of(b"x" * (LONGEST_LINE + 1))


@pytest.mark.parametrize(
    ("head", "content_type", "kind"),
    [
        (b"", "text/csv", ContentKind.EMPTY),
        (b"\xef\xbb\xbf \r\n", "text/csv", ContentKind.EMPTY),
        (b"a,b", "application/json", ContentKind.CSV),
        (b"\xff\xfea\x00,\x00b", "", ContentKind.CSV),
        (b'"a","b"', "text/csv", ContentKind.CSV),
        (b'"a,b"', "application/json", ContentKind.JSON),
        (b' {"a": 1}', "text/csv", ContentKind.JSON),
        (b"[1]", "", ContentKind.JSON),
        (b"\n<!doctype html>", "text/csv", ContentKind.MARKUP),
        (b"PK\x03\x04...", "text/csv", ContentKind.WORKBOOK),
        (b"\x89PNG\r\n\x1a\n...", "", ContentKind.IMAGE),
        (b"RIFF....WEBPVP8", "", ContentKind.IMAGE),
    ],
)
def test_content_is_told_by_its_first_bytes(
    head: bytes, content_type: str, kind: ContentKind
) -> None:
    assert kind_of(head, content_type) is kind


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("\ufeffü".encode(), "ü"),
        ("ü".encode("utf-16"), "ü"),
        ("ü".encode("cp1252"), "ü"),
        (b"\x81", "\x81"),
    ],
)
def test_text_is_read_in_the_encoding_it_has(body: bytes, text: str) -> None:
    assert text_of(body) == text
