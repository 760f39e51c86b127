"""What can go wrong, as values: classified once, worded in slack/blocks/problems.py."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

_ASK_LESS: Final = "Ask for less at a time."
_CHECK_NAME: Final = "Check how it is written."


class Reason(StrEnum):
    """Why a vendor did not give an answer we can use."""

    OFF = "off"  # no credential is set
    AUTH = "auth"  # the credential is refused
    NOT_FOUND = "not_found"
    REJECTED = "rejected"  # the vendor understood and said no
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"  # 5xx, dropped connection, refused connection
    TIMEOUT = "timeout"
    MALFORMED = "malformed"  # an answer of a shape we cannot read
    UNTRUSTED_HOST = "untrusted_host"  # the answer points to a host that is not allow-listed
    TOO_LARGE = "too_large"  # the answer is larger than our own cap


PASSING = frozenset({Reason.RATE_LIMITED, Reason.UNAVAILABLE, Reason.TIMEOUT, Reason.MALFORMED})
"""Troubles of a vendor that may be over soon."""


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor, and what the sentences about its failures say.

    `name` is for logs, rows and settings, `title` for people. `variables` are the environment
    variables of its credential, `smaller` a sentence on asking for less. `not_found` gives, for
    each code that may begin the detail of a NOT_FOUND error, what is missing and a sentence that
    helps; the empty code stands for all others. `refused` gives, for each code that may begin the
    detail of any other error, the whole sentence for it. `at_home` says that its credential is
    given by the workspace itself, in its Home tab.
    """

    name: str
    title: str
    variables: str
    smaller: str = _ASK_LESS
    not_found: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    at_home: bool = False

    def missing(self, code: str) -> tuple[str, str]:
        """Return what is not there, and what to do about it."""
        known = self.not_found.get(code) or self.not_found.get("")
        return known or ("what was asked for", _CHECK_NAME)

    def codes(self, reason: Reason) -> Collection[str]:
        """Return the codes that clients may put before the vendor's words of such an error."""
        return self.not_found if reason is Reason.NOT_FOUND else self.refused


class BotError(Exception):
    """Root of everything Flowbot raises on purpose."""


class UserError(BotError):
    """Something the asker can mend; the text is written for them and says what would work.

    `ways` are what can be done instead: what a button calls it, and the intent or form
    behind it.
    """

    ways: Sequence[tuple[str, object]] = ()


class DeniedError(BotError):
    """The asker may not do this; the text says who may."""


class UninvitedError(DeniedError):
    """Not before Flowbot is invited to the channel; the text says how."""


class NotKeptError(BotError):
    """Something could not be written down, so it is as if it had not been asked; it may pass.

    The text is for the asker.
    """


class FencedError(BotError):
    """It was not done, as another process may do it by now."""

    def __init__(self, fence: str) -> None:
        """Remember which of the fences stopped it: `claim`, `mark`, `request` or `edit`."""
        super().__init__(f"stopped at the fence of the {fence}")
        self.fence = fence


class NotKnownYetError(BotError):
    """Slack does not tell at the moment who asks or who reads along; the text says so."""

    def __init__(self, words: str, *, again_at: datetime) -> None:
        """Remember when Slack may be asked again."""
        super().__init__(words)
        self.again_at = again_at


class VendorError(BotError):
    """A vendor call that failed for good, after whatever retries were safe."""

    def __init__(
        self,
        vendor: Vendor,
        reason: Reason,
        *,
        detail: str = "",
        retry_after: float | None = None,
        uncertain: bool = False,
    ) -> None:
        """Describe the failure.

        `detail` is the vendor's own short message or the name of the field that surprised us; it is
        untrusted text and never holds a secret. `retry_after` is in seconds. `uncertain` is true
        when a call that changes something may have been carried out although no answer came.
        """
        super().__init__(f"{vendor.name}: {reason.value}")
        self.vendor = vendor
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after
        self.uncertain = uncertain


class SlackError(BotError):
    """Slack refused a call; `code` is Slack's own error string."""

    def __init__(self, method: str, code: str, *, retry_after: float | None = None) -> None:
        """Remember which method was refused, with what code, and for how many seconds to wait."""
        super().__init__(f"{method}: {code}")
        self.method = method
        self.code = code
        self.retry_after = retry_after


class SlackUnreachableError(BotError):
    """A call to Slack got no answer: `sent` says whether the request may have been carried out."""

    def __init__(self, method: str, *, sent: bool) -> None:
        """Remember the method and whether bytes may have reached Slack."""
        super().__init__(f"{method}: no answer")
        self.method = method
        self.sent = sent
