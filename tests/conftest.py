"""What holds for every test: messages are English, and the user's cache is left alone."""

from __future__ import annotations

import os

# Set before anything of docsmith is imported: help texts are translated where they are defined.
os.environ["DOCSMITH_LANG"] = os.environ["LANGUAGE"] = "en"
os.environ["DOCSMITH_CACHE"] = "off"
