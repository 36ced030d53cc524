"""Where items go: branches, joins, waits and ends."""
