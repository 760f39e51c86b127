"""Slackbot, who calls the tools of the app's MCP server for people, and asks them each time.

Only the server of the manifest is called, and only if the app was let in with `mcp:connect`.
https://docs.slack.dev/ai/slackbot-mcp-client
"""

import asyncio
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from sandbox.slack.backend import Backend
from sandbox.slack.delivery.sender import Sender
from sandbox.slack.delivery.signing import signature_headers
from sandbox.slack.slackbot.rules import INPUT, TOOL, block_problems

Json = dict[str, Any]
VERSION: Final = "2025-06-18"
LONGEST_SECONDS: Final = 60
SCOPE: Final = "mcp:connect"
_BLOCK_KIT: Final = "io.slack/block-kit"


class SlackbotError(Exception):
    """What Slackbot tells a person in place of an answer; the text says it."""


@dataclass(frozen=True, slots=True)
class SlackbotTool:
    """A tool as the server lists it. One that does not say that it only reads counts as writing."""

    name: str
    title: str
    description: str
    schema: Json
    reads: bool


@dataclass(frozen=True, slots=True)
class SlackbotAnswer:
    """What came of a call: the text, and the blocks if nothing is wrong with any of them.

    `dropped` is why they were dropped, one sentence for each fault.
    """

    tool: str
    text: str
    blocks: tuple[Json, ...] = ()
    is_error: bool = False
    dropped: tuple[str, ...] = ()
    data: Json = field(default_factory=dict)


class SlackbotClient:
    """Slackbot of one workspace. Raises SlackbotError."""

    def __init__(self, backend: Backend, sender: Sender) -> None:
        """Call the app where Slack's events go, too."""
        self._backend = backend
        self._sender = sender
        self._numbers = itertools.count(1)
        self._tools: dict[str, SlackbotTool] = {}
        self._always: set[tuple[str, str]] = set()

    async def tools(self) -> Sequence[SlackbotTool]:
        """Return the tools of the server, fetched anew as "Fetch tools" in the settings does."""
        await self._ask(
            "initialize",
            {
                "protocolVersion": VERSION,
                "capabilities": {"extensions": {_BLOCK_KIT: {}}},
                "clientInfo": {"name": "Slackbot MCP Client", "version": "1.0.0"},
            },
        )
        await self._tell("notifications/initialized")
        listed = (await self._ask("tools/list", {})).get("tools") or []
        self._tools = {each.name: each for each in map(_tool, listed)}
        return tuple(self._tools.values())

    def needs_consent(self, tool: str, user: str) -> bool:
        """Return whether somebody is asked before a tool is called for them."""
        return (user, tool) not in self._always

    async def call(
        self,
        tool: str,
        arguments: Mapping[str, Any] | None = None,
        *,
        user: str = "UADA",
        consent: str = "once",
    ) -> SlackbotAnswer:
        """Call a tool for somebody, who allows it `once` or `always`, or denies it (`deny`)."""
        if not self._tools:
            await self.tools()
        if tool not in self._tools:
            raise SlackbotError(f"There is no tool {tool}.")
        if consent == "deny" and self.needs_consent(tool, user):
            raise SlackbotError("You didn't allow that, so Slackbot did not ask.")
        if consent == "always":
            self._always.add((user, tool))
        who = {
            "user_id": user,
            "team_id": self._backend.identity.team_id,
            "enterprise_id": self._backend.identity.enterprise_id or None,
        }
        params = {"name": tool, "arguments": dict(arguments or {}), "_meta": {"slack": who}}
        return self._answer(tool, await self._ask("tools/call", params))

    async def press(
        self,
        answer: SlackbotAnswer,
        action_id: str,
        *,
        value: str = "{}",
        entered: Mapping[str, Any] | None = None,
        user: str = "UADA",
    ) -> SlackbotAnswer:
        """Press a button of an answer: the call of its tool, with what was entered beside it."""
        if action_id.removeprefix(TOOL) not in self._tools or not answer.blocks:
            raise SlackbotError("That button calls nothing.")
        filled = {name.removeprefix(INPUT): it for name, it in (entered or {}).items()}
        return await self.call(
            action_id.removeprefix(TOOL), {**json.loads(value), **filled}, user=user
        )

    def _answer(self, tool: str, result: Json) -> SlackbotAnswer:
        parts = result.get("content") or []
        text = "\n\n".join(str(each.get("text", "")) for each in parts if each["type"] == "text")
        blocks = ((result.get("_meta") or {}).get("slack") or {}).get("blocks") or []
        dropped = tuple(block_problems(blocks, self._tools)) if blocks else ()
        return SlackbotAnswer(
            tool=tool,
            text=text,
            blocks=() if dropped else tuple(blocks),
            is_error=bool(result.get("isError")),
            dropped=dropped,
            data=result.get("structuredContent") or {},
        )

    @property
    def _address(self) -> str:
        servers = self._backend.manifest.mcp_servers
        found = [url for url, kind in servers.items() if kind == "slack_identity_auth"]
        if not found or not self._sender.address:
            raise SlackbotError("The app has no MCP server.")
        if SCOPE not in self._backend.manifest.scopes:
            raise SlackbotError(f"The app was not let in with {SCOPE}.")
        reached = urlsplit(self._sender.address)
        return f"{reached.scheme}://{reached.netloc}{urlsplit(found[0]).path}"

    async def _ask(self, method: str, params: Json) -> Json:
        number = next(self._numbers)
        message = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
        status, said = await self._post(message)
        if not isinstance(said, dict) or said.get("id") != number:
            raise SlackbotError(f"The app's MCP server answered {status}, and not as it should.")
        if "error" in said:
            raise SlackbotError(f"The app's MCP server said: {said['error'].get('message')}")
        result: Json = said["result"]
        return result

    async def _tell(self, method: str) -> None:
        status, _ = await self._post({"jsonrpc": "2.0", "method": method})
        if status not in {200, 202}:
            raise SlackbotError(f"The app's MCP server answered {status} to a notification.")

    async def _post(self, message: Json) -> tuple[int, Any]:
        """Send a message, signed like all that Slack sends; who asks stands in its body."""
        body = json.dumps(message)
        signed = signature_headers(
            body,
            secret=self._backend.identity.signing_secret,
            timestamp=int(self._sender.unix_time()),
        )
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            **({} if message["method"] == "initialize" else {"MCP-Protocol-Version": VERSION}),
            **signed,
        }
        timeout = aiohttp.ClientTimeout(total=LONGEST_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(self._address, data=body.encode(), headers=headers) as response,
            ):
                text = await response.text()
                return response.status, json.loads(text) if text else None
        except asyncio.TimeoutError:  # noqa: UP041  # aiohttp's own subclasses both
            raise SlackbotError("The tool took longer than a minute, so I gave it up.") from None
        except (aiohttp.ClientError, ValueError):
            raise SlackbotError("The app's MCP server can't be reached.") from None


def _tool(listed: Json) -> SlackbotTool:
    said = listed.get("annotations") or {}
    return SlackbotTool(
        name=str(listed["name"]),
        title=str(listed.get("title") or listed["name"]),
        description=str(listed.get("description", "")),
        schema=listed.get("inputSchema") or {},
        reads=said.get("readOnlyHint") is True,
    )
