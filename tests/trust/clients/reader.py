"""Reads the tables of an archive with a program that does not edit it. usage: reader.py LIBRARY ARCHIVE STATEMENTS

The statements count the rows of one table or view each.
"""
import csv
import glob
import importlib.metadata
import io
import os
import re
import sqlite3
import subprocess
import sys

library, archive, statements = sys.argv[1:]
beside = os.path.dirname(sys.executable)


def count(name, sql):
    if library == "duckdb":
        return duck.execute(sql).fetchone()[0]
    if library == "connectorx":
        return len(polars.read_database_uri(f'SELECT * FROM "{name}"', f"sqlite://{archive}"))
    if library == "polars":
        return len(polars.read_database(f'SELECT * FROM "{name}"', sqlite3.connect(archive), infer_schema_length=None))
    if library == "datasette":
        path = f"/onrecord.json?sql={sql.replace(' ', '+')}&_shape=arrayfirst"
        options = ["--setting", "sql_time_limit_ms", "10000"]
        run = subprocess.run([f"{beside}/datasette", "-i", archive, "--get", path, *options], capture_output=True, check=True)
        return int(run.stdout.strip(b"[]\n "))
    if library == "litecli":
        run = subprocess.run([f"{beside}/litecli", "--no-warn", "--csv", "-e", sql, archive], capture_output=True, check=True)
        return list(csv.reader(io.StringIO(run.stdout.decode())))[-1][0]
    return pyogrio.raw.read(archive, sql=sql, read_geometry=False)[3][0][0]


version = importlib.metadata.version(library)
if library == "duckdb":
    import duckdb
    import duckdb_extension_sqlite_scanner as scanner
    duck = duckdb.connect(config={"allow_unsigned_extensions": True})
    [extension] = glob.glob(os.path.dirname(scanner.__file__) + "/**/*.duckdb_extension", recursive=True)
    duck.execute(f"LOAD '{extension}'")
    duck.execute(f"ATTACH '{archive}' AS archive (TYPE sqlite, READ_ONLY)")
    duck.execute("USE archive")
elif library in ("polars", "connectorx"):
    import polars
elif library == "pyogrio":
    import pyogrio.raw
    version = ".".join(map(str, pyogrio.__gdal_version__))
print(f"V{version}")
with open(statements, encoding="utf-8") as lines:
    for sql in lines.read().split("\n")[:-1]:
        try:
            print(f"={count(re.search(chr(34) + '(.*)' + chr(34), sql)[1], sql)}\n.")
        except subprocess.CalledProcessError as error:
            print("!" + error.stderr.decode().strip().replace("\n", " ")[-200:])
        except Exception as error:  # whatever a library raises
            print("!" + str(error).replace("\n", " "))
