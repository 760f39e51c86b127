"""Where an answer goes: for all to see, to the asker alone, or around a closed door."""

import pytest

from tests.asking.seeing import words
from tests.stage import Stage


async def test_an_answer_names_who_asked_and_notifies_nobody(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d", user="UGRACE")

    [message] = stage.said()
    assert "Asked by grace" in words(message)
    assert message.pages == ()


async def test_privately_shows_the_answer_to_the_asker_alone(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d privately")

    assert stage.said() == []
    [text] = stage.whispered("UADA")
    assert "in Onboarding (" in text
    assert stage.whispered("UGRACE") == []


async def test_a_guest_gets_the_answer_alone(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d", user="UGUEST")

    assert stage.said() == []
    [text] = stage.whispered("UGUEST")
    assert "in Onboarding (" in text


async def test_in_a_channel_shared_with_another_organisation_only_the_asker_reads_it(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onboarding last-7d", channel="CSHARED")

    assert stage.said("CSHARED") == []
    [text] = stage.whispered("UADA")
    assert "in Onboarding (" in text


async def test_where_the_bot_is_no_member_the_answer_still_comes(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d", channel="CRANDOM")

    [message] = stage.slack.messages("CRANDOM")
    assert "in Onboarding (" in message.text
    assert "data_table" in [block["type"] for block in message.blocks]


async def test_where_nobody_knows_who_reads_along_only_the_asker_reads_it(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d", channel="GLEADS")

    assert stage.slack.messages("GLEADS") == []
    [text] = stage.whispered("UADA")
    assert "in Onboarding (" in text


async def test_thread_replies_come_too_where_the_bot_is_no_member(stage: Stage) -> None:
    await stage.command("/flow-report onboarding this-month detailed", channel="CRANDOM")

    report, modules, _ = stage.slack.messages("CRANDOM")
    assert "in Onboarding (" in report.text
    assert "Modules begun, by person" in words(modules)


async def test_in_a_direct_message_with_the_bot_the_answer_comes_there(stage: Stage) -> None:
    channel = stage.slack.workspace.direct_message("UADA").id

    await stage.command("/flow-report onboarding last-7d", channel=channel)

    [message] = stage.said(channel)
    assert "in Onboarding (" in message.text


async def test_usage_errors_are_answered_at_once_and_only_to_the_asker(stage: Stage) -> None:
    outcome = await stage.command("/flow-report onboarding last-30dd")

    assert 'Did you mean "last-30d"?' in outcome.text
    assert stage.said() == []
    assert outcome.message is not None
    assert outcome.message.ephemeral_to == "UADA"
    assert stage.momoflow.calls == type(stage.momoflow.calls)()


@pytest.mark.parametrize("typed", ["name ladders flow_safe01", "unname onboarding"])
async def test_naming_privately_is_seen_by_the_asker_alone(stage: Stage, typed: str) -> None:
    await stage.command(f"/flow-report {typed} privately")

    assert stage.said() == []
    assert len(stage.whispered()) == 1


async def test_a_file_for_the_asker_alone_leaves_a_word_where_it_was_asked_for(
    stage: Stage,
) -> None:
    await stage.command("/flow-report onboarding last-30d export csv privately")

    assert stage.said() == []
    assert stage.whispered() == ["I sent it to you directly, as it is for you alone."]


async def test_a_guest_is_offered_nothing_that_a_guest_may_not_do(stage: Stage) -> None:
    await stage.command("/flow-report onboarding last-7d", user="UGUEST")
    await stage.command("/flow-report onboarding last-7d privately")

    guests, members = (stage.slack.ephemerals(user)[-1] for user in ("UGUEST", "UADA"))
    assert "'Subscribe'" not in str(guests.blocks)
    assert "'Subscribe'" in str(members.blocks)
