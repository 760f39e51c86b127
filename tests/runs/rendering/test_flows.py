from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.runs.model import Account, Flow, SystemInfo
from bot.runs.rendering.flows import System, flow_details, system_info
from bot.runs.rendering.lists import OWN_ONLY
from tests.runs.rendering.samples import PANEL, USUAL, words, wrong
from tests.snapshots import as_json, expected
from tests.training.rendering.samples import EVIL, OCCASION

FLOW = Flow(
    "flow-1",
    "Monthly invoices",
    "One for each customer",
    "user",
    "Orders",
    asks_first=True,
    modified_at=datetime(2026, 11, 3, tzinfo=UTC),
)
SYSTEM = System(SystemInfo("Documents", "4.24", "production"), Account("u-1", "Flowbot"), PANEL)


def test_a_flow_says_what_it_takes_and_what_can_be_done() -> None:
    answer = flow_details(FLOW, OCCASION, known=USUAL, panel_url=PANEL)
    assert as_json(answer) == expected("run_flow", answer)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("none", "Starts without input"),
        ("plugin", "Gets its input from a plug-in"),
        ("", "Runs in Smart Flows"),
    ],
)
def test_what_a_flow_takes_is_said_in_words(given: str, said: str) -> None:
    bare = Flow("flow-1", "", input=given)
    answer = flow_details(bare, OCCASION, known=None, panel_url="")
    assert answer.message.text == "flow-1."
    assert said in words(answer.message)


def test_the_project_says_which_it_is_and_what_is_seen_of_it() -> None:
    answer = system_info(SYSTEM, OCCASION)
    assert answer.message.text == "Smart Flows is connected: Documents. Version 4.24, production"
    assert OWN_ONLY not in words(answer.message)
    narrow = Account("u-1", "Flowbot", frozenset({"read:ownFlowExecutions"}))
    assert OWN_ONLY in words(system_info(replace(SYSTEM, account=narrow), OCCASION).message)


def test_a_project_that_says_nothing_is_shown_too() -> None:
    answer = system_info(System(SystemInfo()), OCCASION)
    assert answer.message.text == "Smart Flows is connected: Smart Flows."


def test_evil_words_are_text_everywhere() -> None:
    flow = Flow(EVIL, EVIL, EVIL, EVIL, EVIL)
    system = System(SystemInfo(EVIL, EVIL, EVIL), Account(EVIL, EVIL), EVIL)
    answers = [
        flow_details(flow, OCCASION, known=None, panel_url=EVIL),
        system_info(system, OCCASION),
    ]
    assert wrong(*answers) == []
