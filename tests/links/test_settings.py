"""An admin says in Home which links lead to what; each is tried on an example before it is kept."""

import json
from typing import Any

import pytest

from tests.links.steps import ROOT, card, paste, rule, words
from tests.stage import Stage

LINK = f"{ROOT}/flows/flow_onb001"


async def _home(stage: Stage, user: str = "UADA") -> Any:
    await stage.slack.open_home(user=user)
    await stage.settle()
    view = stage.slack.home_of(user)
    assert view is not None
    return view


async def _added(
    stage: Stage, example: str, *, kind: str = "momoflow_flow", pattern: str = ""
) -> str:
    """Fill in the window; return all that it says in the end."""
    home = await _home(stage)
    await stage.slack.click(home, action_id="open_links", user="UADA")
    window = stage.slack.view_of("UADA")
    assert window is not None
    values = {
        "links_kind": {"links_kind": kind},
        "links_example": {"links_example": example},
        **({"links_pattern": {"links_pattern": pattern}} if pattern else {}),
    }
    await stage.slack.submit(window, values=values, user="UADA")
    await stage.settle()
    shown = stage.slack.view_of("UADA")
    assert shown is not None
    return json.dumps(list(shown.blocks), ensure_ascii=False)


async def _rules(stage: Stage) -> list[tuple[str, str, str]]:
    rows = await stage.rows("SELECT * FROM link_rules ORDER BY pattern")
    return [(each["domain"], each["pattern"], each["kind"]) for each in rows]


async def test_links_like_an_example_show_something_from_then_on(stage: Stage) -> None:
    said = await _added(stage, f"{LINK}/overview?utm=1")

    assert "Onboarding" in said
    assert await _rules(stage) == [("learn.example.com", "/flows/{id}/overview", "momoflow_flow")]
    link = f"{ROOT}/flows/flow_safe01/overview"
    assert words(card(await paste(stage, link), link)).startswith("Ladder Safety")


@pytest.mark.parametrize(
    ("example", "kind", "pattern", "why"),
    [
        ("http://learn.example.com/flows/flow_onb001", "momoflow_flow", "", "no plain https"),
        ("https://x@learn.example.com/flows/flow_onb001", "momoflow_flow", "", "no plain https"),
        ("https://evil.example/flows/flow_onb001", "momoflow_flow", "", "learn.example.com"),
        (f"{ROOT}/flows/onboarding", "momoflow_flow", "", "flow_123abc"),
        (f"{ROOT}/v2/flow_onb001", "momoflow_flow", "", "Say which with a pattern"),
        (LINK, "momoflow_flow", "/courses/{id}", "does not fit"),
        (LINK, "momoflow_flow", "/flows", "{id}"),
        (f"{ROOT}/flows/flow_nobody1", "momoflow_flow", "", "MomoFlow doesn't know"),
        (f"{ROOT}/s/AbCdEfGh1j", "flow_event", "", "lets somebody in"),
    ],
)
async def test_what_does_not_work_on_its_example_is_not_kept(
    stage: Stage, example: str, kind: str, pattern: str, why: str
) -> None:
    said = await _added(stage, example, kind=kind, pattern=pattern)

    assert why in said
    assert await _rules(stage) == []


async def test_a_pattern_says_which_part_is_the_id(stage: Stage) -> None:
    await _added(stage, f"{ROOT}/v2/flow_onb001", pattern="/*/{id}")

    assert await _rules(stage) == [("learn.example.com", "/*/{id}", "momoflow_flow")]


async def test_a_service_that_is_down_keeps_nothing_and_what_was_entered(stage: Stage) -> None:
    stage.momoflow.set_switch("answer_502", 50)

    said = await _added(stage, LINK)

    assert "MomoFlow isn't responding" in said
    assert LINK in said
    assert await _rules(stage) == []


async def test_an_admin_removes_what_links_lead_to(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    home = await _home(stage)
    [row] = [each for each in home.blocks if each.get("block_id") == "home:links:remove"]

    [button] = row["elements"]
    await stage.slack.click(
        home, block_id=row["block_id"], action_id=button["action_id"], user="UADA"
    )
    await stage.settle()

    assert await _rules(stage) == []
    assert (await paste(stage, LINK)).attachments == ()


async def test_links_to_a_service_that_is_off_are_told_of_in_words(stage: Stage) -> None:
    await rule(stage, "gone_service")

    shown = json.dumps((await _home(stage)).blocks)

    assert "A service that is off" in shown
    assert "gone_service" not in shown


async def test_only_admins_see_and_change_it(stage: Stage) -> None:
    await rule(stage, "momoflow_flow")
    home = await _home(stage)

    assert "Links" in json.dumps((await _home(stage)).blocks)
    assert "home:links" not in json.dumps((await _home(stage, "ULIN")).blocks)
    with pytest.raises(ValueError, match="no view"):
        await stage.slack.click(home, action_id="open_links", user="ULIN")
