"""How fast docsmith is, and how fast others are: ``python -m benchmarks`` (docs/speed.md)."""
