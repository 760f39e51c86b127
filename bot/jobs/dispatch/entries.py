"""What PgQueuer carries: which job, and at which handing on of it; or a group of jobs by its name.

Jobs of one group ask a vendor the same, such as the digests of one question at one time. They have
one entry together, so that one worker carries all of them out and the vendor is asked once.
"""

import json
from dataclasses import asdict, dataclass
from typing import Final, Self

ASKED: Final = "asked"
"""The entrypoint of what people asked for."""
CAN_WAIT: Final = "can_wait"
"""That of what lets people go first. Each has places of its own in a worker."""


@dataclass(frozen=True, slots=True)
class JobEntry:
    """A job, which an entry of an earlier handing on is no longer about; or with a name a group."""

    workspace: str
    job: int = 0
    handed_at: str = ""
    together: str = ""

    @classmethod
    def of(cls, payload: bytes | None) -> Self:
        """Return what a payload says. Raises ValueError."""
        try:
            return cls(**json.loads(payload or b"{}"))
        except TypeError as error:
            raise ValueError(f"not an entry of ours: {error}") from error

    @property
    def payload(self) -> bytes:
        """Return it as PgQueuer carries it."""
        return json.dumps(asdict(self)).encode()

    @property
    def key(self) -> str:
        """What PgQueuer knows it by, as ENTRY_KEY makes it of a row: no two of a key wait."""
        mine = self.together or f"{self.job} {self.handed_at}"
        return f"{self.workspace} {mine}"
