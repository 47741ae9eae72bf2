"""Characters, addresses and metadata in one form each."""
