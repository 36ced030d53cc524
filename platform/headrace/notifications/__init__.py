"""What members are told by workflows: kept for the app, and by which other ways they want it."""
