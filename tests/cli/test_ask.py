"""`flowbot ask`: one slash command from a terminal, a cron job or a CI step."""

import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sandbox.vendors.giosg import GiosgVendor
from sandbox.vendors.momoflow import MomoFlowVendor
from sandbox.world import World
from tests.cli.conftest import Typed, left_in
from tests.processes import said

REPORT = "/flow-report flow_onb001 last-30d"


async def asked(typed: Typed, text: str, *more: str, **given: Any) -> list[dict[str, Any]]:
    code, out, err = await typed("ask", text, "--json", *more, **given)
    assert code == 0, err
    printed: list[dict[str, Any]] = json.loads(out)
    return printed


def written(file: dict[str, Any]) -> tuple[str, int]:
    """Return name and length of a written file, and remove it."""
    path = Path(file["path"])
    found = path.name, path.stat().st_size
    path.unlink()
    path.parent.rmdir()
    return found


def folders(path: Path) -> list[Path]:
    return [each for each in left_in(path) if each.is_dir()]


async def test_without_any_setting_the_sample_data_answers_in_text(tmp_path: Path) -> None:
    code, out, err = await said("ask", "/flow-report onboarding last-30d", folder=tmp_path)

    assert code == 0
    assert " overdue in Onboarding (" in out.splitlines()[2]
    assert "Completed" in out
    assert err == (
        "No vendor is set up, so the sandbox's sample data answers, and nothing is kept.\n"
    )
    assert left_in(tmp_path) == []


async def test_sample_data_are_odd_only_on_demand(typed: Typed) -> None:
    _, ordinary, _ = await typed("ask", "/flow-export workflows")
    _, odd, _ = await typed("ask", "--odd-data", "/flow-export workflows")

    assert "Spring campaign" in ordinary
    assert "<script>" not in ordinary
    assert "<script>" in odd


async def test_as_json_it_prints_the_calls_to_slack_in_order(
    typed: Typed, settings: dict[str, str]
) -> None:
    del settings["SLACK_BOT_TOKEN"]
    printed = await asked(typed, REPORT, "--channel", "C7", settings=settings)

    assert printed[0]["method"] == "chat.postMessage"
    arguments = printed[0]["arguments"]
    assert arguments["channel"] == "C7"
    assert "in Onboarding (" in arguments["text"]
    assert {block["type"] for block in arguments["blocks"]} >= {"data_table"}


async def test_help_is_printed_like_any_answer_and_leaves_nothing_behind(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    [answer] = await asked(typed, "/flow help", "--user", "U9")

    assert answer["method"] == "chat.postEphemeral"
    assert answer["arguments"]["user"] == "U9"
    assert "/flow-report" in str(answer["arguments"]["blocks"])
    assert folders(tmp_path) == []


async def test_a_file_is_written_and_named(typed: Typed, settings: dict[str, str]) -> None:
    del settings["SLACK_BOT_TOKEN"]
    printed = await asked(typed, f"{REPORT} export csv", settings=settings)

    assert [each["method"] for each in printed] == ["chat.postMessage", "files.upload"]
    file = printed[1]["arguments"]
    assert set(file) >= {"filename", "length", "mimetype", "thread_ts", "path"}
    assert file["filename"].endswith(".csv")
    assert file["mimetype"] == "text/csv"
    assert written(file) == (file["filename"], file["length"])


async def test_delivered_it_appears_in_the_channel_and_its_file_in_the_thread(
    typed: Typed, settings: dict[str, str], world: World
) -> None:
    printed = await asked(
        typed,
        f"{REPORT} export csv",
        *("--deliver", "--channel", "CTRAIN", "--user", "UADA"),
        settings=settings,
    )

    [message] = world.slack.messages("CTRAIN")
    assert message.text == printed[0]["arguments"]["text"]
    [file] = world.slack.files
    assert file.thread_ts == message.ts
    assert file.name == printed[1]["arguments"]["filename"]
    written(printed[1]["arguments"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/flow-report onbording", "onboarding"),
        ("/flow-report onboarding last-30x", "last-30"),
        ("/flow-repot onboarding", "There is no command /flow-repot"),
        (" ", "Give a line in quotes"),
    ],
)
async def test_what_cannot_be_answered_is_said_in_words_with_exit_1(
    typed: Typed, text: str, words: str
) -> None:
    code, out, err = await typed("ask", text)

    assert code == 1
    assert words in out + err
    assert "Traceback" not in err


async def test_a_line_without_a_slash_is_answered_like_a_direct_message(typed: Typed) -> None:
    code, out, _ = await typed("ask", "who is overdue in onboarding?")

    assert code == 0
    assert "5 people are overdue in Onboarding" in out
    assert "[Export: Excel file · CSV file" in out


async def test_what_a_line_would_change_is_only_shown(typed: Typed) -> None:
    code, out, _ = await typed("ask", "every monday at 9 send onboarding here")

    assert code == 0
    assert "Shall I send Onboarding here, Mondays at 09:00" in out


async def test_a_vendor_that_is_down_is_exit_1_with_its_sentence(
    typed: Typed, settings: dict[str, str], world: World
) -> None:
    world.vendors.of(MomoFlowVendor).set_switch("expired_key", value=True)
    code, out, err = await typed("ask", REPORT, "--json", settings=settings)

    assert code == 1
    assert "MOMOFLOW_API_KEY" in json.loads(out)[-1]["arguments"]["text"]
    assert err.strip()
    assert settings["MOMOFLOW_API_KEY"] not in out + err


async def test_delivering_without_a_token_says_what_is_missing(typed: Typed) -> None:
    code, _, err = await typed("ask", REPORT, "--deliver")

    assert code == 1
    assert "SLACK_BOT_TOKEN" in err


async def test_a_file_that_does_not_come_is_exit_1_and_nothing_waits_for_nobody(
    typed: Typed, settings: dict[str, str], world: World, tmp_path: Path
) -> None:
    world.vendors.of(GiosgVendor).set_switch("wrong_content", "a page")
    del settings["SLACK_BOT_TOKEN"]
    text = '/flow-export "Spring campaign" step 1 last-7d csv'
    code, out, err = await typed("ask", text, settings=settings)

    assert code == 1
    assert "did not come: giosg: malformed" in err
    assert "giosg sent something I can't read" in out
    with closing(sqlite3.connect(tmp_path / "flowbot.db")) as database:
        left = database.execute("SELECT COUNT(*) FROM ledger WHERE settled_at IS NULL")
        assert left.fetchone() == (0,)


async def test_a_database_that_is_away_is_told_at_once(typed: Typed) -> None:
    away = "postgresql://x:hunter2@127.0.0.1:9/x"
    settings = {"DATABASE_URL": away, "MOMOFLOW_API_KEY": "a-key"}
    code, out, err = await typed("ask", "/flow list", settings=settings)

    assert (code, out) == (1, "")
    assert "nobody answers there. Start Postgres" in err
    assert "hunter2" not in err
