"""The measure of how high answers are."""

from collections import Counter

import pytest

pytest.importorskip("playwright.async_api", reason="playwright is not installed")

from tests.programs import program
from tools.heights import measures
from tools.kinds import KINDS, Kind


async def test_an_answer_a_reply_and_what_brings_no_message_are_measured() -> None:
    program("chromium", "chromium-browser", missing="no Chromium found to measure with")
    kinds = (
        Kind("answer", ("/flow-report names",)),
        Kind("reply", ("/flow-report onboarding export csv",), is_reply=True),
        Kind("form", ("/flow-run",)),
    )
    found = {each.name: each async for each in measures(kinds, None)}
    assert found["answer"].headline_in_sight
    assert 50 < (found["answer"].height or 0) < 900
    assert found["reply"].height
    assert found["form"].height is None
    assert str(found["form"]).split() == ["form", "none", "of", "450"]


def test_each_kind_and_each_picture_has_a_name_of_its_own() -> None:
    names = Counter(each.name for each in KINDS)
    pictures = Counter(each.picture for each in KINDS if each.picture)
    assert set(names.values()) == set(pictures.values()) == {1}
    assert len(pictures) == 10
