"""What a tenant knows: collections of documents, found by meaning and by words."""
