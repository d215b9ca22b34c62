"""The engine: names, writing, ledger, context, workspace, runs."""
