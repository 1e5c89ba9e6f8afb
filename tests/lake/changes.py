"""Adds folders of changes to a lake in DuckDB, as docs/scale.md says, and compares every table with that of a lake that
was exported whole. Prints the number of rows that no folder of changes had to bring.

usage: changes.py LAKE CHANGES [CHANGES ...] WHOLE
"""
import json
import sys

import duckdb

db = duckdb.connect()


def tables(lake):
    with open(f"{lake}/manifest.json") as text:
        manifest = json.load(text)
    return manifest, {table["name"]: table for table in manifest["tables"]}


def source(lake, table):
    hive = "true" if table["partitioned_by"] else "false"
    types = ", hive_types = {'year': BIGINT}" if table["partitioned_by"] else ""
    return f"read_parquet('{lake}/{table['name']}/**/*.parquet', hive_partitioning = {hive}{types})"


lake, *changes, whole = sys.argv[1:]
manifest, held = tables(lake)
last = manifest["operation"]
for name, table in held.items():
    db.execute(f"CREATE TABLE {name} AS SELECT * FROM {source(lake, table)}")
kept = 0
for folder in changes:
    manifest, newer = tables(folder)
    assert manifest["since"] <= last, (manifest["since"], last)
    last = manifest["operation"]
    db.execute(f"CREATE OR REPLACE VIEW live AS SELECT * FROM {source(folder, newer['live_rows'])}")
    for name, table in newer.items():
        if name == "live_rows":
            continue
        new = source(folder, table)
        if table["holds"] == "whole":
            db.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM {new}")
            continue
        if name == "file_bytes":
            gone = f"file_id NOT IN (SELECT id FROM {source(folder, newer['sqlar'])}) OR file_id IN (SELECT file_id FROM {new})"
        else:
            runs = f"SELECT 1 FROM live WHERE table_name = '{name}' AND {name}.id BETWEEN first_id AND last_id"
            gone = f"NOT EXISTS ({runs}) OR id IN (SELECT id FROM {new})"
        db.execute(f"DELETE FROM {name} WHERE {gone}")
        kept += db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        db.execute(f"INSERT INTO {name} BY NAME SELECT * FROM {new}")
_, wanted = tables(whole)
wrong = []
for name, table in wanted.items():
    full = source(whole, table)
    for one, other, what in [(name, full, "too many"), (full, name, "missing")]:
        rows = db.execute(f"SELECT * FROM {one} EXCEPT ALL SELECT * FROM {other}").fetchall()
        if rows:
            wrong.append(f"{name}: {len(rows)} {what}, such as {rows[0]}")
print("\n".join(wrong) or kept)
sys.exit(1 if wrong else 0)
