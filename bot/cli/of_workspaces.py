"""`flowbot rotate-keys` and `flowbot forget`: what is kept of workspaces, for whoever runs it."""

from argparse import Namespace

from bot.assembly.resources import open_database
from bot.clock import Clock
from bot.config import Settings
from bot.config.own import NEW_KEY
from bot.errors import UserError
from bot.slack.client import Slack
from bot.store.rekeying import RekeyingCount, rekey
from bot.store.secret_keys import SecretKeys
from bot.workspaces.client import OAuthClient
from bot.workspaces.departures import Departures
from bot.workspaces.installations import Installations
from bot.workspaces.model import Installation
from bot.workspaces.store.installations import InstallationStore


async def rotate_keys(settings: Settings, _: Namespace) -> int:
    """Encrypt everything under the first key; exit code 1 where something cannot be read.

    Raises UserError where there is no key.
    """
    if settings.general.secret_keys is None:
        raise UserError(f"Set SECRET_KEYS first; {NEW_KEY} makes a key.")
    async with open_database(settings) as database:
        count = await rekey(database, SecretKeys(settings.general.secret_keys))
    print(f"{_secrets(count.renewed)} encrypted anew, {count.current} had the first key already.")
    if not count.locked:
        print("SECRET_KEYS may now hold the first key alone.")
        return 0
    _tell_locked(count)
    return 1


def _secrets(count: int) -> str:
    return f"{count} secret{'' if count == 1 else 's'}"


def _tell_locked(count: RekeyingCount) -> None:
    print("None of SECRET_KEYS opens these, which are kept as they are:")
    for table, workspace in count.locked:
        print(f"  {table} of {workspace}")
    print("Add the key they were encrypted under and run this again, or let those workspaces")
    print("install Flowbot again. Until then keep all keys.")


async def forget(settings: Settings, options: Namespace) -> int:
    """Delete all that is kept of a workspace that left. Raises UserError where it did not."""
    clock, workspace = Clock(), options.workspace
    async with (
        open_database(settings) as database,
        Slack(token="", api_url=settings.slack.api_url) as slack,
    ):
        store = InstallationStore(database, SecretKeys(settings.general.secret_keys), clock)
        known = await store.get(workspace)
        if known is None:
            raise UserError(f"Nothing is kept of {workspace}, or it was never installed there.")
        installations = Installations(store, clock, own=None)
        client = OAuthClient(slack, clock, "", "")
        departures = Departures(database, installations, client, clock)
        if known.gone_at is None and not (
            known.tokens and await departures.heard(workspace, surely=True)
        ):
            raise UserError(_still_there(known))
        await departures.forget(workspace)
    print(f"All that was kept of {known.name} ({workspace}) is deleted.")
    return 0


def _still_there(known: Installation) -> str:
    return (
        f"Flowbot is still installed in {known.name} ({known.workspace}), so nothing was deleted. "
        "Remove the app there first: in Slack, under Manage apps."
    )
