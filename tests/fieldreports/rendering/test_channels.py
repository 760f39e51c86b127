from dataclasses import replace

from hypothesis import given, settings

from bot.fieldreports.model import Channel, FormField, Option
from bot.fieldreports.rendering.channels import channel_list, field_list
from bot.slack.messages import Answer
from tests.asking.seeing import label
from tests.fieldreports.rendering.samples import CHANNELS, FIELDS
from tests.slack.checks import all_refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, vendor_text

SITE = CHANNELS[0]
KEYED = replace(OCCASION, key="key-1")


def buttons(answer: Answer) -> list[str]:
    """Return the labels of the buttons, in their order."""
    rows = [each for each in answer.message.blocks if each["type"] == "actions"]
    return [label(element) for row in rows for element in row["elements"]]


def test_channels_are_listed_with_a_button_for_each() -> None:
    rendered = channel_list(CHANNELS, KEYED)
    assert as_json(rendered) == expected("report_channels", rendered)
    assert all_refusals(rendered) == []
    assert buttons(rendered) == ["Site reports", "Near misses", "Export"]


def test_of_many_channels_one_is_chosen_in_the_form() -> None:
    many = [Channel(number, f"Site {number}") for number in range(1, 7)]
    assert buttons(channel_list(many, KEYED)) == ["Choose a channel", "Export"]


def test_no_channel_is_a_sentence() -> None:
    rendered = channel_list((), KEYED)
    assert rendered.message.text.startswith("SaferMe shows Flowbot no channels.")
    assert buttons(rendered) == []


def test_fields_are_those_that_reports_can_be_counted_by() -> None:
    rendered = field_list(SITE, FIELDS, KEYED)
    assert as_json(rendered) == expected("report_fields", rendered)
    assert all_refusals(rendered) == []
    assert buttons(rendered) == ["By Severity", "Export"]


def test_a_form_without_choices_says_what_works_instead() -> None:
    rendered = field_list(SITE, FIELDS[1:], KEYED)
    assert rendered.message.text == (
        "Site reports has no field with choices, so its reports can't be counted by one."
    )
    assert buttons(rendered) == ["By state", "By person"]


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    many = [Channel(1, one, description=other)] * 300
    fields = [FormField(1, other, "Radio", options=(Option(one, other),) * 9)] * 150
    assert all_refusals(channel_list(many, replace(OCCASION, asked_by=other))) == []
    assert all_refusals(field_list(many[0], fields, OCCASION)) == []
    assert all_refusals(field_list(many[0], (), OCCASION)) == []


def test_a_column_with_nothing_in_it_is_left_out() -> None:
    rendered = channel_list([Channel(0, "A")], OCCASION)
    table = next(each for each in rendered.message.blocks if each["type"] == "data_table")
    assert [cell["text"] for cell in table["rows"][0]] == ["Channel"]
