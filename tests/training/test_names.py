"""Names for flows: given, moved, forgotten, shortened and misspelt."""

from datetime import UTC, datetime

from bot.training.reports import UNCHECKED
from tests.asking.seeing import picked, words
from tests.stage import Stage


async def test_a_flow_can_be_named_and_asked_for_by_its_name(stage: Stage) -> None:
    await stage.command("/flow-report name ladders flow_safe01")
    await stage.command("/flow-report ladders")

    named, report = stage.said()
    assert named.text == "Done. ladders is now the name of flow_safe01."
    assert "overdue in Ladder Safety (" in report.text


async def test_a_new_name_has_its_report_behind_a_button(stage: Stage) -> None:
    await stage.command("/flow-report name ladders flow_safe01")
    await stage.slack.click(stage.said()[-1], action_id="do")
    await stage.settle()

    assert "overdue in Ladder Safety (" in stage.said()[-1].text


async def test_a_name_can_have_several_words(stage: Stage) -> None:
    await stage.command('/flow-report name "Code of Conduct" flow_gdpr01')
    await stage.command("/flow-report code of conduct overdue")

    assert "overdue in Data protection basics (" in stage.said()[-1].text


async def test_giving_a_name_anew_says_what_it_stood_for(stage: Stage) -> None:
    await stage.command("/flow-report name onboarding flow_safe01")

    [message] = stage.said()
    assert "It stood for flow_onb001 before." in message.text


async def test_an_id_that_the_vendor_does_not_know_gets_no_name(stage: Stage) -> None:
    await stage.command("/flow-report name mystery flow_nowhere1")
    await stage.command("/flow-report names")

    refused, listed = stage.whispered()
    assert refused.startswith("MomoFlow doesn't know this flow.")
    assert "mystery" not in listed
    assert stage.said() == []


