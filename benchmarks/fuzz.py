"""Mutated real files through every reader and the whole of cleaning: python benchmarks/fuzz.py [--minutes 10] [--seed 0].

Each round takes a file of a format (made from the seeds and, where --data names the benchmarks, from their pages), changes
some of its bytes, and asks of what comes out: nothing raises; every row is a document or a rejection with a reason and
a remedy; the laws hold (what was cut goes back in; cleaning again changes nothing; no character is invented); no
round takes longer than a bound. Inputs that break one are kept in --keep, to become cases; exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import lzma
import random
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cleaning import clean_text, cut, restore  # noqa: E402
from cleaning.clean import clean_many  # noqa: E402
from cleaning.ingest import read_source  # noqa: E402
from cleaning.recipe import Fields, Limits, Recipe  # noqa: E402
from cleaning.records import CleanDocument, RawDocument, Source  # noqa: E402

SLOW_SECONDS = 10.0
PIECES = (
    b"\0",
    b"\xff\xfe",
    b"<",
    b">",
    b"<!--",
    b"]]>",
    b"&#x110000;",
    b"\r",
    b"\n" * 50,
    b"{",
    b'"',
    b"\\u0000",
    b"PK\x03\x04",
)
WORDS = (
    "© 2024 Example News.",
    "SEE ALSO: ",
    "Read more",
    "\u200b",
    "\u202e",
    "\ud83d",
    "(Reuters) - ",
    "Photo: ",
    "\t",
    " " * 99,
)


def seeds(data: Path | None) -> dict[str, bytes]:
    """Files by name: every format, small."""
    texts = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    pages = [_page(text.decode("utf-8", "replace")) for text in texts]
    if data is not None:
        import pyarrow.parquet as pq

        for batch in pq.ParquetFile(data / "wcxb-dev.parquet").iter_batches(60, columns=["html"]):
            pages += [page for page in batch["html"].to_pylist() if len(page) < 200_000]
            break
    rows = [{"text": text.decode("utf-8", "replace"), "title": "A", "authors": ["B C"], "n": 1} for text in texts]
    files = {f"{n}.txt": text for n, text in enumerate(texts)} | {f"{n}.html": page for n, page in enumerate(pages)}
    lines = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    files |= {"a.jsonl": lines, "a.json": json.dumps(rows).encode(), "a.csv": _csv(rows), "a.warc": _warc(pages[:5])}
    files |= {"a.zip": _zip(files), "a.tar": _tar(files), "a.parquet": _parquet(rows), "a.rss": _rss(rows)}
    files |= {"a.eml": b"MIME-Version: 1.0\r\nSubject: A\r\nContent-Type: text/html\r\n\r\n" + pages[0]}
    packs = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
    return files | {f"a.jsonl.{name}": pack(lines) for name, pack in packs.items()}


def mutate(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight changes."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(out) + 1)
        kind = chance.randrange(7)
        if kind == 0 and out:
            out[min(at, len(out) - 1)] ^= 1 << chance.randrange(8)
        elif kind == 1:
            out[at:at] = chance.choice(PIECES)
        elif kind == 2:
            del out[at : at + chance.choice((1, 2, 30, 1000))]
        elif kind == 3:
            piece = out[at : at + chance.choice((5, 80, 600))]
            out[at:at] = piece * chance.choice((1, 3, 40))
        elif kind == 4:
            out[at:at] = chance.choice(WORDS).encode("utf-8", "surrogatepass")
        elif kind == 5:
            del out[at:]
        else:
            other = chance.randrange(len(out) + 1)
            out[at:at] = out[other : other + 200]
    return bytes(out)


def faults_of(name: str, data: bytes, folder: Path) -> Iterator[str]:
    """What is wrong with what comes of a file."""
    path = folder / name
    path.write_bytes(data)
    recipe = Recipe()
    source = Source(name, len(data), 0)
    for item in read_source(source, str(path), Limits(), Fields()):
        if not isinstance(item, RawDocument):
            continue
        (result,) = clean_many([item], recipe)
        if not isinstance(result, CleanDocument):
            if result.reason == "crashed" or not result.detail:
                yield f"{item.source.path}: {result.reason}: {result.detail}"
            continue
        yield from _broken_laws(result)


def _broken_laws(document: CleanDocument) -> Iterator[str]:
    if restore(document.text, document.removals) != document.source_text:
        yield f"{document.source}: what was cut does not go back in"
    if cut(document.source_text, document.removals) != document.text:
        yield f"{document.source}: the cuts do not give the text"
    if any(one.end > two.start for one, two in zip(document.removals, document.removals[1:], strict=False)):
        yield f"{document.source}: removals overlap"
    if document.media_type == "text/plain":
        try:
            again = clean_text(document.text).text
        except Exception as error:  # noqa: BLE001 - it is a finding
            again = f"{type(error).__name__}"
        if again != document.text and not again.startswith("Rejected"):
            yield f"{document.source}: cleaning again changes the text"


def _page(text: str) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    return f"<!doctype html><html><head><title>A</title></head><body><article>{body}</article></body></html>".encode()


def _csv(rows: list[dict[str, object]]) -> bytes:
    import csv

    out = io.StringIO()
    writer = csv.DictWriter(out, ["text", "title", "n"], extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def _warc(pages: list[bytes]) -> bytes:
    out = b""
    for number, page in enumerate(pages):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        out += (
            (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: https://a.example/\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
            ).encode()
            + block
            + b"\r\n\r\n"
        )
    return out


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files)[:8]:
            archive.writestr(name, files[name])
    return out.getvalue()


def _tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name in sorted(files)[:8]:
            info = tarfile.TarInfo(name)
            info.size = len(files[name])
            archive.addfile(info, io.BytesIO(files[name]))
    return out.getvalue()


def _parquet(rows: list[dict[str, object]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def _rss(rows: list[dict[str, object]]) -> bytes:
    items = "".join(f"<item><title>A</title><description>{str(row['text'])[:900]}</description></item>" for row in rows)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--data", type=Path, help="folder of the benchmarks, for real pages")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    args = parser.parse_args()
    chance = random.Random(args.seed)
    files = seeds(args.data)
    names = sorted(files)
    rounds: Counter[str] = Counter()
    findings: Counter[str] = Counter()
    slowest = ("", 0.0)
    end = time.monotonic() + args.minutes * 60
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        while time.monotonic() < end:
            name = chance.choice(names)
            data = mutate(files[name], chance)
            rounds[name.partition(".")[2]] += 1
            began = time.process_time()
            try:
                faults = list(faults_of(name, data, Path(folder)))
            except Exception as error:  # noqa: BLE001 - it is a finding
                where = traceback.extract_tb(error.__traceback__)[-1]
                faults = [f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"]
            took = time.process_time() - began
            slowest = max(slowest, (name, took), key=lambda item: item[1])
            if took > SLOW_SECONDS:
                faults.append(f"{took:.0f} s")
            if faults:
                findings[faults[0].split(": ", 1)[-1][:100]] += 1
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{sum(rounds.values()):07}-{name}").write_bytes(data)
    print(
        f"{sum(rounds.values()):,} rounds in {args.minutes:g} minutes, seed {args.seed}: {dict(sorted(rounds.items()))}"
    )
    print(f"slowest: {slowest[0]}, {slowest[1]:.1f} s")
    for what, times in findings.most_common():
        print(f"{times:>5}  {what}")
    print("no findings" if not findings else f"inputs are in {args.keep}")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main())
