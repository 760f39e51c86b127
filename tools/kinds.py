"""Every kind of answer that is measured, and the steps of the studio that bring it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

AIM = 450
NOTHING = 250
"""Pixels: the most for an answer, and for one that has nothing to show."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of answer: its name, the steps to it, and how high it may be.

    With `is_reply` it is the newest reply in the thread that is measured. `picture` is the name
    of its picture, if it is one of the most used.
    """

    name: str
    steps: tuple[str, ...]
    aim: int = AIM
    is_reply: bool = False
    picture: str = ""


def _one(name: str, command: str, *, aim: int = AIM, picture: str = "") -> Kind:
    return Kind(name, (command,), aim, picture=picture)


def _all(command: str, variants: Mapping[str, str]) -> tuple[Kind, ...]:
    return tuple(_one(name, f"{command} {rest}") for name, rest in variants.items())


TRAINING = (
    _one("report", "/flow-report onboarding", picture="report"),
    _one("overdue list", "/flow-report onboarding overdue", picture="overdue"),
    _one("export", "/flow-report onboarding export xlsx", picture="export"),
    Kind("export: the file", ("/flow-report onboarding export xlsx",), is_reply=True),
    *_all(
        "/flow-report",
        {
            "report of a period": "onboarding last-30d",
            "report with modules": "onboarding overdue detailed",
            "report by week": "onboarding this-quarter by week",
            "all flows": "all",
            "overdue anywhere": "all overdue",
            "names": "names",
            "assign": "assign onboarding @grace due tomorrow",
        },
    ),
    _one("report of nobody", '/flow-report "new hires"', aim=NOTHING),
)
WEBINARS = (
    _one("events", "/flow-events future", picture="events"),
    _one("event summary", "/flow-events summary {held}", picture="event-summary"),
    *_all(
        "/flow-events",
        {
            "events past": "past",
            "events of a week": "week",
            "event": "info {coming}",
            "event for everybody": "info {coming} public",
            "event to choose": 'info "Quarterly update"',
            "registrants": "registrants {held} here",
            "registrations": "registrations {coming}",
            "registrations of the past": "registrations {held}",
            "surveys": "surveys {held}",
            "event report": "report {held} here",
            "operators": "operators here",
            "rooms": "rooms",
        },
    ),
)
WORKFLOWS = _all(
    "/flow-export",
    {
        "workflows": "workflows",
        "workflow": 'info "Spring campaign"',
        "step as a file": '"Spring campaign" step 2 last-7d xlsx',
        "step in Slack": '"Spring campaign" step 2 last-7d show',
        "source": '"Spring campaign" source last-7d show',
        "counts": '"Spring campaign" counts last-7d',
        "chart": '"Spring campaign" chart last-7d',
        "step that is none": '"Spring campaign" step 99 last-7d csv',
    },
)
ANALYTICS = (
    _one("figures", '/flow-analytics "Site hazards"', picture="analytics"),
    *_all(
        '/flow-analytics "Site hazards"',
        {
            "figures over time": "over-time this-quarter",
            "figures by state": "by-state",
            "figures by person": "by-user",
            "figures by field": "by-field Severity last-90d",
            "figures by hour": "by-hour",
            "figures by weekday": "by-weekday",
            "heat map": "heatmap",
            "reads": "reads",
            "awareness": "awareness",
            "awareness as a file": "awareness export xlsx",
            "pictures": "images last-7d",
        },
    ),
    _one("field channels", "/flow-analytics channels"),
    _one("fields", '/flow-analytics fields "Site hazards"'),
)
TRAVEL = ('/flow-run "Travel request"', "+60")
INVOICE = ('/flow-run "Nightly statements"',)
WELL = "smartflows next_outcome Success"
LETTER = ("smartflows next_outcome Error", '/flow-run "Letter template 01"')
RUNS = (
    Kind("run card waiting", TRAVEL, picture="run-waiting"),
    Kind("run: its question", TRAVEL, is_reply=True),
    Kind("run card running", INVOICE),
    Kind("run card ended", (*INVOICE, "+4000")),
    Kind("run status", (*INVOICE, "/flow-run status {run}")),
    Kind("run card failed", (*LETTER, "+200")),
    Kind("run: why it failed", (*LETTER, "+200"), is_reply=True),
    Kind("failed run status", (*LETTER, "+200", "/flow-run status {run}")),
    Kind("run that needs input", (WELL, '/flow-run "Welcome letter"')),
    _one("latest runs", "/flow-run status"),
    _one("a flow", '/flow-run flow "Invoice run"'),
    _one("the project", "/flow-run system"),
    _one("runs", "/flow-run list today", picture="runs"),
    *_all(
        "/flow-run",
        {
            "runs that run": "list running",
            "runs that failed": "list failed",
            "runs that wait": "list waiting",
            "runs as a file": "list failed xlsx",
            "runs summed up": "summary all last-7d",
            "runs of one flow": 'summary "Invoice run" last-7d',
            "watch": 'watch "Invoice run"',
            "watches": "watches",
            "unwatch": 'unwatch "Invoice run"',
        },
    ),
)
ORDERS = {
    "report": "report onboarding weekdays 9am",
    "export": 'export "Spring campaign" step 2 last-week xlsx mon 08:00',
    "events": "events week mon 09:00",
    "analytics": 'analytics "Site hazards" summary last-7d mon 08:00',
    "runs": 'runs "Invoice run" last-7d weekdays 09:00',
}
"""The digests that are ordered, in the order of their numbers."""
DIGESTS = (
    _one("no digests", "/flow list", aim=NOTHING),
    *(
        Kind(f"order {name}", (f"/flow subscribe {words}",), picture="order" * (number == 1))
        for number, (name, words) in enumerate(ORDERS.items(), start=1)
    ),
    _one("digests", "/flow list", picture="digests"),
    *(
        Kind(f"digest {name}", (f"/flow now {number}",))
        for number, name in enumerate(ORDERS, start=1)
    ),
    *_all("/flow", {"history": "history 1", "snooze": "snooze 1 1w", "pause": "pause 1"}),
)
FOLLOWED = (
    "onboarding",
    "gdpr completion",
    "onboarding completed",
    "gdpr overdue",
    "overdue",
    "all",
)
FOLLOWING = (
    _one("nothing followed", "/flow following", aim=NOTHING),
    _one("follow", "/flow follow runs last-7d failed", aim=NOTHING),
    Kind("following", (*(f"/flow follow report {each}" for each in FOLLOWED), "/flow following")),
)
FAILURES = (
    Kind(
        "failure: key",
        ("momoflow expired_key on", "/flow-report onboarding", "momoflow expired_key off"),
        NOTHING,
    ),
    Kind("failure: vendor", ("saferme answer_400 9", "/flow-analytics channels"), NOTHING),
    _one("failure: typo", "/flow-report onbording", aim=NOTHING),
    _one("failure: option", "/flow-report onboarding 30dd", aim=NOTHING),
    _one("failure: word", "/flow-events nxt", aim=NOTHING),
    _one("failure: no such digest", "/flow remove 99", aim=NOTHING),
)
COMMANDS = ("/flow", "/flow-report", "/flow-events", "/flow-export", "/flow-analytics", "/flow-run")
HELP = tuple(_one(f"help {command}", f"{command} help") for command in COMMANDS)
KINDS = tuple(
    chain(TRAINING, WEBINARS, WORKFLOWS, ANALYTICS, RUNS, DIGESTS, FOLLOWING, HELP, FAILURES)
)
