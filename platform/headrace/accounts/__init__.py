"""People, their memberships and keys, and the one question `can(actor, verb, object)`."""
