"""What Slack has to know so that Slackbot may call our tools.

https://docs.slack.dev/ai/slackbot-mcp-client , https://docs.slack.dev/reference/app-manifest
"""

from typing import Any, Final

MCP_PATH: Final = "/mcp"
"""Where assistants send everything."""
SCOPE: Final = "mcp:connect"


def with_server(manifest: dict[str, Any], root: str) -> dict[str, Any]:
    """Return a manifest with our server and the scope that lets Slackbot reach it.

    The scope is optional: whoever leaves it out has all else. Without a root the address of the
    server is not known, and it has to be entered in the app's settings.
    """
    oauth = manifest["oauth_config"]
    scopes = oauth["scopes"]
    optional = sorted({*scopes.get("bot_optional", ()), SCOPE})
    asked = {**scopes, "bot": sorted({*scopes["bot"], SCOPE}), "bot_optional": optional}
    server = {"url": f"{root}{MCP_PATH}", "auth_type": "slack_identity_auth"}
    servers = {**manifest.get("mcp_servers", {}), "flowbot": server}
    return {
        **manifest,
        "oauth_config": {**oauth, "scopes": asked},
        **({"mcp_servers": servers} if root else {}),
    }
