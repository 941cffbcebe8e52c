# Python 3.11 to 3.13 and make are all that must be there.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test lint golden bench picture fast slow clean

demo: $(READY)  ## read the samples, show their records, and add them to a store
	$(BIN)/kawat read samples/*.jsonl
	@mkdir -p build && rm -f build/demo.db*
	$(BIN)/kawat add samples/*.jsonl --store build/demo.db
	@echo "the same reports again, as pages, feed and web archive: nothing is counted twice"
	$(BIN)/kawat add samples --store build/demo.db
	$(BIN)/kawat events --store build/demo.db --between CHN USA
	$(BIN)/kawat search --store build/demo.db Lavrov --limit 3

test: slow lint  ## everything that CI runs
	$(BIN)/kawat packs check
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

golden: $(READY)  ## rewrite tests/golden from what is read now: look at the diff before committing it
	KAWAT_GOLDEN=write $(BIN)/python -m pytest tests/test_samples.py
	git diff --stat -- tests/golden

bench: $(READY)  ## speed and memory; bench/store.py takes half an hour and 3 GB of disk
	$(BIN)/python bench/speed.py

picture: $(READY)  ## the picture in the README
	$(BIN)/python docs/make_view.py

fast: $(READY)  ## compile the stages of reading (C compiler wanted, some minutes); make slow or make test takes them away again
	$(BIN)/python -c 'import setuptools' 2> /dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check setuptools
	$(BIN)/python tools/fast.py

slow: $(READY)  ## plain Python again
	$(BIN)/python tools/fast.py --undo

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Kawat needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(READY)

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
