"""Large answers are parsed beside the loop, and none that would fill the memory."""

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import SecretStr

from bot.errors import Reason, VendorError
from bot.http.credentials import SecretHeader
from bot.http.parsing import LARGE, MOST_VALUES
from bot.http.vendor_http import VendorHttp
from tests.http.contract import connected
from tests.http.scripted import Scripted, says

SECRET = SecretHeader("Authorization", SecretStr("token-for-tests"))
MANY = MOST_VALUES + 1
FITTING: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "small": lambda: [{"name": "x"}],
    "long": lambda: [{"name": "x" * LARGE}],
    "many rows": lambda: [{"name": f"{number}", "done": [1, 2]} for number in range(20_000)],
    "prose full of commas": lambda: [{"name": ", [{".join(["x"] * MANY)}],
}


async def names(http: VendorHttp, threads: list[int]) -> list[Any]:
    def parse(payload: Any) -> list[Any]:
        threads.append(threading.get_ident())
        return [each["name"] for each in payload]

    answer = await http.call("GET", "list", safe=True)
    return await answer.read(parse)


@pytest.mark.parametrize("shape", FITTING)
async def test_what_is_large_is_parsed_beside_the_loop(shape: str) -> None:
    threads: list[int] = []
    rows = FITTING[shape]()
    async with Scripted(says(200, rows)) as vendor, connected(vendor, SECRET) as http:
        assert await names(http, threads) == [each["name"] for each in rows]
    assert [each == threading.get_ident() for each in threads] == [shape == "small"]


@pytest.mark.parametrize("value", ["[]", "1", '"x"', "{}"])
async def test_more_values_than_memory_is_meant_for_are_refused_unread(value: str) -> None:
    threads: list[int] = []
    body = f"[{','.join([value] * MANY)}]"
    async with Scripted(says(200, body)) as vendor, connected(vendor, SECRET) as http:
        with pytest.raises(VendorError) as refused:
            await names(http, threads)
    assert refused.value.reason is Reason.TOO_LARGE
    assert threads == []


@pytest.mark.parametrize("opening", ["[", '{"a":'])
async def test_depth_without_end_is_no_json_that_we_can_read(opening: str) -> None:
    async with (
        Scripted(says(200, opening * 1_500_000)) as vendor,
        connected(vendor, SECRET) as http,
    ):
        with pytest.raises(VendorError) as refused:
            await names(http, [])
    assert refused.value.reason is Reason.MALFORMED


async def test_others_are_served_while_a_large_answer_is_parsed() -> None:
    """A round of the loop fits between two objects, as the parser lets go at each."""
    rounds = 0
    body = json.dumps([{"name": f"{number}"} for number in range(300_000)])

    async def others() -> None:
        nonlocal rounds
        while True:
            rounds += 1
            await asyncio.sleep(0)

    async with Scripted(says(200, body)) as vendor, connected(vendor, SECRET) as http:
        answer = await http.call("GET", "list", safe=True)
        serving = asyncio.create_task(others())
        assert await answer.read(len) == 300_000
        serving.cancel()
    assert rounds > 10
