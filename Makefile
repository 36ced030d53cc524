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

chaos: ## reserved for the suite of seeded faults
	@echo "There is no chaos suite yet."; exit 2
