from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager

import pytest
from pydantic import SecretStr

from bot.errors import VendorError
from bot.http.content import ContentKind
from bot.http.credentials import SecretHeader
from bot.http.vendor_http import VendorHttp
from tests.http.contract import connected
from tests.http.scripted import Reply, Scripted, drops, says

SECRET = "token-for-tests"


@pytest.fixture
async def vendor() -> AsyncIterator[Scripted]:
    async with Scripted(drops) as vendor:
        yield vendor


def client(vendor: Scripted) -> AbstractAsyncContextManager[VendorHttp]:
    return connected(vendor, SecretHeader("Authorization", SecretStr(SECRET), prefix="Bearer "))


async def looked_at(vendor: Scripted) -> tuple[str, str]:
    async with client(vendor) as http:
        with pytest.raises(VendorError) as failed:
            await http.open_download("f", kind=ContentKind.CSV).__aenter__()
    return failed.value.reason.value, failed.value.detail


@pytest.mark.parametrize(
    ("reply", "reason", "detail"),
    [
        (says(200, {"message": f"{SECRET} is\ntired"}), "rejected", "[hidden] is tired"),
        (says(200, {"rows": [1]}), "malformed", "body: JSON, not CSV"),
        (says(200, {"message": "x" * 100_000}), "malformed", "body: JSON, not CSV"),
        (says(200, "<p>", content_type="text/csv"), "malformed", "body: an HTML page, not CSV"),
        (says(200, "PK\x03\x04"), "malformed", "body: a workbook, not CSV"),
    ],
)
async def test_content_of_another_kind_is_refused(
    vendor: Scripted, reply: Reply, reason: str, detail: str
) -> None:
    vendor.otherwise = reply
    assert await looked_at(vendor) == (reason, detail)


@pytest.mark.parametrize("size", [0, 3, 100_000])
async def test_content_of_the_right_kind_comes_whole(vendor: Scripted, size: int) -> None:
    vendor.otherwise = says(200, "x" * size, content_type="text/csv")
    async with client(vendor) as http, http.open_download("f", kind=ContentKind.CSV) as download:
        assert b"".join([chunk async for chunk in download.chunks]) == b"x" * size


async def test_a_credential_can_be_replaced_while_the_client_runs(vendor: Scripted) -> None:
    async with client(vendor) as http:
        http.replace_secrets([SecretHeader("Authorization", SecretStr("newer"), prefix="Bearer ")])
        vendor.then(says(400, {"message": f"{SECRET} is no longer, newer is"}))
        with pytest.raises(VendorError) as failed:
            await http.call("GET", "x", safe=True)
    assert vendor.received[0].headers["Authorization"] == "Bearer newer"
    assert failed.value.detail == "[hidden] is no longer, [hidden] is"
