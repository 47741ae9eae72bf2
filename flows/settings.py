"""Where a run happens and with how many hands; the only reader of the environment.

But for credentials, which cleaning.ingest.places keeps there.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cleaning.errors import BadCall, CleaningError
from cleaning.ingest import parse_inputs, shown_argument
from cleaning.ingest.places import is_remote, local_name, without_credentials
from cleaning.recipe import Recipe
from flows.recipe_file import recipe_of


class BrokenSetup(CleaningError):
    """The installation or a service that a run needs does not work."""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One call: what to clean, where to publish it, and with how many worker processes.

    ``remote``: the remote place to publish in; then ``out`` is the folder on this machine that runs into it work in.
    No credentials are in here: those of addresses are taken out and kept for this process.
    """

    inputs: tuple[str, ...]
    out: Path
    recipe: Path | None = None
    full: bool = False
    workers: int | None = None
    retry: bool = False
    remote: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "inputs", tuple(shown_argument(argument) for argument in self.inputs))

    @property
    def place(self) -> str:
        """Where it publishes, as a person names it."""
        return self.remote or str(self.out)

    @classmethod
    def of(
        cls,
        inputs: Sequence[str],
        out: str,
        *,
        recipe: str | None = None,
        full: bool = False,
        workers: int | None = None,
        retry: bool = False,
    ) -> RunRequest:
        """The request that the flow's plain parameters stand for.

        Raises BadCall.
        """
        if isinstance(inputs, str):
            raise BadCall(f'inputs is a list of files and folders: write ["{inputs}"].')
        recipe_file = Path(recipe) if recipe else None
        remote, folder = output_of(out)
        return cls(tuple(inputs), folder, recipe_file, full, workers, retry, remote)

    def as_parameters(self) -> dict[str, Any]:
        """The parameters of the flow that stand for this request."""
        return {
            "inputs": list(self.inputs),
            "out": self.place,
            "recipe": str(self.recipe) if self.recipe else None,
            "full": self.full,
            "workers": self.workers,
            "retry": self.retry,
        }

    def absolute(self) -> RunRequest:
        """The same request for a process that works in another folder.

        Raises BadCall.
        """
        inputs = tuple(_absolute(argument) for argument in self.inputs)
        recipe = self.recipe.absolute() if self.recipe else None
        return replace(self, inputs=inputs, out=self.out.absolute(), recipe=recipe)

    def read_recipe(self) -> Recipe:
        """The recipe that was named, or the default one.

        Raises BadRecipe.
        """
        return recipe_of(self.recipe)

    def check(self) -> None:
        """Refuse what can be seen to be wrong at a glance, before anything is started.

        Raises BadCall.
        """
        self.check_call()
        parse_inputs(self.inputs)

    def check_call(self) -> None:
        """Refuse what is wrong with the call whatever there is on the disks.

        Raises BadCall.
        """
        if not self.inputs:
            raise BadCall("No input was named. Name at least one file or folder to clean.")
        for name in (*self.inputs, str(self.out)):
            if not _is_utf8(name):
                shown = os.fsencode(name).decode("utf-8", "backslashreplace")
                raise BadCall(f"{shown}: the name is not UTF-8, and it goes into tables that are. Rename the folder.")
        if self.remote:
            from flows.remote import check_address

            check_address(self.remote)
        if self.out.exists() and not self.out.is_dir():
            raise BadCall(f"{self.out}: the output must be a folder, and this is a file. Name another --out.")
        if self.workers is not None and self.workers < 1:
            raise BadCall(f"--workers {self.workers}: at least one worker process is needed.")


def output_of(out: str | os.PathLike[str]) -> tuple[str, Path]:
    """(remote address, folder on this machine) of an output; the address is empty where it is on this machine.

    Raises:
        BadCall: credentials in it cannot be told from the rest.
    """
    named = os.fspath(out)
    if not is_remote(named):
        return "", Path(local_name(named))
    address = without_credentials(named)
    return address, _work_folder(address)


