"""Language models: gateway, ledger, budgets, router."""
