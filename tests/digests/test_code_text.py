"""Standing orders as text: what is written is read again, and faults are told with their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.as_code.document import CodeError, Plain, documents, written

FIELDS: dict[str, type] = {
    "what": str,
    "when": str,
    "note": str,
    "only_changed": bool,
    "only": tuple,
}
SECTIONS: dict[str, dict[str, type]] = {"digests": FIELDS, "watches": {"flow": str}}
GOOD = """\
# Flowbot
channel: C123
digests:
  - what: report onboarding
    when: 09:00
    only_changed: yes
    only: ["on*", "!*test*"]
"""


def test_a_text_is_read_as_it_is_written() -> None:
    (found,) = documents(GOOD, SECTIONS)
    assert found.channel == "C123"
    (entry,) = found.entries
    assert entry.fields == {
        "what": "report onboarding",
        "when": "09:00",
        "only_changed": True,
        "only": ("on*", "!*test*"),
    }
    assert (entry.spots["when"].line, entry.spots["when"].column) == (5, 11)


def test_a_text_may_have_several_channels() -> None:
    two = documents(f"{GOOD}---\nchannel: C9\nwatches:\n  - flow: Site audit\n", SECTIONS)
    assert [each.channel for each in two] == ["C123", "C9"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("digests:\n  - what: [report\n", "Line 3, column 1: This is no YAML here"),
        (
            "digests:\n  - wat: report\n",
            'Line 2, column 5: I don\'t know "wat". Did you mean what?',
        ),
        ("digets: []\n", 'Line 1, column 1: I don\'t know "digets". Did you mean digests?'),
        ("digests: report\n", "Line 1, column 10: digests is a list"),
        ("digests:\n  - report\n", "Line 2, column 5: Names with values are wanted here."),
        ("digests:\n  - only_changed: maybe\n", 'Line 2, column 19: "maybe" is neither yes nor'),
        ("digests:\n  - what: {a: b}\n", "Line 2, column 11: Here stands text"),
        ("channel: C1\nchannel: C2\n", "Line 2, column 1: channel is there twice."),
        ("channel: &a C1\n", "Line 1, column 10: Anchors and aliases"),
        ("a: *b\n", "Line 1, column 4: Anchors and aliases"),
        (f"{'[' * 5000}", "Line 1, column 6: This is nested deeper"),
        ("", "Line 1, column 1: There is nothing in it. A text for a channel has channel, digests"),
        ("- digests\n", "Line 1, column 1: Names with values are wanted here."),
        ("x" * 200_001, "Line 1, column 1: This has 200,001 letters, and 200,000 fit."),
        ("channel: \x00\n", "This is no YAML"),
        ("channel: !!python/object:os.system x\n", ""),
    ],
)
def test_a_fault_is_told_with_its_line_and_column(text: str, told: str) -> None:
    if not told:  # a tag is not obeyed: the value is text
        assert documents(text, SECTIONS)[0].channel == "x"
        return
    with pytest.raises(CodeError) as raised:
        documents(text, SECTIONS)
    assert told in str(raised.value)


LETTERS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff\u2028\u2029"),
    min_size=1,
    max_size=40,
)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"what": LETTERS},
        optional={
            "note": LETTERS,
            "only_changed": st.booleans(),
            "only": st.lists(LETTERS, max_size=3).map(tuple),
        },
    ),
    max_size=4,
)


@given(entries=ENTRIES, channel=LETTERS)
def test_whatever_is_written_is_read_again(entries: list[dict[str, Plain]], channel: str) -> None:
    text = written(channel, "Of Flowbot", {"digests": entries})
    (found,) = documents(text, SECTIONS)
    assert found.channel == channel
    assert [each.fields for each in found.entries] == entries
