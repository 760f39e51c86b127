"""The five methods of an MCP server that has tools and nothing else. It keeps nothing of a client.

What can be called is the same for everybody, so that only the call of a tool asks who calls.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from bot.mcp.protocol import ErrorCode, Json, ProtocolError, RpcMessage, negotiated, result
from bot.mcp.tool import Tool, ToolAnswer

BLOCK_KIT: Final = "io.slack/block-kit"
Call = Callable[[Tool, Any], Awaitable[ToolAnswer]]
"""Calls a tool with arguments, for whoever sent the message."""


class McpServer:
    """Answers messages."""

    def __init__(self, tools: Sequence[Tool], services: Sequence[str]) -> None:
        """Offer these tools; `services` are what people call those that they ask."""
        self._services = tuple(services)
        self._tools = {each.name: each for each in tools}
        self._listed = [_listed(each) for each in tools]

    async def answer(self, message: RpcMessage, call: Call, *, shows_blocks: bool) -> Json:
        """Return the answer to a request. Raises ProtocolError."""
        if message.method == "initialize":
            return result(message, self._initialized(message.params))
        if message.method == "ping":
            return result(message, {})
        if message.method == "tools/list":
            return result(message, {"tools": self._page(message)})
        if message.method == "tools/call":
            tool, arguments = self._named(message)
            return result(message, _said(await call(tool, arguments), shows_blocks=shows_blocks))
        raise ProtocolError(
            ErrorCode.UNKNOWN_METHOD, f"There is no method {message.method[:80]}.", id=message.id
        )

    def _initialized(self, params: Mapping[str, Any]) -> Json:
        *others, last = self._services
        asked = f"{', '.join(others)} and {last}" if others else last
        return {
            "protocolVersion": negotiated(params),
            "capabilities": {"tools": {"listChanged": False}},
            "serverInfo": {"name": "flowbot", "title": "Flowbot", "version": version("flowbot")},
            "instructions": (
                f"Flowbot asks {asked} for a team in Slack. A part of a name is enough. What "
                "changes something answers with a card first, and is done once that is confirmed."
            ),
        }

    def _page(self, message: RpcMessage) -> Sequence[Json]:
        if message.params.get("cursor") is not None:
            raise ProtocolError(
                ErrorCode.INVALID_PARAMS, "There is one page of tools, no other.", id=message.id
            )
        return self._listed

    def _named(self, message: RpcMessage) -> tuple[Tool, Any]:
        name = message.params.get("name")
        tool = self._tools.get(name) if isinstance(name, str) else None
        if tool is None:
            raise ProtocolError(
                ErrorCode.INVALID_PARAMS, f"Unknown tool: {str(name)[:80]}", id=message.id
            )
        arguments = message.params.get("arguments")
        return tool, {} if arguments is None else arguments


def _listed(tool: Tool) -> Json:
    """Return a tool as clients are told of it.

    https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses
    """
    repeats = {"idempotentHint": True} if tool.once else {}
    return {
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "inputSchema": tool.schema,
        "annotations": {"title": tool.title, "readOnlyHint": tool.reads, **repeats},
        "_meta": {"slack": {"supportsBlockKit": True}},
    }


def _said(answer: ToolAnswer, *, shows_blocks: bool) -> Json:
    data = {"structuredContent": dict(answer.data)} if answer.data else {}
    shown = shows_blocks and bool(answer.blocks)
    blocks = {"_meta": {"slack": {"blocks": list(answer.blocks)}}} if shown else {}
    content = [{"type": "text", "text": answer.text}]
    return {"content": content, **data, "isError": answer.is_error, **blocks}
