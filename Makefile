# The commands of Sanctuary. `make help` lists them; what is longer than a line or two lives in tools/.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
export PORT
# Empty means the embedded PostgreSQL server; anything else names a real one.
ifneq ($(DATABASE_URL),)
export DATABASE_URL
endif

BIN := .venv/bin
ENVIRONMENT := .venv/.ready
ASSETS := build/.ready
DEVELOPMENT := .venv/.ready-to-test
TO_RUN := $(ENVIRONMENT) $(ASSETS)
TO_TEST := $(TO_RUN) $(DEVELOPMENT)
# Every generator of committed pages: modules that write under docs/ when run.
GENERATORS := $(patsubst %.py,%,$(subst /,.,$(sort $(wildcard tests/support/generate*.py))))

##@ Use
.PHONY: setup run demo-reset
setup: $(TO_RUN) ## Environment, hash-locked packages and front-end assets; no server
	@echo "Ready: make run starts the site, make test proves it."

run: $(TO_RUN) ## The site on 127.0.0.1:8000 (PORT moves it) with a fictional county
	@exec $(BIN)/sanctuary serve

demo-reset: $(TO_RUN) ## Start the fictional county again, from nothing
	@$(BIN)/sanctuary demo-reset

.PHONY: code
code: $(TO_RUN) ## The code that the county's accounts are asked for now, after the password
	@$(BIN)/sanctuary code

.PHONY: site
site: $(TO_RUN) ## The schemes as a static site in build/site, for partners to read
	@$(BIN)/sanctuary publish build/site

##@ Prove
.PHONY: test check prove-foundation prove-schemes prove-access bench
test: $(TO_TEST) ## All tests, the browser ones included (ARGS="-k clocks" narrows); the proofs run them at full length
	@SHORT='$(or $(SHORT),1)' tools/pytest $(ARGS)

check: $(TO_TEST) ## Style, types, import layers, migrations, schemes, generated pages
	@tools/check $(GENERATORS)

prove-foundation: $(TO_TEST) ## Every chapter of proof at full length (SHORT=1 shortens it)
	@SHORT='$(SHORT)' tools/prove_foundation

prove-schemes: $(TO_TEST) ## The schemes' proofs: examples, paths, reachability, mutants, journeys
	@SHORT='$(SHORT)' tools/prove_schemes

prove-access: $(TO_TEST) ## Who may see what, page by page, and what a thief finds (SHORT=1 shortens it)
	@SHORT='$(SHORT)' tools/prove_access

bench: $(TO_TEST) ## Speed, measured beside its floor, into docs/reference/performance.md
	@$(BIN)/python -m tests.support.bench $(ARGS)

##@ Work on it
.PHONY: docs pictures format lock clean help
docs: $(TO_TEST) ## Write the generated pages anew
	@tools/generate $(GENERATORS)

pictures: $(TO_TEST) ## Take the README's pictures anew, into docs/pictures
	@PICTURES=1 tools/pytest -q tests/browser/test_pictures.py

format: $(DEVELOPMENT) ## Put the code in its usual layout
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .

lock: $(ENVIRONMENT) ## Write the lock files anew from what the *.in files and package.json ask for
	@tools/lock

clean: ## Remove what set-up and builds made; keeps the database under var/
	rm -rf .venv build node_modules src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

help: ## This list
	@awk 'BEGIN {FS = ":.*##"} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*##/ {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(ENVIRONMENT): requirements.lock pyproject.toml tools/environment
	@tools/environment requirements.lock
	@touch $@

$(DEVELOPMENT): requirements-dev.lock $(ENVIRONMENT)
	@tools/environment requirements.lock requirements-dev.lock
	@touch $@

$(ASSETS): package-lock.json tools/assets.py tools/letter_fonts.py $(wildcard tools/frontend/*) $(ENVIRONMENT)
	@$(BIN)/python tools/assets.py
	@touch $@
