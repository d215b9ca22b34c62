"""What holds for every test: messages are English; the user's cache and installed plugins are left alone."""

from __future__ import annotations

import os

# Set before anything of docsmith is imported: help texts are translated where they are defined.
os.environ["DOCSMITH_LANG"] = os.environ["LANGUAGE"] = "en"
os.environ["DOCSMITH_CACHE"] = os.environ["DOCSMITH_PACKAGES"] = "off"

pytest_plugins = ["pytester"]
