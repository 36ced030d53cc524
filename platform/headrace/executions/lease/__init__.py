"""What a worker may hold and for how long: claims, the heartbeat, the database's clock."""
