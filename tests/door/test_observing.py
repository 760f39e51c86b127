"""What an operator sees: numbers as Prometheus reads them, and whether a process is well."""

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import pytest
from prometheus_client import parser
from prometheus_client.openmetrics import parser as openmetrics

from bot.assembly.features import load_settings
from bot.assembly.starting import StartError
from bot.config import with_values
from bot.door.observing import KEPT_SECONDS, Lookout, observed
from bot.door.readiness import Readiness
from bot.door.serving import checks_of
from bot.store.sqlite import SqliteDatabase
from sandbox.world import World
from tests.processes import LONGEST, flowbot
from tests.stage import Stage

REPORT = "/flow-report flow_onb001"
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


class Page:
    """The numbers at some moment, by their name and labels."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    def of(self, name: str, /, **labels: str) -> float:
        return self._samples.get((f"flowbot_{name}", tuple(sorted(labels.items()))), 0.0)

    @property
    def names(self) -> set[str]:
        return {name for name, _ in self._samples}

    @property
    def values(self) -> set[str]:
        return {value for _, labels in self._samples for _, value in labels}


async def get(port: int, path: str, accept: str = "") -> tuple[int, str, str]:
    """Return the status, the content type and the text of a page."""
    address = f"http://127.0.0.1:{port}{path}"
    async with aiohttp.ClientSession() as web, web.get(address, headers={"Accept": accept}) as got:
        return got.status, got.headers["Content-Type"], await got.text()


async def scraped(port: int) -> Page:
    status, _, text = await get(port, "/metrics")
    assert status == 200
    families = list(parser.text_string_to_metric_families(text))
    return Page(
        {
            (sample.name, tuple(sorted(sample.labels.items()))): sample.value
            for family in families
            for sample in family.samples
        }
    )


class Seconds:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def lookout_of(
    stage: Stage, readiness: Readiness | None = None, seconds: Seconds | None = None
) -> AsyncIterator[Lookout]:
    readiness, seconds = readiness or Readiness(), seconds or Seconds()
    async with observed(load_settings(), readiness, port=0, now=seconds) as lookout:
        lookout.begin(stage.bot.database, stage.clock)
        yield lookout


@pytest.fixture
async def port(stage: Stage) -> AsyncIterator[int]:
    async with lookout_of(stage) as lookout:
        yield lookout.port


async def test_a_command_is_counted_from_the_ack_to_the_post(stage: Stage, port: int) -> None:
    before = await scraped(port)
    await stage.command(REPORT)
    after = await scraped(port)

    def more(name: str, /, **labels: str) -> float:
        return after.of(name, **labels) - before.of(name, **labels)

    assert more("ack_seconds_count") == 1
    assert more("ack_seconds_bucket", le="+Inf") == 1
    assert more("jobs_total", name="report", outcome="done") == 1
    assert more("sends_total", outcome="sent") == len(stage.said())
    assert more("vendor_calls_total", vendor="momoflow", reason="ok") > 0
    assert more("vendor_call_seconds_count", vendor="momoflow") > 0
    assert more("vendor_call_seconds_sum", vendor="momoflow") > 0
    assert more("db_seconds_count", kind="read") > 0
    assert more("db_seconds_count", kind="write") > 0
    assert "process_resident_memory_bytes" in after.names


async def test_what_a_vendor_refuses_is_counted_by_its_reason(stage: Stage, port: int) -> None:
    before = await scraped(port)
    await stage.command("/flow-report flow_gone99")
    after = await scraped(port)

    refused = {"vendor": "momoflow", "reason": "not_found"}
    assert after.of("vendor_calls_total", **refused) > before.of("vendor_calls_total", **refused)
    failed = {"name": "report", "outcome": "failed"}
    assert after.of("jobs_total", **failed) - before.of("jobs_total", **failed) == 1


async def test_slacks_wish_for_patience_is_counted(stage: Stage, port: int) -> None:
    before = await scraped(port)
    stage.slack.disturb("chat.postMessage", kind="rate_limited")
    await stage.command(REPORT)
    await stage.after(seconds=60)
    after = await scraped(port)

    assert after.of("slack_429_total") - before.of("slack_429_total") == 1
    again = after.of("sends_total", outcome="retry") - before.of("sends_total", outcome="retry")
    assert again == 1


async def test_a_message_of_which_nobody_knows_is_counted_when_that_is_settled(
    stage: Stage, port: int
) -> None:
    stage.slack.grant("channels:history")
    before = await scraped(port)
    stage.slack.disturb("chat.postMessage", kind="drop_after")
    await stage.command(REPORT)
    await stage.until_sure()
    after = await scraped(port)

    settled = {
        word: after.of("in_doubt_total", settled=word) - before.of("in_doubt_total", settled=word)
        for word in ("was_there", "sent_again", "left_to_people", "given_up")
    }
    assert settled == {"was_there": 1, "sent_again": 0, "left_to_people": 0, "given_up": 0}


async def test_what_waits_is_counted_with_its_age_and_kept_for_some_seconds(stage: Stage) -> None:
    seconds = Seconds()
    async with lookout_of(stage, seconds=seconds) as lookout:
        empty = await scraped(lookout.port)
        await stage.slack.command(REPORT, user="UADA", channel="CTRAIN")  # and nobody works
        stage.clock.advance(seconds=30)
        kept = await scraped(lookout.port)
        seconds.now += KEPT_SECONDS
        waiting = await scraped(lookout.port)

        stage.slack.disturb("chat.postMessage", kind="rate_limited")
        await stage.bot.settle()
        stage.clock.advance(seconds=10)
        seconds.now += KEPT_SECONDS
        unsent = await scraped(lookout.port)

    assert empty.of("jobs_waiting") == kept.of("jobs_waiting") == 0
    assert "flowbot_jobs_oldest_seconds" in empty.names
    assert waiting.of("jobs_waiting") == 1
    assert waiting.of("jobs_oldest_seconds") == 30
    assert unsent.of("jobs_waiting") == unsent.of("jobs_oldest_seconds") == 0
    assert unsent.of("ledger_waiting", priority="answers") == 1
    assert unsent.of("ledger_oldest_seconds", priority="answers") == 10
    assert unsent.of("ledger_waiting", priority="digests") == 0


async def test_no_label_names_a_workspace_a_channel_or_a_person(stage: Stage, port: int) -> None:
    await stage.command(REPORT)
    await stage.command("/flow-report onboarding", user="UGRACE", channel="CGENERAL")
    team = stage.bot.identity.team_id
    values = (await scraped(port)).values

    assert not values & {"UADA", "UGRACE", "CTRAIN", "CGENERAL", team}
    assert not [value for value in values if len(value) > 30]


async def test_a_database_that_does_not_tell_leaves_out_what_it_alone_knows(
    stage: Stage, tmp_path: Path
) -> None:
    closed = await SqliteDatabase.open(str(tmp_path / "closed.db"))
    await closed.close()
    async with lookout_of(stage) as lookout:
        lookout.begin(closed, stage.clock)
        page = await scraped(lookout.port)

    assert "flowbot_ack_seconds_count" in page.names
    assert "flowbot_jobs_waiting" not in page.names


async def test_the_newer_format_is_given_to_who_asks_for_it(stage: Stage, port: int) -> None:
    await stage.command(REPORT)
    asked = "application/openmetrics-text; version=1.0.0,text/plain;version=0.0.4;q=0.5"
    status, content_type, text = await get(port, "/metrics", asked)

    assert status == 200
    assert content_type.startswith("application/openmetrics-text; version=1.0.0")
    families = {each.name: each for each in openmetrics.text_string_to_metric_families(text)}  # type: ignore[no-untyped-call]
    assert families["flowbot_jobs"].type == "counter"
    assert families["flowbot_ack_seconds"].type == "histogram"
    assert families["flowbot_leases_held"].type == "gauge"


async def test_each_number_says_what_it_is(port: int) -> None:
    _, content_type, text = await get(port, "/metrics")
    assert content_type.startswith("text/plain; version=0.0.4")
    families = list(parser.text_string_to_metric_families(text))
    own = [each for each in families if each.name.startswith("flowbot_")]
    assert all(each.documentation.endswith(".") for each in own)
    assert {each.type for each in own} == {"counter", "gauge", "histogram"}


async def test_nothing_else_is_served_there(port: int) -> None:
    assert (await get(port, "/slack/events"))[0] == 404
    assert (await get(port, "/"))[0] == 404


async def test_from_the_first_moment_to_the_last_it_says_whether_it_is_ready(stage: Stage) -> None:
    readiness = Readiness()
    async with lookout_of(stage, readiness) as lookout:
        starting = await get(lookout.port, "/readyz")
        readiness.begin({"the database takes no writes": stage.bot.database.ping})
        ready = await get(lookout.port, "/readyz")
        readiness.end()
        ending = await get(lookout.port, "/readyz")
        alive = await get(lookout.port, "/healthz")

    assert (starting[0], starting[2]) == (503, "Flowbot is starting\n")
    assert (ready[0], ready[2]) == (200, "ready\n")
    assert (ending[0], ending[2]) == (503, "Flowbot is stopping\n")
    assert (alive[0], alive[2]) == (200, "ok\n")


async def test_a_database_that_another_version_changed_is_no_place_to_work(stage: Stage) -> None:
    readiness = Readiness(seconds := Seconds())
    readiness.begin(checks_of(stage.bot.process))
    assert await readiness.unready() == ""

    await stage.bot.database.execute(
        """INSERT INTO _sqlite_migrations (migration_set, name, applied_at)
        VALUES ('flowbot', 'of_next_year', '2027-01-01')"""
    )
    assert await readiness.unready() == ""  # who asks often is told what was seen a moment ago
    seconds.now += 1
    assert await readiness.unready() == "another version of Flowbot has changed the database"


async def test_a_port_that_is_taken_is_said_in_words() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        settings = with_values(load_settings(), general={"metrics_port": port})
        words = f"METRICS_HOST=127.0.0.1 METRICS_PORT={port} .* another METRICS_PORT"
        with pytest.raises(StartError, match=words):
            async with observed(settings, Readiness()):
                pass


async def test_by_default_there_is_no_port_and_prometheus_is_not_even_imported() -> None:
    async with observed(load_settings(), Readiness()) as lookout:
        assert lookout.port == 0
    look = "import sys, bot.cli.main; print('prometheus_client' in sys.modules)"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", look, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert out == b"False\n"


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
        return port


async def test_a_worker_is_observed_too_and_unready_before_it_stops(
    world: World, settings: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    settings["METRICS_PORT"] = str(port)
    async with flowbot("worker", folder=tmp_path, settings=settings) as worker:
        assert (await worker.event("observed"))["port"] == port
        await worker.event("working")
        assert (await get(port, "/healthz"))[0] == 200
        assert (await get(port, "/readyz"))[0] == 200
        assert (await scraped(port)).of("jobs_waiting") == 0

        asked = asyncio.Event()

        def noted(_: object) -> bool:
            asked.set()
            return True

        world.slack.disturb("chat.postMessage", kind="slow", seconds=4, when=noted)
        quiet = {**settings, "METRICS_PORT": "0"}
        async with flowbot("web", folder=tmp_path, settings=quiet) as web:
            address = f"http://127.0.0.1:{(await web.event('listening'))['port']}"
            world.slack.connect(f"{address}/slack/events")
            await world.slack.command(REPORT, user="UADA", channel="CTRAIN")
            async with asyncio.timeout(LONGEST):
                await asked.wait()
            worker.send(signal.SIGTERM)  # while Slack keeps it waiting
            assert await unready(port) == "Flowbot is stopping\n"
        assert await worker.ended() == 0


async def unready(port: int) -> str:
    """Return why a process is not ready, as soon as it is not."""
    async with asyncio.timeout(LONGEST):
        while True:
            status, _, text = await get(port, "/readyz")
            if status == 503:
                return text
