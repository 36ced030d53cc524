"""The one door for everything that leaves: a guarded HTTP client and address pinning."""
