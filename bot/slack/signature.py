"""Whether a request is Slack's: signed with our secret over its raw bytes, not long ago. Pure.

https://docs.slack.dev/authentication/verifying-requests-from-slack/
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from enum import StrEnum

TIMESTAMP = "X-Slack-Request-Timestamp"
SIGNATURE = "X-Slack-Signature"
FRESH_SECONDS = 5 * 60

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class SignatureProblem(StrEnum):
    """Why a request is not taken for Slack's; the values are for the log."""

    MISSING = "unsigned"
    WRONG = "wrong_signature"
    STALE = "stale"
    """Signed with our secret, but at another time: an old request, or a clock that is wrong."""


def misshapen(headers: Mapping[str, str]) -> bool:
    """Return whether there cannot be a valid signature, whatever the body turns out to be."""
    timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    return not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature))


def problem_of(
    headers: Mapping[str, str], body: bytes, *, secret: str, now: float
) -> SignatureProblem | None:
    """Return why a request is not Slack's, or None. `now` is in seconds since 1970."""
    if misshapen(headers):
        return SignatureProblem.MISSING
    timestamp = headers[TIMESTAMP]
    signed = b"v0:%b:%b" % (timestamp.encode(), body)
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(f"v0={digest}", headers[SIGNATURE]):
        return SignatureProblem.WRONG
    return SignatureProblem.STALE if abs(now - int(timestamp)) > FRESH_SECONDS else None
