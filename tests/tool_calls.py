"""Arguments for every tool of every room, for the tests that walk them all."""

from collections.abc import Mapping
from typing import Any, Final

from bot.asking.core.declared.room_tools import RoomTool
from bot.assembly.features import FEATURES

_LEAST: Final[Mapping[str, Any]] = {
    "flow": "onboarding",
    "email": "nia@example.com",
    "first_name": "Nia",
    "last_name": "Novak",
    "which": "latest",
    "run": "3f2a9c1b",
    "webinar": "Quarterly update",
    "workflow": "Spring campaign",
    "step": 1,
    "channel": "Site hazards",
    "field": "Severity",
    "digest": 1,
    "about": "why",
    "schedule": "weekdays 9:00",
}
"""A value for each argument that is needed, by its name."""
MOST_BY_TOOL: Final[Mapping[str, Mapping[str, Any]]] = {
    "get_training_report": {"status": "overdue", "period": "last-30d", "by": "week", "file": "csv"},
    "get_training_overview": {"status": "not_completed", "period": "q4", "file": "xlsx"},
    "assign_training": {"due": "2026-12-24", "priority": "high", "notes": 'By "Friday", please'},
    "list_webinars": {"which": "past", "days": "last-month", "file": "csv"},
    "get_webinar": {"public": True},
    "get_webinar_registrants": {"file": "xlsx"},
    "send_webinar_report": {"report": "survey", "survey": "How was it?", "file": "csv"},
    "get_website_step_events": {
        "period": "2026-11-01..2026-11-20",
        "actions": ["element-ab", "limit 5"],
        "labels": ["a"],
        "goal": True,
        "limit": 5,
        "path": [["a", "b"], [], ["c"]],
    },
    "get_website_source_events": {"period": "today", "total": True, "limit": 9, "file": "csv"},
    "get_website_visitors": {"period": "ytd", "file": "xlsx"},
    "get_website_workflow_chart": {"actions": ["a"], "labels": ["b c"]},
    "get_field_report_figures": {"figure": "by-hour", "period": "november", "file": "csv"},
    "count_field_reports_by_field": {"period": "last-week", "file": "xlsx"},
    "get_run_summary": {"flow": "Travel request", "period": "ytd", "file": "csv"},
    "list_runs": {"file": "csv"},
    "start_run": {"inputs": {"to": "Oslo", "nights": 3}},
    "answer_run_question": {"values": {"to": "Oslo"}},
}
"""More arguments of a tool, as many as go together."""


def least(tool: RoomTool) -> dict[str, Any]:
    """Return the arguments that a tool needs."""
    return {each.name: _LEAST[each.name] for each in tool.arguments if each.needed}


def tool_named(name: str) -> RoomTool:
    """Return a tool of any room."""
    tools = (tool for feature in FEATURES for tool in feature.tools())
    return next(each for each in tools if each.name == name)
