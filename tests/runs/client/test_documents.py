import pytest

from bot.errors import Reason
from bot.runs.client.client import SmartFlows
from bot.runs.model import SUCCESS, Document, DocumentRef
from bot.tables.document_types import DOCX, PDF, document_type
from sandbox.vendors.smartflows import SmartFlowsVendor
from tests.runs.client.stage import HOUR, course, launch, reason


async def documents(vendor: SmartFlowsVendor, flows: SmartFlows) -> tuple[DocumentRef, ...]:
    one = launch(vendor, course())
    vendor.clock.advance(seconds=100)
    return (await flows.progress(one)).documents


async def fetched(flows: SmartFlows, one: Document) -> bytes:
    async with flows.content(one) as download:
        return b"".join([chunk async for chunk in download.chunks])


@pytest.mark.parametrize("kind", ["full", "short", "missing", "wrong"])
@pytest.mark.parametrize("chunked", [False, True])
async def test_documents_are_fetched_and_known_for_what_they_are(
    vendor: SmartFlowsVendor, flows: SmartFlows, kind: str, *, chunked: bool
) -> None:
    vendor.set_switch("document_type", kind)
    vendor.set_switch("download_chunked", chunked)
    found = [await flows.document(one.id) for one in await documents(vendor, flows)]
    contents = [await fetched(flows, one) for one in found]
    types = [
        document_type(one.content_type, content)
        for one, content in zip(found, contents, strict=True)
    ]
    assert types == [PDF, DOCX]


@pytest.mark.parametrize("switch", ["odd_output", "no_document_names"])
async def test_documents_are_found_wherever_they_are_in_the_output(
    vendor: SmartFlowsVendor, flows: SmartFlows, switch: str
) -> None:
    vendor.set_switch(switch, value=True)
    found = await documents(vendor, flows)
    assert [(await flows.document(one.id)).name[:17] for one in found] == ["Quarterly report "] * 2


async def test_a_large_document_comes_in_pieces(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    vendor.set_switch("document_mb", 3)
    found = await flows.document((await documents(vendor, flows))[0].id)
    async with flows.content(found) as download:
        pieces = [len(chunk) async for chunk in download.chunks]
    assert download.length == sum(pieces) >= 3 * 1024**2
    assert max(pieces) <= 1024**2


async def test_what_was_cleaned_up_is_not_found(
    vendor: SmartFlowsVendor, flows: SmartFlows
) -> None:
    one = launch(vendor, course())
    vendor.clock.advance(seconds=100)
    document = (await flows.progress(one)).documents[0]
    vendor.clock.advance(seconds=25 * HOUR)
    assert await reason(flows.document(document.id)) is Reason.NOT_FOUND
    assert (await flows.execution(one)).status == SUCCESS
    vendor.clock.advance(seconds=48 * HOUR)
    assert await reason(flows.progress(one)) is Reason.NOT_FOUND
