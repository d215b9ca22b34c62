"""Regulations as data, and the small functions that check them."""
