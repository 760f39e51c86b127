"""What a figure depends on: the processors, the Python and the disk."""

import os
import platform
import statistics
import time
from pathlib import Path
from typing import Any

SYNCS = 200
PAGE = b"\0" * 4096


def facts(folder: Path) -> dict[str, Any]:
    """Return the machine's facts; `fsync_p50_ms` is one 4 KiB write made durable in `folder`."""
    return {
        "cpus": os.cpu_count(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "fsync_p50_ms": round(_fsync_seconds(folder) * 1000, 3),
    }


def percentile(values: list[float], share: float) -> float:
    """Return the smallest value that `share` (0 to 1) of all values do not exceed."""
    return sorted(values)[max(0, round(share * len(values) + 0.5) - 1)]


def _fsync_seconds(folder: Path) -> float:
    path = folder / "fsync"
    with path.open("wb", buffering=0) as file:
        return statistics.median(_one_sync(file.fileno()) for _ in range(SYNCS))


def _one_sync(file: int) -> float:
    start = time.perf_counter()
    os.pwrite(file, PAGE, 0)
    os.fsync(file)
    return time.perf_counter() - start
