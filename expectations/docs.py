"""Great Expectations' Data Docs of a run, where the recipe asks for them.

The pages load their styles from the network; the run's own report shows the same results without.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig

from cleaning.publish.audit import read_audit_table
from expectations.suites_folder import TABLES, suite_path


def write_data_docs(staging: Path, suites: Path | None = None) -> Path:
    """Writes ``data_docs/`` into the staging folder and returns it."""
    project = staging / "gx"
    context = gx.get_context(mode="file", project_root_dir=str(project))
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    for table in TABLES:
        values = json.loads(suite_path(table, suites).read_text(encoding="utf-8"))
        suite = context.suites.add(gx.ExpectationSuite(name=values["name"], expectations=values["expectations"]))
        batch = context.data_sources.add_pandas(table).add_dataframe_asset(table)
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(name=table, data=batch.add_batch_definition_whole_dataframe("rows"), suite=suite)
        )
        frame = read_audit_table(staging, table).to_pandas()
        checkpoint = gx.Checkpoint(
            name=table,
            validation_definitions=[definition],
            actions=[gx.checkpoint.UpdateDataDocsAction(name="docs")],
        )
        context.checkpoints.add(checkpoint).run(batch_parameters={"dataframe": frame})
    target = staging / "data_docs"
    shutil.copytree(project / "gx" / "uncommitted" / "data_docs" / "local_site", target)
    shutil.rmtree(project)
    return target
