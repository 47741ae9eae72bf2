"""One frozen, validated description of what a run does to documents.

The recipe is part of a snapshot's identity: two runs with equal recipes over equal inputs give
equal rows. Where a run happens and with how many hands is not in here (``flows.settings``).
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from cleaning.errors import BadRecipe
from cleaning.records import MOVED_KINDS, Kind

LineModel = Literal["off", "conservative", "default", "aggressive"]
KindPolicy = Literal["drop", "move", "flag", "keep"]
Bytes = Annotated[int, Field(gt=0)]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
_WITH_REGION = re.compile(r"([A-Za-z]{2})(?:[-_]\w+)?")
# Measured: rules, phrases and models take some 450 MB before the first document, more on machines of many cores.
LEAST_WORKER_BYTES = 1_000_000_000
Share = Annotated[float, Field(ge=0, le=1)]
# In place of a site in ``keep_lines``.
EVERY_SITE = "*"


class Limits(BaseModel):
    """Bounds on one source; what exceeds them goes to quarantine under the bound's own name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file_bytes: Bytes = Field(
        default=50_000_000, description="Largest file that is read. The largest of 1,497 WCXB pages has 7 MB."
    )
    lines: Bytes = Field(default=200_000, description="Most lines that a document may have.")
    line_chars: Bytes = Field(default=20_000_000, description="Longest line of a document, in characters.")
    members: Bytes = Field(default=1_000_000, description="Most members of an archive, those of archives in it too.")
    nesting: int = Field(default=4, ge=0, description="How deep compressed files and archives may lie in one another.")
    unpacked_bytes: Bytes = Field(
        default=200_000_000_000, description="Most bytes that a compressed file or an archive may unpack to."
    )
    unpacked_ratio: Bytes = Field(
        default=300,
        description="Most unpacked bytes for each packed one, counted from 50 MB on. Text packs about 4 times.",
    )
    document_seconds: int = Field(
        default=60, gt=0, description="Processor seconds that one document may take; ten times that by the clock."
    )
    worker_bytes: int = Field(
        default=4_000_000_000,
        ge=LEAST_WORKER_BYTES,
        description="Most memory of a worker process, of which rules and models take some 450 MB.",
    )


