"""What a good Dockerfile keeps to; each rule gives a sentence for whatever breaks it."""

import re
from collections.abc import Iterator

from tools.dockerfile import Instruction, Stage, stages

PINNED = re.compile(r"[\w./-]+:\d+\.\d+\.\d+[\w.-]*(@sha256:[0-9a-f]{64})?")
SECRET = re.compile(r"TOKEN|SECRET|PASSWORD|KEY\b|xox[abp]-")
BUILDERS = ("gcc", "build-essential", "setuptools", "make")
ROOT_USERS = {"", "root", "0", "0:0"}


def problems(text: str) -> list[str]:
    """Return what is wrong with the text of a Dockerfile."""
    found = stages(text)
    return [
        *(each for stage in found for each in _of_a_stage(stage)),
        *_of_the_last(found[-1]),
        *(["one stage leaves what it built with in the image"] if len(found) == 1 else []),
        *_order(found[0]),
    ]


def _of_a_stage(stage: Stage) -> Iterator[str]:
    if not PINNED.fullmatch(stage.base):
        yield f"{stage.base} is not pinned to one version"
    for step in stage.steps:
        yield from _of_a_step(step)


def _of_a_step(step: Instruction) -> Iterator[str]:
    if step.name == "ADD":
        yield "ADD fetches and unpacks by itself"
    if step.name == "COPY" and "." in step.paths[:-1]:
        yield "COPY takes the whole folder"
    if step.name in {"ENV", "ARG"} and SECRET.search(step.text):
        yield f"{step.name} puts a secret into a layer"
    if step.name in {"ENTRYPOINT", "CMD", "HEALTHCHECK"} and step.listed is None:
        yield f"{step.name} goes through a shell, which keeps signals for itself"
    if step.name == "RUN":
        yield from _of_a_command(step.text)


def _of_a_command(text: str) -> Iterator[str]:
    for each in re.split(r"&&|;", text):
        if "pip install" in each and not re.search(r"--require-hashes|--no-deps", each):
            yield "pip installs what is not locked by its hash"
        if "apt-get install" in each and "--no-install-recommends" not in each:
            yield "apt-get installs more than is asked for"
    if "apt-get update" in text and "rm -rf /var/lib/apt/lists/*" not in text:
        yield "the lists of apt-get stay in the layer"
    if re.search(r"\b(curl|wget|sudo)\b", text):
        yield "curl, wget or sudo is called"


def _of_the_last(stage: Stage) -> Iterator[str]:
    users = [each.text for each in stage.all("USER")]
    if not users or users[-1] in ROOT_USERS:
        yield "it runs as root"
    elif not re.fullmatch(r"\d+:\d+", users[-1]):
        yield "USER is a name, of which a host cannot tell that it is not root"
    for name in ("HEALTHCHECK", "STOPSIGNAL", "ENTRYPOINT", "VOLUME"):
        if len(stage.all(name)) != 1:
            yield f"there is not one {name}"
    for step in stage.all("RUN"):
        if any(re.search(rf"install.*\b{each}\b", step.text) for each in BUILDERS):
            yield "a tool to build with is installed for good"


def _order(stage: Stage) -> Iterator[str]:
    """Find code that is copied before what it needs is installed, which breaks the cache."""
    names = [f"{each.name} {each.text}" for each in stage.steps]
    locked = next((at for at, each in enumerate(names) if "--require-hashes" in each), len(names))
    code = next((at for at, each in enumerate(names) if each.startswith("COPY bot")), len(names))
    if code < locked:
        yield "code is copied before what it needs is installed"
