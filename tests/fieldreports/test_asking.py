"""Ways to ask: names, pick lists, the form, and what is said when it does not work."""

import pytest

from sandbox.slack import View
from tests.asking.seeing import interactive, picked, table, words
from tests.stage import Stage

FORM = "field_analytics"


async def test_a_channel_is_found_by_part_of_its_name_in_any_case(stage: Stage) -> None:
    await stage.command("/flow-analytics HAZARDS reads", channel="CFIELD")

    assert "reads in Site hazards" in stage.said("CFIELD")[-1].text


async def test_an_unknown_name_is_answered_with_the_nearest(stage: Stage) -> None:
    await stage.command("/flow-analytics Vistors reads", channel="CFIELD")

    [told] = stage.whispered()
    assert 'Did you mean "Visitors"?' in told
    await stage.slack.click(stage.slack.ephemerals("UADA")[-1], action_id="pick")
    await stage.settle()
    assert "reads in Visitors" in stage.said("CFIELD")[-1].text


async def test_a_name_that_fits_several_channels_is_answered_with_a_pick_list(
    stage: Stage,
) -> None:
    stage.saferme.set_switch("many_channels", 8)

    await stage.command("/flow-analytics area reads", channel="CFIELD")

    question = stage.slack.ephemerals("UADA")[-1]
    assert "Which one?" in question.text
    assert stage.said("CFIELD") == []
    await stage.slack.click(question, action_id="pick:2")
    await stage.settle()
    assert "reads in Area 0006" in stage.said("CFIELD")[-1].text


async def test_an_unknown_field_is_answered_with_the_nearest(stage: Stage) -> None:
    await stage.command("/flow-analytics hazards by-field Sevrity", channel="CFIELD")

    [told] = stage.whispered()
    assert 'Did you mean "Severity"?' in told
    await stage.slack.click(stage.slack.ephemerals("UADA")[-1], action_id="pick")
    await stage.settle()
    assert "Severity in Site hazards" in stage.said("CFIELD")[-1].text


@pytest.mark.parametrize(
    ("command", "said", "way", "brings"),
    [
        ('hazards by-field "What happened"', "fill it in freely", "All fields", "by 3 fields"),
        ("hazards by xyzzy", "find a field", "All fields", "by 3 fields"),
        ("xyzzy", "find a channel", "All channels", "channels of field reports"),
    ],
)
async def test_what_cannot_be_counted_has_a_way_out(
    stage: Stage, command: str, said: str, way: str, brings: str
) -> None:
    await stage.command(f"/flow-analytics {command}", channel="CFIELD")

    told = stage.slack.ephemerals("UADA")[-1]
    assert said in told.text
    [button] = interactive(told.blocks)
    assert button["text"]["text"] == way
    await stage.slack.click(told, action_id=button["action_id"])
    await stage.settle()
    assert brings in stage.said("CFIELD")[-1].text


@pytest.mark.parametrize("shape", ["a string", "an object"])
async def test_the_fields_of_a_channel_are_listed_however_the_form_comes(
    stage: Stage, shape: str
) -> None:
    stage.saferme.set_switch("form_data", shape)

    await stage.command("/flow-analytics fields hazards", channel="CFIELD")

    fields = table(stage.said("CFIELD")[-1], "Fields of Site hazards")
    assert [row[0] for row in fields] == ["Severity", "Kind", "Still there?"]


async def test_all_channels_are_listed_over_many_pages(stage: Stage) -> None:
    stage.saferme.set_switch("many_channels", 70)

    await stage.command("/flow-analytics channels", channel="CFIELD")

    assert stage.said("CFIELD")[-1].text.startswith("70 channels of field reports")


async def test_names_are_asked_for_once_for_many_questions(stage: Stage) -> None:
    for figure in ("reads", "by-state", "by-hour"):
        await stage.command(f"/flow-analytics hazards {figure}", channel="CFIELD")
        stage.clock.advance(seconds=60)

    assert len([each for each in stage.saferme.calls if each.path == "/api/v4/channels"]) == 1


