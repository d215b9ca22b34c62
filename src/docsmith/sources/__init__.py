"""Data files of any kind into a dataset, and a dataset into files."""
