"""The schema on Postgres: the steps that every database takes, and what SQLite has built in.

They are taken in one transaction by one process at a time, so that none is ever half taken.
"""

from typing import Any, Final

import psycopg

from bot.store.opening import cannot_open
from bot.store.steps import POSTGRES, STEPS, SchemaStep, of_a_newer_program

TURN: Final = 7_022_106_300_913_881_901
"""The number of the lock under which steps are taken: it only has to be nobody else's."""
_TAKEN: Final = """CREATE TABLE IF NOT EXISTS schema_steps (
  name TEXT PRIMARY KEY, taken_at TIMESTAMPTZ NOT NULL DEFAULT now())"""
FUNCTIONS: Final = (
    # Of the signs that JSON may spell, NUL alone is more than Postgres takes.
    r"""
CREATE OR REPLACE FUNCTION json_in(data TEXT) RETURNS JSONB
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE strpos(data, '\u0000') WHEN 0 THEN data::JSONB
    ELSE regexp_replace(data, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\ufffd', 'g')::JSONB END
$$""",
    """
CREATE OR REPLACE FUNCTION json_extract(data TEXT, path TEXT) RETURNS TEXT
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE value WHEN 'true' THEN '1' WHEN 'false' THEN '0' ELSE value #>> '{}' END
  FROM (SELECT json_in(data) #> string_to_array(substr(path, 3), '.') AS value) AS found
$$""",
    """
CREATE OR REPLACE FUNCTION json_remove(data TEXT, VARIADIC paths TEXT[]) RETURNS TEXT
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE value JSONB := json_in(data); path TEXT;
BEGIN
  FOREACH path IN ARRAY paths LOOP
    value := value #- string_to_array(substr(path, 3), '.');
  END LOOP;
  RETURN value::TEXT;
END $$""",
    """
CREATE OR REPLACE FUNCTION json_set(data TEXT, VARIADIC pairs TEXT[]) RETURNS TEXT
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE value JSONB := json_in(data);
BEGIN
  FOR i IN 1 .. cardinality(pairs) BY 2 LOOP
    value := jsonb_set(value, string_to_array(substr(pairs[i], 3), '.'),
      COALESCE(to_jsonb(pairs[i + 1]), 'null'));
  END LOOP;
  RETURN value::TEXT;
END $$""",
    """
CREATE OR REPLACE FUNCTION json_valid(data TEXT) RETURNS BOOLEAN
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  PERFORM data::JSON;
  RETURN data IS NOT NULL;
EXCEPTION WHEN OTHERS THEN RETURN FALSE;
END $$""",
    """
CREATE OR REPLACE FUNCTION moment_in(seconds DOUBLE PRECISION) RETURNS TEXT
LANGUAGE sql STABLE AS $$
  SELECT to_char(statement_timestamp() AT TIME ZONE 'UTC' + seconds * INTERVAL '1 second',
    'YYYY-MM-DD"T"HH24:MI:SS.US+00:00')
$$""",
    """
CREATE OR REPLACE FUNCTION json_each(data TEXT) RETURNS TABLE (value TEXT)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT jsonb_array_elements_text(json_in(data))
$$""",
)
"""SQLite's functions of JSON that our statements use, for texts that hold some, and the clock."""


def migrate(link: psycopg.Connection[Any], name: str) -> None:
    """Take every step that this database does not have yet; `name` is what it is called.

    Raises DatabaseNotOpenedError where a newer program has been here, and psycopg.Error.
    """
    with link.transaction():
        link.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        link.execute(_TAKEN)
        taken = [row["name"] for row in link.execute("SELECT name FROM schema_steps")]
        if newer := set(taken) - {each.name for each in STEPS}:
            raise cannot_open(name, of_a_newer_program(newer))
        missing = [each for each in STEPS if each.name not in taken]
        for function in FUNCTIONS if missing else ():
            link.execute(function)
        for step in missing:
            _take(link, step)


def standing(link: psycopg.Connection[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the steps that this database does not have yet, and those that nobody here knows.

    Nothing is written.
    """
    known = [each.name for each in STEPS]
    if link.execute("SELECT to_regclass('schema_steps') AS name").fetchone() == {"name": None}:
        return tuple(known), ()
    taken = [row["name"] for row in link.execute("SELECT name FROM schema_steps ORDER BY name")]
    missing = tuple(each for each in known if each not in taken)
    return missing, tuple(each for each in taken if each not in known)


def _take(link: psycopg.Connection[Any], step: SchemaStep) -> None:
    for statement in step.statements:
        link.execute(POSTGRES.spelled(statement))
    link.execute("INSERT INTO schema_steps (name) VALUES (%s)", [step.name])
