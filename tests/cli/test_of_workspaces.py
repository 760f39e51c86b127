"""`flowbot rotate-keys` and `flowbot forget`."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from bot.clock import Clock
from bot.config.values import fernet_keys
from bot.store.secret_keys import SecretKeys
from bot.store.sqlite import SqliteDatabase
from bot.workspaces.model import BotTokens, Installation
from bot.workspaces.store.installations import InstallationStore
from sandbox.world import World
from tests.cli.conftest import Typed

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def keys(*each: str) -> SecretKeys:
    return SecretKeys(fernet_keys(SecretStr(",".join(each))))


async def keep(path: Path, token: str, *, workspace: str = "T2", key: str = OLD) -> None:
    """Keep an installation and a vendor's pair under a key."""
    database = await SqliteDatabase.open(str(path))
    clock, secrets = Clock(), keys(key)
    await InstallationStore(database, secrets, clock).put(
        Installation(
            workspace=workspace,
            team_id=workspace,
            enterprise_id="",
            name=f"Works of {workspace}",
            bot_user_id="U1",
            bot_id="B1",
            scopes=frozenset(),
            installer="U2",
            installed_at=clock.now(),
            tokens=BotTokens(token),
        )
    )
    await database.execute(
        """INSERT INTO credentials (workspace, vendor, origin, access, refresh, kept_at)
        VALUES (:workspace, 'saferme', 'o', :access, :refresh, '')""",
        {
            "workspace": workspace,
            "access": secrets.encrypt("vendor-access"),
            "refresh": secrets.encrypt("vendor-refresh"),
        },
    )
    await database.close()


async def token_of(path: Path, *known: str, workspace: str = "T2") -> str | None:
    database = await SqliteDatabase.open(str(path))
    one = await InstallationStore(database, keys(*known), Clock()).get(workspace)
    await database.close()
    return one.tokens.access if one and one.tokens else None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "flowbot.db"


@pytest.fixture
def environment(path: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{path}"}


async def test_everything_is_encrypted_anew_and_then_the_old_key_may_go(
    typed: Typed, environment: dict[str, str], path: Path
) -> None:
    await keep(path, "xoxb-2")
    settings = {**environment, "SECRET_KEYS": f"{NEW},{OLD}"}
    code, said, _ = await typed("rotate-keys", settings=settings)

    assert code == 0
    assert said.startswith("3 secrets encrypted anew, 0 had the first key already.")
    assert "the first key alone" in said
    assert await token_of(path, NEW) == "xoxb-2"
    again, said, _ = await typed("rotate-keys", settings={**environment, "SECRET_KEYS": NEW})
    assert (again, said.split(".")[0]) == (
        0,
        "0 secrets encrypted anew, 3 had the first key already",
    )


async def test_what_no_key_opens_is_named_and_kept(
    typed: Typed, environment: dict[str, str], path: Path
) -> None:
    await keep(path, "xoxb-2")
    code, said, _ = await typed("rotate-keys", settings={**environment, "SECRET_KEYS": NEW})

    assert code == 1
    assert "installations of T2" in said
    assert "credentials of T2" in said
    assert await token_of(path, OLD) == "xoxb-2"


async def test_without_a_key_it_says_how_to_make_one(
    typed: Typed, environment: dict[str, str]
) -> None:
    code, _, error = await typed("rotate-keys", settings=environment)

    assert code == 1
    assert "Fernet.generate_key" in error


async def test_a_workspace_that_left_is_forgotten(
    typed: Typed, environment: dict[str, str], path: Path, world: World
) -> None:
    tenant = world.slack.add_workspace("T2")
    await keep(path, tenant.installed())
    await tenant.uninstall(told=())
    settings = {**environment, "SECRET_KEYS": OLD, "SLACK_API_URL": world.slack.api_url}
    code, said, _ = await typed("forget", "T2", settings=settings)

    assert (code, said) == (0, "All that was kept of Works of T2 (T2) is deleted.\n")
    assert await token_of(path, OLD) is None
    again, _, error = await typed("forget", "T2", settings=settings)
    assert (again, "Nothing is kept of T2" in error) == (1, True)


async def test_one_that_is_still_installed_is_not_forgotten(
    typed: Typed, environment: dict[str, str], path: Path, world: World
) -> None:
    token = world.slack.add_workspace("T2").installed()
    await keep(path, token)
    settings = {**environment, "SECRET_KEYS": OLD, "SLACK_API_URL": world.slack.api_url}
    code, _, error = await typed("forget", "T2", settings=settings)

    assert (code, "still installed in Works of T2 (T2)" in error) == (1, True)
    assert await token_of(path, OLD) == token


async def test_one_whose_token_no_key_opens_is_not_forgotten(
    typed: Typed, environment: dict[str, str], path: Path, world: World
) -> None:
    await keep(path, "xoxb-2")
    settings = {**environment, "SECRET_KEYS": NEW, "SLACK_API_URL": world.slack.api_url}
    code, _, error = await typed("forget", "T2", settings=settings)

    assert (code, "still installed" in error) == (1, True)
    assert await token_of(path, OLD) == "xoxb-2"
