"""Which docsmith this is: what ``importlib.metadata`` would say as well, 20 ms later."""

VERSION = "0.1.0"
