"""The verb ``prefect run clean-corpus``, added to Prefect's command line by Prefect's own plugin hook.

Prefect imports this module whenever it is imported with plugins on, so it imports next to nothing.
The command line of Prefect is private: where it is not as we know it, nothing is added.
"""

from __future__ import annotations

import logging
import sys
from pathlib import PurePath
from typing import Any

from prefect.plugins import register_hook

_logger = logging.getLogger("prefect.plugins.content_cleaning")


@register_hook
def setup_environment(*, ctx: object) -> None:
    """Add the verb when this process is Prefect's command line."""
    if _is_prefect_command():
        add_verb()


def _is_prefect_command() -> bool:
    started = PurePath(sys.argv[0] if sys.argv else "")
    is_module = sys.argv[:1] == ["-m"] or (started.name == "__main__.py" and started.parent.name == "prefect")
    return is_module or started.name.lower() in {"prefect", "prefect.exe", "prefect-script.py"}


def add_verb() -> None:
    """Register the lazily imported command ``run`` with Prefect's private cyclopts app."""
    try:
        from prefect.cli import _app

        commands: Any = _app._app
        if "run" not in commands:
            commands.command("flows.cli_prefect:app", name="run", help="Run the flow clean-corpus from here.")
    except Exception:
        _logger.debug("Prefect's command line is not as we know it: no `prefect run`.", exc_info=True)
