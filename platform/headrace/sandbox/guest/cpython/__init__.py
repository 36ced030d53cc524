"""Python of tenants: CPython in WebAssembly, an interpreter for every job."""
