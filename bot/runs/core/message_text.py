"""The text of somebody's Slack message, as it was typed: without what Slack makes of it."""

import re

_LINK = re.compile(r"<((?:https?://|mailto:)[^<>|]*)(?:\|([^<>]*))?>")
_FENCE = re.compile(r"```[a-z]*\n?(.*?)```", re.DOTALL)


def typed_text(text: str) -> str:
    """Return what was typed: links as they stood, entities undone; of a code block its content."""
    unlinked = _LINK.sub(lambda found: found[2] or found[1], text)
    plain = unlinked.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    block = _FENCE.search(plain)
    return (block[1] if block else plain).strip()
