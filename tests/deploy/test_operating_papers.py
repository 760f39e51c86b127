"""What docs/operating.md and docs/security.md claim is what the code does."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.asking import cleanup
from bot.assembly.features import FEATURES
from bot.config.own import GeneralSettings, SlackSettings
from bot.door.connections import ConnectionLimits
from bot.feature import Feature
from bot.slack import store as changes
from bot.slack.manifest import declared
from bot.slack.signature import FRESH_SECONDS
from bot.store.postgres.connecting import OLDEST
from bot.store.postgres.driver import CONNECTIONS
from bot.store.sqlite import SqliteDatabase
from bot.workspaces.model import KEPT_AFTER_LEAVING
from bot.workspaces.renewing import EARLY
from bot.workspaces.store.states import STATE_AGE
from tests.test_papers import PAPERS
from tools.dockerfile import FILE, stages

OPERATING, SECURITY = PAPERS["docs/operating.md"], PAPERS["docs/security.md"]

STORED = "What is stored, and for how long"
TABLES = {
    "jobs": "who asked for which kind of thing",
    "ledger": "messages that Flowbot sent",
    "subscriptions": "digests, watches, deadlines of questions, names of flows",
    "aliases": "digests, watches, deadlines of questions, names of flows",
    "watches": "digests, watches, deadlines of questions, names of flows",
    "policy_rules": "rules of who may do what",
    "snapshots": "the last figures told to a channel",
    "digest_runs": "what became of each planned digest",
    "past_digests": "also of digests that were removed",
    "troubles": "digests, watches, deadlines of questions, names of flows",
    "flows": "runs of Smart Flows",
    "starts": "runs of Smart Flows",
    "executions": "runs of Smart Flows",
    "cards": "their cards and questions",
    "questions": "their cards and questions",
    "sweep_marks": "runs of Smart Flows",
    "credentials": "the tokens that SaferMe replaced",
    "change_notes": "that a person or a channel changed",
    "home_views": "for the Home tab",
    "service_health": "of each service, when it answered last",
    "audit": "who did what",
    "agreements": "what waits for a second person",
    "holds": "that a service asked to be left alone",
    "leases": "which process works for which workspace",
    "members": "which process works for which workspace",
    "installations": "of each workspace that installed Flowbot",
    "followers": "what somebody follows",
    "follows": "what somebody follows",
    "consents": "who agreed to be found",
    "reminders": "who was to be reminded",
    "reminder_orders": "who was to be reminded",
    "agent_sessions": "which threads are worked on",
    "agent_ratings": "how an answer was rated",
    "agent_looks": "at which channel a person looked last",
    "link_rules": "which addresses lead to what",
    "step_executions": "steps of workflows",
    "deadlines": "deadlines of questions",
    "board_figures": "with the values that stand there",
    "connections": "of each service that such a workspace connected",
    "calls": "what an assistant asked for a person",
    "assistant_tokens": "tokens of assistants",
    "oauth_states": "that somebody is about to install it",
}
"""Where the paper tells of each table."""


def section(paper: str, title: str) -> str:
    """Return what stands below a heading, up to the next one of its kind or above."""
    _, found, after = paper.partition(f"\n## {title}\n")
    assert found, title
    return after.partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of each row of the tables in a text, without the headings."""
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines if set(line[0]) != {"-"}]


def coded(text: str) -> set[str]:
    """Return what stands in backticks."""
    return set(re.findall(r"`([^`]+)`", text))


def hosts_of(feature: Feature[Any]) -> set[str]:
    """Return the hosts that a service is reached at unless something else is set."""
    defaults = (field.default for field in feature.settings.model_fields.values())
    addresses = (each for each in defaults if isinstance(each, str) and "://" in each)
    return {urlsplit(each).hostname or "" for each in addresses}


def test_the_firewall_opens_for_the_hosts_of_the_code_and_for_no_others() -> None:
    own = {urlsplit(SlackSettings.model_fields["api_url"].default).hostname, "*.slack.com"}
    theirs = {host for feature in FEATURES for host in hosts_of(feature)}
    listed = {host for host, _ in rows(section(OPERATING, "Firewall")) for host in coded(host)}

    assert {each for each in listed if not each.isupper() and "_" not in each} == own | theirs
    assert {each for each in listed if "_" in each} == {
        "DATABASE_URL",
        "AGENT_MODEL_URL",
        "SMARTFLOWS_BASE_URL",
        "MOMOFLOW_DOWNLOAD_HOSTS",
        "SAFERME_DOWNLOAD_HOSTS",
    }


