"""A Word template and a context into the bytes of a document."""
