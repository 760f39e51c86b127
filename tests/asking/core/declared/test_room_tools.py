"""Every tool of every room: its words are exact, and a call wants what a command wants."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.asking.core.declared.room_tools import RoomTool
from bot.asking.question import Question
from bot.assembly.features import FEATURES
from bot.errors import UserError
from bot.jobs.access import Right
from tests.tool_calls import MOST_BY_TOOL, least, tool_named

TOOLS = tuple(tool for feature in FEATURES for tool in feature.tools())
HOSTILE = (
    'say "hello" & <b>',
    "<@UGRACE|grace> overdue",
    "overdue",
    "help",
    "all the 'best' last-30d csv",
    "\u202egnp.exe\u202c \u200bx",
    "=1+1;DROP TABLE jobs",
    "日本語 👩‍🏭",
    "&amp; &lt;",
)
names = pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)


def _schemas(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for each in schema.get("properties", {}).values():
        yield each
        yield from _schemas(each)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_every_room_declares_its_tools(feature: Any) -> None:
    kinds = {each.question for each in feature.kinds}
    assert kinds <= {each.intent for each in feature.tools()}


def test_no_two_have_one_name() -> None:
    assert len({each.name for each in TOOLS}) == len(TOOLS)


@names
def test_its_words_are_exact(tool: RoomTool) -> None:
    assert re.fullmatch(r"[a-z]+(?:_[a-z]+)+", tool.name)
    assert len(tool.name) <= 50
    assert 8 <= len(tool.title) <= 60
    assert 40 <= len(tool.description) <= 1_000
    assert tool.description.endswith(".")
    assert all(10 <= len(each["description"]) <= 500 for each in _schemas(tool.schema))
    assert tool.schema["additionalProperties"] is False


@names
def test_what_changes_something_says_that_it_only_proposes(tool: RoomTool) -> None:
    needs = {tool.intent.needs, *(each.needs for each in (tool.deed.done if tool.deed else ()))}
    if tool.deed is None:
        assert needs <= {Right.ASK, Right.RUN}, "reads, or fetches documents"
        assert issubclass(tool.intent, Question) or not tool.intent.once
        return
    assert f"confirm_{tool.name}" in tool.description
    assert "by itself" in tool.description or "only confirm" in tool.description
    assert Right.ASK not in needs


@names
def test_the_call_of_what_it_wants_is_the_same_again(tool: RoomTool) -> None:
    for arguments in (least(tool), {**least(tool), **MOST_BY_TOOL.get(tool.name, {})}):
        wanted = tool.wanted(arguments)
        again = tool.arguments_of(wanted)
        assert again is not None
        assert tool.wanted(again) == wanted
        assert arguments.keys() <= again.keys() | {"which", "figure"}


@names
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_a_name_whatever_is_in_it(tool: RoomTool, name: str) -> None:
    named = [each for each in tool.arguments if each.id_field or each.name == "flow"]
    for each in named:
        wanted = tool.wanted({**least(tool), each.name: name})
        kept = str(getattr(wanted, each.detail))
        assert re.sub(r"\W", "", kept) == re.sub(r"[\W\u202e\u202c\u200b]", "", name)
        assert type(wanted) is tool.intent


@pytest.mark.parametrize(
    ("name", "arguments", "why"),
    [
        ("get_training_report", {"flow": "x", "period": "blah"}, 'I can\'t read "blah" as a peri'),
        ("get_training_report", {"flow": "x", "period": "overdue"}, "I can't read"),
        ("assign_training", {"flow": "x", "email": "ada"}, '"ada" isn\'t an e-mail address.'),
        ("assign_training", {"flow": "x", "email": "a@b.co", "due": "2026-02-30"}, "2026-02-30"),
        ("list_webinars", {"days": "blub"}, 'I can\'t read "blub" as days.'),
        (
            "send_webinar_report",
            {"webinar": "x", "report": "compiled", "survey": "one"},
            "A survey is part of no compiled report.",
        ),
    ],
)
def test_what_cannot_be_read_says_what_would_work(
    name: str, arguments: dict[str, Any], why: str
) -> None:
    with pytest.raises(UserError, match=re.escape(why)):
        tool_named(name).wanted(arguments)
