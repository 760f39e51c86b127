"""How the stand-in says no: the vendor documents no body, so there are four."""

from datetime import datetime

from aiohttp import web

_NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
}


class RefusedError(Exception):
    """A refusal on its way out: HTTP status and message."""

    def __init__(self, status: int, message: str) -> None:
        """Remember both."""
        super().__init__(message)
        self.status = status
        self.message = message


def refusal(error: RefusedError, *, form: str, path: str, now: datetime) -> web.Response:
    """Return the answer, its body in the form "spring", "message", "empty" or "html"."""
    name = _NAMES.get(error.status, "Error")
    if form == "html":
        page = f"<!doctype html><title>{name}</title><h1>{error.status} {name}</h1>"
        return web.Response(text=page, status=error.status, content_type="text/html")
    if form == "empty":
        return web.Response(status=error.status)
    body: dict[str, object] = {"message": error.message}
    if form == "spring":
        body |= {"timestamp": now.isoformat(), "status": error.status, "error": name, "path": path}
    return web.json_response(body, status=error.status)
