"""Programs of other makers that some tests need, and that a plain machine may not have.

There such a test is skipped and says what is missing. Where OUTSIDE_PROGRAMS is "required", as for
a change that shall be taken, it fails instead, so that nothing goes untested unseen.
"""

import os
import shutil

import pytest


def program(*names: str, missing: str) -> str:
    """Return the path of the first of these programs; without any, skip or fail with `missing`."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        required = os.environ.get("OUTSIDE_PROGRAMS") == "required"
        (pytest.fail if required else pytest.skip)(missing)
    return found
