"""The package: reading one that comes from anywhere, and writing documents."""
