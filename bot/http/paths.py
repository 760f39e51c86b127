"""Putting what people typed into an address. Pure."""

from urllib.parse import quote

from bot.errors import Reason, Vendor, VendorError


def segment(vendor: Vendor, value: str) -> str:
    """Return `value` as one percent-encoded part of a path.

    Raises VendorError NOT_FOUND for what could only change the path itself: "", "." and "..".
    """
    if not value.strip(". "):
        raise VendorError(vendor, Reason.NOT_FOUND, detail="an empty name")
    return quote(value.strip().encode("utf-8", "replace"), safe="@")
