"""The contract of the published tables: suites as JSON, and what they say of a run."""
