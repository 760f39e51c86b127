"""What the doctor says of secrets: encrypted or not, readable, and who may read them."""

import sqlite3
from base64 import urlsafe_b64encode
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.store.opening import migrate_file
from bot.store.secret_keys import SecretKeys
from tests.doctor.conftest import Doctor

OLD, NEW = (urlsafe_b64encode(bytes([each]) * 32).decode() for each in (1, 2))


def keep(folder: Path, key: str = "") -> None:
    """Keep a pair of tokens, encrypted with a key if there is one."""
    migrate_file(str(folder / "flowbot.db"))
    encrypt = SecretKeys(SecretStr(key) if key else None).encrypt
    with closing(sqlite3.connect(folder / "flowbot.db", isolation_level=None)) as rows:
        rows.execute(
            "INSERT INTO credentials (vendor, origin, access, refresh, kept_at) "
            "VALUES ('saferme', 'x', ?, ?, '')",
            (encrypt("hunter2-access"), encrypt("hunter2-refresh")),
        )


@pytest.mark.parametrize(
    ("kept", "keys", "state"),
    [
        ("", "", "warn"),
        ("", NEW, "warn"),
        (OLD, OLD, "pass"),
        (OLD, f"{NEW},{OLD}", "pass"),
        (OLD, NEW, "fail"),
        (OLD, "", "fail"),
    ],
    ids=["no key", "plain", "the key", "an older key", "another key", "a lost key"],
)
async def test_tokens_are_encrypted_and_the_keys_open_them(
    doctor: Doctor, tmp_path: Path, kept: str, keys: str, state: str
) -> None:
    keep(tmp_path, kept)
    checks = await doctor(SECRET_KEYS=keys)

    found = checks["secrets"]
    assert found["state"] == state
    assert ("SECRET_KEYS" in found["mend"]) == (state != "pass")
    shown = str(checks)
    assert not any(each in shown for each in ("hunter2", OLD, NEW))


@pytest.mark.parametrize(("mode", "state"), [(0o600, "pass"), (0o644, "warn")])
async def test_the_settings_file_is_its_owners_alone(
    doctor: Doctor, tmp_path: Path, mode: int, state: str
) -> None:
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=info\n", encoding="utf-8")
    file.chmod(mode)

    assert (await doctor())["secrets.env_file"]["state"] == state
