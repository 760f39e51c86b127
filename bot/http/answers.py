"""What a vendor answered, and what a refusal means: the single table status → Reason. Pure."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from bot.errors import Reason, Vendor, VendorError
from bot.http.fields import ShapeError
from bot.http.parsing import TooManyValuesError, beside_the_loop, load_json

T = TypeVar("T")

REASONS = {
    401: Reason.AUTH,
    403: Reason.AUTH,
    404: Reason.NOT_FOUND,
    408: Reason.TIMEOUT,
    410: Reason.NOT_FOUND,
    420: Reason.RATE_LIMITED,  # SaferMe's "Enhance your calm"
    429: Reason.RATE_LIMITED,
}
FIRST_SERVER_ERROR = 500
LARGEST_REFUSAL = 65_536
LONGEST_DETAIL = 300
LONGEST_RETRY_AFTER = 86_400.0
MESSAGE_MEMBERS = ("message", "localDescription", "detail", "error", "errors", "title")


@dataclass(frozen=True, slots=True)
class Failure:
    """One attempt that gave nothing usable.

    `sent` is false only where the request surely never left us; `retry_after` is in seconds;
    `status` is the vendor's, None where it gave none.
    """

    reason: Reason
    detail: str = ""
    retry_after: float | None = None
    sent: bool = True
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that says no: where it came from, its status, its JSON (None for anything else).

    `changes` says that something was to be changed, not read.
    """

    path: str
    status: int
    payload: Any
    changes: bool = False


class SaidNoError(ValueError):
    """A 2xx that says no in its body, raised by a parser; its text is the vendor's own words."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A vendor's yes (any 2xx), whole in memory and within the size cap.

    `safe` says whether the call may be repeated; a malformed answer to one that may not leaves open
    whether it was carried out. `clean` takes the credential out of the vendor's words.
    """

    vendor: Vendor
    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    safe: bool
    clean: Callable[[str], str] = field(repr=False)

    async def read(
        self, parse: Callable[[Any], T], *, load: Callable[[bytes], object] = load_json
    ) -> T:
        """Return `parse` of the body as `load` makes it out of the bytes: JSON by default.

        Both may run in a thread. Raises VendorError: MALFORMED naming what surprised, REJECTED
        where `parse` raised SaidNoError, TOO_LARGE for JSON of too many values.
        """
        return await beside_the_loop(lambda: self._read(parse, load), size=len(self.body))

    def _read(self, parse: Callable[[Any], T], load: Callable[[bytes], object]) -> T:
        try:
            return parse(load(self.body))
        except SaidNoError as refusal:
            words = self.clean(str(refusal))
            raise VendorError(self.vendor, Reason.REJECTED, detail=words) from None
        except ShapeError as surprise:
            problem = str(surprise)
        except (ValueError, RecursionError):
            problem = "body: not JSON"
        except TooManyValuesError:
            raise VendorError(self.vendor, Reason.TOO_LARGE, uncertain=not self.safe) from None
        raise VendorError(self.vendor, Reason.MALFORMED, detail=problem, uncertain=not self.safe)


def reason_of(status: int) -> Reason:
    """Return why a status that is not 2xx is no answer; a redirect counts as a refusal."""
    if status >= FIRST_SERVER_ERROR:
        return Reason.UNAVAILABLE
    return REASONS.get(status, Reason.REJECTED)


def vendor_message(refusal: Refusal) -> str:
    """Return the vendor's own words of a refusal, in the shapes our vendors use, or ""."""
    return _words(refusal.payload)


def _words(payload: object, depth: int = 0) -> str:
    if isinstance(payload, str):
        return payload
    if depth > len(MESSAGE_MEMBERS):
        return ""
    if isinstance(payload, list):
        return "; ".join(filter(None, (_words(item, depth + 1) for item in payload[:3])))
    if isinstance(payload, dict):
        return next(filter(None, (_words(payload.get(n), depth + 1) for n in MESSAGE_MEMBERS)), "")
    return ""


def one_line(text: str) -> str:
    """Return untrusted text on one line, without control characters, cut at LONGEST_DETAIL."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    words = " ".join(printable.split())
    return words if len(words) <= LONGEST_DETAIL else words[: LONGEST_DETAIL - 1] + "…"


def json_or_none(body: bytes) -> Any:
    """Return the parsed body of a refusal, or None where it is no JSON.

    That is an HTML page of a proxy, a cut body, or one too long to be the words of a refusal.
    """
    if len(body) > LARGEST_REFUSAL:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def retry_after(headers: Mapping[str, str], payload: object, *, now: datetime) -> float | None:
    """Return the seconds to wait that the body (`retry_after`) or the header names, the longer."""
    named = payload.get("retry_after") if isinstance(payload, dict) else None
    waits = [_seconds(named), _header_seconds(headers.get("retry-after", ""), now)]
    return max((wait for wait in waits if wait is not None), default=None)


def http_date(value: str) -> datetime | None:
    """Return the moment of a header in any of HTTP's three forms, to the second, or None."""
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER) if math.isfinite(seconds) else None


def _header_seconds(value: str, now: datetime) -> float | None:
    seconds = _seconds(value)
    if seconds is not None:
        return seconds
    moment = http_date(value)
    return None if moment is None else _seconds((moment - now).total_seconds())
