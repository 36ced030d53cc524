"""Messages to people: e-mail and notices."""