@pytest.mark.parametrize("feature", FEATURES, ids=lambda each: each.vendor.title)
def test_each_service_has_its_line_in_both_papers(feature: Feature[Any]) -> None:
    title = feature.vendor.title
    assert title in [row[1] for row in rows(section(OPERATING, "Firewall"))]
    assert title in [row[0] for row in rows(section(SECURITY, "Which service gets what"))]


def test_each_scope_has_its_reason_and_no_other_is_named() -> None:
    scopes = declared()["oauth_config"]["scopes"]
    named = [coded(row[0]) for row in rows(section(SECURITY, "Scopes"))]

    assert set[str]().union(*named) == {*scopes["bot"], *scopes["bot_optional"]}
    assert sum(map(len, named)) == len(scopes["bot"]) + len(scopes["bot_optional"])
    assert "user" not in scopes
    optional = [row[0] for row in rows(section(SECURITY, "Scopes")) if "(optional)" in row[0]]
    assert [coded(each) for each in optional] == [set(scopes["bot_optional"])]


def test_each_event_is_named() -> None:
    told = section(SECURITY, "Scopes").rpartition("It is told of these events")[2]
    events = declared()["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) <= coded(told.partition("\n\n")[0])


@pytest.mark.parametrize(
    ("what", "kept"),
    [
        ("who asked for which kind of thing", cleanup.KEEP_JOBS),
        ("messages that Flowbot sent", cleanup.KEEP_MESSAGES),
        ("the last figures told", cleanup.KEEP_SNAPSHOTS),
        ("what became of each planned digest", cleanup.KEEP_RECORD),
        ("who did what", cleanup.KEEP_RECORD),
        ("what forms were filled with", cleanup.KEEP_INPUTS),
        ("what waits for a second person", cleanup.KEEP_INPUTS),
        ("runs of Smart Flows", cleanup.KEEP_RUNS),
        ("tokens of assistants", cleanup.KEEP_RUNS),
        ("that a person or a channel changed", changes.KEEP),
        ("of each workspace that installed Flowbot", KEPT_AFTER_LEAVING),
    ],
)
def test_rows_are_kept_for_as_long_as_is_said(what: str, kept: Any) -> None:
    [row] = [row for row in rows(section(SECURITY, STORED)) if what in row[0]]
    words = f"{kept.days} day" if kept.days else "one hour"
    assert re.search(rf"\b({words}|{words.replace('1 day', 'one day')})", row[1]), row


async def test_the_paper_tells_of_every_table(path: Path) -> None:
    database = await SqliteDatabase.open(str(path))
    found = await database.fetch_all(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite_%'"
    )
    await database.close()
    told = section(SECURITY, STORED)

    assert {str(each["name"]) for each in found} == set(TABLES)
    assert [each for each, words in TABLES.items() if words not in told] == []


def test_times_ports_and_numbers_are_those_of_the_code() -> None:
    limits = ConnectionLimits.of_this_process()
    proxy = section(OPERATING, "Socket Mode or HTTP")
    [image] = [each.pairs for each in stages(FILE.read_text(encoding="utf-8"))[-1].all("ENV")]

    assert f"silent for {limits.idle:.0f} seconds" in proxy
    assert f"wait longer than {'ten' if limits.request == 10 else limits.request}" in proxy
    assert f"`PORT` ({GeneralSettings.model_fields['port'].default})" in proxy
    assert GeneralSettings.model_fields["metrics_port"].default == 0
    assert f"`METRICS_PORT` (off, in the image {image['METRICS_PORT']})" in proxy
    assert timedelta(hours=2) == EARLY
    assert "renewed two hours before it ends" in " ".join(OPERATING.split())
    assert timedelta(minutes=10) == STATE_AGE
    assert "good once, for ten minutes" in SECURITY
    assert CONNECTIONS + 2 == 8  # and those that tell and hear of wake-ups
    assert "up to eight connections" in " ".join(section(OPERATING, "Ways to run it").split())
    assert f"Version {OLDEST} or newer" in section(OPERATING, "Ways to run it")
    assert FRESH_SECONDS == 5 * 60
    assert "five minutes old is too old" in SECURITY
