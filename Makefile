# Two commands for a newcomer: `make run` and `make test`. The rest is for those who stay.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check lint types contracts browser unit bench soak pictures pins clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# How much longer than in `make test` the proofs of `make soak` run.
SOAK ?= 1

help:
	@echo "make run       start the service with a sample year on http://127.0.0.1:8000/"
	@echo "make test      all checks and tests"
	@echo "make check     lint, types and import contracts"
	@echo "make bench     speed beside its peers, as ratios (5 minutes)"
	@echo "make soak      the long proofs, scaled by SOAK=1"
	@echo "make pictures  the screenshots of the README"
	@echo "make pins      pin the dependencies anew, with hashes"
	@echo "make clean     remove what the other targets made"

$(BIN)/python:
	@bash ops/make/python.sh "$(PYTHON)" "$(VENV)"

$(VENV)/run.stamp: $(BIN)/python requirements/run.txt pyproject.toml
	@echo "Installing what the service needs (hashes are checked) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	@echo "Installing what the tests need (hashes are checked) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# The identity provider that sign-in is tested against. Without the npm registry its tests are
# counted as not run, with the reason.
$(VENV)/npm.stamp: tests/identity/package-lock.json | $(BIN)/python
	@bash ops/make/npm.sh tests/identity $@

run: $(VENV)/run.stamp
	@exec $(BIN)/jixiao serve --sample

test: $(VENV)/dev.stamp
	@bash ops/make/debian.sh
	@$(MAKE) --no-print-directory $(VENV)/npm.stamp
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory browser
	@$(MAKE) --no-print-directory unit

check: lint types contracts

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

contracts: $(VENV)/dev.stamp
	$(BIN)/lint-imports

browser: $(VENV)/dev.stamp
	$(BIN)/python -m pytest tests/browser

unit: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --ignore=tests/browser -n auto --maxprocesses=4 --dist loadfile --cov --cov-report=term:skip-covered

bench: $(VENV)/dev.stamp
	$(BIN)/python -m ops.bench

soak: $(VENV)/dev.stamp
	JIXIAO_SOAK=$(SOAK) $(BIN)/python -m pytest -m soak --timeout=7200
	JIXIAO_SOAK=$(SOAK) $(BIN)/python -m ops.mutation

pictures: $(VENV)/dev.stamp
	$(BIN)/python -m ops.pictures

pins: $(VENV)/dev.stamp
	$(BIN)/uv pip compile -q --system-certs --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements/run.txt pyproject.toml
	$(BIN)/uv pip compile -q --system-certs --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev -o requirements/dev.txt pyproject.toml

clean:
	rm -rf $(VENV) tests/identity/node_modules build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
