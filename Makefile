# Two commands: `make run` checks the reports in data/raw, `make test` proves the tool.
# RAW and WAREHOUSE choose other folders: make run RAW=/path/to/reports
PYTHON ?= python3
RAW ?= data/raw
WAREHOUSE ?= data/warehouse/soat.duckdb
BIN := .venv/bin
READY := .venv/.ready
MINUTES ?= 10
# One process more than processors: many tests wait for a process that they started.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(1 + (os.cpu_count() or 1))')

.PHONY: run test setup lint eval bench fuzz readme notebook past scale crash samples lock clean

run: setup
	$(BIN)/soat run $(RAW) --warehouse $(WAREHOUSE) --exit-zero

test: setup
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

setup: $(READY)

# The lock pins every package by version and hash; the project itself is built with the pinned setuptools.
$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: setup
	$(BIN)/python -m tests.evaluation --generated 300 --seed 980000 --against tests/evaluation/scoreboard.json --json tests/evaluation/scoreboard.json \
	  --measured pipeline/checks/measured.json

bench: setup
	$(BIN)/python -m tests.benchmark --json tests/benchmark/figures.json

# The contracts of tests/properties under a coverage-guided fuzzer, which is not in the lock: .venv/bin/pip install atheris
fuzz: setup
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES)

# Outputs and figures shown in README.md and docs/ are what the commands print now; a test compares them.
readme: setup
	$(BIN)/python -m tests.docs.fill

# The analyst's notebook as a page to read: data/warehouse/lich_su_cac_tinh.html
notebook: setup
	$(BIN)/python -m tests.docs.notebook notebooks/lich_su_cac_tinh.ipynb data/warehouse/lich_su_cac_tinh.html

# A warehouse with a made-up past, to try queries and the notebook on: SOAT_WAREHOUSE=data/warehouse/past.duckdb make notebook
PAST ?= data/warehouse/past.duckdb
YEARS ?= 2022 2026
PROVINCES ?= "Hà Nội" "Ninh Bình" "Huế" "Đà Nẵng" "Cần Thơ" "Cao Bằng"
past: setup
	$(BIN)/python -m tests.past --out $(PAST) --years $(YEARS) --seed 1 --provinces $(PROVINCES)

# A warehouse of a hundred thousand reports: rate of landing, size and time of every view as ratios; half an hour
REPORTS ?= 100000
scale: setup
	$(BIN)/python -m tests.scale --reports $(REPORTS)

# kill -9 at random moments of a run over a hundred reports, and what is left
KILLS ?= 200
crash: setup
	$(BIN)/python -m tests.warehouse.crash --kills $(KILLS) --reports 100 --workers 2

samples: setup
	$(BIN)/python -m tests.reports.write

# Resolve again (needs uv): versions move only when this is asked for.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --extra ocr --extra signatures --no-header --no-annotate --quiet pyproject.toml -o requirements.lock

clean:
	rm -rf .venv build *.egg-info data/warehouse/*.duckdb*
