"""What a newcomer sees is ordinary; what tests need to be hostile stands behind one switch."""

import json
import re
from pathlib import Path

import pytest

from sandbox.vendors.switches import ODD_DATA
from tests.stage import Stage, open_stage

COMMANDS = {
    "momoflow": ("/flow-report flow_evil01",),
    "flowapp": ("/flow-events all", "/flow-events rooms"),
    "giosg": ("/flow-export workflows", '/flow-export "Spring campaign" step 1 last-30d show'),
    "saferme": ("/flow-analytics channels", '/flow-analytics "Site hazards" by-user'),
    "smartflows": ("/flow-run summary all", "/flow-run list today"),
}
HOSTILE = re.compile(r"script&|script>|=1\+1|=HYPERLINK|!channel|!here|@SUM|nameless")


async def hostile(stage: Stage, vendor: str) -> bool:
    """Ask and return whether anything hostile is in the answers."""
    before = len(stage.said())
    for command in COMMANDS[vendor]:
        await stage.command(command)
    told = [each.blocks for each in stage.said()[before:]]
    return bool(HOSTILE.search(json.dumps([told, stage.whispered()])))


@pytest.mark.parametrize("vendor", COMMANDS)
async def test_data_are_ordinary_until_somebody_switches_odd_data_on(
    vendor: str, tmp_path: Path
) -> None:
    async with open_stage(tmp_path / "flowbot.db", odd=False) as stage:
        assert not await hostile(stage, vendor)
        assert stage.said() or stage.whispered()
        stage.vendor(vendor).set_switch(ODD_DATA, value=True)
        stage.clock.advance(seconds=3600)
        assert await hostile(stage, vendor)
