"""What a step can wait for: one module a kind, listed in `table`.

To add a kind, write a module with a subclass of `kind.WaitKind` and name it in `table.KINDS`; add
its word to `Suspension.kind` and `Wake.kind` of the SDK. A node then returns `Suspension(kind)`,
and whoever ends the wait puts `{"node", "run", "data"}` into the inbox
(`executions.actions.tell`) under one of the words of `runner.news`.
"""
