# Each target sets up what it needs in .venv; what is there already stays.
PYTHON ?= python3
PORT ?= 8000
URL ?= http://localhost:$(PORT)/
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PINS := pyproject.toml constraints.txt

.PHONY: serve build test test-porting exhaustive check bench figures clean

serve: .venv/docs.done ## both languages on localhost, rebuilt on every edit
	$(BIN)/python -m verified_docs.publish serve --port $(PORT)

build: .venv/docs.done ## both languages into site/
	$(BIN)/python -m verified_docs.publish build --url $(URL)

test: .venv/test.done ## the whole suite
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	@echo "The tests in a browser run beside the others, and are reported after them"
	@mkdir -p .report
	@$(BIN)/python -m pytest -m browser > .report/browser.log 2>&1 & beside=$$!; \
	trap "kill $$beside" INT TERM; \
	$(BIN)/coverage run -m pytest --quiet -m "not slow" tests/convarith src && \
	$(BIN)/coverage report && \
	$(BIN)/python -m pytest -m "not browser"; code=$$?; \
	wait $$beside || code=1; cat .report/browser.log; exit $$code
	@echo "The site as it is published, with the report of this run"
	$(BIN)/python -m verified_docs.publish build
	$(BIN)/python -m pytest --quiet tests/pages/published.py

test-porting: .venv-porting/done ## the values of every framework, the large ones too
	.venv-porting/bin/python -m pytest -rP tests/porting

exhaustive: .venv/test.done ## the same, without samples: every copied block in a fresh interpreter
	$(BIN)/python -m pytest --exhaustive

check: .venv/test.done ## the part of the suite that takes seconds
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/python -m pytest -m "not slow"

bench: .venv/test.done ## how long answers take, beside what else could be asked
	$(BIN)/python -m bench

figures: .venv/docs.done ## draw the figures and list the messages again
	$(BIN)/python docs/draw_figures.py
	$(BIN)/python docs/list_messages.py

clean: ## remove what was built, but not .venv
	rm -rf site dist

.venv/docs.done: $(PINS) | .venv/bin/python
	@echo "Setting up the site's tools in .venv"
	$(PIP) --editable '.[docs]'
	@touch $@

.venv/test.done: $(PINS) .venv/docs.done | .venv/bin/python
	@echo "Setting up the test tools in .venv (PyTorch is large)"
	$(PIP) --editable '.[docs,test]'
	@touch $@

.venv-porting/done: $(PINS) | .venv/bin/python
	@echo "Setting up .venv-porting (TensorFlow is large too)"
	$(BIN)/python -m venv .venv-porting
	.venv-porting/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[docs,test,porting]'
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say make PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv .venv
