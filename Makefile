# What a person types: `make run` and `make test`. Each does its own set-up; a second run starts at once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed

.PHONY: run test lint screenshots bench install clean
.DEFAULT_GOAL := run

run: install
	$(BIN)/victimcare demo example-vault

test: install lint
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n 2 --dist worksteal

lint: install
	$(BIN)/ruff check victimcare tests scripts
	$(BIN)/ruff format --check victimcare tests scripts
	$(BIN)/mypy victimcare
	$(BIN)/lint-imports

screenshots: install
	$(BIN)/python scripts/screenshots.py docs/pictures

bench: install
	$(BIN)/python -m tests.benchmarks

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml scripts/system-packages
	sh scripts/system-packages
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

clean:
	rm -rf $(VENV) example-vault build dist
