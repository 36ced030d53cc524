"""Files of a tenant: stored once by content, referred to by id, served by signed addresses."""
