from dataclasses import replace

from hypothesis import given, settings

from bot.fieldreports.model import Channel, FormField, Option
from bot.fieldreports.rendering.channels import channel_list, field_list
from tests.fieldreports.rendering.samples import CHANNELS, FIELDS
from tests.slack.checks import all_refusals, refusals
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import OCCASION, vendor_text


def test_channels_are_listed_by_name_with_a_command_to_try() -> None:
    rendered = channel_list(CHANNELS, OCCASION)
    assert as_json(rendered) == expected("report_channels", rendered)
    assert all_refusals(rendered) == []


def test_no_channel_is_a_sentence() -> None:
    rendered = channel_list((), OCCASION)
    assert rendered.message.text == "SaferMe shows Flowbot's account no channel of reports."


def test_fields_are_those_that_reports_can_be_counted_by() -> None:
    rendered = field_list("Site reports", FIELDS)
    assert as_json(rendered) == expected("report_fields", rendered)
    assert refusals(rendered) == []


def test_a_form_without_choices_says_what_works_instead() -> None:
    assert field_list("Site reports", FIELDS[1:]).text == (
        'The form of "Site reports" has no field to choose from, so its reports cannot be counted '
        "by one. Try by-state or by-user."
    )


def test_a_field_without_a_name_is_counted_by_its_number() -> None:
    rendered = field_list("Site reports", [FormField(17, "", "RadioButton")])
    assert "by-field 17" in str(rendered.blocks)


@settings(deadline=None, max_examples=60)
@given(vendor_text, vendor_text)
def test_no_vendor_text_becomes_markup(one: str, other: str) -> None:
    many = [Channel(1, one, description=other)] * 300
    fields = [FormField(1, other, "Radio", options=(Option(one, other),) * 9)] * 150
    assert all_refusals(channel_list(many, replace(OCCASION, asked_by=other))) == []
    assert refusals(field_list(one, fields)) == []
    assert refusals(field_list(one, ())) == []


def test_a_column_with_nothing_in_it_is_left_out() -> None:
    rendered = channel_list([Channel(0, "A")], OCCASION)
    table = next(each for each in rendered.message.blocks if each["type"] == "data_table")
    assert [cell["text"] for cell in table["rows"][0]] == ["Channel", "Number"]
