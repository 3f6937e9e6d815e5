# The map. `make ask` needs Python 3.11 or newer and nothing else; it sets up a virtual environment on first use.
#
#   make ask                              the founding question
#   make ask Q="..." FOR=clinician        another one; also REGION=GB|US|both FORMAT=terminal|markdown|json
#   make serve                            the pages, at http://127.0.0.1:8400/; also PORT=... HOST=... DATABASE=URL
#   make test       all tests             make check    style, types, layers, protocol lint
#   make bench      figures of speed      make docs     run the code blocks of the documentation
#   make wheel      dist/*.whl            make clean    remove everything that was made

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMPS := .make
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# The question reaches the program through the environment, so that quotes, dollars and spaces in it survive.
Q ?= My serum vitamin B12 level is 268 pg/mL while I am taking 1000 micrograms oral cyanocobalamin daily; what is the appropriate management?
FOR ?=
REGION ?=
FORMAT ?=
override Q := $(value Q)
export Q FOR REGION FORMAT
HOST ?= 127.0.0.1
PORT ?= 8400
DATABASE ?=

.PHONY: ask serve test check bench docs wheel clean
.DEFAULT_GOAL := ask

ask: $(STAMPS)/base
	@set --; \
	if [ -n "$$FOR" ]; then set -- "$$@" --for "$$FOR"; fi; \
	if [ -n "$$REGION" ]; then set -- "$$@" --region "$$REGION"; fi; \
	if [ -n "$$FORMAT" ]; then set -- "$$@" --format "$$FORMAT"; fi; \
	$(BIN)/bedside ask "$$@" -- "$$Q"

serve: $(STAMPS)/base
	@$(BIN)/bedside serve --host "$(HOST)" --port "$(PORT)" $(if $(DATABASE),--database "$(DATABASE)")

test: $(STAMPS)/dev
	$(BIN)/python -m pytest -n auto

check: $(STAMPS)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/bedside protocol lint

# Some of them need the data sets beside the checkout (DATA), and take half an hour together.
DATA ?= ../shared/data
bench: $(STAMPS)/bench
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/answer_speed.py
	$(BIN)/python benchmarks/serve_load.py
	@if [ -d "$(DATA)" ]; then \
	  $(BIN)/python benchmarks/parse_speed.py && \
	  $(BIN)/python benchmarks/library_speed.py && \
	  $(BIN)/python benchmarks/search_quality.py "$(DATA)"; \
	else echo "The data sets are not in $(DATA): the library is not measured." >&2; fi

docs: $(STAMPS)/dev
	@ls docs
	$(BIN)/python -m pytest tests/test_docs.py

wheel: $(STAMPS)/dev
	$(BIN)/python -m build --wheel --no-isolation .

clean:
	rm -rf $(STAMPS) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov .coverage
	rm -rf $(VENV) src/bedside/content/compiled.jsonl
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Set-up: once, and again when what is to be installed changes. Everything is pinned in constraints.txt.
CONTENT := $(shell find src/bedside/content -type f ! -name compiled.jsonl) \
  src/bedside/ingest/compile.py src/bedside/facts/lexicon_index.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "bedside needs Python 3.11 or newer: make PYTHON=...")'
	@$(PYTHON) -m venv $(VENV)

$(STAMPS)/pip: constraints.txt | $(BIN)/python
	@$(PIP) install --constraint constraints.txt --upgrade pip
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/base: $(STAMPS)/pip pyproject.toml hatch_build.py $(CONTENT)
	@echo "Setting up (once; later only when the content or a dependency changes) ..." >&2
	@$(PIP) install --constraint constraints.txt --build-constraint constraints.txt --editable .
	@touch $@

$(STAMPS)/bench: $(STAMPS)/dev
	@$(PIP) install --constraint constraints.txt --group bench
	@touch $@

$(STAMPS)/dev: $(STAMPS)/base
	@$(PIP) install --constraint constraints.txt --group dev
	@touch $@
