# Python 3.11 or newer is all that has to be there. `make` alone says what can be done.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export PORT
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run test lint format front bench demo screenshots pins clean

help: ## Say what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

run: .venv/installed .env ## Start the CMS with demo content on http://localhost:8000 (PORT=9000 for another port)
	@python -m cms.start

test: .venv/installed-dev ## Run all tests: on SQLite, on PostgreSQL and in a browser
	@python -m tests.run

lint: .venv/installed-dev ## Check style, types, the direction of imports, migrations and deployment settings
	ruff check .
	ruff format --check .
	mypy
	lint-imports
	ENVIRONMENT=development python manage.py makemigrations --check --dry-run
	ENVIRONMENT=production SECRET_KEY="$$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		ALLOWED_HOSTS=cms.example.nl BASE_URL=https://cms.example.nl DATABASE_URL= python manage.py check --deploy --fail-level WARNING

format: .venv/installed-dev ## Put the code in the project's style
	ruff check --fix .
	ruff format .

front: ## Check the code of the site, and that its types are those of the contract (needs Node 20.19 or newer)
	cd frontend && npm ci --no-audit --no-fund
	cd frontend && npm run types -- --check || { echo "src/lib/api/schema.d.ts is stale; this renews it: cd frontend && npm run types"; exit 1; }
	cd frontend && npm run check && npm test

bench: .venv/installed-dev ## Measure what is claimed about speed (PAGES="1000 100000" for other sizes)
	python -m benchmarks.api $(if $(PAGES),--pages $(PAGES))
	python -m benchmarks.search
	python -m benchmarks.registering
	python -m benchmarks.sending

demo: .venv/installed .env ## Throw away all content and load the demo again
	python manage.py migrate --verbosity 0
	python manage.py load_demo --reset

screenshots: .venv/installed-dev ## Take the pictures in docs/redactie.md anew (needs Chromium and Node)
	python -m docs.screenshots

pins: | .venv/bin/python ## Renew the pins from pyproject.toml; with the oldest Python, so that all can install them
	$(PYTHON) -m venv .venv/pins
	.venv/pins/bin/pip install --quiet --upgrade --editable .
	.venv/pins/bin/pip freeze --exclude-editable > requirements.txt
	.venv/pins/bin/pip install --quiet --editable '.[dev]'
	.venv/pins/bin/pip freeze --exclude-editable | grep -vxFf requirements.txt > requirements-dev.txt || true
	rm -rf .venv/pins

clean: ## Remove the virtual environment; content in var/ stays
	rm -rf .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Try make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/python
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: requirements.txt requirements-dev.txt | .venv/bin/python
	.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch .venv/installed $@

.env:
	cp .env.example .env
