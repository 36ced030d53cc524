"""The inside of a sandbox process: standard library, wasmtime and QuickJS, nothing of ours."""
