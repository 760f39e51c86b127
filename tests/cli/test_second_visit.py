"""`make run`, some commands, Ctrl-C, and `make run` again: as good as the first time."""

import asyncio
import json
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.slack.blocks.ids import BlockId
from sandbox.clock import SandboxClock
from sandbox.slack import SlackSandbox
from sandbox.slack.identity import Identity
from tests.cli.conftest import Typed, left_in
from tests.processes import LONGEST, flowbot
from tests.stage import MONDAY

COMMANDS = (
    "/flow-report onboarding export csv",
    "/flow subscribe report onboarding weekdays 09:00",
    "/flow-report names",
)
ID = re.compile(r'"(?:ts|id|block_id|thread_ts)": "([^"]+)"')


class Visitor:
    """Somebody who types in #training, over the page's own calls."""

    def __init__(self, web: aiohttp.ClientSession) -> None:
        self._web = web

    async def type(self, text: str) -> None:
        body = {"user": "UADA", "channel": "CTRAIN", "text": text}
        async with self._web.post("/page/api/send", json=body) as answer:
            assert "error" not in await answer.json()

    async def messages(self, thread: str = "") -> list[dict[str, Any]]:
        query = {"user": "UADA", "channel": "CTRAIN"} | ({"thread_ts": thread} if thread else {})
        async with self._web.get("/page/api/messages", params=query) as answer:
            found: list[dict[str, Any]] = (await answer.json())["messages"]
        return found

    async def answers(self) -> list[str]:
        """Type everything and return how the answers begin, once each has come."""
        async with self._web.get("/page/api/stream", params={"user": "UADA"}) as stream:
            for number, command in enumerate(COMMANDS, start=1):
                await self.type(command)
                while len(found := await self.messages()) < number:
                    async with asyncio.timeout(LONGEST):
                        await stream.content.readuntil(b"\n\n")
        return [each["text"].splitlines()[0] for each in found]


@asynccontextmanager
async def visit(folder: Path) -> AsyncIterator[Visitor]:
    """Start the sandbox, yield who types there, and press Ctrl-C."""
    heard = {"LOG_LEVEL": "info"}  # for once it is said when the work begins
    async with flowbot("sandbox", "--slack-port", "0", folder=folder, settings=heard) as process:
        await process.event("working")
        address = (await process.line("http://127.0.0.1:")).split()[-1]
        assert "begins anew at each start" in await process.line("anew")
        async with aiohttp.ClientSession(address, headers={"Origin": address}) as web:
            yield Visitor(web)
        process.send(signal.SIGINT)
        assert await process.ended() == 0


async def test_a_second_visit_answers_the_same_and_repeats_no_id(tmp_path: Path) -> None:
    visits: list[list[str]] = []
    ids: list[set[str]] = []
    for _ in range(2):
        async with visit(tmp_path) as visitor:
            visits.append(await visitor.answers())
            shown = [await visitor.messages(each["ts"]) for each in await visitor.messages()]
            ids.append(set(ID.findall(json.dumps(shown))) - {*BlockId})

    assert len(visits[0]) == len(COMMANDS)
    assert visits[0] == visits[1]  # the digest has the same number, as nothing is left of the first
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])
    assert left_in(tmp_path) == []


async def test_asking_beside_it_writes_into_a_database_of_its_own(
    typed: Typed, tmp_path: Path
) -> None:
    code, out, err = await typed("ask", "/flow-report name drill flow_safe01")
    assert code == 0, err
    assert "drill" in out

    _, names, _ = await typed("ask", "/flow-report names")
    assert "onboarding" in names
    assert "drill" not in names
    assert left_in(tmp_path) == []


async def handed_out(mark: str) -> set[str]:
    """Return ids of what is acted on, answered and told in a sandbox of that mark."""
    slack = SlackSandbox(clock=SandboxClock(MONDAY), identity=Identity(mark=mark))
    async with slack:
        desk = slack._desk
        address = desk.response_url(user="UADA", channel="CTRAIN").removeprefix(slack.url)
        minted = {desk.backend.workspace.mint(kind) for kind in ("F", "V", "Ev", "b", "R")}
        return {slack.trigger("UADA"), address, *minted}


async def test_another_sandbox_hands_out_other_ids() -> None:
    one = await handed_out("a1b2c3")
    assert len(one) == 7
    assert one.isdisjoint(await handed_out("d4e5f6"))
