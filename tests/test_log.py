"""Log lines as machines read them: all in JSON, under their request, and free of secrets."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog

from bot import log

TOKEN = "xoxb-1234567890-abcdefghij"


@contextmanager
def in_json() -> Iterator[None]:
    """Log as a process with LOG_FORMAT=json does; other libraries' handlers are back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    root.handlers = []
    log.configure(form="json")
    try:
        yield
    finally:
        root.handlers = before
        root.setLevel(level)
        structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_has_its_request_and_its_workspace(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with in_json():
        with log.about(request_id="cafe0001", workspace="T1"):
            log.get().info("accepted", job="report")
        log.get().info("working")

    [about, after] = lines(capsys)
    assert about.pop("ts").endswith("Z")
    assert about == {
        "level": "info",
        "event": "accepted",
        "job": "report",
        "request_id": "cafe0001",
        "workspace": "T1",
    }
    assert not {"request_id", "workspace"} & after.keys()


def test_what_a_library_warns_of_is_a_line_of_the_same_form(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with in_json(), log.about(request_id="cafe0001"):
        logging.getLogger("some.library").warning("lost %s", "a connection")
        logging.getLogger("some.library").info("a body")

    [line] = lines(capsys)
    assert line.pop("ts")
    assert line == {
        "level": "warning",
        "event": "lost a connection",
        "logger": "some.library",
        "request_id": "cafe0001",
    }


def test_an_error_that_somebody_else_worded_shows_no_secret(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail() -> None:
        raise ValueError(f"refused: {TOKEN}")

    with in_json():
        for tell in (log.get().exception, logging.getLogger("some.library").exception):
            try:
                fail()
            except ValueError:
                tell("it_broke")

    told = lines(capsys)
    assert [line["event"] for line in told] == ["it_broke", "it_broke"]
    assert all("ValueError: refused: [hidden]" in line["exception"] for line in told)
    assert all("in fail" in line["exception"] for line in told)


def test_what_slack_names_has_the_same_id_each_time_and_else_a_new_one() -> None:
    assert log.id_of("1.2.abc") == log.id_of("1.2.abc")
    assert log.id_of("1.2.abc") != log.id_of("1.2.abd")
    assert log.id_of("") != log.id_of("")


def test_a_reference_is_the_request_or_what_the_line_itself_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with log.about(request_id="cafe0001"), log.reference() as known:
        assert known == "cafe0001"
    with in_json(), log.reference() as made:
        log.get().error("it_broke")

    [line] = lines(capsys)
    assert line["request_id"] == made
