"""Table schemas, Parquet parts, snapshots and the index of sources. pyarrow lives here."""
