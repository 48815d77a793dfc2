# make setup | test | bench-small | bench | speed | learn | demo | accept | docs | clean. Needs Python 3.11 or newer; everything else goes into .venv.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
DEMO := examples/small-cell
DEMO_OLD := pkg:pypi/requests@2.31.0
DEMO_NEW := pkg:pypi/requests@2.32.0

.PHONY: setup test bench-small bench speed learn demo accept docs clean
# The corpus of the benchmark; KEEP=--keep-stale keeps results that other code made.
CORPUS := $(HOME)/.cache/zoll/corpus
RESULTS := $(CORPUS)/results
KEEP :=
MACHINE := $(shell nproc 2>/dev/null) processors, $(shell awk '/^MemTotal/ {printf "%.0f GB of memory", $$2 / 1e6}' /proc/meminfo 2>/dev/null)

setup: $(READY)

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "setup: no Python 3.11 or newer; install one, or say make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/install-venv
	@test -x $(BIN)/python && $(BIN)/python -c 'import pip' 2>/dev/null || { rm -rf $(VENV); $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(READY)
	@echo "setup: ready; $(BIN)/zoll --help"

test: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest
	@$(MAKE) --no-print-directory bench-small

bench-small: setup
	$(BIN)/python bench/small.py

bench: setup
	@$(BIN)/python -c 'import matplotlib, scipy' 2>/dev/null || \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python bench/make.py --into $(CORPUS)
	$(BIN)/python bench/run.py $(CORPUS)/cases.jsonl $(RESULTS) --jobs 2 $(KEEP)
	$(BIN)/python bench/report.py $(CORPUS)/cases.jsonl $(RESULTS) --page docs/benchmark.md --machine '$(MACHINE)'

speed: setup
	$(BIN)/python bench/make.py --into $(CORPUS) --clean --only $$($(BIN)/python bench/speed.py --names)
	$(BIN)/python bench/speed.py --corpus $(CORPUS)

learn: setup
	$(BIN)/zoll learn $(CORPUS)/cases.jsonl --reports $(RESULTS)/reports --out src/zoll/judge/counts.json \
		--made-from "the corpus of bench/README.md: $$(wc -l < $(CORPUS)/cases.jsonl) upgrades"

demo: setup
	@echo "== A small-cell controller, 1.4.2 -> 1.4.3 (made up, in $(DEMO))"
	@$(BIN)/zoll inspect $(DEMO)/1.4.2 $(DEMO)/1.4.3 --top 3 --fail-on never
	@echo
	@echo "== A real upgrade: $(DEMO_OLD) -> $(DEMO_NEW)"
	@$(BIN)/zoll inspect $(DEMO_OLD) $(DEMO_NEW) --top 3 --fail-on never || \
		{ test $$? -eq 2 && echo "demo: the real upgrade is skipped; the line above says why"; }

accept: setup
	-$(BIN)/pytest --accept
	@git --no-pager diff --stat -- tests
	@echo "accept: goldens are written; now read their diff line by line: git diff tests"

docs: setup
	$(BIN)/zoll docs-pages docs README.md
	$(BIN)/zoll inspect $(DEMO)/1.4.2 $(DEMO)/1.4.3 --top 1 --format svg --color never --out docs/small-cell.svg --fail-on never --quiet

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .grimp_cache build dist
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
