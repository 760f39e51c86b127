"""Where a SQLite file cannot be kept, by what a machine tells of itself."""

from pathlib import Path

import pytest

from bot.store.inspection.disks import Machine, mounts_of

LISTED = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - {root} /dev/vda rw,discard
30 27 0:31 / /srv/team\\040files rw,relatime shared:9 - nfs4 nas:/team rw
31 27 0:32 / /data rw,relatime - ext4 /dev/vdb rw
32 27 0:33 / /tmp rw - tmpfs tmpfs rw
33 27 0:34 / /windows rw - cifs //nas/share rw
34 27 0:35 / /far rw - fuse.sshfs ada@far:/ rw
35 27 0:36 / /stick rw - fuseblk /dev/sdb1 rw
36 31 0:37 / /data/over rw - ext4 /dev/vdc rw
37 31 0:38 / /data/over rw - nfs nas:/over rw
broken line
"""


def event(file: str, *, root: str = "ext4", **environment: str) -> str:
    """Return what would be warned of a database in that file; empty where nothing."""
    unfit = Machine(environment, mounts_of(LISTED.format(root=root))).unfit(Path(file))
    return unfit.event if unfit else ""


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/home/ada/flowbot.db", ""),
        ("/data/flowbot.db", ""),
        ("/stick/flowbot.db", ""),
        ("/srv/team files/flowbot.db", "database_on_a_network_disk"),
        ("/windows/a/flowbot.db", "database_on_a_network_disk"),
        ("/far/flowbot.db", "database_on_a_network_disk"),
        ("/data/over/flowbot.db", "database_on_a_network_disk"),
        ("/database/flowbot.db", ""),
        ("/tmp/flowbot.db", "database_will_be_lost"),  # noqa: S108
    ],
)
def test_it_goes_by_what_the_file_is_on(file: str, expected: str) -> None:
    assert event(file) == expected


def test_what_is_written_in_a_container_goes_with_it_but_not_its_volume() -> None:
    assert event("/app/flowbot.db", root="overlay") == "database_will_be_lost"
    assert event("/data/flowbot.db", root="overlay") == ""


@pytest.mark.parametrize("variable", ["DYNO", "K_SERVICE"])
def test_some_platforms_keep_no_file_at_all(variable: str) -> None:
    assert event("/data/flowbot.db", **{variable: "web.1"}) == "database_will_be_lost"
    assert event("/data/flowbot.db", **{variable: ""}) == ""


@pytest.mark.parametrize("variable", ["RENDER", "FLY_APP_NAME", "RAILWAY_SERVICE_ID"])
def test_some_platforms_keep_what_is_on_a_volume(variable: str) -> None:
    assert event("/app/flowbot.db", **{variable: "true"}) == "database_will_be_lost"
    assert event("/data/flowbot.db", **{variable: "true"}) == ""


def test_it_says_why_and_what_to_do() -> None:
    unfit = Machine({"DYNO": "web.1"}).unfit(Path("/app/flowbot.db"))
    assert unfit is not None
    assert unfit.why == "Heroku keeps no files when a process is started anew"
    assert unfit.mend == "let DATABASE_URL name a Postgres database"


def test_where_nothing_is_listed_nothing_is_known() -> None:
    assert Machine({}).unfit(Path("/app/flowbot.db")) is None
    assert Machine({"RENDER": "true"}).unfit(Path("/app/flowbot.db")) is None
