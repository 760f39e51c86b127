"""`flowbot manifest`: what the app is created from in Slack, with its addresses filled in."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.assembly.features import load_settings
from bot.assembly.surfaces import surfaces_named, with_surfaces
from bot.config.own import SURFACES
from bot.config.values import words
from bot.errors import UserError
from bot.slack import manifest as of_app
from bot.surface import Surface

WHERE = "https://api.slack.com/apps: Create New App, From a manifest"
LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
EXAMPLE = "such as https://flowbot.example.com"


def add_options(parser: ArgumentParser) -> None:
    """Add what can be said of where Slack's requests go, and of who installs the app."""
    parser.add_argument("--http", metavar="URL", help=f"where Slack reaches Flowbot, {EXAMPLE}")
    parser.add_argument(
        "--workspaces", action="store_true", help="for several workspaces; needs --http"
    )
    parser.add_argument(
        "--with",
        metavar="SURFACES",
        dest="surfaces",
        default="",
        help=f"further places in Slack, separated by commas: {', '.join(SURFACES)}",
    )
    parser.add_argument(
        "--socket", action="store_true", help="Socket Mode, which is the default without --http"
    )


def manifest(options: Namespace) -> int:
    """Print it; what is set matters to surfaces alone.

    Raises UserError for an address that Slack could not use.
    """
    root = _root(options.http) if options.http is not None else ""
    if options.workspaces and not root:
        raise UserError(
            "With --workspaces, say --http as well: whoever installs Flowbot is sent back to a "
            f"page of it. For example: --workspaces --http {EXAMPLE.removeprefix('such as ')}"
        )
    if root and options.socket and not options.workspaces:
        raise UserError("Slack uses --socket or --http, not both. Leave one of them out.")
    if options.workspaces and "steps" in options.surfaces.split(","):
        raise UserError(
            "Slack lets nobody else install an app with steps. Leave out --workspaces, or steps."
        )
    made = of_app.declared()
    if root and not options.socket:
        made = of_app.over_http(made, root)
    surfaces = _surfaces(options.surfaces, root)
    if surfaces:
        general = load_settings().general
        made = with_surfaces(made, surfaces, "" if options.socket else root, general=general)
    if options.workspaces:
        made = of_app.for_workspaces(made, root)
    print(f"# {WHERE}\n{of_app.as_text(made)}", end="")
    return 0


def _surfaces(names: str, root: str) -> tuple[Surface, ...]:
    """Return the surfaces of these names, none without any. Raises UserError."""
    wanted = words(names).split(",") if names else []
    unknown = ", ".join(each for each in wanted if each not in SURFACES)
    if unknown:
        known = ", ".join(SURFACES) or "none"
        raise UserError(f"--with {unknown}: there is no such place. There are: {known}.")
    surfaces = surfaces_named(wanted)
    lost = ", ".join(each.name for each in surfaces if each.over_http and not root)
    if lost:
        raise UserError(
            f"--with {lost}: Slack comes over HTTP, which Socket Mode does not carry. Say --http "
            f"as well. For example: --with {lost} --http {EXAMPLE.removeprefix('such as ')}"
        )
    return surfaces


def _root(url: str) -> str:
    """Return an address without a slash at its end. Raises UserError."""
    for problem in _problems(url):
        raise UserError(f"Slack can't use --http {url}: {problem}.")
    return url.rstrip("/")


def _problems(url: str) -> Iterator[str]:
    """Yield what is wrong with an address, the most telling first."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        yield f"that is no address. Write one {EXAMPLE}"
        return
    if parts.scheme != "https":
        yield f"it calls https alone. Write https:// before the name, {EXAMPLE}"
    if not host or not url.isascii() or any(map(str.isspace, url)):
        yield f"that has no name of a host in plain letters. Write one {EXAMPLE}"
    yield from _of_host(host)
    yield from _more(parts)


def _of_host(host: str) -> Iterator[str]:
    """Yield why a host is reached from this machine or network alone."""
    mend = "Give the name by which it is reached from the internet, or use Socket Mode (--socket)"
    try:
        private = not ip_address(host).is_global
    except ValueError:
        private = "." not in host or host.endswith(LOCAL)
    if private:
        yield f"nobody outside reaches {host}. {mend}"


def _more(parts: SplitResult) -> Iterator[str]:
    if parts.username is not None:
        yield "a name and password in it are not sent. Leave them out"
    if parts.path.strip("/") or parts.query or parts.fragment:
        yield f"leave out what follows the host; Flowbot adds {of_app.EVENTS_PATH} itself"
