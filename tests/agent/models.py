"""A model on this machine, which says what a test wants it to say."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from sandbox.server import LocalServer

KEY = "sk-a-key-that-nobody-may-see"


@dataclass
class LocalModel:
    """It `says` this to every question, or answers otherwise; `asked` is what it was sent."""

    says: str = "/flow-report onboarding overdue"
    status: int = 200
    body: Any = None
    hangs: bool = False
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    @property
    def sentences(self) -> list[str]:
        """What people said, as it came here."""
        return [each["messages"][-1]["content"] for each in self.asked]

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one question."""
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization", ""))
        if self.hangs:
            await asyncio.Event().wait()
        said = {"choices": [{"message": {"role": "assistant", "content": self.says}}]}
        return web.json_response(said if self.body is None else self.body, status=self.status)


@asynccontextmanager
async def local_model() -> AsyncIterator[LocalModel]:
    """Yield a model that is served on loopback."""
    model = LocalModel()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", model.answer)
    async with LocalServer(app, port=0) as server:
        model.url = f"{server.url}/v1"
        yield model
