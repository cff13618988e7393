# Tanheng 碳衡. `make` alone lists the targets. Needs python3 (3.11 or newer), python3-venv, make and git.

PYTHON ?= python3
PORT   ?= 8000
SERVE  ?= 1
JOBS   ?= $(shell echo $$(($$(nproc) + 1)))
CI     ?=

VENV  := .venv
BIN   := $(VENV)/bin
LOCK  := requirements/lock.txt
STAMP := $(VENV)/.installed
# A file stays with one worker: what its tests share is made once. One worker more than cores, because servers and
# browsers are waited for; four at most, for the sake of memory.
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder --durations=15

export PIP_DISABLE_PIP_VERSION_CHECK := 1

# The programs of a virtual environment name the place where it was made: in a checkout that was moved they do not start.
MOVED := $(shell test -L $(VENV) || test ! -f $(BIN)/tanheng || head -n 3 $(BIN)/tanheng | grep -qF '$(CURDIR)/$(BIN)/' || echo moved)
ifeq ($(MOVED),moved)
.PHONY: $(STAMP)
endif

.DEFAULT_GOAL := help
.PHONY: help install demo test check bench bench-policy bench-metering bench-web soak docs pictures lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: $(STAMP) ## make .venv from the hashed lock and install tanheng in it (editable)

$(STAMP): $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Tanheng needs Python 3.11 or newer; '$(PYTHON)' is older or missing. Name another: make install PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@test -z "$(MOVED)" || { echo "This checkout was moved: $(VENV) is made anew."; rm -rf $(VENV); }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

demo: install ## build the fictional city, take one figure all the way, then serve it (SERVE=0: do the job and exit)
	$(BIN)/tanheng demo
	@if [ "$(SERVE)" = 0 ]; then echo "SERVE=0: done."; else $(BIN)/tanheng serve --port $(PORT); fi

test: install check ## every test on SQLite, then records, cli and web on PostgreSQL where TANHENG_TEST_POSTGRES_URL is set
	$(PYTEST) --ignore=tests/house
	@if [ -n "$$TANHENG_TEST_POSTGRES_URL" ]; then \
	  echo "== once more on PostgreSQL: records, cli, web"; \
	  TANHENG_DATABASE_URL="$$TANHENG_TEST_POSTGRES_URL" $(PYTEST) tests/records tests/cli tests/web -m "not sweep"; \
	elif [ "$(CI)" = true ]; then \
	  echo "TANHENG_TEST_POSTGRES_URL is not set, and CI=true forbids skipping the PostgreSQL pass" >&2; exit 1; \
	else \
	  echo "== skipped: the PostgreSQL pass. Set TANHENG_TEST_POSTGRES_URL=postgresql://... to run it"; \
	fi

check: install ## format, lint, types, import contracts, house rules, freshness of the reference
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -q tests/house

bench: install ## the benchmark against hand-written Polars; prints ratios
	$(BIN)/python bench/unit_accounts.py
	$(BIN)/python bench/import_workbook.py
	$(BIN)/python bench/demo_year.py
	$(BIN)/python bench/dispatch.py
	$(BIN)/python bench/forecasts.py
	$(BIN)/python bench/papers.py
	$(BIN)/python bench/control_loop.py

bench-policy: install ## how well policy documents are read, beside the bounds; needs the companion folder
	$(BIN)/python bench/policy.py

soak: install ## kill what writes readings 200 times, hold 50 seeds of dense faults against their truth
	TANHENG_CRASH_ROUNDS=$${TANHENG_CRASH_ROUNDS:-200} $(BIN)/python -m pytest -q tests/metering/test_crash*.py
	TANHENG_FAULT_SEEDS=$${TANHENG_FAULT_SEEDS:-50} $(BIN)/python -m pytest -q tests/metering/test_dense_faults.py

READINGS ?= 105e6
bench-metering: install ## a year of readings rolled up, beside hand-written SQL, pandas, Polars (READINGS=1.05e9 for all)
	$(BIN)/python -m bench.metering --readings $(READINGS)
	$(BIN)/python -m bench.metering_ingest

UNITS ?= 10000
bench-web: install ## pages, explanations, a workbook beside a bare Django page; both databases (UNITS=300: small)
	$(BIN)/python bench/web.py --units $(UNITS)

docs: install ## regenerate docs/reference from the code and the packs
	$(BIN)/python docs/generate.py

pictures: install ## take the pictures of docs/pictures again from a demo (needs Chromium)
	$(BIN)/python docs/pictures.py

lock: ## resolve the dependencies again (uses uv in a throw-away environment)
	sh requirements/lock.sh $(PYTHON)

clean: ## remove .venv and caches; the home of a site (var/) stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
