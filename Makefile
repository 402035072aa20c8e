# make demo    set up, then build the bundled sample          make test    the tests
# make bench   speed and memory, beside jieba                 make lint    ruff and mypy
# make docs    write the generated documents anew             make lock    resolve the dependencies anew
# make clean   remove what make made, and exports/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_QUIET := 2
LOCK := uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-annotate --quiet \
	--custom-compile-command "make lock" pyproject.toml

.PHONY: demo test lint bench docs lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/installed
	@$(BIN)/zhili build
	@cat docs/demo.txt

test: $(VENV)/installed-dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.reading

docs: $(VENV)/installed-dev
	$(BIN)/python -m docs.generate

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "zhili needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3")'
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
		rm -rf $(VENV) && $(PYTHON) -m pip install --target $(VENV)-tool virtualenv && \
		PYTHONPATH=$(VENV)-tool $(PYTHON) -m virtualenv --quiet $(VENV) && rm -rf $(VENV)-tool; }

# The package is installed as it stands in this folder, so its files are read from here.
$(VENV)/installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing zhili into $(VENV) / 正在安装到 $(VENV) …"
	@$(BIN)/python -m pip install --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --no-deps --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing what the tests need / 正在安装测试所需 …"
	@$(BIN)/python -m pip install --require-hashes -r requirements-dev.txt
	@touch $@

lock:
	$(LOCK) --output-file requirements.txt
	$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf $(VENV) $(VENV)-tool .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build docs/build
	find exports -mindepth 1 ! -name README.md ! -name overview.png -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
