"""What papers say of the features, made from the features: `python -m tools.papers` writes it anew.

The commands and shortcuts of manifest.yml, the variables of .env.example and docs/settings.md, and
the tools of docs/surfaces/tools.md, between the lines that name this program. Everything else in
these files is written by hand. All of manifest.steps.yml is made of manifest.yml.
"""

import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic_settings import BaseSettings

from bot.asking.form import Form, MessageShortcut, Shortcut
from bot.assembly.features import FEATURES, Features
from bot.assembly.surfaces import surfaces_named, with_surfaces
from bot.config import variable_of
from bot.digests.core import command as flow
from bot.mcp.tools.catalog import CONFIRM, Catalog
from bot.slack.manifest import as_text
from handlers import forms_of

ROOT = Path(__file__).parent.parent
MANIFEST = "manifest.yml"
STEPS = "manifest.steps.yml"
EXAMPLE = ".env.example"
SETTINGS = "docs/settings.md"
TOOLS = "docs/surfaces/tools.md"
BEGIN = "made by: python -m tools.papers"
END = "end of what python -m tools.papers made"
WIDTH = 100
ABOUT_STEPS = f"""\
# The same app with steps for Workflow Builder: docs/surfaces/steps.md. Slack lets such an app be
# installed in one workspace, or in one organisation, and by nobody else.
# {BEGIN}
"""


def papers(root: Path = ROOT, features: Features = FEATURES) -> Mapping[str, str]:
    """Return the whole text of each paper, by its path, as it is to be."""
    made = {
        MANIFEST: "\n".join(manifest_lines(features)),
        EXAMPLE: "\n".join(example_lines(features)),
        SETTINGS: "\n".join(settings_lines(features)),
        TOOLS: "\n".join(tool_lines(features)),
    }
    put = {path: _put(_text(root, path), text) for path, text in made.items()}
    return {**put, STEPS: steps_text(put[MANIFEST])}


def steps_text(manifest: str) -> str:
    """Return the manifest of an app with steps of workflows, made of the one without."""
    made = with_surfaces(yaml.safe_load(manifest), surfaces_named(("steps",)))
    return f"{ABOUT_STEPS}{as_text(made)}"


def manifest_lines(features: Features) -> Iterator[str]:
    """Yield the slash commands and the shortcuts."""
    own = (flow.NAME, flow.DESCRIPTION, flow.USAGE_HINT)
    theirs = [(one.name, one.description, one.usage_hint) for one in (f.command for f in features)]
    commands = (own, *theirs)
    yield "  slash_commands:"
    for name, description, hint in sorted(commands):
        yield f"    - command: {name}"
        yield f"      description: {_scalar(description)}"
        yield f"      usage_hint: {_scalar(hint)}"
        yield "      should_escape: true"
    yield "  shortcuts:"
    for form in forms_of(features):
        yield from _shortcut_lines(form)


def _shortcut_lines(form: Form[Any]) -> Iterator[str]:
    of_message = form.message_shortcut
    menus: tuple[tuple[str, str, Shortcut | MessageShortcut[Any] | None], ...] = (
        ("global", form.callback, form.shortcut),
        ("message", of_message.callback if of_message else "", of_message),
    )
    for kind, callback, shortcut in menus:
        if shortcut:
            yield f"    - name: {_scalar(shortcut.name)}"
            yield f"      type: {kind}"
            yield f"      callback_id: {callback}"
            yield f"      description: {_scalar(shortcut.description)}"


def _scalar(text: str) -> str:
    """Return a text as YAML writes it in one line."""
    written: str = yaml.safe_dump(text, allow_unicode=True, width=10_000)
    return written.removesuffix("...\n").strip()


def example_lines(features: Features) -> Iterator[str]:
    """Yield the variables of each vendor with their defaults."""
    for each in features:
        about, more = _about(each.settings)
        yield f"# --- {each.vendor.title}: {about}"
        yield from _comment(more)
        for variable, description, default in _variables(each.settings):
            yield from _comment(f"{description[:1].upper()}{description[1:]}")
            yield f"{variable}={default}"
        yield ""


def _comment(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# ")


def settings_lines(features: Features) -> Iterator[str]:
    """Yield a table of the variables of each vendor."""
    for each in features:
        about, more = _about(each.settings)
        yield f"## {each.vendor.title}: {about}"
        yield ""
        if more:
            yield from (*textwrap.wrap(more, WIDTH), "")
        yield "| variable | what it is |"
        yield "|---|---|"
        for variable, description, default in _variables(each.settings):
            value = f" (default `{default}`)" if default else ""
            yield f"| `{variable}` | {description}{value} |"
        yield ""


def tool_lines(features: Features) -> Iterator[str]:
    """Yield a table of what assistants can ask, and one of what confirms a change."""
    found = Catalog(features).tools
    yield ""
    yield "| tool | | what it answers |"
    yield "|---|---|---|"
    for each in found:
        if not each.name.startswith(CONFIRM):
            does = "reads" if each.reads else "proposes"
            yield f"| `{each.name}` | {does} | {_cell(each.description)} |"
    yield ""
    confirming = [f"`{each.name}`" for each in found if each.name.startswith(CONFIRM)]
    yield from textwrap.wrap(f"What confirms what was proposed: {', '.join(confirming)}.", WIDTH)
    yield ""


def _cell(description: str) -> str:
    """Return what a tool answers, without when to use it."""
    return description.partition(" Use it ")[0].replace("|", "/")


def _about(block: type[BaseSettings]) -> tuple[str, str]:
    """Return what a vendor is for, and what else its settings say of themselves."""
    about, _, more = " ".join((block.__doc__ or "").split()).partition(". ")
    return about[:1].lower() + about[1:].removesuffix("."), more


def _variables(block: type[BaseSettings]) -> Iterator[tuple[str, str, str]]:
    for name, field in block.model_fields.items():
        default = "" if field.default is None else str(field.default)
        yield variable_of(block, name), field.description or "", default


def _text(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def _put(text: str, made: str) -> str:
    """Return a paper with what was made between the two lines that name this program."""
    lines = text.split("\n")
    first = next(at for at, line in enumerate(lines) if BEGIN in line)
    last = next(at for at, line in enumerate(lines) if END in line)
    return "\n".join((*lines[: first + 1], made, *lines[last:]))


def main() -> None:
    """Write every paper anew."""
    for path, text in papers().items():
        (ROOT / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
