"""Records, findings and manifests: what the layers hand to each other. Imports nothing of ours but errors."""