async def test_help_is_answered_at_once(stage: Stage) -> None:
    outcome = await stage.command("/flow-analytics help")

    assert "/flow-analytics channels" in outcome.text
    assert len(stage.saferme.calls) == 0


async def test_a_guest_alone_sees_the_answer(stage: Stage) -> None:
    await stage.command("/flow-analytics hazards by-user", user="UGUEST")

    assert stage.said() == []
    assert "most reports in Site hazards" in stage.whispered("UGUEST")[-1]


async def test_the_form_brings_a_figure_into_the_chosen_channel(stage: Stage) -> None:
    form = await opened(stage)
    offered = await stage.slack.options(form, action_id="report_channel", query="near")
    [near] = offered.options
    assert near["text"]["text"].startswith("Near misses")

    values = {
        "report_channel": {"report_channel": offered.options[0]["value"]},
        "figure": {"figure": "by-state"},
        "conversation": {"conversation": "CFIELD"},
    }
    outcome = await stage.slack.submit(form, values=values)
    await stage.settle()

    assert outcome.errors == {}
    assert "Reports in Near misses are most often" in stage.said("CFIELD")[-1].text


async def test_the_form_says_beside_its_inputs_what_is_missing(stage: Stage) -> None:
    form = await opened(stage)

    values = {
        "report_channel": {"report_channel": "501"},
        "figure": {"figure": "by-field"},
        "conversation": {"conversation": "CFIELD"},
    }
    outcome = await stage.slack.submit(form, values=values)

    assert outcome.errors == {"report_field": "Say by which field."}


async def test_the_command_opens_the_form_with_the_channel_that_was_typed(stage: Stage) -> None:
    await stage.command("/flow-analytics channels privately")

    await stage.command("/flow-analytics form visitors")

    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "Visitors" in words(form)


async def test_where_the_vendor_asks_for_a_pause_the_answer_comes_after_it(stage: Stage) -> None:
    stage.saferme.set_switch("answer_429", 1)
    await stage.command("/flow-analytics hazards by-state", channel="CFIELD")
    [told] = stage.whispered()
    assert "SaferMe" in told
    assert stage.said("CFIELD") == []

    stage.clock.advance(seconds=61)
    await stage.settle()

    assert "Reports in Site hazards are most often" in stage.said("CFIELD")[-1].text


@pytest.mark.parametrize(
    ("switches", "sentence"),
    [
        ({"account_locked": True}, "SaferMe has locked the account"),
        ({"answer_500": 9}, "SaferMe isn't responding"),
        ({"answer_html": 9}, "SaferMe sent something I can't read"),
        ({"missing_field": "id"}, "Detail: body[0].id"),
    ],
    ids=["locked", "500", "HTML", "a field missing"],
)
async def test_a_failure_is_told_to_the_asker_in_its_own_words(
    stage: Stage, switches: dict[str, object], sentence: str
) -> None:
    for name, value in switches.items():
        stage.saferme.set_switch(name, value)

    await stage.command("/flow-analytics hazards by-state", channel="CFIELD")

    [told] = stage.whispered()
    assert sentence in told
    assert stage.said("CFIELD") == []


async def opened(stage: Stage) -> View:
    """Choose the global shortcut once its channels are known, and return the form."""
    await stage.slack.shortcut(FORM)
    await stage.settle()
    form = stage.slack.view_of("UADA")
    assert form is not None
    return form


async def test_a_form_that_cannot_be_read_does_not_hide_the_others(stage: Stage) -> None:
    stage.saferme.set_switch("odd_row", value=True)
    await stage.command("/flow-analytics visitors reads", channel="CFIELD")

    assert "reads in Visitors" in stage.said("CFIELD")[-1].text


async def test_a_field_that_is_not_named_is_chosen_from_those_with_choices(stage: Stage) -> None:
    await stage.command('/flow-analytics "Site hazards" by-field last-90d', channel="CFIELD")
    await picked(stage, "Severity")

    [message] = stage.said("CFIELD")
    assert message.text.startswith("Severity in Site hazards: most often ")
