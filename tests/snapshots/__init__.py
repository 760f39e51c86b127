"""Expected JSON on disk, compared exactly. UPDATE_SNAPSHOTS=1 writes it anew, to be read by eye."""

import json
import os
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def as_json(value: Any) -> Any:
    """Return a rendered value as the JSON that Slack would get."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    return json.loads(json.dumps(plain))


def expected(name: str, actual: Any) -> Any:
    """Return the stored JSON of that name; `actual` is only used to write it anew."""
    path = FOLDER / f"{name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(as_json(actual), indent=1, ensure_ascii=False) + "\n", "utf-8")
    return json.loads(path.read_text("utf-8"))
