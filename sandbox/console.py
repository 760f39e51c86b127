"""The terminal of the sandbox: what is said in every channel, and a line to type into."""

import asyncio
import os
import stat
import sys
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self, TextIO

from sandbox.slack import Message
from sandbox.slack.drawing.transcript import draw_message
from sandbox.slack.drawing.words import Names
from sandbox.world import World

WELCOME = """
The sandbox is open: a local Slack ("Lumen Works") and local vendors, nothing leaves this machine.

{addresses}

Type a command and press Enter, for example:  /flow-report onboarding last-30d
As somebody else or elsewhere:                @grace #general /flow help
The clock stands at {now:%A %H:%M} UTC; move it with:  +1h   +9h30m   +1d
It begins anew at each start: digests, names and messages of an earlier one are gone.
Press Ctrl-C to stop.
"""

UNITS = {"m": 60, "h": 3600, "d": 86400}


class Console:
    """Prints a transcript as things happen and acts on typed lines. An async context manager."""

    def __init__(self, world: World, *, quiet: bool = False) -> None:
        """Say nothing but the welcome when `quiet`."""
        self._world = world
        self._quiet = quiet
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        """Say what there is and begin to listen."""
        vendors = {vendor.name: vendor.url for vendor in self._world.vendors.all}
        places = {"Slack": self._world.slack.url, **vendors}
        addresses = "\n".join(f"  {name:<12}{url}" for name, url in places.items())
        print(WELCOME.format(addresses=addresses, now=self._world.clock.now()))
        sys.stdout.flush()
        if not self._quiet:
            self._begin(self._print_changes())
        self._begin(self._read_lines())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop listening."""
        for task in set(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _read_lines(self) -> None:
        """Act on what is typed; without a terminal or a pipe there is nothing to read."""
        if not _is_typed_into(sys.stdin):
            return
        lines = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(lines)
        await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
        async for line in lines:
            if text := line.decode(errors="replace").strip():
                try:
                    await self._act(text)
                except ValueError as refusal:  # as Slack's own page would not let it be typed
                    print(f"That cannot be typed: {refusal}", flush=True)

    async def _act(self, line: str) -> None:
        if seconds := clock_move(line):
            self._world.clock.advance(seconds=seconds)
            print(f"It is now {self._world.clock.now():%A %Y-%m-%d %H:%M} UTC.", flush=True)
            return
        user, channel, text = self._addressed(line)
        if text.startswith("/"):
            outcome = await self._world.slack.command(text, user=user, channel=channel)
            if outcome.error:
                print(f"Slack says: {outcome.text or outcome.error}", flush=True)
        else:
            await self._world.slack.say(text, user=user, channel=channel)

    def _addressed(self, line: str) -> tuple[str, str, str]:
        """Return who says what where: `@grace #general hello`, both optional.

        Raises ValueError for a name that nobody has: it must not become somebody else's command.
        """
        state = self._world.slack.workspace
        users = {user.name: user.id for user in state.users.values()}
        channels = {channel.name: channel.id for channel in state.channels.values()}
        user, channel = "UADA", "CTRAIN"
        while line.startswith(("@", "#")):
            word, _, line = line.partition(" ")
            known = users if word[0] == "@" else channels
            if word[1:].lower() not in known:
                names = ", ".join(f"{word[0]}{name}" for name in known)
                raise ValueError(f"there is no {word}, but {names}")
            if word[0] == "@":
                user = known[word[1:].lower()]
            else:
                channel = known[word[1:].lower()]
        return user, channel, line.strip()

    async def _print_changes(self) -> None:
        """Draw messages as they come; a reply is indented under the channel's name."""
        state = self._world.slack.state
        names = Names(state.users, state.channels)
        async for change in self._world.slack.changes.subscribe():
            message = change.payload
            if change.kind in {"message", "ephemeral"} and isinstance(message, Message):
                place = names.channel(message.channel)
                indent = "  │ " if message.is_reply else ""
                lines = [f"── {place}{' (thread)' if indent else ''}"]
                lines += [f"{indent}{line}" for line in draw_message(message, names)]
                print("\n".join(lines), "\n", sep="", flush=True)


def clock_move(line: str) -> float:
    """Return the seconds that "+1h30m" stands for; 0 for anything else."""
    if not line.startswith("+"):
        return 0
    seconds, digits = 0.0, ""
    for character in line[1:].strip():
        if character.isdigit():
            digits += character
        elif character in UNITS and digits:
            seconds, digits = seconds + int(digits) * UNITS[character], ""
        else:
            return 0
    return 0 if digits else seconds


def _is_typed_into(stdin: TextIO | None) -> bool:
    """Return whether there may be lines to come: not from a file, /dev/null or a closed input."""
    try:
        mode = os.fstat(stdin.fileno()).st_mode if stdin else 0
    except (OSError, ValueError):
        return False
    return bool(stdin and stdin.isatty()) or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
