"""The vault: secrets go in, and come out through one function only."""
