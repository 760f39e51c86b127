"""The workspaces that installed Flowbot: whether a key opens their tokens, and Slack takes them."""

import asyncio
from collections.abc import Sequence
from typing import Final

from bot.config import Settings
from bot.doctor.findings import Finding, failed, passed, skipped, warned
from bot.doctor.scopes import missing
from bot.doctor.store import DoctorRows
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.blocks.budget import clean
from bot.slack.blocks.wording import counted, some_of
from bot.slack.client import Slack
from bot.slack.letting_in import let_not_in
from bot.store.secret_keys import SecretKeys
from bot.workspaces.model import Installation, is_welcome
from bot.workspaces.store.installations import UNREADABLE, installation_of

INSTALLATIONS: Final = "installations"
MOST_ASKED: Final = 200
AT_ONCE: Final = 10
EXPIRED: Final = "token_expired"
INSTALL_AGAIN: Final = "Let an admin there install Flowbot again; nothing of theirs is lost."
NOBODY: Final = "Workspaces cannot install Flowbot by themselves: SLACK_CLIENT_ID is not set."


class InstallationLook:
    """Looks at every installation that is served."""

    def __init__(self, rows: DoctorRows, settings: Settings) -> None:
        """Look into these rows, with the keys of the settings."""
        self._rows = rows
        self._settings = settings

    async def look(self) -> Finding:
        """Look whether each token can be read, is taken, and may do all that is needed."""
        keys = SecretKeys(self._settings.general.secret_keys)
        found = [installation_of(each, keys) for each in await self._rows.installations()]
        served = [each for each in found if (each.tokens or each.is_locked) and self._let_in(each)]
        if not served:
            return self._nobody()
        locked = [each for each in served if each.is_locked]
        if locked:
            why, _, mend = UNREADABLE.partition(". ")
            return failed(INSTALLATIONS, f"{_names(locked)}: {why}.", f"{mend}.")
        return await self._asked(served)

    def _nobody(self) -> Finding:
        if self._settings.slack.installs:
            return passed(INSTALLATIONS, "No workspace has installed Flowbot yet.")
        return skipped(INSTALLATIONS, NOBODY)

    async def _asked(self, served: Sequence[Installation]) -> Finding:
        turn = asyncio.Semaphore(AT_ONCE)
        asked = served[:MOST_ASKED]
        try:
            codes = await asyncio.gather(*(self._refusal(each, turn) for each in asked))
        except SlackUnreachableError as error:
            return failed(INSTALLATIONS, *let_not_in(error, self._settings.slack.api_url))
        refused = [each for each, code in zip(asked, codes, strict=True) if code]
        if refused:
            said = ", ".join(sorted(set(filter(None, codes))))
            about = f"Slack refuses Flowbot's token of {_names(refused)} ({said})."
            return failed(INSTALLATIONS, about, INSTALL_AGAIN)
        lacking = [each for each in served if missing(each.scopes)]
        if lacking:
            scopes = ", ".join(sorted({one for each in lacking for one in missing(each.scopes)}))
            return warned(INSTALLATIONS, f"{_names(lacking)} granted no {scopes}.", INSTALL_AGAIN)
        more = f"; the first {MOST_ASKED} were asked" if len(served) > MOST_ASKED else ""
        return passed(INSTALLATIONS, f"Slack takes the tokens of {_count(served)}{more}.")

    async def _refusal(self, one: Installation, turn: asyncio.Semaphore) -> str:
        """Return why Slack refuses a token; one that ended is renewed by whoever needs it next."""
        assert one.tokens is not None
        url = self._settings.slack.api_url
        async with turn, Slack(token=one.tokens.access, api_url=url) as slack:
            try:
                await slack.call("auth.test")
            except SlackError as error:
                renewed = error.code == EXPIRED and bool(one.tokens.refresh)
                return "" if renewed or error.retry_after is not None else error.code
        return ""

    def _let_in(self, one: Installation) -> bool:
        allowed = self._settings.general.workspaces
        return is_welcome(allowed, one.workspace, one.enterprise_id)


def _names(found: Sequence[Installation]) -> str:
    return some_of([clean(each.name) or each.workspace for each in found])


def _count(found: Sequence[Installation]) -> str:
    return counted(len(found), "workspace")
