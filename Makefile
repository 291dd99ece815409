# Everything this repository can do, one word each: run `make`.
# Needs Python 3.11 or newer, git and make; everything else goes into .venv, exactly as locked.

PYTHON ?= python3
VENV   := .venv
ARGS   ?=
BIN    := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN    := $(BIN)/python -m
PIP    := $(RUN) pip install -qq --disable-pip-version-check --require-hashes --only-binary=:all:
LOCK   := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --only-binary :all:

# These hold whatever the caller's shell says: one way to find packages, one way to import them.
unexport PYTHONPATH PYTHONHOME
export PIP_REQUIRE_VIRTUALENV := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve check gate test accessibility lint bless screenshots bench audit lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
	@echo '  Options for a command go into ARGS, as in: make test ARGS="-k search"'

site: $(VENV)/.locked ## Build the site of these records into site/
	@$(RUN) generator build $(ARGS)

serve: $(VENV)/.locked ## Show the site in the browser; a saved file shows up at once
	@$(RUN) generator serve $(ARGS)

check: $(VENV)/.locked ## Check every record and say what is wrong, line by line
	@$(RUN) generator check $(ARGS)

gate: $(VENV)/.locked ## Look through the built site for anything live or from elsewhere, before it is published
	@$(RUN) generator audit $(ARGS)

test: $(VENV)/.locked-dev ## Run every test (those that need Chromium skip where there is none)
	@$(RUN) pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder $(ARGS)

accessibility: $(VENV)/.locked-dev ## Check that everybody can use the pages, and write down the results (needs Chromium, Java, npm)
	@npm ci --silent --prefix tests/html_checker
	@$(RUN) tests.accessible $(ARGS)

lint: $(VENV)/.locked-dev ## Check the code's style and types
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy --strict generator benchmarks

bless: $(VENV)/.locked-dev ## Accept what the generator now writes as what the tests expect; then read the diff
	@$(RUN) tests.bless $(ARGS)

screenshots: $(VENV)/.locked-dev ## Take the pictures of the guides anew, from the invented district (needs Chromium)
	@$(RUN) tests.screenshots $(ARGS)

bench: $(VENV)/.locked-dev ## Measure builds and checks beside other generators (hours; --help tells how to do less)
	@$(RUN) benchmarks $(ARGS)

audit: $(VENV)/.locked-dev ## Ask the package index for known weaknesses of the locked packages
	@$(RUN) pip_audit --disable-pip --require-hashes --requirement requirements-dev.txt

lock: $(VENV)/.locked-dev ## Lock the newest packages: requirements*.in into requirements*.txt
	@$(LOCK) --upgrade requirements.in --output-file requirements.txt
	@$(LOCK) --upgrade requirements-dev.in --output-file requirements-dev.txt

clean: ## Remove what was built and cached (.venv stays: remove it by hand)
	@rm -rf site .site.spare .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

$(VENV)/.locked: requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
		echo 'Python 3.11 or newer is needed, and there is no "$(PYTHON)" here.' \
		'Install it, or name it: make PYTHON=python3.12 $(MAKECMDGOALS)' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, and \"$(PYTHON)\" is $$($(PYTHON) --version 2>&1 | tail -n 1)." \
		"Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "\"$(PYTHON)\" cannot make virtual environments: install its venv package" \
		"(on Debian and Ubuntu: sudo apt install python3-venv), then run make again." >&2; exit 1; }
	@echo 'Setting up $(VENV): the packages of requirements.txt (once, about a minute) …'
	@$(BIN)/python -c 'import pip' 2>/dev/null || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	@$(PIP) --requirement requirements.txt || { \
		echo 'The packages could not be installed: the lines above say why.' >&2; exit 1; }
	@$(RUN) pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.locked-dev: requirements-dev.txt $(VENV)/.locked
	@echo 'Setting up $(VENV): the tools of requirements-dev.txt (once, about a minute) …'
	@$(PIP) --requirement requirements-dev.txt || { \
		echo 'The tools could not be installed: the lines above say why.' >&2; exit 1; }
	@touch $@
