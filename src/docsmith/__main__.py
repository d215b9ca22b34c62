"""``python -m docsmith``."""

from docsmith.cli import main

if __name__ == "__main__":
    main()
