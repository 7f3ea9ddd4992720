"""`cio-tui`: every verb without a screen. stdout is data, stderr is talk.

Exit codes: 0 done; 1 the answer is no (rows of an import refused, a check that found something); 2 wrong usage; 3 input refused.
"""

import sys


def main() -> None:
    """The command. Asking for the version loads nothing else."""
    if sys.argv[1:] == ["--version"]:
        from cio_tui.version import __version__

        print(f"cio-tui {__version__}")  # noqa: T201  # click would take longer to load than Python itself
        return
    from cio_tui.cli.app import run

    run()
