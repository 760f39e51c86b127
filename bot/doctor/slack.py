"""What Slack says of us: the token, its scopes, the clock, the way to us, uploads."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from bot.clock import Clock
from bot.doctor.examining import Check, SharedAnswer
from bot.doctor.findings import Finding, failed, passed, skipped, warned
from bot.doctor.scopes import NEEDED, OPTIONAL, missing, unused
from bot.errors import SlackError, SlackUnreachableError
from bot.slack.blocks.problems import sentence
from bot.slack.client import Slack
from bot.slack.letting_in import APP_TOKEN, let_not_in
from bot.slack.refusals import RefusalKind, kind_of
from bot.slack.signature import FRESH_SECONDS, SIGNATURE, TIMESTAMP, problem_of

TOKEN: Final = "slack.token"  # noqa: S105  # a name
SCOPES: Final = "slack.scopes"
CLOCK: Final = "slack.clock"
DELIVERY: Final = "slack.delivery"
SIGNING: Final = "slack.signing"
UPLOAD: Final = "slack.upload"
PROBE: Final = {"filename": "flowbot-check.txt", "length": 1}
"""An upload that is announced and never made: no file comes of it, and nobody sees anything."""
WRITES: Final = "files:write"
WARN_SECONDS: Final = 60
REINSTALL: Final = (
    "Put it into the app's manifest as manifest.yml has it, then install the app again "
    "(https://api.slack.com/apps, Install App)."
)
NOT_ASKED: Final = "Slack was not asked, as its token does not work."
TEST_BODY: Final = b"payload=doctor"


@dataclass(frozen=True, slots=True)
class AuthAnswer:
    """What auth.test answered, and our clock in the middle of it."""

    answer: Mapping[str, Any]
    at: datetime

    @property
    def headers(self) -> Mapping[str, str]:
        """Those of the answer, by lower-case names."""
        return {str(name).lower(): str(value) for name, value in self.answer["headers"].items()}

    @property
    def scopes(self) -> frozenset[str]:
        """What the token may do; empty where Slack does not tell."""
        told = self.headers.get("x-oauth-scopes", "").split(",")
        return frozenset(filter(None, map(str.strip, told)))


class SlackLooks:
    """Looks at one workspace, through its open client."""

    def __init__(self, slack: Slack, clock: Clock, *, api_url: str) -> None:
        """`api_url` is named where nobody answers there."""
        self._slack = slack
        self._clock = clock
        self._api_url = api_url
        self._greeting = SharedAnswer(self._greet)

    def own(self) -> tuple[Check, ...]:
        """Return the looks that a workspace may see of itself."""
        looks = {TOKEN: self.token, SCOPES: self.scopes, UPLOAD: self.upload}
        return tuple(Check(name, look) for name, look in looks.items())

    def all(self) -> tuple[Check, ...]:
        """Return all looks."""
        return (*self.own(), Check(CLOCK, self.clock))

    async def token(self) -> Finding:
        """Look whether the token works, and whose it is."""
        try:
            greeting = await self._greeting.get()
        except (SlackError, SlackUnreachableError) as error:
            return failed(TOKEN, *let_not_in(error, self._api_url))
        who, where = greeting.answer.get("user", "flowbot"), greeting.answer.get("team", "Slack")
        return passed(TOKEN, f"Flowbot is @{who} in {where}.")

    async def scopes(self) -> Finding:
        """Look at what the token may do, against the manifest."""
        granted = await self._granted()
        if granted is None:
            return skipped(SCOPES, NOT_ASKED)
        if not granted:
            return skipped(SCOPES, "Slack does not tell what the token may do.")
        lacking, more = missing(granted), unused(granted)
        if lacking:
            so = "; ".join(f"without {each} {NEEDED[each]}" for each in lacking)
            return failed(SCOPES, f"The token lacks {_listed(lacking)}: {so}.", REINSTALL)
        if more:
            return warned(
                SCOPES,
                f"The token may do more than Flowbot ever does: {_listed(more)}.",
                "Take that out of the app's OAuth & Permissions page, then install it again.",
            )
        left_out = [each for each in OPTIONAL if each not in granted]
        note = f", but for {_listed(left_out)}, which Flowbot works without" if left_out else ""
        return passed(SCOPES, f"The token has all {len(NEEDED)} scopes{note}.")

    async def clock(self) -> Finding:
        """Look how far our clock is from Slack's, which refuses what is too far off."""
        try:
            greeting = await self._greeting.get()
        except (SlackError, SlackUnreachableError):
            return skipped(CLOCK, NOT_ASKED)
        try:
            theirs = parsedate_to_datetime(greeting.headers.get("date", ""))
        except ValueError:
            return skipped(CLOCK, "Slack's answer has no date.")
        return skew(CLOCK, (greeting.at - theirs.astimezone(UTC)).total_seconds(), "Slack's")

    async def upload(self) -> Finding:
        """Look whether files may be posted, by announcing one that never comes."""
        granted = await self._granted()
        if granted is None:
            return skipped(UPLOAD, NOT_ASKED)
        if granted and WRITES not in granted:
            return skipped(UPLOAD, f"Not without {WRITES}.")
        try:
            await self._slack.call("files.getUploadURLExternal", **PROBE)
        except SlackError as error:
            return _no_upload(error)
        except SlackUnreachableError as error:
            return failed(UPLOAD, *let_not_in(error, self._api_url))
        return passed(UPLOAD, "Files can be posted.")

    async def _granted(self) -> frozenset[str] | None:
        try:
            return (await self._greeting.get()).scopes
        except (SlackError, SlackUnreachableError):
            return None

    async def _greet(self) -> AuthAnswer:
        began = self._clock.now()
        answer = await self._slack.call("auth.test")
        return AuthAnswer(answer, began + (self._clock.now() - began) / 2)


