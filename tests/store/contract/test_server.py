"""Each test that needs Postgres gets a database of its own, in a server of this test process."""

from urllib.parse import urlsplit

import psycopg
import pytest

from tests.postgres import Cluster

NAMES = "SELECT datname FROM pg_database"


@pytest.mark.parametrize("turn", [1, 2])
def test_a_database_is_new_for_each_test(postgres_url: str, turn: int) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE left_by_a_test (id INTEGER)")


def test_a_dropped_database_is_gone_whoever_reads_from_it(cluster: Cluster) -> None:
    name = cluster.create()
    reader = psycopg.connect(cluster.at(name))
    reader.execute("SELECT 1")
    cluster.drop(name)
    reader.close()
    with psycopg.connect(cluster.url) as admin:
        assert name not in {each[0] for each in admin.execute(NAMES)}


def test_its_address_leads_to_no_other_machine(cluster: Cluster) -> None:
    assert urlsplit(cluster.url).hostname in {None, "localhost", "127.0.0.1"}
