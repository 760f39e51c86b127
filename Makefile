# Two commands are all a newcomer needs: `make run` and `make test`. Each prepares .venv by itself,
# and again only when a lock file changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test cover check format lock papers screenshots clean

run: $(VENV)/.run
	$(BIN)/flowbot run

# What the whole bot carries out, sends and keeps track of is tested once more on Postgres.
PYTEST = $(BIN)/python -m pytest -n auto --dist loadfile
ON_POSTGRES = tests/jobs tests/outbox/test_fences.py tests/outbox/test_in_doubt.py \
  tests/outbox/test_stuck.py tests/outbox/test_tidying.py tests/digests/test_record.py \
  tests/digests/test_subscribing.py tests/runs/test_restarts.py tests/runs/test_watching.py \
  tests/training/test_reports.py tests/policy/test_second_person.py \
  tests/cli/test_outdated.py tests/cli/test_running.py tests/mcp/test_asking.py \
  tests/steps/test_ends.py tests/agent/test_sessions.py tests/links/test_cards.py \
  tests/scoreboards/test_troubles.py tests/follow/test_safety.py \
  tests/training/reminding/test_reminding.py tests/workspaces/test_surfaces.py

test: $(VENV)/.dev
	$(PYTEST)
	TEST_DATABASE=postgres $(PYTEST) $(ON_POSTGRES)

# The same, slower, with coverage and its gate: what a change must pass.
cover: $(VENV)/.dev
	$(PYTEST) --cov --cov-report=term
	TEST_DATABASE=postgres $(PYTEST) $(ON_POSTGRES)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What manifest.yml, .env.example and docs/settings.md say of the features, written anew from them.
papers: $(VENV)/.dev
	$(BIN)/python -m tools.papers

# Needs Chromium (Debian: chromium fonts-liberation fonts-noto-color-emoji).
screenshots: $(VENV)/.dev
	$(BIN)/python -m tools.screenshots

# The locks hold for every Python from 3.11 on; uv resolves them, pip installs them. What runs on
# Postgres installs requirements-postgres.lock, which holds all of requirements.lock.
UV_COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-strip-extras --no-emit-index-url pyproject.toml
lock: $(BIN)/python
	$(PIP) install uv
	$(UV_COMPILE) --upgrade --group build -o requirements.lock
	$(UV_COMPILE) --upgrade --group build --extra postgres -c requirements.lock -o requirements-postgres.lock
	$(UV_COMPILE) --upgrade --group build --group dev --extra postgres -c requirements-postgres.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Flowbot needs Python 3.11 or later; say which with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