_FORBIDDEN: Final = "file_uploads_"
_ALLOW: Final = (
    "Let an owner of the workspace allow uploads (Settings & administration, Workspace settings)."
)


def _no_upload(error: SlackError) -> Finding:
    about = f"Files cannot be posted: {sentence(error)}"
    if error.code == "missing_scope":
        return failed(UPLOAD, about, REINSTALL)
    if error.retry_after is not None or kind_of(error.code) is RefusalKind.LATER:
        return warned(UPLOAD, about, "Look again in a minute.")
    mend = _ALLOW if error.code.startswith(_FORBIDDEN) else f"Slack's word for it is {error.code}."
    return failed(UPLOAD, about, mend)


def skew(name: str, seconds: float, whose: str) -> Finding:
    """Return what our clock's distance from another one means; ahead is more than 0."""
    off = f"This machine's clock is {abs(seconds):.0f} seconds "
    off += f"{'ahead of' if seconds > 0 else 'behind'} {whose}"
    mend = "Let the machine set its clock by NTP (such as timedatectl set-ntp true)."
    if abs(seconds) > FRESH_SECONDS:
        so = "so requests are taken for old ones and refused"
        return failed(name, f"{off}, {so}.", mend)
    if abs(seconds) > WARN_SECONDS:
        return warned(name, f"{off}; from {FRESH_SECONDS} on requests are refused.", mend)
    return passed(name, f"This machine's clock agrees with {whose}.")


def signed_by_ourselves(secret: str, now: float) -> Finding:
    """Look whether the door takes what is signed with the secret, and nothing else."""
    stamp = str(int(now))
    signed = b"v0:%b:%b" % (stamp.encode(), TEST_BODY)
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    headers = {TIMESTAMP: stamp, SIGNATURE: f"v0={digest}"}
    refused = problem_of(headers, TEST_BODY, secret=secret, now=now)
    forged = problem_of(headers, TEST_BODY + b"!", secret=secret, now=now)
    if refused or not forged:
        return failed(SIGNING, "A request that is signed with the secret is not taken.", COPY_ANEW)
    if secret != secret.strip():
        return failed(SIGNING, "SLACK_SIGNING_SECRET has blanks around it.", COPY_ANEW)
    return passed(SIGNING, "A request that is signed with the secret is taken, another is not.")


COPY_ANEW: Final = (
    "Copy the Signing Secret from the app's Basic Information page into SLACK_SIGNING_SECRET."
)


async def socket_address(slack: Slack, api_url: str) -> Finding:
    """Look whether Slack gives an address for Socket Mode; it is asked for and not used."""
    try:
        await slack.call("apps.connections.open")
    except (SlackError, SlackUnreachableError) as error:
        return failed(DELIVERY, *let_not_in(error, api_url, by=APP_TOKEN))
    return passed(DELIVERY, "Socket Mode: Slack gives an address to connect to.")


def over_http(address: str, port: int) -> Finding:
    """Return what has to be so for Slack to reach us, which cannot be seen from here."""
    return skipped(
        DELIVERY,
        "HTTP: from here nobody can see whether Slack reaches this machine.",
        f"The request URL of commands, interactivity and events has to be {address}, and lead to "
        f"port {port} here. Slack's own check on the app's Event Subscriptions page says whether "
        "it does.",
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
