"""Settings, addresses and the wiring of the apps. The only reader of the environment."""
