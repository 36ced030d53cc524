"""Live updates: facts out to browsers. This app never writes to the database."""
