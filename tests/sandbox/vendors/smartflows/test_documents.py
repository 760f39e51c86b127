import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from sandbox.vendors.smartflows import SmartFlowsVendor
from sandbox.vendors.smartflows.flows import FlowPlan
from tests.sandbox.vendors.smartflows.stage import LETTER, REPORT, ROOT, RUNS, launch


async def finished(vendor: SmartFlowsVendor, http: httpx.AsyncClient, plan: FlowPlan) -> list[Any]:
    run = launch(vendor, plan=plan, working=1)
    vendor.clock.advance(seconds=2)
    model = (await http.get(f"{RUNS}/{run.id}/progress")).json()["model"]
    return [block["document"]["id"] for block in model.values()]


async def test_a_word_document_is_one(vendor: SmartFlowsVendor, http: httpx.AsyncClient) -> None:
    one = (await finished(vendor, http, LETTER))[0]
    content = (await http.get(f"{ROOT}/documents/{one}/content")).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}  # noqa: S314 - our own file
    words = "".join(parts["word/document.xml"].itertext())
    assert words.startswith("Welcome letter ")
    assert "Started 2026-11-23 08:59 by Ada Abel" in words


@pytest.mark.parametrize("megabytes", [0, 1])
async def test_a_pdf_finds_its_own_parts(
    vendor: SmartFlowsVendor, http: httpx.AsyncClient, megabytes: int
) -> None:
    vendor.set_switch("document_mb", megabytes)
    one = (await finished(vendor, http, REPORT))[0]
    content = (await http.get(f"{ROOT}/documents/{one}/content")).content
    table = int(re.findall(rb"startxref\n(\d+)\n%%EOF", content)[-1])
    offsets = [int(at) for at in re.findall(rb"(\d{10}) 00000 n", content[table : table + 2000])]
    starts = [content[at:].split(b"\n", 1)[0] for at in offsets]
    assert starts == [b"%d 0 obj" % (n + 1) for n in range(len(offsets))]
    assert len(content) >= megabytes * 1024**2
