"""`flowbot doctor` against a sandbox, as it is typed."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.cli.conftest import Typed, settings, typed, world

__all__ = ["settings", "typed", "world"]

Checks = dict[str, dict[str, Any]]
Doctor = Callable[..., Awaitable[Checks]]


@pytest.fixture
def doctor(typed: Typed, settings: dict[str, str]) -> Doctor:
    """Return what runs the doctor with these settings, some replaced; gives the checks by name."""

    async def run(**more: str) -> Checks:
        code, out, err = await typed("doctor", "--json", settings={**settings, **more})
        assert err == ""
        document = json.loads(out)
        checks = {each["name"]: each for each in document["checks"]}
        assert len(checks) == len(document["checks"])
        assert document["ok"] == (code == 0)
        assert document["ok"] == all(each["state"] != "fail" for each in checks.values())
        return checks

    return run
