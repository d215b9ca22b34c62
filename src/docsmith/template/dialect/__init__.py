"""From a part of a Word template to the source of a Jinja template, each tag with its place."""
