# Everything that is done to this project by hand or by CI. `make` with no argument lists it.

PYTHON ?= python3
RUN := .venv/bin/python
AT_ONCE := --numprocesses 3 --dist worksteal # a third of each test is waiting, so that three keep two cores busy
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes

export PYTHONDONTWRITEBYTECODE := # compiled once, not by each of the programs that tests start

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test rest check bench chaos pictures weights format lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/runtime .venv/practice ## install what the bot and the demo need, into .venv
	@:

demo: setup ## open a practice network with the bot in it: a page, invented people, and time that can be moved
	@exec $(RUN) -m bot demo

test: .venv/development node_modules/stamp ## run all tests, on SQLite and PostgreSQL; most stories on one of the two
	@exec $(RUN) -m pytest $(AT_ONCE)

rest: .venv/development node_modules/stamp ## run what `make test` leaves out: stories on the other database, and what takes long
	@exec $(RUN) -m pytest $(AT_ONCE) --databases rest

check: .venv/development ## what CI checks before the tests: style, types, imports between rooms, links in documents
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(RUN) -m tests.check_links

bench: .venv/development ## measure speed and memory, and say which goals are met
	@exec $(RUN) -m tests.bench

chaos: .venv/development ## kill the senders and crash the database while a thousand messages go out
	@exec $(RUN) -m tests.chaos

pictures: .venv/development ## take the pictures of the guides anew (needs Chromium), in Finnish and in Swedish
	@exec $(RUN) -m tests.e2e.pictures

weights: .venv/development ## learn anew what a kind or a danger sounds like, from the sentences in tests/rules/learned
	@exec $(RUN) -m tests.rules.learning

format: .venv/development ## rewrite the code in the house style
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

lock: ## choose dependencies anew and write them with hashes and no address (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 2; }
	uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header -o requirements.txt
	uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header --extra dev -c requirements.txt -o requirements-dev.txt
	uv pip compile --group demo --quiet --universal --generate-hashes --no-header -c requirements-dev.txt -o requirements-demo.txt

# The four stamps below are made anew only when their lock file changes.

.venv/runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Raportoi needs Python 3.11 or newer: name one with make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
			echo "Python has no venv here: installing Debian's python3-venv"; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; \
		else \
			echo "Python has no venv here: install it with sudo apt-get install python3-venv, and try again" >&2; exit 2; \
		fi
	@echo "Installing Python packages into .venv"
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/practice: requirements-demo.txt .venv/runtime
	@echo "Installing what the practice network needs into .venv"
	@$(PIP) -r requirements-demo.txt
	@touch $@

.venv/development: requirements-dev.txt .venv/runtime
	@echo "Installing the tools for tests and checks into .venv"
	@$(PIP) -r requirements-dev.txt
	@touch $@

node_modules/stamp: package-lock.json tests/fakes/slack_types.ts
	@command -v npm >/dev/null || { echo "Some tests use what comes through npm: install Node.js with npm, and try again" >&2; exit 2; }
	@echo "Installing a second local Slack, and what judges payloads and pages, into node_modules"
	@npm ci --silent
	@node_modules/.bin/ts-json-schema-generator --path tests/fakes/slack_types.ts --type Judged --no-type-check --minify \
		--out node_modules/slack-types.json
	@touch $@
