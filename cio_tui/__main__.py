"""`python -m cio_tui`: the command line."""

from cio_tui.cli import main

if __name__ == "__main__":
    main()
