.DEFAULT_GOAL := help
.PHONY: help simulate simulate-year hitachinaka-2022 test check fix faults bench screenshots requirements wheel

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements"
ROOMS := $(wildcard engine registers forms procedures checker office simulation training portal cli.py)
CODE := $(ROOMS) $(wildcard madoguchi tests benchmarks tools)

help: ## list the targets (the default)
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1 \2/p' Makefile | while read -r name about; do printf '  make %-14s %s\n' "$$name" "$$about"; done

simulate: $(RUN) ## half of April in Hitachinaka, every procedure; ends with the path of a report in build/simulate
	$(BIN)/madoguchi simulate --city hitachinaka --from 2022-04-01 --to 2022-04-15 --seed 1 --out build/simulate

simulate-year: $(RUN) ## the whole fiscal year, which takes minutes; its report is in build/simulate-year
	$(BIN)/madoguchi simulate --city hitachinaka --from 2022-04-01 --to 2023-03-31 --seed 1 --out build/simulate-year

hitachinaka-2022: $(RUN) ## thirty pairs of as-is and to-be (docs/how-to/hitachinaka-2022.md); goes on where it was stopped
	$(BIN)/madoguchi compare --city hitachinaka --from 2022-04-01 --to 2022-04-15 \
		--procedure 1 --procedure 16 --procedure 21 --scenario to_be --pairs 30 --out build/hitachinaka-2022

test: $(DEV) ## all tests, two processes, no network
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(DEV) ## style, types and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo

fix: $(DEV) ## let ruff mend and format what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

faults: $(DEV) ## stop every scenario before every boundary call in turn, and the long properties
	$(BIN)/python -m pytest tests/faults tests -m full -n 2 --dist worksteal

bench: $(DEV) ## measure against what a user would pick instead
	$(BIN)/python -m benchmarks

screenshots: $(DEV) ## pictures of the report and of the diagrams; needs Chromium and a CJK font
	$(BIN)/python tools/screenshots.py

requirements: $(DEV) ## compile requirements/*.txt again, with hashes and without an index address
	$(COMPILE) pyproject.toml requirements/build.in -o requirements/core.txt
	$(COMPILE) requirements/dev.in -c requirements/core.txt -o requirements/dev.txt

wheel: $(DEV) ## build the wheel into dist
	$(BIN)/python -m build --wheel --no-isolation --outdir dist .

$(RUN): requirements/core.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' || \
		{ echo "Madoguchi needs Python 3.11 to 3.14. Name one: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/core.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@
