"""The image without a container tool: `python -m tools.container_steps [--python python3.13]`.

Runs what the Dockerfile copies and installs, in a folder of its own that takes the place of the
image's root, with a Python of this machine. Then the tree it came from is taken away, and what the
image would start is started: its commands, and a web and a worker until the health check passes and
the stop signal ends them. What changes the image's own system (users, fonts) is named and left out.
`--database postgresql://…` takes a database that is there in place of the volume, and fills it.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.dockerfile import FILE, Instruction, Stage, stages

ROOT = FILE.parent
PLACES = re.compile(r"(?<![\w./])/(?=(?:opt/flowbot|src|data)\b)")
"""Where the image keeps things of ours; all of it lies below another root here."""
COMMANDS = (
    ("--version",),
    ("migrate",),
    ("manifest", "--http", "https://flowbot.example.com"),
    ("ask", "/flow-report onboarding last-30d"),
)
LONGEST = 60.0
NOWHERE = "http://127.0.0.1:9/api"
"""A Slack that nobody plays: a start waits for it, and is alive meanwhile."""


@dataclass(frozen=True, slots=True)
class Image:
    """What takes the place of the image: a folder, and a Python for its base."""

    root: Path
    python: str
    database: str = ""
    """Where the database is, if not on the volume."""

    def here(self, text: str) -> str:
        """Return a text with the image's places as they are here."""
        return PLACES.sub(f"{self.root}/", text)

    def build(self, stage: Stage) -> None:
        """Take the steps of the stage that installs."""
        folder, environment = self.root, dict(os.environ)
        for each in stage.steps:
            print(f"{each.name} {each.text}", flush=True)
            if each.name == "WORKDIR":
                folder = Path(self.here(each.text))
                folder.mkdir(parents=True)
            elif each.name == "ENV":
                environment |= each.pairs
            elif each.name == "COPY":
                self._copy(each, folder)
            elif each.name == "RUN":
                command = re.sub(r"^python ", f"{self.python} ", self.here(each.text))
                subprocess.run(command, shell=True, check=True, cwd=folder, env=environment)  # noqa: S602
            else:
                raise SystemExit(f"Nobody here knows how to take this step: {each.name}")
        shutil.rmtree(folder)  # the image has only what is copied from this stage

    def _copy(self, step: Instruction, folder: Path) -> None:
        *sources, target = step.paths
        for source in sources:
            to = folder / target
            if (ROOT / source).is_dir():
                shutil.copytree(
                    ROOT / source,
                    to,
                    symlinks=True,
                    ignore=shutil.ignore_patterns("__pycache__"),
                )
            else:
                shutil.copy(ROOT / source, to if target != "./" else folder / source)

    def environment(self, stage: Stage, **more: str) -> Mapping[str, str]:
        """Return what a process of the image finds set, and nothing of this machine's own."""
        own: dict[str, str] = {}
        for each in stage.all("ENV"):
            own |= {name: self.here(value) for name, value in each.pairs.items()}
        own["PATH"] = own["PATH"].replace("$PATH", os.environ["PATH"])
        on_volume = own["DATABASE_URL"].replace("sqlite:////data", f"sqlite:///{self.data}")
        own["DATABASE_URL"] = self.database or on_volume
        return {**own, "HOME": str(self.data), **more}

    @property
    def programs(self) -> Path:
        """Where its programs are."""
        return self.root / "opt/flowbot/bin"

    @property
    def data(self) -> Path:
        """The volume."""
        return self.root / "data"


def tried(image: Image, stage: Stage) -> None:
    """Start what the image would start. Raises CalledProcessError and AssertionError."""
    program = stage.one("ENTRYPOINT").listed
    assert program
    image.data.mkdir(mode=0o700)
    for arguments in COMMANDS:
        print(f"$ {' '.join((*program, *arguments))}", flush=True)
        _call([*program, *arguments], image, image.environment(stage))
    for process, observed in (("web", 0), ("web", _free_port()), ("worker", _free_port())):
        with _running([*program, process], image, stage, observed) as environment:
            print(f"HEALTHCHECK of {process}, METRICS_PORT={observed}", flush=True)
            _healthy(stage, image, environment)
    print("It is built, starts, is healthy, and stops when told to.")


@contextmanager
def _running(
    command: list[str], image: Image, stage: Stage, observed: int
) -> Iterator[Mapping[str, str]]:
    """Have a process run; end it with the image's stop signal, at which it ends in order."""
    environment = image.environment(
        stage,
        PORT=str(_free_port()),
        METRICS_PORT=str(observed),
        SLACK_BOT_TOKEN="xoxb-nobody",
        SLACK_SIGNING_SECRET="nobody",
        SLACK_API_URL=NOWHERE,
    )
    program, *arguments = command
    process = subprocess.Popen(
        [str(image.programs / program), *arguments], cwd=image.data, env=environment
    )
    try:
        yield environment
        number = signal.Signals[stage.one("STOPSIGNAL").text]
        process.send_signal(number)
        assert process.wait(LONGEST) == 0, process.returncode
    finally:
        process.kill()
        process.wait()


def _healthy(stage: Stage, image: Image, environment: Mapping[str, str]) -> None:
    check = stage.one("HEALTHCHECK").listed
    assert check
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        if _call(check, image, environment, quiet=True) == 0:
            return
        time.sleep(1)
    raise AssertionError("The health check never passed.")


def _call(
    command: list[str], image: Image, environment: Mapping[str, str], *, quiet: bool = False
) -> int:
    """Run a command of the image; return its exit code, with `quiet` without what it says."""
    program, *arguments = command
    errors = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        [str(image.programs / program), *arguments],
        check=not quiet,
        cwd=image.data,
        env=environment,
        stderr=errors,
    ).returncode


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def main() -> None:
    """Run the steps, and say what was left out."""
    parser = ArgumentParser(prog="python -m tools.container_steps")
    parser.add_argument("--python", default=sys.executable, help="what stands for the base image's")
    parser.add_argument("--database", default="", help="a Postgres of yours, to be filled")
    options = parser.parse_args()
    build, final = stages(FILE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        image = Image(Path(folder), options.python, options.database)
        image.build(build)
        for each in final.all("RUN"):
            print(f"LEFT OUT: RUN {each.text}", flush=True)
        tried(image, final)


if __name__ == "__main__":
    main()