class Fields(BaseModel):
    """Names of the fields of JSON, CSV and Parquet rows; of several the first that reads. ``a.b`` is b in a."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: tuple[str, ...] = Field(
        default=("text", "content", "body", "article", "maintext", "main_content", "raw_content"),
        min_length=1,
        description="The text of the document, plain.",
    )
    html: tuple[str, ...] = Field(default=("html", "raw_html", "page_html"), description="The page; goes before text.")
    id: tuple[str, ...] = Field(
        default=(),
        description="What names a record in place of its row, so that ids outlast rows put above; "
        "stays in extra, unless it is one of the fields below, too.",
    )
    title: tuple[str, ...] = ("title", "headline")
    authors: tuple[str, ...] = ("authors", "author", "byline", "creator")
    published: tuple[str, ...] = ("published", "date_publish", "publish_date", "date", "pubDate", "timestamp")
    modified: tuple[str, ...] = ("modified", "date_modify", "updated")
    section: tuple[str, ...] = ("section", "category")
    tags: tuple[str, ...] = ("tags", "keywords")
    description: tuple[str, ...] = ("description", "summary", "abstract")
    language: tuple[str, ...] = Field(
        default=("language", "lang", "inLanguage"),
        description="The language that the record states: declared_language.",
    )
    url: tuple[str, ...] = ("url", "link", "source_url", "uri")


class Recipe(BaseModel):
    """What a run does to documents. Every field has a default that is right for news and web pages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    select: tuple[str, ...] = Field(
        default=(), description="Rule codes or code prefixes to use; empty means all. The longer prefix wins."
    )
    ignore: tuple[str, ...] = Field(default=(), description="Rule codes or code prefixes to leave out.")
    line_model: LineModel = Field(
        default="default",
        description="How readily the learned model cuts what no rule knows: off, conservative, default, aggressive.",
    )
    keep_dropped_blocks: bool = Field(
        default=False,
        description="Keep the blocks of pages that are no part of their main text among the removals, too.",
    )
    template_documents: int = Field(
        default=3,
        ge=0,
        description="A line that stands in so many documents of a site may be a template of it; 0: none is looked for.",
    )
    near_copies: bool = Field(
        default=True,
        description="Look for near copies, rewritten texts and quotations, too, and not only for texts that are equal.",
    )
    same_story: bool = Field(
        default=True,
        description="Put articles that tell of one event in words of their own into one story, where near copies are "
        "looked for.",
    )
    kinds: Mapping[Kind, KindPolicy] = Field(
        default_factory=dict,
        description="What happens to a kind: drop, move (to metadata, where a column receives it), flag (marked, stays "
        "in the text), keep.",
    )
    keep_lines: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict,
        description='Lines that always stay, by the site of their documents, such as example.com; "*": of every one. '
        "Letter case and blanks make no difference.",
    )
    max_removed_share: Share = Field(
        default=0.9,
        description="A document that loses more than this share of its words, readers' comments aside, is quarantined.",
    )
    languages: tuple[LanguageCode, ...] = Field(
        default=(), description="ISO 639-1 codes that may be published; empty means every language."
    )
    chunk_documents: int = Field(default=200, gt=0, description="Most documents in one unit of work.")
    chunk_bytes: Bytes = Field(default=16_000_000, description="Most raw bytes in one unit of work.")
    data_docs: bool = Field(default=False, description="Also write Great Expectations' Data Docs pages.")
    suites: Path | None = Field(
        default=None,
        description="Folder with documents.json, removals.json and quarantine.json to use in place of ours.",
    )
    keep_snapshots: int = Field(default=5, gt=0, description="Snapshots kept; older ones are pruned.")
    limits: Limits = Limits()
    fields: Fields = Fields()

    @field_validator("kinds")
    @classmethod
    def _check_kinds(cls, kinds: Mapping[Kind, KindPolicy]) -> Mapping[Kind, KindPolicy]:
        faults = [f"{kind}: {fault}" for kind, policy in kinds.items() if (fault := _kind_fault(kind, policy))]
        if faults:
            raise ValueError("\n".join(faults))
        return kinds

    @field_validator("keep_lines")
    @classmethod
    def _check_keep_lines(cls, lines: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        faults = [f"{site}: {fault}" for site, named in lines.items() if (fault := _kept_fault(site, named))]
        if faults:
            raise ValueError("\n".join(faults))
        return lines

    def policy(self, kind: Kind) -> KindPolicy | None:
        """What the recipe says of a kind, or None where the kind's default applies."""
        return self.kinds.get(kind)

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change when any choice that can change rows changes."""
        rows = self.model_dump_json(exclude={"chunk_documents", "chunk_bytes", "data_docs", "suites", "keep_snapshots"})
        return hashlib.sha256(b"recipe\0" + rows.encode()).hexdigest()[:16]


def _kind_fault(kind: Kind, policy: KindPolicy) -> str:
    if kind == Kind.OUTSIDE_MAIN_TEXT and policy != "drop":
        return (
            "what is outside the main text of a page is never in the text: it can only be dropped; "
            "keep_dropped_blocks = true keeps it among the removals"
        )
    if policy == "move" and kind not in MOVED_KINDS:
        return f"no column receives it; move is for {', '.join(one for one in Kind if one in MOVED_KINDS)}"
    return ""


def _kept_fault(site: str, lines: tuple[str, ...]) -> str:
    host = site.lower().split("://")[-1].split("/")[0].removeprefix("www.")
    host = host.split(":")[0].removeprefix("*.")
    if site != EVERY_SITE and (site != host or not host):
        return f'no site as the column `site` has it; write "{host or "example.com"}", or "{EVERY_SITE}" for every one'
    if any("\n" in line.strip() for line in lines):
        return "a text of several lines; name each of them"
    return "" if all(line.strip() for line in lines) else "a line is blank; name one that has words"


def read_recipe(path: Path | str) -> Recipe:
    """The recipe in a TOML file.

    Raises:
        BadRecipe: no such file, not TOML, an unknown key or a value of the wrong kind; the message
            names the file, every key at fault and the keys that exist.
    """
    try:
        values = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadRecipe(f"{path}: no such recipe file. Leave --recipe out to use the defaults.") from None
    except IsADirectoryError:
        raise BadRecipe(f"{path}: is a folder, and a recipe is a TOML file. Name the file.") from None
    except OSError as error:
        raise BadRecipe(
            f"{path}: cannot be read ({error.strerror}). Make it readable for the user of this run."
        ) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadRecipe(f"{path}: cannot be read as TOML: {error}") from None
    recipe = parse_recipe(values, str(path))
    beside = Path(path).parent / recipe.suites if recipe.suites else None
    return recipe.model_copy(update={"suites": beside}) if beside and beside.is_dir() else recipe


def parse_recipe(values: Mapping[str, Any], name: str) -> Recipe:
    """The recipe in a mapping; ``name`` says in error messages where it came from.

    Raises:
        BadRecipe: as ``read_recipe``.
    """
    try:
        return Recipe.model_validate(values)
    except ValidationError as error:
        raise BadRecipe(f"{name}: not a recipe:\n" + "\n".join(_faults(error))) from None


def _faults(error: ValidationError) -> list[str]:
    lines = []
    for fault in error.errors():
        key = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            lines.append(f"  {key}: unknown key. {_suggestion(fault['loc'])}")
        elif fault["type"] == "value_error" and fault["loc"] in (("kinds",), ("keep_lines",)):
            lines += [f"  {key}.{row}" for row in str(fault["ctx"]["error"]).splitlines()]
        elif fault["loc"][0] == "keep_lines":
            wanted = f'"{EVERY_SITE}" = ["a line"] or "example.com" = ["a line"]'
            lines.append(f"  {key}: a table of lists of lines is wanted, with its names in quotes: {wanted}.")
        elif fault["loc"][:1] == ("kinds",):
            kinds, policies = ", ".join(Kind), ", ".join(get_args(KindPolicy))
            lines.append(f"  {key}: {fault['msg']}. Kinds are {kinds}; each takes one of {policies}.")
        elif fault["type"] == "tuple_type":
            wanted = f", [{json.dumps(fault['input'])}]" if isinstance(fault["input"], str) else ""
            lines.append(f"  {key}: a list is wanted{wanted}.")
        elif fault["loc"][0] == "languages" and fault["type"] == "string_pattern_mismatch":
            # A text is in Chinese or Portuguese; of which country it is nobody looks for.
            region = _WITH_REGION.fullmatch(fault["input"])
            hint = f'use "{region[1].lower()}"' if region else 'such as "en"'
            lines.append(f"  languages: {fault['input']!r} is no code of two letters, {hint} (ISO 639-1).")
        elif fault["loc"] == ("limits", "worker_bytes") and fault["type"] == "greater_than_equal":
            least = f"{LEAST_WORKER_BYTES:_} or more; rules and models take half of that before the first document"
            lines.append(f"  {key}: a worker needs {least} (got {fault['input']}).")
        else:
            lines.append(f"  {key}: {fault['msg']} (got {fault['input']!r})")
    return lines


def _suggestion(loc: tuple[int | str, ...]) -> str:
    known = (Limits if loc[0] == "limits" else Fields if loc[0] == "fields" else Recipe).model_fields
    close = difflib.get_close_matches(str(loc[-1]), known, n=1)
    return f"Did you mean {close[0]!r}?" if close else f"Known keys: {', '.join(known)}."
