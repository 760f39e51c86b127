"""The image: no container tool is at hand where these tests run, so the file itself is judged."""

import re
from fnmatch import fnmatch

import pytest

from bot.assembly.features import blocks
from bot.config import variables
from bot.config.own import GeneralSettings
from tests.deploy.dockerfiles import problems
from tests.surface import ROOT
from tools.dockerfile import FILE, stages

TEXT = FILE.read_text(encoding="utf-8")
LAST = stages(TEXT)[-1]


def test_it_keeps_to_the_rules() -> None:
    assert problems(TEXT) == []


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        (r"python:3\.\d+\.\d+-slim", "python:3-slim", "is not pinned"),
        (r"python:\S+", "python:latest", "is not pinned"),
        (r"COPY bot ./bot", "ADD bot ./bot", "ADD"),
        (r"COPY bot ./bot", "COPY . ./", "the whole folder"),
        (r"ENV PIP", "ENV SLACK_BOT_TOKEN=x PIP", "a secret"),
        (r'ENTRYPOINT \["flowbot"\]', "ENTRYPOINT flowbot", "through a shell"),
        (r"--require-hashes ", "", "not locked by its hash"),
        (r" --no-install-recommends", "", "more than is asked for"),
        (r"rm -rf /var/lib/apt/lists/\*", "true", "the lists of apt-get"),
        (r"USER .*", "USER root", "runs as root"),
        (r"USER .*", "", "runs as root"),
        (r"USER .*", "USER flowbot", "USER is a name"),
        (r"HEALTHCHECK (.|\n)*?\]\n", "", "not one HEALTHCHECK"),
        (r"CMD \[\"python\".*", "CMD curl localhost", "through a shell"),
        (r"STOPSIGNAL .*", "", "not one STOPSIGNAL"),
        (r"install -y -qq", "install -y gcc", "to build with"),
        (r"COPY requirements-postgres.lock ./", "COPY bot ./bot", "before what it needs"),
    ],
)
def test_each_rule_can_be_broken(good: str, bad: str, problem: str) -> None:
    broken = re.sub(good, bad, TEXT)
    assert broken != TEXT
    assert problem in "; ".join(problems(broken))


def test_both_stages_have_the_same_base() -> None:
    assert len({each.base for each in stages(TEXT)}) == 1


def test_what_it_sets_are_settings_of_ours() -> None:
    known = {*variables(blocks()), "PATH", "PYTHONUNBUFFERED"}
    assert {name for each in LAST.all("ENV") for name in each.pairs} <= known


def test_the_port_is_the_one_that_is_listened_on_by_default() -> None:
    assert LAST.one("EXPOSE").text == str(GeneralSettings.model_fields["port"].default)


def test_the_database_is_on_the_volume() -> None:
    [volume] = LAST.one("VOLUME").listed or []
    urls = [each.pairs["DATABASE_URL"] for each in LAST.all("ENV")]
    assert urls == [f"sqlite:///{volume}/flowbot.db"]


def let_in(path: str) -> bool:
    """Return whether .dockerignore lets a path at the root into the build; the last word counts."""
    verdict = True
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#") and fnmatch(path, line.removeprefix("!")):
            verdict = line.startswith("!")
    return verdict


def test_only_what_is_copied_gets_into_the_build() -> None:
    copied = {
        path
        for stage in stages(TEXT)
        for step in stage.all("COPY")
        if not step.option
        for path in step.paths[:-1]
    }
    present = {each.name for each in ROOT.iterdir()} | {".env", "flowbot.db", "flowbot.db-wal"}

    assert {each for each in present if let_in(each)} == copied
