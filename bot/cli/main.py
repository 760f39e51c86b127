"""What can be typed after `flowbot`."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from importlib.metadata import version
from typing import Any

from bot import log
from bot.assembly.features import load_settings
from bot.cli import app_manifest, as_text, ask, doctor, moving, of_workspaces, running, with_sandbox
from bot.config import Settings, SettingsError
from bot.errors import BotError, UserError
from bot.store.database import DatabaseUnavailableError
from bot.store.opening import DatabaseNotOpenedError

ODD_DATA = "hostile names and texts in the sandbox's sample data"
Command = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code. Wrong settings are explained, not traced."""
    options = _parser().parse_args(arguments)
    try:
        if options.run is None:  # the one command that is needed before there is anything to set
            return app_manifest.manifest(options)
        settings = load_settings()
        level = options.log_level or settings.general.log_level
        log.configure(level=level, form=settings.general.log_format)
        run: Command = options.run
        return asyncio.run(_stoppable(_begun(run, settings, options)))
    except SettingsError as error:
        if options.run is doctor.doctor:
            return doctor.misread(error, options)
        print(f"Flowbot cannot start with these settings:\n{error}", file=sys.stderr)
    except (UserError, DatabaseNotOpenedError) as error:
        print(error, file=sys.stderr)
    except (BotError, DatabaseUnavailableError, OSError) as error:
        print(f"Flowbot cannot go on: {running.why(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except asyncio.CancelledError:  # told to stop while it was starting
        return 0
    return 1


async def _begun(run: Command, settings: Settings, options: argparse.Namespace) -> int:
    """Run a command; with --check, only if the doctor finds nothing that fails."""
    if getattr(options, "check", False):
        await doctor.check_first(settings)
    return await run(settings, options)


async def _stoppable(run: Coroutine[Any, Any, int]) -> int:
    """Run a command, which SIGTERM ends in order also while it is starting.

    Once it has started it hears the signal itself. The first process of a container has to: there
    the system ends nothing by a signal that nobody hears, and a stop would wait in vain.
    """
    task = asyncio.current_task()
    assert task is not None
    with suppress(RuntimeError):  # in a thread of its own, which gets no signals
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await run


async def _run(settings: Settings, options: argparse.Namespace) -> int:
    """Run for real, or the sandbox where nothing real is set."""
    if settings.has_slack:
        return await running.run(settings)
    print("No Slack token is set, so the sandbox starts: a local Slack and local vendors.")
    return await with_sandbox.sandbox(settings, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flowbot",
        description="Reports, exports and runs of flows, asked for and delivered in Slack.",
    )
    parser.add_argument("--version", action="version", version=f"flowbot {version('flowbot')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = _add(
        commands, "run", "everything in one process; without a Slack token, the sandbox", _run
    )
    run.set_defaults(socket=False, slack_port=with_sandbox.PORT, quiet=False)
    about = "take what Slack sends, and leave the work to a worker"
    web = _add(commands, "web", about, running.web)
    worker = _add(commands, "worker", "do the work and keep the schedules", running.worker)
    for each in (run, web, worker):
        each.add_argument("--check", action="store_true", help="let the doctor look before")
    _add(commands, "migrate", "bring the database up to date", running.migrate)
    about = "encrypt all secrets under the first of SECRET_KEYS"
    _add(commands, "rotate-keys", about, of_workspaces.rotate_keys)
    about = "delete all that is kept of a workspace that removed Flowbot"
    gone = _add(commands, "forget", about, of_workspaces.forget)
    gone.add_argument("workspace", help="its id, T... or E...")
    about = "move everything from the file of DATABASE_URL to Postgres"
    moving.add_options(_add(commands, "move", about, moving.move))
    about = "print the manifest that the app is created from in Slack"
    app_manifest.add_options(_add(commands, "manifest", about, None))
    sandbox = _add(
        commands, "sandbox", "a local Slack, local vendors and the bot", with_sandbox.sandbox
    )
    sandbox.add_argument("--slack-port", type=int, default=with_sandbox.PORT, metavar="PORT")
    sandbox.add_argument("--socket", action="store_true", help="use Socket Mode instead of HTTP")
    sandbox.add_argument("--quiet", action="store_true", help="print no transcript")
    question = _add(commands, "ask", "one command or plain line without Slack", ask.ask)
    question.set_defaults(log_level="error")
    question.add_argument("text", help="such as '/flow-report onboarding', or 'who is overdue?'")
    question.add_argument("--user", default="U1", help="the Slack id of who asks")
    question.add_argument("--channel", default="C1", help="the Slack id of where it is asked")
    question.add_argument("--json", action="store_true", help="print the calls to Slack as JSON")
    question.add_argument("--deliver", action="store_true", help="really send it to the channel")
    doctor.add_options(_add(commands, "doctor", "what is wrong, and the exact mend", doctor.doctor))
    _add_digests(commands)
    for each in (run, sandbox, question):
        each.add_argument("--odd-data", action="store_true", help=ODD_DATA)
    return parser


def _add_digests(commands: Any) -> None:
    about = "the digests and watches of channels as text"
    parser: argparse.ArgumentParser = commands.add_parser("digests", help=about, description=about)
    kinds = parser.add_subparsers(required=True, metavar="COMMAND")
    export = _add(kinds, "export", "print them, of all channels or of some", as_text.export)
    export.add_argument("channels", nargs="*", metavar="CHANNEL", help="a channel's Slack id")
    apply = _add(kinds, "apply", "make channels as a file says, all or none", as_text.apply)
    apply.add_argument("file", metavar="FILE", help="what export wrote, or - for standard input")
    apply.add_argument("--dry-run", action="store_true", help="only print what would change")
    apply.add_argument("--owner", default="", help="the Slack id of whose new digests are")
    apply.add_argument("--stop-others", action="store_true", help="stop what is not in the file")


def _add(commands: Any, name: str, about: str, run: Command | None) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.set_defaults(run=run, log_level="")
    return parser
