# Two commands matter: `make demo` shows the product, `make test` checks it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
JOBS ?= 2

.PHONY: demo test coverage test-neo4j neo4j-jars frontend check format clean

demo: $(VENV)/installed  ## load the demo story and serve it on 127.0.0.1
	$(BIN)/claimgraph demo --port $(PORT)

# JOBS processes share the tests, a file each at a time.
test: check  ## everything a change must pass
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

coverage: $(VENV)/installed-test  ## which lines the tests reach; counting them takes twice the time
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

test-neo4j: $(VENV)/installed-test neo4j-jars  ## the contract of a store, on a real Neo4j too; needs Java 17 and Maven
	REQUIRE_NEO4J=1 $(BIN)/python -m pytest tests/contract tests/graph/test_neo4j.py

neo4j-jars: .neo4j/fetched

frontend:  ## what the pages' scripts take from npm, anew into web/static/vendor; needs Node 20; users need none
	cd web/frontend && npm ci && npm run build

check: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .neo4j .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "claimgraph needs Python 3.11 or newer; try: make demo PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	@touch $@

.neo4j/fetched: tests/neo4j/pom.xml
	@command -v mvn >/dev/null || { echo "fetching Neo4j needs Maven and Java 17: apt install maven openjdk-17-jre-headless"; exit 2; }
	rm -rf .neo4j
	mvn -q -B -f $< dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/.neo4j/lib -DincludeScope=runtime
	@touch $@
