"""A model behind an address that speaks as OpenAI's chat completions do: one short call.

It is bounded in time and size, goes to that address alone, and its key is in no log.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import Vendor
from bot.http.answers import SaidNoError, reason_of, vendor_message
from bot.http.credentials import SecretHeader
from bot.http.exchange import HttpLimits
from bot.http.retrying import RetryRule
from bot.http.vendor_http import VendorHttp

MODEL: Final = Vendor("agent_model", "the model", "AGENT_MODEL_KEY")
SECONDS: Final = 8.0
TOKENS: Final = 120
LIMITS: Final = HttpLimits(
    connect=3.0,
    read=SECONDS,
    attempt=SECONDS,
    largest_answer=64 * 1024,
    retry=RetryRule(attempts=1, deadline=SECONDS),
    concurrent_calls=4,
)


class ChatModel:
    """One model at one address. Raises VendorError."""

    def __init__(self, url: str, name: str, key: SecretStr | None, clock: Clock) -> None:
        """Prepare; nothing is sent yet."""
        self.name = name
        self._http = VendorHttp(
            vendor=MODEL,
            base_url=url,
            clock=clock,
            secrets=[SecretHeader("Authorization", key, prefix="Bearer ")] if key else (),
            limits=LIMITS,
            describe=vendor_message,
            reason=lambda refusal: reason_of(refusal.status),
            inner_status=lambda _: None,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def says(self, instructions: str, sentence: str) -> str:
        """Return what it says to a sentence."""
        asked = {
            "model": self.name,
            "temperature": 0,
            "max_tokens": TOKENS,
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": sentence},
            ],
        }
        answer = await self._http.call(
            "POST", "chat/completions", safe=True, json=asked, patient=False
        )
        return await answer.read(_content)


def _content(body: Any) -> str:
    choices = body.get("choices") if isinstance(body, Mapping) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, Mapping) else None
    content = message.get("content") if isinstance(message, Mapping) else None
    if not isinstance(content, str):
        raise SaidNoError("no message")
    return content
