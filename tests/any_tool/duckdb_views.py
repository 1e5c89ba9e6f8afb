"""Reads every table and view of an archive with DuckDB, which parses each by its own grammar, and prints how many
views there are. No number of theirs is of a type that rounds, and the bounds of figures are those of SQLite.

usage: duckdb_views.py ARCHIVE
"""
import glob
import os
import sqlite3
import sys

import duckdb
import duckdb_extension_sqlite_scanner as scanner

def number(value):
    """A number of any type with twelve digits, for the last one depends on how an engine rounds; or what else it is."""
    return value if value is None or isinstance(value, str) else float(f"{value:.12g}")


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
# DECIMAL has three decimals, and FLOAT seven digits.
rounding = db.execute(
    "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_catalog = 'archive' "
    "AND (data_type = 'FLOAT' OR data_type LIKE 'DECIMAL%')").fetchall()
assert not rounding, rounding
numbers = [
    "SELECT figure_id, lower, upper FROM figure_bounds ORDER BY figure_id",
    "SELECT figure_id, stated FROM comparable_figures ORDER BY figure_id",
    "SELECT figure_a, figure_b, gap FROM figure_conflicts ORDER BY figure_a, figure_b",
    "SELECT claim, measure, value, out_of FROM report_figures ORDER BY claim, measure, value, lower, upper, out_of",
    "SELECT status, share FROM report_status ORDER BY status",
]
archive = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
fine = 0
for query in numbers:
    told, known = ([tuple(map(number, row)) for row in rows]
                   for rows in (db.execute(query).fetchall(), archive.execute(query).fetchall()))
    # DuckDB puts what is not stated last, and SQLite first.
    assert sorted(map(repr, told)) == sorted(map(repr, known)), (query, set(told) ^ set(known))
    fine += sum(isinstance(cell, float) and round(cell, 3) != cell for row in told for cell in row)
assert fine > 0, "no number has more than three decimals"
print(len(views))
