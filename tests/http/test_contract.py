"""The contract holds for a client that only reads and whose answer is a list."""

from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

from pydantic import SecretStr

from bot.http.exchange import HttpLimits
from sandbox.clock import SandboxClock
from tests.http.contract import TLS, ReaderContract
from tests.parcels import PARCELS, AcmeClient


class TestAcme(ReaderContract):
    secret = "an-acme-key-for-tests"
    good: ClassVar[Any] = [{"title": each} for each in PARCELS]

    def client(
        self, url: str, clock: SandboxClock, limits: HttpLimits
    ) -> AbstractAsyncContextManager[AcmeClient]:
        key = SecretStr(self.secret)
        return AcmeClient(key, base_url=url, clock=clock, limits=limits, tls=TLS)

    async def ask(self, client: Any) -> object:
        return await client.parcels()
