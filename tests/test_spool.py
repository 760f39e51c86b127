"""Bytes of unknown length: as long as they are, no longer than the cap, and none of them lost."""

from collections.abc import AsyncIterable, AsyncIterator

from bot.spool import AT_ONCE, PIECE, Spool, in_memory

PARTS = (b"ab", b"cd", b"ef")


async def given() -> AsyncIterator[bytes]:
    for part in PARTS:
        yield part


async def joined(chunks: AsyncIterable[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


async def test_what_was_filled_in_comes_out_with_its_length() -> None:
    async with Spool() as spool:
        assert await spool.fill(given())
        body = spool.body()
        assert (body.length, await joined(body.chunks)) == (6, b"abcdef")


async def test_many_pieces_come_out_in_their_order() -> None:
    content = bytes(range(256)) * (3 * AT_ONCE // 256) + b"end"
    async with Spool() as spool:
        assert await spool.fill(in_memory(content).chunks)
        assert await joined(spool.chunks()) == content


async def test_as_much_as_the_cap_is_not_too_much() -> None:
    async with Spool(largest=6) as spool:
        assert await spool.fill(given())


async def test_beyond_the_cap_the_rest_is_left_to_be_read_and_nothing_is_lost() -> None:
    chunks = given()
    async with Spool(largest=3) as spool:
        assert not await spool.fill(chunks)
        assert await joined(spool.chunks()) == b"abcd"
        assert await joined(chunks) == b"ef"


async def test_what_was_cleared_takes_no_room() -> None:
    async with Spool() as spool:
        await spool.fill(given())
        await spool.clear()
        assert spool.length == 0


async def test_several_read_at_the_same_time_each_from_the_beginning() -> None:
    content = bytes(range(256)) * (PIECE // 128)
    async with Spool() as spool:
        await spool.fill(in_memory(content).chunks)
        first, second = spool.chunks(), spool.chunks()
        begun = await anext(first), await anext(second)
        assert begun == (content[:PIECE], content[:PIECE])
        assert begun[0] + await joined(first) == begun[1] + await joined(second) == content


async def test_what_a_writer_of_files_has_put_in_is_read_as_well() -> None:
    async with Spool() as spool:
        spool.file.write(b"abc")
        spool.file.seek(1)
        body = spool.body()
        assert (body.length, await joined(body.chunks)) == (3, b"abc")
