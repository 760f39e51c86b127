"""Slack's request signature, version 0: HMAC-SHA256 over time and body."""

import hashlib
import hmac


def signature_headers(body: str, *, secret: str, timestamp: int) -> dict[str, str]:
    """Return the two headers that prove a request comes from Slack; `timestamp` in Unix seconds."""
    base = f"v0:{timestamp}:{body}".encode()
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": str(timestamp),
        "X-Slack-Signature": f"v0={digest}",
    }
