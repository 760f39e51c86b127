"""Links as a whole: off by default, and then nothing of them is there; on, Slack knows of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.assembly.features import load_settings
from bot.cli.main import main
from bot.config import SettingsError
from bot.jobs.access import Right
from bot.links.intents import AskThing
from bot.links.surface import SURFACE
from bot.slack.manifest import declared
from sandbox.slack.manifest_rules import problems
from tests.links.steps import DOMAINS, ROOT
from tests.stage import open_stage

OFF = """
import asyncio, sys
from pathlib import Path
from tests.stage import open_stage
async def run():
    async with open_stage(Path(sys.argv[1])) as stage:
        await stage.slack.say("https://learn.example.com/flows/flow_onb001", channel="CTRAIN")
        await stage.settle()
        print([n for n in sys.modules if n.startswith(("bot.links", "handlers.links"))])
        print([one.error for one in stage.slack.calls if one.method == "chat.unfurl"])
asyncio.run(run())
"""


def test_off_nothing_of_it_is_loaded_and_slack_tells_of_nothing(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", OFF, str(tmp_path / "off.db")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TEST_DATABASE": "sqlite"},  # which database it is does not matter
    )

    assert done.stdout.splitlines()[-2:] == ["[]", "[]"]


async def test_without_domains_home_says_what_is_missing(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "bot.db", surfaces="links") as stage:
        await stage.slack.open_home(user="UADA")
        await stage.settle()
        home = stage.slack.home_of("UADA")
        assert home is not None
        assert "LINK_DOMAINS" in str(home.blocks)
        await stage.slack.say(f"{ROOT}/flows/flow_onb001", channel="CTRAIN")
        assert stage.slack.calls


def test_the_manifest_has_what_links_need_and_no_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LINK_DOMAINS", DOMAINS)

    assert main(["manifest", "--with", "links"]) == 0

    made = yaml.safe_load(capsys.readouterr().out)
    assert list(problems(made)) == []
    assert made["features"]["unfurl_domains"] == DOMAINS.split(",")
    before = declared()
    scopes = set(made["oauth_config"]["scopes"]["bot"])
    assert scopes - set(before["oauth_config"]["scopes"]["bot"]) == {"links:read", "links:write"}
    heard = set(made["settings"]["event_subscriptions"]["bot_events"])
    known = set(before["settings"]["event_subscriptions"]["bot_events"])
    assert heard - known == {"link_shared", "entity_details_requested"}
    assert "unfurl_domains" not in before["features"]
    assert SURFACE.name == "links"


@pytest.mark.parametrize(
    "domains",
    [
        *("https://learn.example.com", "learn.example.com/x", "localhost", "a.b,a.b", "1.2.3.4"),
        ",".join(f"d{number}.example.com" for number in range(6)),
    ],
)
def test_domains_that_slack_would_not_take_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, domains: str
) -> None:
    monkeypatch.setenv("LINK_DOMAINS", domains)

    with pytest.raises(SettingsError, match="LINK_DOMAINS"):
        load_settings()


async def test_nothing_of_a_link_is_kept_once_it_is_worked_out(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "k.db", surfaces="links", link_domains=DOMAINS) as stage:
        await stage.slack.say(f"{ROOT}/flows/flow_onb001?secret=1", channel="CTRAIN")
        await stage.settle()

        [job] = await stage.rows("SELECT * FROM jobs WHERE name = 'unfurl_links'")
        assert job["state"] == "done"
        assert "flow_onb001" not in str(job)
        assert "UADA" not in str(job)


async def test_what_can_be_wanted_of_links_is_the_admins_or_nobodys(tmp_path: Path) -> None:
    async with open_stage(tmp_path / "r.db", surfaces="links", link_domains=DOMAINS) as stage:
        links = [
            each
            for each in stage.bot.services.tasks.intents
            if each.__module__ == "bot.links.intents"
        ]

        assert {each.job: each.needs for each in links} == {
            "unfurl_links": Right.NOBODYS,
            "present_thing": Right.NOBODYS,
            "add_links": Right.GOVERN,
            "remove_links": Right.GOVERN,
        }
        assert AskThing.needs is Right.ASK
