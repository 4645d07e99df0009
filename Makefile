# Each target is one line; the work is in scripts. Ports: HOITHI_FRONT_PORT and HOITHI_BASE_PORT.
.PHONY: up down status test lint rehearse contracts faults bench
PYTHON := .venv/bin/python
BOOTSTRAP := deploy/native/bootstrap.sh

up: ; @$(BOOTSTRAP) && exec $(PYTHON) -m hoithi_native up
down: ; @$(PYTHON) -m hoithi_native down
status: ; @$(PYTHON) -m hoithi_native status
test: ; @$(BOOTSTRAP) tests && exec $(PYTHON) -m tests
lint: ; @$(BOOTSTRAP) && .venv/bin/ruff check . && exec .venv/bin/lint-imports
rehearse: ; @$(BOOTSTRAP) && exec .venv/bin/hoithi rehearse --people 200
contracts: ; @$(BOOTSTRAP) && exec deploy/native/contracts.sh
faults: ; @$(BOOTSTRAP) && exec $(PYTHON) -m tests.faults --faults $(or $(FAULTS),200) --seed $(or $(SEED),1)
bench: ; @$(BOOTSTRAP) && exec $(PYTHON) -m bench --short --json .hoithi/bench
