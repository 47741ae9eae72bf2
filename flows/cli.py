"""The command line ``cleaning``. Each command is a module of its own; what it needs is imported when it is called."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from types import FrameType

from cyclopts import App, CycloptsError, UnknownCommandError
from rich.console import Console

from cleaning.ingest.places import hide_credentials
from flows import cli_retry, cli_rules, cli_run, cli_serve, cli_show, cli_snapshots, cli_status, cli_try, cli_verify
from flows.contract import ContractFailed
from flows.messages import message_of
from flows.unknown_option import unknown_option

PUBLISHED = 0
CONTRACT_FAILED = 1
WRONG_CALL = 2
INTERRUPTED = 130
TERMINATED = 143

_HELP = """Raw text and HTML files in, a checked Parquet data set out.

Boilerplate is removed, every removal is kept with its reason, and nothing is published that
breaks its contract. Exit codes: 0 published or up to date · 1 the data failed its contract and
nothing was published · 2 wrong call or broken set-up · 130 or 143 stopped by Ctrl-C or SIGTERM.
Of an error, every command shows with `--verbose` where in the program it came from.

For example:

```
cleaning run seeds --out data
cleaning serve seeds --out data --every 1h
cleaning show 000_1378d33102b1ddb1.txt
cleaning verify data
```
"""

# They show more than tracebacks with it; of all other commands it is taken away here, and ``guarded`` looks at it.
_KNOW_VERBOSE = ("run", "serve", "retry")


def _version() -> str:
    from cleaning.freshness import library_versions

    return library_versions()["content-cleaning"]


app = App(name="cleaning", help=_HELP, help_format="markdown", version=_version, version_flags=["--version"])
app.suppress_keyboard_interrupt = False
app.command(cli_run.app)
app.command(cli_serve.app)
app.command(cli_show.show_app)
app.command(cli_show.explain_app)
app.command(cli_verify.app)
app.command(cli_status.app)
app.command(cli_snapshots.app)
app.command(cli_retry.app)
app.command(cli_try.app)
app.command(cli_rules.app)


def run_command(arguments: Sequence[str]) -> int:
    """The exit code of the command that ``arguments`` name, its errors told on standard error."""
    own = arguments[:1] and arguments[0] in _KNOW_VERBOSE
    told = [one for one in arguments if own or one != "--verbose"]
    return guarded(lambda: app(told, exit_on_error=False, print_error=False), arguments)


def guarded(command: Callable[[], object], arguments: Sequence[str]) -> int:
    """The exit code of ``command``; an error is one message on standard error, SIGTERM ends it in order.

    With ``--verbose`` among the arguments the message comes with its traceback.
    """
    interrupts = _count_interrupts()
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = command()
        return code if isinstance(code, int) else PUBLISHED
    except SystemExit as end:
        return _code_of(end)
    except KeyboardInterrupt:
        return _interrupted()
    except CycloptsError as error:
        _tell(f"{_said_of(error)} Try --help.")
        return WRONG_CALL
    except Exception as error:  # noqa: BLE001 - the one place that tells a person of any error
        if _is_terminated():  # what a library's clean-up trips over then is no news
            return _code_of(SystemExit(TERMINATED))
        if interrupts:
            return _interrupted()
        if "--verbose" in arguments:
            sys.stderr.write(hide_credentials(traceback.format_exc()))
        _tell(message_of(error, "" if "--verbose" in arguments else " Run again with --verbose to see where."))
        return _exit_code(error)


def _said_of(error: CycloptsError) -> str:
    """What is wrong with a call. An option that is none goes first: what it was to be is missing for that reason.

    Not so behind a command that is none: options are those of a command.
    """
    if isinstance(error, UnknownCommandError) and not (error.unused_tokens or ["-"])[0].startswith("-"):
        return str(error)
    unknown = unknown_option(error.app, error.root_input_tokens or ()) if error.app else None
    return unknown or str(error)


def _count_interrupts() -> list[int]:
    """A list that each Ctrl-C adds to: libraries may make an error of their own of what it raises in them."""
    interrupts: list[int] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        interrupts.append(number)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) == signal.default_int_handler:  # it is ignored in the background of a script
        signal.signal(signal.SIGINT, interrupt)
    return interrupts


def _interrupted() -> int:
    # What is left to do now takes seconds: one more must not break into that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _tell("Stopped by Ctrl-C.")
    return INTERRUPTED


def _terminate(number: int, frame: FrameType | None) -> None:
    # Only the first one ends the command in order; a second one must not break into that.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(TERMINATED)


def _is_terminated() -> bool:
    """Has SIGTERM been received? The handler leaves itself only then."""
    return signal.getsignal(signal.SIGTERM) == signal.SIG_IGN


def _code_of(end: SystemExit) -> int:
    if end.code == TERMINATED:
        _tell("Stopped by SIGTERM.")
    if end.code is None or isinstance(end.code, int):
        return end.code or PUBLISHED
    _tell(str(end.code))
    return WRONG_CALL


def _exit_code(error: Exception) -> int:
    return CONTRACT_FAILED if isinstance(error, ContractFailed) else WRONG_CALL


def _tell(message: str) -> None:
    Console(stderr=True, soft_wrap=True, highlight=False).print(hide_credentials(message), markup=False)
