"""Local stand-ins of the vendors' APIs, one small aiohttp application each.

A folder here holds the stand-in of one vendor, a subclass of base.Vendor named STAND_IN.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from sandbox.vendors.base import Vendor


@cache
def stand_ins() -> tuple[type[Vendor], ...]:
    """Return every stand-in there is, by the names of their folders."""
    folders = sorted(each.name for each in iter_modules(__path__) if each.ispkg)
    return tuple(import_module(f"{__name__}.{folder}").STAND_IN for folder in folders)
