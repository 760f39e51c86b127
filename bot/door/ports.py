"""Ports to listen on; why one cannot be had, in words."""

import errno
import socket

from bot.assembly.starting import StartError

LOOPBACK = "127.0.0.1"


def listener(host: str, port: int, *, named: str = "") -> socket.socket:
    """Return what is listened on: at this address, or at all of them where `host` is empty.

    `named` begins the names of both settings, as "METRICS_" does; without it they are LISTEN_HOST
    and PORT. Raises StartError.
    """
    try:
        return bound(host, port) if host else _everywhere(port)
    except OSError as error:
        raise StartError(_not_listening(error, host, port, named)) from None


def bound(host: str, port: int) -> socket.socket:
    """Return what is listened on at one address. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


def _everywhere(port: int) -> socket.socket:
    """Return one socket for IPv4 and IPv6: two would have two ports where any port is taken."""
    if not socket.has_dualstack_ipv6():
        return bound("", port)
    try:
        return socket.create_server(("", port), family=socket.AF_INET6, dualstack_ipv6=True)
    except OSError as error:
        if error.errno != errno.EADDRNOTAVAIL:  # IPv6 is known but switched off
            raise
        return bound("", port)


def _not_listening(error: OSError, host: str, port: int, named: str) -> str:
    """Return why a port cannot be had, and the mend."""
    hosts, ports = f"{named or 'LISTEN_'}HOST", f"{named}PORT"
    where = f"{hosts}={host} " if host else ""
    nowhere = f"that is no address of this machine. Correct {hosts}, or leave it empty"
    reasons = {
        errno.EADDRINUSE: f"it is in use by another process. Stop that one, or set another {ports}",
        errno.EACCES: f"ports below 1024 are not for everybody. Set {ports} to a higher one",
        errno.EADDRNOTAVAIL: nowhere,
    }
    unknown = f"{error.strerror or error}. Set another {ports} or {hosts}"
    number = error.errno or 0
    why = nowhere if number < 0 else reasons.get(number, unknown)  # below 0: a name of nobody
    return f"{where}{ports}={port} cannot be listened on: {why}."
