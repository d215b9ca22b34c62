"""The command line, through its own front door."""
