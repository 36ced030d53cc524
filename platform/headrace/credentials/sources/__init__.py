"""Places other than our database where operators keep secret values."""
