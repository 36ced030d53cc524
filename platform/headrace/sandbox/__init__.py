"""Where the code of tenants runs: QuickJS in WebAssembly, in processes that own nothing.

`guest` is the inside of such a process and imports neither Django nor anything of ours beyond
itself; `host` starts, feeds and ends them. Everybody else uses `actions`.
"""
