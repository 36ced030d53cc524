"""The outside of sandbox processes: starting, feeding, ending and sharing them."""
