"""Slots: what is written in the places of a template that depend on the data."""
