"""Digests by tools: those of a person and of a channel they see, and one that is ordered."""

from typing import Any

import pytest

from bot.jobs.admission import NOT_THERE
from bot.mcp.tools.seeing import sees
from tests.mcp.tools.asking import said
from tests.stage import Stage

OVERDUE = {"flow": "onboarding", "status": "overdue"}


async def order(stage: Stage, **more: Any) -> str:
    shown = await said(
        stage, "order_digest", about="get_training_report", arguments=OVERDUE, **more
    )
    return shown.text


async def test_a_persons_digests_are_listed_and_explained(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding weekdays 09:00")
    await stage.command("/flow subscribe report gdpr mondays 09:00", user="UGRACE")

    mine = await said(stage, "list_my_digests", user="UGRACE")
    assert "gdpr" in mine.text.casefold() or "Data protection" in mine.text
    assert "Onboarding" not in mine.text

    why = await said(stage, "explain_digest", digest=2, user="UGRACE")
    assert why.text.startswith("Digest 2: ")
    history = await said(stage, "get_digest_history", digest=2, user="UGRACE")
    assert history.text.startswith("Not sent yet: ")


async def test_a_number_that_is_none_is_not_looked_for_in_a_channel(stage: Stage) -> None:
    why = await said(stage, "explain_digest", digest=99)

    assert why.text.startswith("You have no digest 99.")
    assert "list_my_digests" in why.text


async def test_of_somebody_elses_digest_nothing_is_told_but_in_its_channel(stage: Stage) -> None:
    await stage.command("/flow subscribe report onboarding weekdays 09:00")

    alone = await said(stage, "explain_digest", digest=1, user="UGRACE")
    assert alone.is_error
    there = {"channel": "CTRAIN", "user": "UGRACE"}
    listed = await said(stage, "list_channel_digests", **there)
    assert listed.text.startswith("1 digest in #training")
    why = await said(stage, "get_channel_digest", digest=1, about="why", **there)
    assert why.text.startswith("Digest 1: Onboarding")
    history = await said(stage, "get_channel_digest", digest=1, about="history", **there)
    assert history.text.startswith("Not sent yet: Onboarding")
    assert not stage.slack.ephemerals("UGRACE")


@pytest.mark.parametrize(
    ("channel", "user"),
    [("GLEADS", "ULIN"), ("CGENERAL", "UGUEST"), ("CNOWHERE", "UADA"), ("DGRACE", "UADA")],
    ids=["a private channel", "a guest's eyes", "no channel", "somebody's messages"],
)
async def test_a_channel_that_somebody_does_not_see_tells_nothing(
    stage: Stage, channel: str, user: str
) -> None:
    await stage.command("/flow subscribe report onboarding weekdays 09:00", channel="CGENERAL")

    listed = await said(stage, "list_channel_digests", channel=channel, user=user)

    assert listed.is_error
    assert "Onboarding" not in listed.text
    assert listed.text == NOT_THERE or listed.text.startswith("channel is not written as it")


async def test_a_digest_is_shown_with_all_that_it_would_be(stage: Stage) -> None:
    shown = await order(
        stage,
        schedule="every monday 9am only if overdue > 5",
        channel="<#CTRAIN|training>",
        note="For the leads",
    )

    for each in (
        "What: Onboarding, overdue",
        "When: Mondays at 09:00, only when overdue rises above 5",
        "Time zone: Berlin time",
        "Where: in #training, for all in it",
        "Note: For the leads",
    ):
        assert each in shown
    assert await stage.rows("SELECT * FROM subscriptions") == []


async def test_who_would_read_personal_data_is_said_first(stage: Stage) -> None:
    shown = await said(
        stage,
        "order_digest",
        about="get_webinar_registrants",
        arguments={"webinar": "Product tour"},
        schedule="weekdays 9:00",
        channel="CTRAIN",
    )

    assert "Mind: It has e-mail addresses and phone numbers, for all in this channel" in shown.text


async def test_a_name_that_fits_several_is_chosen_as_a_call(stage: Stage) -> None:
    shown = await said(
        stage,
        "order_digest",
        about="get_run_summary",
        arguments={"flow": "letter template"},
        schedule="weekdays 9:00",
    )

    assert not shown.is_error
    assert shown.text.count("order_digest {") > 5
    assert any(block["type"] == "input" for block in shown.blocks)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"schedule": "blub"}, "When should I send it?"),
        ({"schedule": "weekdays 9:00", "channel": "CSHARED"}, "shared with another organisation"),
        ({"schedule": "weekdays 9:00", "channel": "training"}, "channel is not written as it"),
        ({"schedule": "weekdays 9:00 to <@UGRACE|grace>"}, "I send digests to channels, or to you"),
    ],
)
async def test_what_cannot_be_ordered_says_why(
    stage: Stage, wanted: dict[str, Any], why: str
) -> None:
    assert why in await order(stage, **wanted)


async def test_the_arguments_are_those_of_the_tool_it_is_about(stage: Stage) -> None:
    wrong = {"about": "get_training_report", "schedule": "weekdays 9:00"}
    shown = await said(stage, "order_digest", arguments={"flow": "x", "colour": 1}, **wrong)

    assert shown.is_error
    assert shown.text.startswith('There is no argument "colour".')


@pytest.mark.parametrize(
    ("user", "channel", "seen"),
    [
        ("UADA", "GLEADS", True),
        ("ULIN", "GLEADS", False),
        ("ULIN", "CGENERAL", True),
        ("UGUEST", "CGENERAL", False),
        ("UGUEST", "CTRAIN", True),
        ("UADA", "UADA", True),
        ("UADA", "UGRACE", False),
    ],
)
async def test_a_name_of_a_channel_is_for_who_sees_it(
    stage: Stage, user: str, channel: str, *, seen: bool
) -> None:
    await stage.slack.invite("GLEADS")
    directory = stage.bot.parts.directory

    assert await sees(directory, await directory.person(user), channel) is seen


async def test_many_digests_are_turned_page_by_page(stage: Stage) -> None:
    for hour in range(8, 15):
        await stage.command(f"/flow subscribe report onboarding weekdays {hour:02}:00")

    first = await said(stage, "list_my_digests")
    assert first.text.startswith("7 digests")
    assert 'list_my_digests {"page":1}' in first.text
    second = await said(stage, "list_my_digests", page=1)
    assert "weekday at 14:00" in second.text
    assert "weekday at 14:00" not in first.text
