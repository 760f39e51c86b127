"""LibreOffice, where it is installed."""

import pytest

from tests.programs import program
from tests.tables.office import Office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return LibreOffice with a profile of its own."""
    missing = "no LibreOffice found: install libreoffice-calc-nogui to have the files judged by it"
    found = program("soffice", "libreoffice", missing=missing)
    return Office(found, tmp_path_factory.mktemp("office"))
