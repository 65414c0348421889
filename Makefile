# make chat: install once, then ask. make test: every check. make docs: the documents anew.
# Needs Python 3.11 or newer and make.
# LIGHT=1 before the first leaves PyTorch out, for small servers: no other model with --model.
# TORCH=cpu takes PyTorch's CPU builds, TORCH=default what pip finds; else the machine says.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip
PIP_INSTALL := $(PIP) install --quiet --disable-pip-version-check --constraint constraints.txt
# On Linux the usual index has the CUDA build alone, with its NVIDIA packages. Without a GPU, and
# where pip takes packages from nowhere else, PyTorch's own CPU builds are offered beside it: a
# local version such as 2.13.0+cpu goes before the same one without.
CPU_BUILDS := https://download.pytorch.org/whl/cpu
OFFER_CPU_BUILDS := --extra-index-url $(CPU_BUILDS)
TORCH_SOURCE = case "$(TORCH)" in (cpu) echo $(OFFER_CPU_BUILDS);; ("") \
  [ "$$(uname)" != Linux ] || nvidia-smi -L >/dev/null 2>&1 || [ -e /dev/kfd ] || \
  $(PIP) config list 2>/dev/null | grep -qE '(index-url|find-links|no-index)=' || \
  echo $(OFFER_CPU_BUILDS);; esac
# As they stand in pyproject.toml; `.[test]` would bring all of Pincite's own with them.
TEST_TOOLS = import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["test"], sep="\n")
ifdef LIGHT
INSTALL = $(PIP_INSTALL) --no-deps --requirement requirements-light.txt && \
  $(PIP_INSTALL) --no-deps --editable .
INSTALL_TEST = $(INSTALL) && $(BIN)/python -c '$(TEST_TOOLS)' > $(VENV)/test-tools.txt && \
  $(PIP_INSTALL) --requirement $(VENV)/test-tools.txt
SIZE := 510 MB
else
INSTALL = $(PIP_INSTALL) $$($(TORCH_SOURCE)) --editable .
INSTALL_TEST = $(PIP_INSTALL) $$($(TORCH_SOURCE)) --editable '.[test]'
SIZE := 1.7 GB, most of it PyTorch; with its CUDA build several times that
endif

# What the program prints into the documents.
DOCUMENTS := README.md CONTRIBUTING.md bot/README.md corpus/README.md embeddings/README.md tests/README.md

.PHONY: chat test coverage docs bench clean

chat: $(VENV)/installed
	@$(BIN)/pincite chat

ifdef LIGHT
test: $(VENV)/installed-test
	$(BIN)/pytest
else
test: $(VENV)/installed-test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
# What Python lacks on the systems that nobody here can try.
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(BIN)/mypy --platform darwin --cache-dir .mypy_cache/darwin
	$(BIN)/lint-imports
	$(BIN)/python -m cogapp --check --check-fail-msg="run make docs" $(DOCUMENTS)
	$(BIN)/pytest
endif

# What no test runs, line by line; counting takes half as long again.
coverage: $(VENV)/installed-test
	$(BIN)/pytest --cov --cov-report=term-missing:skip-covered

# The documents and the picture of a chat as the program is now.
docs: $(VENV)/installed-test
	$(BIN)/python -m tests.picture
	$(BIN)/python -m cogapp -r $(DOCUMENTS)

# What is measured in some minutes; tables of the documents are made of it.
bench: $(VENV)/installed-test
	@for one in start serving bulk installation; do \
	  echo "tests/bench/$$one.py ..." >&2; \
	  $(BIN)/python tests/bench/$$one.py > tests/bench/results/$$one.new || exit 1; \
	  mv tests/bench/results/$$one.new tests/bench/results/$$one.json; \
	done
	$(BIN)/python -m cogapp -r $(DOCUMENTS)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Pincite needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo not installed). Install it, or name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
	  rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment; install its venv module (on Debian and Ubuntu: apt install python3-venv) and run make again." >&2; exit 1; }

$(VENV)/installed: pyproject.toml constraints.txt requirements-light.txt | $(VENV)/bin/python
	@echo "Installing Pincite into $(VENV) (once; some minutes and $(SIZE)) ..."
	@$(INSTALL)
	@touch $@

$(VENV)/installed-test: pyproject.toml constraints.txt requirements-light.txt | $(VENV)/bin/python
	@echo "Installing Pincite and its test tools into $(VENV) (once) ..."
	@$(INSTALL_TEST)
	@touch $@ $(VENV)/installed

clean:
	rm -rf $(VENV)
