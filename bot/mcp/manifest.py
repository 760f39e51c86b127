"""What Slack has to know so that Slackbot may call our tools.

https://docs.slack.dev/ai/slackbot-mcp-client , https://docs.slack.dev/reference/app-manifest
"""

from typing import Any, Final

from bot.errors import UserError

MCP_PATH: Final = "/mcp"
"""Where assistants send everything."""
SCOPE: Final = "mcp:connect"
NO_ROOT: Final = (
    "Slackbot calls assistants' tools over HTTP, which Socket Mode does not carry. Say --http and "
    "where Slack reaches Flowbot as well, such as --http https://flowbot.example.com."
)


def with_server(manifest: dict[str, Any], root: str) -> dict[str, Any]:
    """Return a manifest with our server and the scope that lets Slackbot reach it.

    The scope is optional: whoever leaves it out has all else. Raises UserError without a root.
    """
    if not root:
        raise UserError(NO_ROOT)
    oauth = manifest["oauth_config"]
    scopes = oauth["scopes"]
    optional = sorted({*scopes.get("bot_optional", ()), SCOPE})
    asked = {**scopes, "bot": sorted({*scopes["bot"], SCOPE}), "bot_optional": optional}
    server = {"url": f"{root}{MCP_PATH}", "auth_type": "slack_identity_auth"}
    return {
        **manifest,
        "oauth_config": {**oauth, "scopes": asked},
        "mcp_servers": {**manifest.get("mcp_servers", {}), "flowbot": server},
    }
