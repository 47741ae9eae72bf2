"""Plan, fan out, call, retry, record: Prefect and the command line live here. Importing it is free."""
