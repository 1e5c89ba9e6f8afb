"""Reads every table and view of an archive with DuckDB, which parses each by its own grammar.

usage: duckdb_views.py ARCHIVE
"""
import glob
import os
import sys

import duckdb
import duckdb_extension_sqlite_scanner as scanner

# One thread: SQLite evaluates the views, so further threads would only wait.
db = duckdb.connect(config={"allow_unsigned_extensions": True, "threads": 1})
[extension] = glob.glob(os.path.dirname(scanner.__file__) + "/**/*.duckdb_extension", recursive=True)
db.execute(f"LOAD '{extension}'")
db.execute(f"ATTACH '{sys.argv[1]}' AS archive (TYPE sqlite, READ_ONLY)")
db.execute("USE archive")
views = [name for (name,) in db.execute(
    "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'archive' AND table_type = 'VIEW'").fetchall()]
for name in views:
    db.execute(f'SELECT * FROM "{name}"').fetchall()
print(len(views))
