"""A run from its start to its documents, seen in the channel."""

from tests.stage import Stage


async def test_a_flow_started_by_name_has_a_card_that_follows_it(stage: Stage) -> None:
    stage.smartflows.set_switch("others_every", 0)
    stage.smartflows.set_switch("run_seconds", 30)
    stage.smartflows.set_switch("next_pause", "none")
    stage.smartflows.set_switch("next_outcome", "Success")
    await stage.command("/flow-run travel request")
    [card] = stage.said()
    print(card.text)
    await stage.after(seconds=15)
    print(stage.said()[0].text)
    await stage.after(seconds=40)
    print(stage.slack.transcript("CTRAIN"))
    print(stage.slack.transcript("CTRAIN"))
    for f in stage.slack.files: print(f)
    for c in list(stage.smartflows.calls): print(c.at, c.method, c.path, c.status)
    assert 0
