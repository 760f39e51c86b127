"""Where settings come from: the lines of `.env`, and what libraries read by themselves. Checked."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from dotenv.parser import parse_stream

ENV_FILE = Path(".env")
LINE = (
    "Line {} of .env cannot be read. Write it as NAME=value, with the value in quotes where it has "
    "spaces or a #."
)
UNREADABLE = "The file .env cannot be read: {}. Mend it, or move it away."
PROXY = "should be the address of a proxy, such as http://proxy.example.com:3128, or empty"
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def file_problems(path: Path = ENV_FILE) -> Iterator[str]:
    """Yield a sentence for each line that is no setting, or one for the whole file."""
    logging.getLogger("dotenv.main").setLevel(logging.ERROR)  # says the same once for each block
    if not path.is_file():
        return
    try:
        with path.open(encoding="utf-8") as lines:
            broken = [each.original.line for each in parse_stream(lines) if each.error]
    except UnicodeDecodeError:
        yield UNREADABLE.format("it is no text in UTF-8")
    except OSError as error:
        yield UNREADABLE.format(error.strerror or error)
    else:
        yield from map(LINE.format, broken)


def surrounding_problems() -> Iterator[str]:
    """Yield a sentence for each variable that would break the connections to everybody."""
    checks: dict[str, tuple[Callable[[str], bool], str]] = {
        **dict.fromkeys((*PROXIES, *map(str.lower, PROXIES)), (_is_web_address, PROXY)),
        "SSL_CERT_FILE": (_is_file, "should be a file with certificates, or empty"),
        "SSL_CERT_DIR": (_is_folder, "should be a folder with certificates, or empty"),
    }
    for name, (fits, mend) in checks.items():
        value = os.environ.get(name)
        if value and not fits(value):
            yield f"{name} {mend}."


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


def _is_file(value: str) -> bool:
    return Path(value).is_file()


def _is_folder(value: str) -> bool:
    return Path(value).is_dir()
