# Everything a newcomer needs: make run. Then: make check, make test.
SHELL := /bin/sh
PYTHON ?= python3
export PORT ?= 8000
# Paths here are relative on purpose: the project's own path may hold spaces and æøå, which make takes for two files.
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes

.PHONY: run test bench check assets lock pictures

run: $(STAMPS)/run $(STAMPS)/assets $(STAMPS)/messages ## Start everything on http://localhost:8000 with the fictional county; Ctrl-C stops it.
	@DEMO="$${DEMO:-1}" exec $(BIN)/python -m tryggmote run

test: $(STAMPS)/dev $(STAMPS)/assets $(STAMPS)/messages ## Run all tests: rules, real database, real browser, two versions of PostgreSQL.
	$(BIN)/python -m tests.everything $(TESTS)

bench: $(STAMPS)/run $(STAMPS)/assets $(STAMPS)/messages ## Measure pages on the demo and on a whole nation; a few minutes (docs/performance.md).
	$(BIN)/python -m bench

pictures: $(STAMPS)/dev $(STAMPS)/assets $(STAMPS)/messages ## Take the pictures in the documents anew, of the demo.
	$(BIN)/python -m tests.pictures

check: $(STAMPS)/dev $(STAMPS)/messages ## What must be in order before a change lands. Goes through all of it, also when something fails.
	@failed=; for tool in \
		"ruff format --check ." \
		"ruff check ." \
		"mypy" \
		"lint-imports" \
		"djlint --lint --quiet tryggmote" \
		"python -m tryggmote messages --check" \
		"python -m tryggmote manage makemigrations --check --dry-run"; \
	do \
		echo "== $$tool"; $(BIN)/$$tool || failed="$$failed\n   $$tool"; \
	done; \
	test -z "$$failed" || { printf "make check FAILED:$$failed\n"; exit 1; }

assets: $(STAMPS)/assets

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: PYTHON=/path/to/python3.12 make run")'
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements/run.txt | $(STAMPS)/venv
	$(PIP) -r requirements/run.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt | $(STAMPS)/venv
	$(PIP) -r requirements/dev.txt
	@touch $@ $(STAMPS)/run

# npm packages: with this machine's Node if it is new enough, else with one from PyPI.
$(STAMPS)/npm: package.json package-lock.json | $(STAMPS)/run
	@if ! node -e 'process.exit(+process.versions.node.split(".")[0] < 18)' 2>/dev/null || ! command -v npm >/dev/null; then \
		$(PIP) -r requirements/node.txt; \
	fi
	PATH="$$PWD/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --update-notifier=false --loglevel=error
	@touch $@

# Icons are named in templates and code, so those decide what is built too.
ASSET_SOURCES := $(wildcard tryggmote/*/*.py tryggmote/*/templates/*/*.html tryggmote/*/templates/*/*/*.html \
	tryggmote/*/styles/*.css tryggmote/*/static/*/*.* tryggmote/*/static/*/js/*.*)
$(STAMPS)/assets: $(STAMPS)/npm $(ASSET_SOURCES)
	$(BIN)/python -m tryggmote assets
	@touch $@

$(STAMPS)/messages: $(wildcard tryggmote/*/locale/*/LC_MESSAGES/django.po) | $(STAMPS)/run
	$(BIN)/python -m tryggmote messages --compile
	@touch $@

lock: | $(STAMPS)/venv ## Pin the dependencies anew, with hashes and without registry addresses.
	@command -v uv >/dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/"; exit 1; }
	@for name in run dev node; do \
		uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
			requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
