"""Files of any kind into a dataset, and a dataset into files. The only layer that knows file formats of data."""
