"""``python -m flows`` and the command ``cleaning``."""

from __future__ import annotations

import sys
import traceback


def main() -> None:
    """Run the command line and exit with its code; 2 where it cannot even be loaded."""
    try:
        from flows.cli import run_command
    except Exception as error:  # noqa: BLE001 - a rule that a person wrote may fail with any
        from flows.broken_code import cannot_start

        if "--verbose" in sys.argv:
            traceback.print_exception(error)
        sys.stderr.write(cannot_start(error) + "\n")
        sys.exit(2)
    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
