"""LibreOffice as a judge of files: what it opens, and what it then reads."""

import csv
import os
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

LONGEST = 120.0
"""Real seconds for all files of one call; only a failure ever takes so long."""
TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
"""Commas, quotation marks, UTF-8, from the first row on, cells as they show, every sheet."""
FROM_CSV = "CSV:{separator},34,76,1,{columns}"
AS_TEXT = "/".join(f"{number}/2" for number in range(1, 40))
"""The first columns are text, whatever they look like."""

Rows = list[list[str]]


class Office:
    """LibreOffice without a window, with a profile of its own in `folder`."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._calls = 0

    def read(self, workbooks: Mapping[str, bytes]) -> dict[str, dict[str, Rows]]:
        """Return the rows of every sheet by its title, of every workbook by its name."""
        found: dict[str, dict[str, Rows]] = {name: {} for name in workbooks}
        made = self._converted(workbooks, "xlsx", TO_CSV)
        for path in made:
            name, _, title = path.stem.partition("-")
            with path.open(encoding="utf-8", newline="") as file:
                found[name][title] = list(csv.reader(file))
        return found

    def workbooks_of(
        self, tables: Mapping[str, bytes], *, separator: str = ",", columns: str = ""
    ) -> dict[str, bytes]:
        """Return CSV files as the workbooks that LibreOffice makes of them.

        `columns` says what they hold; otherwise it takes the cells for what they look like.
        """
        how = FROM_CSV.format(separator=ord(separator), columns=columns)
        made = self._converted(tables, "csv", "xlsx", f"--infilter={how}")
        return {path.stem: path.read_bytes() for path in made}

    def _converted(
        self, files: Mapping[str, bytes], ending: str, target: str, *options: str
    ) -> list[Path]:
        self._calls += 1
        folder = self._folder / f"{self._calls}"
        given, made = folder / "given", folder / "made"
        given.mkdir(parents=True)
        for name, content in files.items():
            (given / f"{name}.{ending}").write_bytes(content)
        paths = sorted(map(str, given.iterdir()))
        self._run(*options, "--convert-to", target, "--outdir", str(made), *paths)
        found = sorted(made.iterdir()) if made.exists() else []
        refused = [name for name in files if not any(_belongs(path, name) for path in found)]
        assert refused == []
        return found

    def _run(self, *arguments: str) -> None:
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        with subprocess.Popen(  # noqa: S603 - the program that was looked for
            [self._program, profile, "--headless", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "HOME": str(self._folder)},
            start_new_session=True,
            text=True,
        ) as process:
            try:
                said, _ = process.communicate(timeout=LONGEST)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        assert process.returncode == 0, said


def _belongs(path: Path, name: str) -> bool:
    return path.stem == name or path.stem.startswith(f"{name}-")
