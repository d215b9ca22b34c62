"""How the bundled templates are made: one module each, with a ``build() -> bytes``."""
