"""Runs every report of a lake in an engine and compares the rows, in their order, with those of the archive in SQLite.
Prints the number of rows that were compared. With --any-order, rows that a report leaves in any order may be in another.

usage: engines.py [--any-order] duckdb|spark|clickhouse ARCHIVE LAKE [ARCHIVE LAKE ...]
"""
import glob
import json
import os
import sqlite3
import sys


def cell(value):
    """A number of any type with twelve digits, for the last one depends on how an engine rounds; or what else it is."""
    return value if value is None or isinstance(value, str) else float(f"{value:.12g}")


def duckdb_lake(lake, tables):
    import duckdb

    db = duckdb.connect()
    for table in tables:
        hive = "true" if table["partitioned_by"] else "false"
        path = f"{lake}/{table['name']}/**/*.parquet"
        db.execute(f"CREATE VIEW {table['name']} AS SELECT * FROM read_parquet('{path}', hive_partitioning={hive})")
    return lambda name, sql: db.execute(sql).fetchall()


def spark_lake(lake, _):
    import spark_job

    spark_job.open_lake(spark_session(), lake)
    return lambda name, _: [tuple(row) for row in spark_job.report(spark_session(), lake, name).collect()]


def spark_session():
    from pyspark.sql import SparkSession

    master = os.environ.get("ONRECORD_SPARK", "local[2]")
    builder = SparkSession.builder.master(master).config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def clickhouse_lake(lake, tables):
    from chdb import session

    db = session.Session()
    db.query("SET join_use_nulls = 1")
    db.query("CREATE DATABASE lake")
    db.query("USE lake")
    for table in tables:
        path = f"{lake}/{table['name']}/" + ("*/" if table["partitioned_by"] else "") + "*.parquet"
        db.query(f"CREATE VIEW {table['name']} AS SELECT * FROM file('{path}', Parquet)")

    def run(_, sql):
        told = str(db.query(sql, "JSONCompactEachRow"))
        return [tuple(json.loads(line)) for line in told.splitlines() if line.strip()]

    return run


def main():
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../docs"))
    any_order = sys.argv[1] == "--any-order"
    engine, *paths = sys.argv[1 + any_order:]
    opened = {"duckdb": duckdb_lake, "spark": spark_lake, "clickhouse": clickhouse_lake}[engine]
    compared, wrong = 0, []
    for archive, lake in zip(paths[::2], paths[1::2]):
        lake = os.path.abspath(lake)
        with open(f"{lake}/manifest.json") as text:
            run = opened(lake, json.load(text)["tables"])
        db = sqlite3.connect(f"file:{archive}?mode=ro", uri=True)
        reports = sorted(glob.glob(f"{lake}/reports/{engine}/*.sql"))
        assert len(reports) > 20, reports
        for path in reports:
            name = os.path.basename(path)[:-len(".sql")]
            cursor = db.execute(f"SELECT * FROM report_{name}")
            known = [tuple(map(cell, row)) for row in cursor]
            with open(path) as sql:
                try:
                    told = [tuple(map(cell, row)) for row in run(name, sql.read())]
                except Exception as error:
                    wrong.append(f"{lake} {name}: {str(error)[:2000]}")
                    continue
            compared += len(known)
            if any_order:
                known, told = sorted(known, key=repr), sorted(told, key=repr)
            if told != known:
                columns = [column[0] for column in cursor.description]
                pairs = [pair for pair in zip(known, told) if pair[0] != pair[1]]
                differs = [[(column, one, other) for column, one, other in zip(columns, *pair) if one != other]
                           for pair in pairs[:3]]
                wrong.append(f"{lake} {name}: {len(known)} rows in SQLite, {len(told)} in {engine}; {differs}")
    print("\n".join(wrong) or compared)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
