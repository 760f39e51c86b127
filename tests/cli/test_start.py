"""Starting Flowbot: what stops it is said in words, and where there is no Slack there is one."""

import signal
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.cli.main import main
from tests.cli.conftest import Typed
from tests.processes import flowbot, said


async def test_wrong_settings_are_named_and_never_shown(tmp_path: Path) -> None:
    wrong = {"PORT": "hunter2", "SLACK_BOT_TOKEN": "hunter3"}
    code, out, err = await said("run", folder=tmp_path, settings=wrong)

    assert code == 1
    assert out == ""
    assert "PORT should be a port from 1 to 65535" in err
    assert "SLACK_BOT_TOKEN should be" in err
    assert "hunter" not in err
    assert "Traceback" not in err


async def test_a_key_that_is_none_is_named_with_the_command_that_makes_one(typed: Typed) -> None:
    code, _, err = await typed("run", settings={"SECRET_KEYS": "hunter2"})

    assert code == 1
    assert "SECRET_KEYS should be Fernet keys" in err
    assert "hunter" not in err
    assert "Traceback" not in err


async def test_a_worker_without_a_token_says_which_is_missing(typed: Typed) -> None:
    code, _, err = await typed("worker")

    assert code == 1
    assert "Set SLACK_BOT_TOKEN" in err


@pytest.mark.parametrize(
    ("variable", "wrong"),
    [("SLACK_BOT_TOKEN", "xoxb-hunter2"), ("SLACK_APP_TOKEN", "xapp-hunter2")],
)
async def test_a_token_that_slack_refuses_is_named_with_where_to_get_another(
    typed: Typed, settings: dict[str, str], variable: str, wrong: str
) -> None:
    settings[variable] = wrong
    code, _, err = await typed("run", settings=settings)

    assert code == 1
    assert f"Slack refuses {variable} (invalid_auth)." in err
    assert "page" in err
    assert "hunter2" not in err
    assert "Traceback" not in err


async def test_a_port_that_is_taken_is_said_in_words(
    typed: Typed, settings: dict[str, str]
) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("", 0))
        taken.listen()
        settings["PORT"] = port = str(taken.getsockname()[1])
        code, _, err = await typed("web", settings=settings)

    assert code == 1
    assert f"PORT={port} cannot be listened on: it is in use by another process" in err
    assert "Traceback" not in err


async def test_an_address_of_somebody_else_cannot_be_listened_on(
    typed: Typed, settings: dict[str, str]
) -> None:
    code, _, err = await typed("web", settings={**settings, "LISTEN_HOST": "203.0.113.7"})

    assert code == 1
    assert "LISTEN_HOST=203.0.113.7" in err
    assert "no address of this machine" in err


def folder(path: Path) -> None:
    path.mkdir()


def no_database(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def damaged(path: Path) -> None:
    """Make a database whose second page, where a table begins, is nonsense."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE _sqlite_migrations (a)")
        database.execute("CREATE TABLE jobs (a)")
        database.commit()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * 3_996 + whole[4_096:])


def below_a_file(path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("a file")


@pytest.mark.parametrize(
    ("breaks", "mend"),
    [
        (folder, "it is a folder. Let DATABASE_URL name a file in it"),
        (no_database, "it is no SQLite database. Put a backup in its place"),
        (damaged, "it is damaged. Put the last backup in its place"),
        (below_a_file, "a part of its path is no folder. Correct DATABASE_URL"),
    ],
)
async def test_a_database_that_cannot_be_used_is_named_with_the_mend(
    typed: Typed, tmp_path: Path, breaks: Callable[[Path], None], mend: str
) -> None:
    path = tmp_path / "data" / "x.db"
    path.parent.mkdir()
    breaks(path)
    code, _, err = await typed("migrate", settings={"DATABASE_URL": f"sqlite:///{path}"})

    assert code == 1
    assert err.splitlines()[-1].startswith(f"Can't open the database {path} (DATABASE_URL): {mend}")
    assert "Traceback" not in err


async def test_migrate_makes_the_database_and_may_be_repeated(typed: Typed, tmp_path: Path) -> None:
    for _ in range(2):
        code, _, err = await typed("migrate")
        assert code == 0, err

    with closing(sqlite3.connect(tmp_path / "flowbot.db")) as database:
        assert database.execute("SELECT COUNT(*) FROM jobs").fetchone() == (0,)


async def test_without_any_token_a_sandbox_opens_and_its_address_is_printed(
    tmp_path: Path,
) -> None:
    heard = {"LOG_LEVEL": "info"}  # for once it is said when the work begins
    async with flowbot("run", folder=tmp_path, settings=heard) as process:
        await process.event("working")
        address = (await process.line("http://127.0.0.1:")).split()[-1]
        async with aiohttp.ClientSession() as web, web.get(address) as page:
            assert page.status == 200
            assert "Flowbot" in await page.text()

        process.send(signal.SIGTERM)
        assert await process.ended() == 0
    assert "Traceback" not in "".join(process.err)  # with nobody to type anything


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("flowbot ")


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    printed = capsys.readouterr().out
    for command in ("run", "web", "worker", "migrate", "sandbox", "ask"):
        assert f" {command} " in printed
