"""Who gets no card, and where: nothing is shown that not all who see it may see."""

import pytest

from bot.links.core.addresses import read_address
from tests.links.core.test_addresses import HOSTILE
from tests.links.steps import ROOT, calls, card, labels, paste, rule
from tests.stage import Stage

LINK = f"{ROOT}/flows/flow_onb001"


async def _silent(stage: Stage) -> None:
    assert calls(stage, "chat.unfurl") == []
    assert not stage.momoflow.calls
    assert not [text for user in ("UADA", "UGUEST", "ULIN") for text in stage.whispered(user)]
    assert not [each for place in ("CTRAIN", "CSHARED") for each in stage.said(place)]


@pytest.mark.parametrize(
    ("user", "channel"),
    [
        ("UADA", "CSHARED"),  # another organisation reads along
        ("UPARTNER", "CSHARED"),  # and is not even told of
        ("UGUEST", "CTRAIN"),  # a guest's answers are theirs alone
        ("UADA", "GLEADS"),  # nobody knows who reads a private channel without the bot
    ],
)
async def test_there_is_no_card_where_others_may_not_see_it(
    stage: Stage, user: str, channel: str
) -> None:
    await rule(stage, "momoflow_flow")

    message = await paste(stage, LINK, user=user, channel=channel)

    assert message.attachments == ()
    await _silent(stage)


async def test_an_event_that_names_somebody_of_another_organisation_shows_nothing(
    stage: Stage,
) -> None:
    await rule(stage, "momoflow_flow")
    await stage.slack.event(
        {
            "type": "link_shared",
            "channel": "CSHARED",
            "user": "UPARTNER",
            "message_ts": "1.000001",
            "unfurl_id": "x",
            "source": "conversations_history",
            "links": [{"domain": "learn.example.com", "url": LINK}],
        }
    )
    await stage.settle()

    await _silent(stage)


async def test_a_public_channel_without_the_bot_gets_its_card(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")

    message = await paste(stage, LINK, channel="CRANDOM")

    assert labels(card(message, LINK)) == ["Report", "Subscribe here"]


async def test_who_may_not_ask_gets_no_card(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    await stage.command("/flow policy ask only @grace")

    message = await paste(stage, LINK, user="ULIN")

    assert message.attachments == ()
    assert calls(stage, "chat.unfurl") == []
    assert (await paste(stage, LINK, user="UGRACE")).attachments


async def test_what_nobody_may_do_in_a_channel_is_not_offered_there(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    await stage.command("/flow policy order not everyone in #training")

    assert labels(card(await paste(stage, LINK), LINK)) == ["Report"]


@pytest.mark.parametrize("url", HOSTILE)
async def test_a_hostile_address_asks_nobody(stage: Stage, url: str) -> None:
    assert read_address(url) is None
    await rule(stage, "momoflow_flow")
    await stage.slack.event(
        {
            "type": "link_shared",
            "channel": "CTRAIN",
            "user": "UADA",
            "message_ts": "1.000001",
            "links": [{"domain": "learn.example.com", "url": url}],
        }
    )
    await stage.settle()

    await _silent(stage)


async def test_a_login_of_somebody_is_never_looked_at(stage: Stage) -> None:
    await rule(stage, "flow_event", "/s/{id}")
    await rule(stage, "flow_event", "/S/{id}")

    for path in ("s", "S"):
        assert (await paste(stage, f"{ROOT}/{path}/AbCdEfGh1j")).attachments == ()
    assert not stage.flowapp.calls


async def test_links_of_one_workspace_mean_nothing_in_another(stage: Stage) -> None:
    await stage.bot.database.execute(
        """INSERT INTO link_rules (workspace, domain, pattern, kind, set_by, set_at)
        VALUES ('TOTHER', 'learn.example.com', '/flows/{id}', 'momoflow_flow', 'U1', '2026')"""
    )

    assert (await paste(stage, LINK)).attachments == ()
    await _silent(stage)


async def test_another_host_of_the_same_domain_is_another_service(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")

    message = await paste(stage, "https://eu.learn.example.com/flows/flow_onb001")

    assert message.attachments == ()
    await _silent(stage)
