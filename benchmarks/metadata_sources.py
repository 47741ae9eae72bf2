"""How often metadata is right by the part of the page that says it: the confidences of ``metadata_sources``.

    python benchmarks/metadata_sources.py DATA [--folds FOLDER]

Title, authors and day of publication are scored on the labels of both files, as in ``benchmarks/pages.py``. Of other
fields nobody has labels: of the pages where two parts say something, the share on which they say the same.
``confirmed`` is yes where another part says the same, no where others say something else, and - where none other speaks.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.line_model_data import FOLDS
from benchmarks.page_model_data import fold_of, page_text, read_rows, row_site
from benchmarks.page_model_scores import person_names, same_words
from cleaning import Rejected, clean_html
from cleaning.extract import page_model
from cleaning.extract.page import extract_page
from cleaning.records import CleanDocument, Origin

_SHOWN = {True: "yes", False: "no", None: "-"}
Cases = dict[tuple[str, str, bool | None], list[bool]]


def is_right(document: CleanDocument, row: dict[str, Any]) -> dict[str, bool]:
    """Whether each labelled field that has a value is right."""
    found = {}
    people = person_names(row["author"])
    if row["title"] and document.title:
        found["title"] = same_words(document.title, row["title"])
    if people and document.authors:
        found["authors"] = person_names(";".join(document.authors)) == people
    if row["publish_date"] and document.published_stated:
        found["published"] = document.published_stated[:10] == row["publish_date"][:10]
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Runs and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--folds", type=Path, help="folder of models that have not seen the pages they judge")
    args = parser.parse_args(argv)
    logging.disable(logging.CRITICAL)
    models = [page_model.read_model(args.folds / f"fold{fold}.npz") for fold in range(FOLDS)] if args.folds else []
    labelled: Cases = defaultdict(list)
    agreeing: dict[str, list[bool]] = defaultdict(list)
    for row in (row for name in ("wcxb", "trafeval") for row in read_rows(args.data, name)):
        if models:
            model = models[fold_of(row_site(row))]
            page_model.read_model = lambda path=page_model.PATH, model=model: model
        try:
            document = clean_html(row["html"], url=row["url"])
        except Rejected:
            continue
        page = extract_page(page_text(row["html"]).replace("\x00", ""), row["url"])
        origins: dict[str, Origin] = {one.field: one for one in page.metadata.origins} if page else {}
        right = is_right(document, row)
        for one in document.metadata_sources:
            origin = origins.get(one.field)
            confirmed = origin.is_confirmed if origin and origin.source == one.source else None
            if one.field in right:
                labelled[one.field, one.source, confirmed].append(right[one.field])
            elif confirmed is not None:
                agreeing[one.field].append(confirmed)
    print(f"{'field':18s}{'source':10s}{'confirmed':12s}{'pages':>6s}{'right':>8s}")
    for (field, source, confirmed), cases in sorted(labelled.items(), key=str):
        print(f"{field:18s}{source:10s}{_SHOWN[confirmed]:12s}{len(cases):6d}{sum(cases) / len(cases):8.3f}")
    print(f"\n{'field':18s}{'two parts':>10s}{'agree':>8s}")
    for field, cases in sorted(agreeing.items()):
        print(f"{field:18s}{len(cases):10d}{sum(cases) / len(cases):8.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