async def test_when_the_vendor_cannot_be_asked_the_id_is_trusted(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_500", 9)

    await stage.command("/flow-report name ladders flow_safe01")

    [message] = stage.said()
    assert message.text == (
        "Done. ladders is now the name of flow_safe01. MomoFlow cannot say at the moment whether "
        "it has this flow; the first report will show it."
    )


async def test_a_digest_of_an_id_that_could_not_be_checked_says_so(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_500", 9)
    await stage.command("/flow subscribe report flow_nowhere1 daily 09:00")
    [ordered] = stage.said()
    assert ordered.text.startswith("Done. I'll post Flow_nowhere1 ")
    assert ordered.text.endswith(UNCHECKED)
    assert UNCHECKED in words(ordered)

    stage.momoflow.set_switch("answer_500", 0)
    await stage.at(datetime(2026, 11, 23, 8, tzinfo=UTC))
    [told] = stage.said("DADA")
    assert "is paused. MomoFlow doesn't know this flow." in told.text


async def test_a_digest_of_an_id_that_is_there_says_nothing_of_it(stage: Stage) -> None:
    await stage.command("/flow subscribe report flow_safe01 daily 09:00")

    [ordered] = stage.said()
    assert "MomoFlow" not in words(ordered)


async def test_a_digest_of_an_id_that_is_not_there_is_refused(stage: Stage) -> None:
    await stage.command("/flow subscribe report flow_nowhere1 daily 09:00")

    assert stage.said() == []
    assert stage.whispered()[-1].startswith("MomoFlow doesn't know this flow.")


async def test_a_window_asks_the_vendor_nothing_about_the_flow_it_is_about(stage: Stage) -> None:
    await stage.command("/flow-report flow_safe01")
    before = len(stage.momoflow.calls)
    stage.clock.advance(seconds=60)
    await stage.slack.message_shortcut("export_data", message=stage.said()[-1])

    assert stage.slack.view_of("UADA") is not None
    assert len(stage.momoflow.calls) == before


async def test_a_forgotten_name_is_not_known_any_more(stage: Stage) -> None:
    await stage.command("/flow-report unname onboarding")
    await stage.command("/flow-report onboarding")

    [unknown] = stage.whispered()
    assert unknown.startswith('I can\'t find a flow called "onboarding".')


async def test_a_forgotten_name_can_be_given_again_with_a_button(stage: Stage) -> None:
    await stage.command("/flow-report unname onboarding")
    [forgotten] = stage.said()
    await stage.slack.click(forgotten, action_id="do")
    await stage.settle()
    await stage.command("/flow-report onboarding")

    assert "overdue in Onboarding (" in stage.said()[-1].text


async def test_a_misspelt_name_is_one_click_from_its_report_or_from_all_flows(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onbording last-7d")
    [asked] = stage.slack.ephemerals("UADA")
    said, yes, *_, others = (each for each in words(asked).splitlines() if each[0] != "{")
    assert said == 'I can\'t find a flow called "onbording". Did you mean "onboarding"?'
    assert (yes, others) == ("Yes, onboarding", "See all flows")

    await stage.slack.click(asked, action_id="pick")
    await stage.settle()
    assert "in Onboarding (" in stage.said()[-1].text

    await stage.command("/flow-report onbording last-7d")
    await stage.slack.click(stage.slack.ephemerals("UADA")[-1], action_id="do")
    await stage.settle()
    assert stage.whispered()[-1].startswith("4 named flows")


async def test_a_name_like_no_other_leads_to_all_flows(stage: Stage) -> None:
    await stage.command("/flow-report xyzzy")
    await stage.slack.click(stage.slack.ephemerals("UADA")[-1], action_id="do")
    await stage.settle()

    assert stage.whispered()[-1].startswith("4 named flows")


async def test_the_names_are_listed_for_the_asker_alone(stage: Stage) -> None:
    await stage.command("/flow-report names")

    [message] = stage.slack.ephemerals("UADA")
    rows = [each["text"]["text"] for each in message.blocks if "accessory" in each]
    assert rows == [
        "gdpr",
        "ladder safety",
        "new hires",
        "onboarding",
    ]
    row = next(each for each in message.blocks if "onboarding" in str(each.get("text")))
    await stage.slack.click(message, action_id="do", block_id=row["block_id"])
    await stage.settle()
    assert "in Onboarding (" in stage.said()[-1].text


async def test_a_beginning_another_case_or_the_id_will_do(stage: Stage) -> None:
    for typed in ("onb", "ONBOARDING", "flow_onb001", '"onboarding"'):
        await stage.command(f"/flow-report {typed} last-7d")

    assert ["in Onboarding (" in message.text for message in stage.said()] == [True] * 4


async def test_a_beginning_of_two_names_is_asked_back(stage: Stage) -> None:
    await stage.command("/flow-report name onward flow_safe01")
    await stage.command("/flow-report on last-7d")

    [asked] = stage.slack.ephemerals("UADA")
    assert asked.text == '2 flows match "on". Which one? onboarding, onward'
    assert "onward" in words(asked)
    await picked(stage, "onward")

    assert "in Ladder Safety (" in stage.said()[-1].text


async def test_a_digest_or_an_assignment_of_an_ambiguous_name_goes_on_with_the_one_picked(
    stage: Stage,
) -> None:
    await stage.command("/flow-report name onward flow_safe01")
    for command, then in (
        ("/flow subscribe report on overdue daily 9:00", "Onward, overdue"),
        ("/flow-report assign on grace@lumen.example", "onward"),
    ):
        await stage.command(command)
        await picked(stage, "onward")
        told = [*stage.said(), *stage.slack.ephemerals("UADA")]
        assert any(then in words(each).replace("\n", "") for each in told), command


async def test_an_unnamed_id_in_a_kept_question_is_no_beginning_of_a_name(stage: Stage) -> None:
    await stage.command("/flow-report flow_safe01 last-7d")
    [report] = stage.said()
    await stage.command("/flow-report unname ladder safety")
    await stage.command("/flow-report name flow_safe01-old flow_gdpr01")

    await stage.slack.message_shortcut("export_data", message=report)
    form = stage.slack.view_of("UADA")
    assert form is not None
    assert "flow_safe01 " in words(form)


async def test_a_typo_is_answered_with_what_was_probably_meant(stage: Stage) -> None:
    for typed, meant in (
        ("onbaording", '"onboarding"'),
        ("ladder saftey", '"ladder safety"'),
        ("onboarding ovredue", '"overdue"'),
        ("onboarding lsat-30d", '"last-30d"'),
        ("onboarding by wek", '"week"'),
        ("onboarding export xslx", '"xlsx"'),
    ):
        await stage.command(f"/flow-report {typed}")
        assert f"Did you mean {meant}?" in stage.whispered()[-1]
    assert stage.said() == []


async def test_a_word_of_the_command_cannot_be_a_name(stage: Stage) -> None:
    for word in ("overdue", "today", "week", "export", "names"):
        outcome = await stage.command(f"/flow-report name {word} flow_safe01")
        assert f'"{word}" is a word of this command and cannot be a name.' in outcome.text
