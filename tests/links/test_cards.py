"""A link that somebody pastes gets a card: of what, for whom, and with what to do."""

import re
from collections.abc import Awaitable, Callable

import pytest

from tests.links.steps import ROOT, calls, card, labels, paste, rule, words
from tests.runs.acting import our_run, quiet, started
from tests.stage import Stage

LINK = f"{ROOT}/flows/flow_onb001"


async def test_a_flow_is_shown_with_its_figures_and_no_names(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")

    shown = card(await paste(stage, f"Look: {LINK}"), LINK)

    assert words(shown).startswith("Onboarding\n5 people are overdue; 25 of 45 done (56%).")
    assert "MomoFlow flow" in words(shown)
    assert labels(shown) == ["Report", "Subscribe here"]
    assert "@" not in str(shown)


async def _event(stage: Stage) -> str:
    return stage.flowapp.account.sessions(stage.clock.now())[-1].token


async def _workflow(stage: Stage) -> str:
    return next(iter(await _bot_things(stage, "workflows")))


async def _smart_flow(stage: Stage) -> str:
    return next(iter(await _bot_things(stage, "runs")))


async def _bot_things(stage: Stage, room: str) -> list[str]:
    """Return the ids that the bot itself finds at a vendor."""
    wired = next(each for each in stage.bot.wirings if room in type(each.services[0]).__module__)
    client = wired.connection.client
    found = await (client.workflows() if room == "workflows" else client.flows())
    return [each.id for each in getattr(found, "rows", found)]


async def _run(stage: Stage) -> str:
    quiet(stage)
    await started(stage)
    await stage.after(minutes=2)
    return our_run(stage).id


async def _channel(_: Stage) -> str:
    return "501"


@pytest.mark.parametrize(
    ("kind", "found", "called", "buttons"),
    [
        ("flow_event", _event, "FLOW event", ["Report", "Subscribe here"]),
        ("giosg_workflow", _workflow, "giosg workflow", ["Report", "Subscribe here"]),
        ("smart_flow", _smart_flow, "Smart Flows flow", ["Report", "Subscribe here", "Run"]),
        ("smart_flow_run", _run, "Smart Flows run", ["Report", "Subscribe here", "Run again"]),
        ("saferme_channel", _channel, "SaferMe channel", ["Report", "Subscribe here"]),
    ],
)
async def test_every_kind_of_thing_has_its_card(
    stage: Stage,
    kind: str,
    found: Callable[[Stage], Awaitable[str]],
    called: str,
    buttons: list[str],
) -> None:
    await rule(stage, kind, "/x/{id}")
    link = f"{ROOT}/x/{await found(stage)}"

    shown = card(await paste(stage, link), link)

    assert called in words(shown)
    assert labels(shown) == buttons
    assert shown["entity"]["external_ref"] == {"id": link.rpartition("/")[2], "type": kind}
    assert not re.search(r"\w@\w", words(shown))


async def test_a_link_with_its_id_beyond_the_mark_and_values_beside(stage: Stage) -> None:
    await rule(stage, "momoflow_flow", "/app#/flow?id={id}")
    link = f"{ROOT}/app/?utm=1&x=2#/flow?tab=2&id=flow_onb001"

    assert "Onboarding" in words(card(await paste(stage, link), link))


async def test_an_event_shows_when_it_is_and_nobody_who_runs_it(stage: Stage) -> None:
    await rule(stage, "flow_event", "/e/{id}")
    link = f"{ROOT}/e/{await _event(stage)}"

    shown = card(await paste(stage, link), link)

    assert "Begins: " in words(shown)
    assert "FLOW event · Berlin time" in words(shown)
    assert "Hosts" not in str(shown)


@pytest.mark.parametrize("text", ["nothing", f"{ROOT}/flows/flow_onb001/more", f"{ROOT}/flows/"])
async def test_what_no_pattern_fits_shows_nothing_and_asks_nobody(stage: Stage, text: str) -> None:
    await rule(stage, "momoflow_flow")

    message = await paste(stage, text)

    assert message.attachments == ()
    assert calls(stage, "chat.unfurl") == []
    assert not stage.momoflow.calls


async def test_a_vendors_text_is_no_markup_in_a_card(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    link = f"{ROOT}/flows/flow_evil01"

    shown = card(await paste(stage, link), link)

    texts = [each["text"] for each in shown["blocks"] if isinstance(each.get("text"), dict)]
    assert {each["type"] for each in texts} == {"plain_text"}
    assert "<!channel>" in texts[0]["text"]
    title = shown["entity"]["entity_payload"]["attributes"]["title"]["text"]
    assert "<" not in title
    assert "!channel" in title


async def test_a_draft_shows_what_it_is_and_no_figures(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")

    unfurl_id, _ = await stage.slack.links.compose(LINK, user="UADA")
    await stage.settle()

    [shown] = stage.slack.links.drafted(unfurl_id).values()
    assert words(shown) == "Onboarding\nMomoFlow flow"
    assert "entity" not in shown


async def test_many_links_are_shown_each_once_and_the_first_ones(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    await rule(stage, "saferme_channel", "/c/{id}")
    channel = f"{ROOT}/c/501"

    message = await paste(
        stage, " ".join([LINK, channel, *[f"{LINK}?{n}=1" for n in range(30)], LINK])
    )

    assert len(message.attachments) == 8
    assert len(calls(stage, "chat.unfurl")) == 1
    assert len(stage.momoflow.calls) == 1


async def test_a_link_that_is_pasted_a_hundred_times_is_read_once(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")

    for _ in range(20):
        await stage.slack.say(" ".join([LINK] * 5), user="UADA", channel="CTRAIN")
    await stage.settle()

    assert len(stage.momoflow.calls) == 1
    assert all(each.attachments for each in stage.slack.messages("CTRAIN"))


async def test_links_that_slack_tells_of_again_are_shown_once(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    message = await paste(stage, LINK)
    event = {
        "type": "link_shared",
        "channel": "CTRAIN",
        "user": "UADA",
        "message_ts": message.ts,
        "unfurl_id": f"CTRAIN.{message.ts}.1",
        "source": "conversations_history",
        "links": [{"domain": "learn.example.com", "url": LINK}],
    }

    await stage.slack.event(event, redeliver=3)
    await stage.settle()

    assert len(calls(stage, "chat.unfurl")) == 1
