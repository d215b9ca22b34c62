"""The developers' tools; none of them ships."""
