"""What a template may say, and what it may cost."""
