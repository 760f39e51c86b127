"""The most memory that a process and its children hold at one time (Linux only)."""

import os
import threading
from pathlib import Path
from typing import Self

EVERY = 0.01
"""Seconds between two looks."""
PAGE = os.sysconf("SC_PAGE_SIZE")


class Peak:
    """Looks at a process and its children, children's children too, while the block runs.

    Resident memory is added up without regard to pages that are shared, which says too much rather
    than too little.
    """

    def __init__(self, pid: int) -> None:
        """Look at `pid`."""
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.megabytes = 0.0
        self.of_children = 0.0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            children = sum(map(resident_megabytes, _descendants(self._pid)))
            self.of_children = max(self.of_children, children)
            self.megabytes = max(self.megabytes, resident_megabytes(self._pid) + children)


def resident_megabytes(pid: int) -> float:
    """Return what a process holds now, 0 when it has ended."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * PAGE / 1e6


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in _listed(Path(f"/proc/{pid}/task")):
        try:
            listed = (task / "children").read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in map(int, listed):
            found += [child, *_descendants(child)]
    return found


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
