"""The page's own files: HTML, style sheets, modules, icon. Nothing outside the folder is served.

Their addresses carry a mark that changes with any edit, so a browser may keep them for good and
still shows an edit on the next reload.
"""

import hashlib
from pathlib import Path

from aiohttp import web

from sandbox.slack.page.answers import Refused

STATIC = Path(__file__).resolve().parent / "static"
_KEPT = "public, max-age=31536000, immutable"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


async def index(_request: web.Request) -> web.Response:
    """GET /: the page, which names all modules so that the browser asks for them at once."""
    return web.Response(text=_page(), content_type="text/html")


async def static(request: web.Request) -> web.Response:
    """GET /page/<mark>/…: one file."""
    path = (STATIC / request.match_info["path"]).resolve()
    if not path.is_relative_to(STATIC) or path.suffix not in _TYPES or not path.is_file():
        raise Refused("There is no such page.", status=404)
    body = path.read_bytes()  # small and local: quicker than a thread
    kept = {"Cache-Control": _KEPT}
    return web.Response(body=body, content_type=_TYPES[path.suffix], charset="utf-8", headers=kept)


def _page() -> str:
    files = sorted(path for path in STATIC.rglob("*") if path.is_file())
    stamps = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    mark = hashlib.sha256(repr(stamps).encode()).hexdigest()[:12]
    modules = [path.relative_to(STATIC).as_posix() for path in files if path.suffix == ".js"]
    hints = [f'<link rel="modulepreload" href="/page/MARK/{module}">' for module in modules]
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    return page.replace("<!-- modules -->", "\n    ".join(hints)).replace("MARK", mark)
