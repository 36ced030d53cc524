# One word per wish. Everything is in manage.py, which needs nothing but a Python.
PYTHON ?= python3

.PHONY: up install test check gen bench fmt lock chaos

up: ## install what is missing, run everything, print the address; Ctrl-C stops it
	@$(PYTHON) manage.py up

install: ## bring .venv and the front end up to date
	@$(PYTHON) manage.py install

test: ## every test there is
	@$(PYTHON) manage.py test_all

check: ## every tool that reads the code without running it
	@$(PYTHON) manage.py check_all

gen: ## write the generated files again
	@$(PYTHON) manage.py gen

bench: ## measure; ARGS are handed on
	@$(PYTHON) manage.py bench $(ARGS)

fmt: ## format and mend
	@$(PYTHON) manage.py fmt

lock: ## compile requirements/*.txt from pyproject.toml
	@$(PYTHON) manage.py lock

chaos: ## break everything under load for SECONDS (60), by SEED, and check the invariants
	@$(PYTHON) manage.py chaos $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED))
