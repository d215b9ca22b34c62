"""From a dataset and a document type to files on disk, one document at a time."""
