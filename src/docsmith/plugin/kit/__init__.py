"""What document types are written with: tables that break over pages, and the sentences of articles.

The core uses none of it. Plugins take what they need: ``from docsmith.plugin.kit.grouping import stretches``.
"""
