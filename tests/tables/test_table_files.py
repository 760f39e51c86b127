"""Files of tables: made by a thread or by a process, whatever becomes of that process."""

import asyncio
import io
import os
import pickle
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.spool import Body, Spool, in_memory
from bot.tables.columns import Cell, Column, Kind, Notes, Sheet
from bot.tables.conversion import CleanCsv
from bot.tables.remarks import Remarks
from bot.tables.table_child import BROKEN, Order, make
from bot.tables.table_files import CHILD, TableFileError, TableFiles
from tests.tables.reading import read_workbook

NOTES = Notes(
    title="T",
    source="S",
    made_at=datetime(2026, 11, 23, 8, 59, tzinfo=UTC),
    zone=ZoneInfo("Europe/Berlin"),
    zone_name="Europe/Berlin",
)
COLUMNS = (Column("Name"), Column("Count", Kind.NUMBER), Column("At", Kind.MOMENT), Column("Day"))
ROW: Sequence[Cell] = ("=1+1 \ud800 ä", 3, datetime(2026, 1, 2, 3, tzinfo=UTC), date(2026, 1, 2))
ROWS = [ROW, (None, 2.5, "", True)] * 900
CSV = "at,day,count,text\r\n" + '2026-01-02T03:00:00.000Z,2026-01-02,-1.5,"a\nb"\r\n' * 1000
THREAD, PROCESS = TableFiles(), TableFiles(large_bytes=0, large_cells=0)
LOOKS = 100_000
EITHER = pytest.mark.parametrize("tables", [THREAD, PROCESS], ids=["a thread", "a process"])


async def made(tables: TableFiles, sheets: Sequence[Sheet], form: str = "xlsx") -> bytes:
    async with tables.of_sheets(sheets, NOTES, form) as body:
        return await content(body)


async def converted(tables: TableFiles, text: str) -> tuple[bytes, Remarks]:
    async with Spool() as source:
        await source.fill(in_memory(text.encode()).chunks)
        async with tables.workbook_of_csv(source, NOTES, CleanCsv()) as (body, remarks):
            return await content(body), remarks


async def content(body: Body) -> bytes:
    found = b"".join([chunk async for chunk in body.chunks])
    assert body.length == len(found)
    return found


def two_sheets() -> list[Sheet]:
    return [Sheet("One", COLUMNS, iter(ROWS)), Sheet("Two", COLUMNS, iter(ROWS[:3]))]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_file_is_the_same_whoever_makes_it(form: str) -> None:
    assert await made(THREAD, two_sheets(), form) == await made(PROCESS, two_sheets(), form)


async def test_a_workbook_of_a_csv_is_the_same_whoever_makes_it() -> None:
    assert await converted(THREAD, CSV) == await converted(PROCESS, CSV)


@EITHER
async def test_every_sheet_has_its_rows(tables: TableFiles) -> None:
    sheets = read_workbook(await made(tables, two_sheets()))
    assert [len(sheets[title].rows) for title in ("One", "Two")] == [1 + 1800, 1 + 3]


@EITHER
async def test_a_csv_becomes_typed_with_the_zone_of_its_moments(tables: TableFiles) -> None:
    book, _ = await converted(tables, CSV)
    rows = read_workbook(book)["Events"].rows
    assert list(rows[0].values()) == ["s:at (Europe/Berlin)", "s:day", "s:count", "s:text"]
    assert rows[1]["C"] == "n:-1.5"
    assert {rows[1][letter][0] for letter in "AB"} == {"n"}
    assert rows[1]["D"] == "s:a\nb"


@EITHER
async def test_what_did_not_fit_is_known_whoever_made_the_file(tables: TableFiles) -> None:
    _, remarks = await converted(tables, f"a,b\r\n1,{'x' * 200_000}\r\n")
    assert remarks == Remarks(cut=1)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@EITHER
async def test_what_people_should_know_comes_with_the_file(tables: TableFiles, form: str) -> None:
    sheet = Sheet("T", COLUMNS[:1], [["x" * 40_000], ["=1"]])
    async with tables.of_sheets([sheet], NOTES, form) as body:
        [said] = body.remarks
    assert ("begins like a formula" if form == "csv" else "1 cell was cut") in said


