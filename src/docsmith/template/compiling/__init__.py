"""From sources to a compiled template: programs, and the proof of what they write."""
