# Tieout: from data and notebooks to a published report. `make help` says what there is.
PYTHON ?= python3
ENGINE ?= auto
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := site
.PHONY: site fonts example update check test test-deep test-corruption mutants lint format prose bench
.PHONY: preview lab data lock clean help

site: $(READY)  ## build the site and the PDF into _site/ (ENGINE=auto|pandoc|quarto)
	$(BIN)/tieout build --engine $(ENGINE)

check: $(READY)  ## agree every number, from the source to the built pages
	$(BIN)/tieout check

update: $(READY)  ## rewrite the numbers in prose that data or computations have moved
	$(BIN)/tieout update

data: $(READY)  ## after a deliberate change of data/: refresh hashes and version
	$(BIN)/tieout data

preview: $(READY)  ## serve the site on this machine and rebuild what changes
	$(BIN)/tieout preview --engine $(ENGINE)

lab: $(READY)  ## open the notebooks in JupyterLab
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-lab.lock
	$(BIN)/jupyter lab

example: $(READY)  ## build the second report, examples/penguins; matplotlib and statsmodels are installed for it
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-examples.lock
	$(BIN)/tieout build --engine pandoc --project examples/penguins

test: $(READY)  ## run every test
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-deep: $(READY)  ## try every property on ten times the examples or more, others each time
	TIEOUT_DEEP=1 $(BIN)/python -m pytest -n auto --dist worksteal -m "hypothesis or deep"

test-corruption: $(READY)  ## change every number there is, one at a time: each change must be caught
	TIEOUT_CORRUPTION=all $(BIN)/python -m pytest tests/corruption -n auto

mutants: $(READY)  ## make small mistakes in the source, a sample: which ones does no test of their room notice?
	$(BIN)/python -m tests.mutants

prose: $(READY)  ## how the report reads: words a sentence, passives, phrases said again
	$(BIN)/python -m tests.readability

lint: $(READY)  ## ruff, strict types, and the stair of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --cache-dir .tieout/imports

format: $(READY)  ## let ruff put the code in form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)  ## time the build and the checks, as ratios within one run
	$(BIN)/python -m tests.bench

fonts: $(READY)  ## make the fonts of pages, charts and paper anew from the packages they come in
	$(BIN)/uv run --quiet --no-project --with fonttools==4.68.0 --with brotli --with fontpkg-ibm-plex-sans==3.201 \
		--with fontpkg-ibm-plex-serif==2.6 python tools/fonts.py src/tieout/render/theme/fonts src/tieout/project/fonts

lock: $(READY)  ## resolve the dependencies anew and lock them with hashes
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --group dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --extra lab --constraint requirements.lock pyproject.toml -o requirements-lab.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --extra examples --constraint requirements.lock pyproject.toml -o requirements-examples.lock

clean:  ## remove what was built (keeps the environment)
	rm -rf _site _site.* .tieout examples/*/_site examples/*/.tieout

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The environment is made once, and again when a lock file or pyproject.toml changes.
$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "make: no $(PYTHON); install Python 3.11 or newer, or say make PYTHON=path" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "make: $(PYTHON) is older than 3.11; say make PYTHON=python3.11, or newer" >&2; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
