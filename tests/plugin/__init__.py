"""The plugin layer: discovery, manifests, options, hooks."""