def _work_folder(address: str) -> Path:
    """Where runs into a remote place work: in CONTENT_CLEANING_WORK, else in the user's cache folder.

    A bucket of the same name in another store is another place.
    """
    from platformdirs import user_cache_path

    chosen = os.environ.get("CONTENT_CLEANING_WORK")
    folder = Path(chosen).expanduser() if chosen else user_cache_path("content-cleaning")
    store = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
    return folder / f"remote-{hashlib.sha256(f'{address} {store}'.encode()).hexdigest()[:16]}"


def _absolute(argument: str) -> str:
    """The argument with its path made absolute; a pattern and a list stay what they are."""
    if argument.startswith("@") and not os.path.lexists(argument):
        return f"@{os.path.abspath(argument[1:])}"
    name, sign, rest = argument.partition("=")
    if is_remote(argument) or (sign and is_remote(rest)):
        return argument
    if sign and not os.path.lexists(argument) and "/" not in name:
        return f"{name}={os.path.abspath(local_name(rest))}"
    return os.path.abspath(os.path.expanduser(local_name(argument)))


def _is_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def usable_cores() -> int:
    """Cores that this process may use, at least 1."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# What we decide unless the user did: no library phones home, and a slow machine may take its time to
# start a server.
_DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
}


def set_default_environment(*, log_level: str | None = None) -> None:
    """Set our defaults for this process and its children; what the user set stays.

    ``log_level``: what of Prefect's log the terminal shows. Its pages show everything anyway.
    """
    level = {"PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": log_level} if log_level else {}
    for name, value in (_DEFAULTS | level).items():
        os.environ.setdefault(name, value)


_SERVED = "CONTENT_CLEANING_SERVED"


def mark_as_served(*, verbose: bool) -> None:
    """Let the processes that we start know that they are runs of ``cleaning serve``."""
    os.environ[_SERVED] = "verbose" if verbose else "quiet"


def is_served() -> bool:
    """Whether this process is a run of ``cleaning serve``."""
    return _SERVED in os.environ


def is_served_quietly() -> bool:
    """Whether this process is a run of ``cleaning serve`` without ``--verbose``."""
    return os.environ.get(_SERVED) == "quiet"


def configured_api_url() -> str | None:
    """The Prefect API that the user's own configuration names, or None.

    Read without importing Prefect, in the places where Prefect looks: the environment, ``.env``,
    ``prefect.toml``, ``pyproject.toml`` and the active profile. Once Prefect is imported it is asked.
    """
    if "prefect.context" in sys.modules:
        from prefect.settings import get_current_settings

        return get_current_settings().api.url
    return next((url for url in _api_urls() if url), None)


def _api_urls() -> Iterator[str | None]:
    yield os.environ.get("PREFECT_API_URL")
    yield _read_dotenv(Path(".env")).get("PREFECT_API_URL")
    yield _at(_read_toml(Path("prefect.toml")), "api", "url")
    yield _at(_read_toml(Path("pyproject.toml")), "tool", "prefect", "api", "url")
    home = Path(os.environ.get("PREFECT_HOME") or "~/.prefect").expanduser()
    profiles = _read_toml(Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml"))
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active")
    yield _at(profiles, "profiles", str(active), "PREFECT_API_URL")


def _read_toml(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # a broken file is Prefect's to complain about
        return {}


def _read_dotenv(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    pairs = (line.removeprefix("export ").partition("=") for line in lines if "=" in line)
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def _at(table: Mapping[str, Any], *keys: str) -> str | None:
    found: Any = table
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else None


def server_home(out: Path, *, name: str = "runs") -> Path:
    """A folder that can be written, for the data of a Prefect server of ours.

    It is PREFECT_HOME where the user set one. Else it is our own and names Prefect's version, since a
    database that a newer Prefect wrote cannot be opened by an older one: the user's cache folder, or
    ``<out>/work`` where that cannot be written.
    """
    if chosen := os.environ.get("PREFECT_HOME"):
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    folder = f"prefect-{version('prefect')}-{name}"
    for home in (user_cache_path("content-cleaning") / folder, out / "work" / folder):
        try:
            home.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(home, os.W_OK):
            return home
    raise BrokenSetup(f"{home}: cannot be written. Set PREFECT_HOME to a folder that can be.")
