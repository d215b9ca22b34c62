"""How the templates of the examples are made: one module each, with a ``build() -> bytes``."""
