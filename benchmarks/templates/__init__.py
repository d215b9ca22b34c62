"""The templates that are measured: one text, written for each engine in its own syntax."""
