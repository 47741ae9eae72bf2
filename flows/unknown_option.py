"""What is said of an option that a command does not have."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from cyclopts import App

_END_OF_OPTIONS = "--"


def unknown_option(app: App, words: Sequence[str]) -> str | None:
    """A sentence or two on the first of the words that looks like an option of a command and is none; None: all are.

    ``words``: of one call, its values among them. What is a value and begins with a hyphen is taken for an option: only
    ask of a call that is wrong.
    """
    # A group of commands has no arguments of its own, and cyclopts refuses to tell of none.
    arguments = app.assemble_argument_collection() if app.default_command else ()
    own = [name for argument in arguments for name in argument.names if name.startswith("-")]
    known = [*own, *(app.help_flags or ()), *(app.version_flags or ())]
    for word in words:
        if word == _END_OF_OPTIONS:
            return None
        name = word.partition("=")[0]
        if word.startswith("-") and word != "-" and not word[1:].isdigit() and name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            return f"Unknown option: {name}. " + (
                f"Did you mean {close[0]}?" if close else f"There are: {', '.join(own or known)}."
            )
    return None
