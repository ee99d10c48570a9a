# ARGS="..." is handed on to what a target runs: make test ARGS="-k lock --headed"
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

bin := .venv/bin
# Where Python is told to keep no bytecode, each of the many processes of a test run would compile the project anew.
unexport PYTHONDONTWRITEBYTECODE

# .ci/setup has made the environment / the doctor found, or put right, what a run needs.
made := .venv/.made
ready := .venv/.ready
translations := mock_sites/translations

.PHONY: help setup installed demo test check coverage serve lint messages lock bench clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: installed ## Install what a run needs; nothing is done when nothing changed
	@test $(ready) -nt $(made) || { $(bin)/mock-sites doctor --fix && touch $(ready); }

installed:
	@.ci/setup

demo: setup ## Play the journey from the purchase to the first login
	$(bin)/journeys demo purchase-to-login $(ARGS)

test: setup ## Run the tests
	$(bin)/pytest -n 2 $(ARGS)

check: setup ## Run the tests that what was changed since the last "make coverage" reaches, for 40 seconds at most
	$(bin)/pytest -n 2 --changed $(ARGS)

coverage: setup ## Run the tests, and record which code each of them runs, for "make check"
	$(bin)/pytest -n 2 --cov --cov-context=test --cov-report= --record-coverage $(ARGS)

serve: setup ## Serve the mock sites
	$(bin)/mock-sites serve $(ARGS)

lint: installed ## Check style, types and who imports whom
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/basedpyright
	$(bin)/lint-imports --no-logo

messages: installed ## Collect the texts to translate, and compile the translations
	mkdir -p build
	$(bin)/pybabel -q extract --mapping-file pyproject.toml --add-location file --no-wrap \
		--output-file build/messages.pot mock_sites
	$(bin)/pybabel -q update --input-file build/messages.pot --output-dir $(translations) \
		--no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(bin)/pybabel compile --directory $(translations) --statistics

lock: installed ## Resolve requirements.lock anew; ARGS=--upgrade takes newer versions
	$(bin)/uv pip compile pyproject.toml --extra pytest --extra review --group dev --universal --python-version 3.11 \
		--generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
		--quiet --output-file requirements.lock $(ARGS)

bench: setup ## Measure the sites and the harness
	$(bin)/journeys bench $(ARGS)

clean: ## Remove the environment, caches and what runs left behind
	rm -rf .venv .worlds .coverage output test-results .pytest_cache .ruff_cache .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
