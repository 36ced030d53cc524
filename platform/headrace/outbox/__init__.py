"""The door by which facts and jobs leave a transaction."""
