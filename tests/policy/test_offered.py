"""Help, pick lists and buttons have what somebody may do, and nothing else."""

from tests.asking.seeing import interactive, labels
from tests.stage import Stage


async def help_for(stage: Stage, user: str, line: str = "/flow-report help") -> str:
    outcome = await stage.command(line, user=user)
    assert isinstance(outcome.body, dict)
    return str(outcome.body)


async def test_help_has_what_somebody_may_do(stage: Stage) -> None:
    assert "For admins" in await help_for(stage, "UADA", "/flow help")
    assert "For admins" not in await help_for(stage, "UGRACE", "/flow help")

    before = await help_for(stage, "UGRACE", "/flow-run help")
    await stage.command("/flow policy run only @ada")
    after = await help_for(stage, "UGRACE", "/flow-run help")
    assert len(after) < len(before)
    assert await help_for(stage, "UADA", "/flow-run help") == before


async def test_help_of_a_guest_has_no_orders(stage: Stage) -> None:
    assert "Digests on a schedule" in await help_for(stage, "UGRACE", "/flow help")
    await stage.command("/flow policy order not everyone")

    await stage.command("/flow", user="UGRACE")
    assert "/flow subscribe" not in await help_for(stage, "UGRACE", "/flow help")
    assert "/flow subscribe" not in await help_for(stage, "UGUEST", "/flow help")


async def test_help_is_not_guessed_while_slack_does_not_tell_who_asks(stage: Stage) -> None:
    stage.slack.refuse("users.info", error="fatal_error", times=99)

    assert "Slack does not tell me" in await help_for(stage, "ULIN", "/flow help")


async def test_a_pick_list_has_the_things_that_somebody_may_choose(stage: Stage) -> None:
    await stage.command("/flow policy assign only @ada about onboarding")
    await stage.command("/flow-report assign", user="UGRACE")
    view = stage.slack.view_of("UGRACE")
    assert view is not None
    outcome = await stage.slack.options(view, action_id="flow_to_assign", query="", user="UGRACE")

    offered = [each["text"]["text"] for each in outcome.options]
    assert "gdpr" in offered
    assert "onboarding" not in offered


async def test_a_thing_is_kept_by_its_id_and_its_name(stage: Stage) -> None:
    await stage.command("/flow policy assign not @grace about onboarding")
    await stage.command('/flow policy run not @grace about "Invoice run"')
    await stage.command("/flow-report name welcome flow_onb001")
    await stage.command("/flow-report forget onboarding")

    things = await stage.rows("SELECT thing, thing_name FROM policy_rules ORDER BY id")
    assert things[0] == {"thing": "flow_onb001", "thing_name": "onboarding"}
    assert things[1]["thing_name"] == "Invoice run"
    assert things[1]["thing"] not in ("", "Invoice run")
    await stage.command("/flow-report assign welcome @lin", user="UGRACE")
    await stage.slack.click(
        stage.slack.ephemerals("UGRACE")[-1], action_id="confirm_assign", user="UGRACE"
    )
    await stage.settle()
    assert "can't assign training (onboarding)" in stage.whispered("UGRACE")[-1]


async def test_a_thing_that_nobody_knows_makes_no_rule(stage: Stage) -> None:
    await stage.command("/flow policy assign not @grace about onbording")

    assert 'Give the whole name: "onboarding"' in stage.whispered("UADA")[-1]
    assert await stage.rows("SELECT * FROM policy_rules") == []


async def test_a_button_about_a_thing_is_shown_to_who_may(stage: Stage) -> None:
    await stage.command('/flow policy run only @ada about "Invoice run"')
    for flow, offered in (("Invoice run", False), ("Welcome letter", True)):
        await stage.command(f'/flow-run flow "{flow}" privately', user="UGRACE")
        assert ("Run" in labels(stage.slack.ephemerals("UGRACE")[-1])) is offered


async def test_home_offers_no_orders_to_who_may_not_order(stage: Stage) -> None:
    await stage.command("/flow policy order only @ada")
    await stage.slack.open_home(user="UGRACE")
    await stage.settle()
    view = stage.slack.home_of("UGRACE")

    assert view is not None
    assert not [each for each in interactive(view.blocks) if "Order" in str(each)]
