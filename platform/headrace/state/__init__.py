"""What outlives an execution and is shared: values by key, rates, locks, breakers, bursts."""
