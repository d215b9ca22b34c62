"""docsmith: official Word documents from one set of branch data."""
