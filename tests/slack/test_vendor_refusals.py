"""Refusals of several kinds, told apart by the code that a vendor's client puts first."""

import pytest

from bot.errors import Reason, Vendor, VendorError
from bot.slack.blocks.problems import problem, sentence
from tests.vendors import VENDORS

CODES = [
    pytest.param(vendor, reason, code, id=f"{vendor.name}-{reason.value}-{code}")
    for vendor in VENDORS
    for reason, codes in ((Reason.NOT_FOUND, vendor.not_found), (Reason.AUTH, vendor.refused))
    for code in codes
    if code
]


@pytest.mark.parametrize(("vendor", "reason", "code"), CODES)
def test_a_code_is_never_shown_and_changes_the_sentence(
    vendor: Vendor, reason: Reason, code: str
) -> None:
    told = sentence(VendorError(vendor, reason, detail=f"{code}: in their words"))
    assert f"{code}: in" not in told
    assert told.endswith("says: in their words.")
    assert vendor.title in told


@pytest.mark.parametrize(("vendor", "reason", "code"), CODES)
def test_a_code_without_words_leaves_our_sentence_alone(
    vendor: Vendor, reason: Reason, code: str
) -> None:
    told = problem(VendorError(vendor, reason, detail=f"{code}:"))
    assert "says" not in told.text
