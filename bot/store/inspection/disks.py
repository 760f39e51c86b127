"""Where SQLite cannot keep a file: on a disk that goes with its machine, or comes over a network.

Goes by what hosting platforms set in the environment of each process, and by Linux's list of what
is mounted where. Where neither says anything, nothing is known, and nothing is warned of.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mountinfo")
POSTGRES: Final = "let DATABASE_URL name a Postgres database"
WITHOUT_DISKS: Final[Mapping[str, str]] = {"DYNO": "Heroku", "K_SERVICE": "Cloud Run"}
"""Platforms on which nothing that is written to a disk is kept, by a variable that they set."""
WITH_VOLUMES: Final[Mapping[str, str]] = {
    "RENDER": "Render",
    "FLY_APP_NAME": "Fly.io",
    "RAILWAY_SERVICE_ID": "Railway",
}
"""Platforms that keep what is on a volume, and nothing else."""
OVER_A_NETWORK: Final = frozenset(
    {"9p", "afs", "beegfs", "ceph", "cifs", "gfs2", "glusterfs", "gpfs", "lustre"}
    | {"nfs", "nfs4", "ocfs2", "smb3", "smbfs"}
)
IN_MEMORY: Final = frozenset({"ramfs", "tmpfs"})
OF_A_CONTAINER: Final = frozenset({"aufs", "fuse.fuse-overlayfs", "overlay"})


@dataclass(frozen=True, slots=True)
class Mount:
    """A folder on which something is mounted, and the kind of it, such as ext4."""

    folder: Path
    kind: str

    @property
    def is_remote(self) -> bool:
        """Whether other machines may write there, of whose locks this one knows nothing."""
        return self.kind in OVER_A_NETWORK or (
            self.kind.startswith("fuse.") and self.kind not in OF_A_CONTAINER
        )


@dataclass(frozen=True, slots=True)
class Unfit:
    """What is wrong with where a database is: a name for the log, and what to do, in words."""

    event: str
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class Machine:
    """What is known of the machine: its environment, and what is mounted where."""

    environment: Mapping[str, str]
    mounts: tuple[Mount, ...] = ()

    @classmethod
    def here(cls) -> "Machine":
        """Return what is known of this one; without Linux's list nothing is mounted anywhere."""
        try:
            text = MOUNTS.read_text(encoding="utf-8", errors="replace")
        except OSError:
            text = ""
        return cls(os.environ, mounts_of(text))

    def unfit(self, file: Path) -> Unfit | None:
        """Return why a database cannot be kept in a file, if it cannot."""
        if platform := self._first(WITHOUT_DISKS):
            return _lost(f"{platform} keeps no files when a process is started anew", POSTGRES)
        mount = self._mount(file)
        if mount is None:
            return None
        if mount.is_remote:
            return Unfit(
                "database_on_a_network_disk",
                f"{mount.folder} is {mount.kind}, where SQLite's locks do not hold",
                f"keep {file.name} on a disk of this machine, or {POSTGRES}",
            )
        why = self._passing(mount)
        mend = f"mount a volume and let DATABASE_URL name a file on it, or {POSTGRES}"
        return _lost(why, mend) if why else None

    def _passing(self, mount: Mount) -> str:
        """Return why a file there is lost with the machine or container, or an empty text."""
        platform = self._first(WITH_VOLUMES)
        if platform and mount.folder == Path("/"):
            return f"{platform} keeps only what is on a volume"
        if mount.kind in OF_A_CONTAINER:
            return "it is in a container, and goes with it"
        if mount.kind in IN_MEMORY:
            return f"{mount.folder} is in memory ({mount.kind})"
        return ""

    def _first(self, platforms: Mapping[str, str]) -> str:
        """Return which of these platforms this is, or an empty text."""
        found = (name for variable, name in platforms.items() if self.environment.get(variable))
        return next(found, "")

    def _mount(self, file: Path) -> Mount | None:
        """Return what a file is on: of the mounts above it the deepest, and there the last."""
        above = [each for each in self.mounts if file.is_relative_to(each.folder)]
        deepest = max((len(each.folder.parts) for each in above), default=0)
        return next((e for e in reversed(above) if len(e.folder.parts) == deepest), None)


def mounts_of(text: str) -> tuple[Mount, ...]:
    """Return what /proc/self/mountinfo lists, in its order."""
    found = []
    for line in text.splitlines():
        ours, _, theirs = line.partition(" - ")
        columns, kinds = ours.split(" "), theirs.split(" ")
        if len(columns) > 4 and kinds[0]:  # noqa: PLR2004  # the fifth is where it is mounted
            found.append(Mount(Path(_plain(columns[4])), kinds[0]))
    return tuple(found)


def _plain(escaped: str) -> str:
    """Return a path with the blanks and the like that the list writes in octal."""
    for code in ("040", "011", "012", "134"):
        escaped = escaped.replace(f"\\{code}", chr(int(code, 8)))
    return escaped


def _lost(why: str, mend: str) -> Unfit:
    return Unfit("database_will_be_lost", why, mend)