async def test_several_large_tables_are_made_in_turn() -> None:
    tables = TableFiles(large_cells=0)
    files = await asyncio.gather(*(made(tables, two_sheets()) for _ in range(4)))
    assert len(set(files)) == 1


# What becomes of the process


def then(act: Callable[[int], None], *, after: int = 600) -> Iterator[Sequence[Cell]]:
    """Yield more rows than fit on the way, and act on the process that takes them meanwhile."""
    for number in range(3000):
        if number == after:
            act(child())
        yield (f"{number:0300}", *ROW[1:])


def child() -> int:
    """Return the process that makes a file for this one; at first Linux shows no command of it."""
    for _ in range(LOOKS):
        tasks = Path("/proc/self/task").iterdir()
        found = [int(each) for task in tasks for each in (task / "children").read_text().split()]
        named = [pid for pid in found if CHILD[-1] in Path(f"/proc/{pid}/cmdline").read_text()]
        if named:
            [pid] = named
            return pid
    raise AssertionError("no process was started")


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def test_a_process_that_is_killed_is_a_failure_in_words() -> None:
    rows = then(lambda pid: os.kill(pid, signal.SIGKILL))
    with pytest.raises(TableFileError, match="could not be made into a file"):
        await made(PROCESS, [Sheet("T", COLUMNS, rows)])


async def test_a_process_that_hangs_is_ended() -> None:
    stopped: list[int] = []

    def stop(pid: int) -> None:
        stopped.append(pid)
        os.kill(pid, signal.SIGSTOP)

    hasty = TableFiles(large_cells=0, patience=0.5)
    with pytest.raises(TableFileError):
        await made(hasty, [Sheet("T", COLUMNS, then(stop, after=1))])
    assert not is_alive(stopped[0])


async def test_a_process_that_breaks_tells_the_name_of_the_error_alone(
    capfd: pytest.CaptureFixture[str],
) -> None:
    columns = [Column("secret"), Column(b"not text")]  # type: ignore[arg-type]
    with pytest.raises(TableFileError):
        await made(PROCESS, [Sheet("T", columns, [ROW] * 10)])
    assert "said=TypeError" in capfd.readouterr().out


async def test_a_process_ends_with_the_task_that_waits_for_it() -> None:
    pids: list[int] = []

    def cancel(pid: int) -> None:
        pids.append(pid)
        task.cancel()

    task = asyncio.ensure_future(made(PROCESS, [Sheet("T", COLUMNS, then(cancel))]))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not is_alive(pids[0])


async def test_a_process_gives_way_and_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-very-secret")
    seen: list[tuple[int, bytes]] = []

    def look(pid: int) -> None:
        environment = Path(f"/proc/{pid}/environ").read_bytes()
        seen.append((os.getpriority(os.PRIO_PROCESS, pid), environment))

    await made(PROCESS, [Sheet("T", COLUMNS, then(look, after=2900))])
    [(nice, environment)] = seen
    assert nice == 10
    assert b"secret" not in environment


@pytest.mark.parametrize("told", ["nothing", "an order"])
def test_a_process_ends_when_nobody_waits_for_it_any_more(told: str) -> None:
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as source:
        source.write((CSV * 300).encode())
        source.flush()
        order = Order("xlsx", NOTES, file.fileno(), source=source.fileno(), written=CleanCsv())
        with subprocess.Popen(  # noqa: S603 - our own
            CHILD,
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(file.fileno(), source.fileno()),
        ) as process:
            process.communicate(pickle.dumps(order) if told == "an order" else b"", timeout=20)
        assert process.returncode == BROKEN
        assert file.seek(0, 2) == 0


def test_an_order_is_carried_out_where_it_is_read(tmp_path: Path) -> None:
    target = tmp_path / "made.csv"
    target.touch()
    order = Order("csv", NOTES, os.open(target, os.O_RDWR), sheets=[Sheet("T", COLUMNS, ())])
    make(io.BytesIO(b"".join(map(pickle.dumps, (order, [ROW], [ROW], None)))))
    assert target.read_text("utf-8-sig").splitlines() == [
        "Name,Count,At (Europe/Berlin),Day",
        *["'=1+1 ? ä,3,2026-01-02 04:00:00,2026-01-02"] * 2,
    ]
