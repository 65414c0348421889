# make chat: install once, then ask. make test: every check. Needs Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: chat test bench clean

chat: $(VENV)/installed
	@$(BIN)/pincite chat

test: $(VENV)/installed-test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
# What Python lacks on the systems that nobody here can try.
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin
	$(BIN)/lint-imports
	$(BIN)/python -m cogapp --check README.md
	$(BIN)/pytest --cov --cov-report=term-missing:skip-covered

# What is measured in some minutes; the table in the README is made of it.
bench: $(VENV)/installed-test
	@for one in start serving bulk installation; do \
	  echo "tests/bench/$$one.py ..." >&2; \
	  $(BIN)/python tests/bench/$$one.py > tests/bench/results/$$one.new || exit 1; \
	  mv tests/bench/results/$$one.new tests/bench/results/$$one.json; \
	done
	$(BIN)/python -m cogapp -r README.md

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Pincite needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo not installed). Install it, or name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
	  rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment; install its venv module (on Debian and Ubuntu: apt install python3-venv) and run make again." >&2; exit 1; }

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Pincite into $(VENV) (once; some minutes and 1.5 GB, most of it PyTorch) ..."
	@$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/installed-test: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Pincite and its test tools into $(VENV) (once) ..."
	@$(PIP_INSTALL) --editable '.[test]'
	@touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV)
