"""Runs the reports of an archive on Spark, from the folder that `onrecord export parquet` wrote.

usage: spark-submit spark_job.py LAKE [--add FOLDER ...] [--out FOLDER] [REPORT ...]

LAKE and the other folders are on a local disk or in an object store (s3a://bucket/lake). --add names folders that
`onrecord export parquet --since` wrote, in their order: the rows that they hold take the place of older ones. Without
REPORT every report is run; with --out each answer is written there as CSV, else the first rows are printed.
"""
import argparse
import json

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f

# Spark 4 fails on two reports, `operations` and `suggestions`, when it pushes their queries into a UNION.
SETTINGS = {
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.PushProjectionThroughUnion",
}


def read_text(spark, path):
    """The text of a file, wherever it is."""
    return spark.read.text(path, wholetext=True).first()[0]


def manifest_of(spark, folder):
    return json.loads(read_text(spark, f"{folder}/manifest.json"))


def merged(spark, table, old, folder, live, files):
    """The rows of a table after those of a folder of changes were added to it."""
    new = spark.read.parquet(f"{folder}/{table['name']}")
    if table["holds"] == "whole":
        return new
    if table["name"] == "file_bytes":
        # Files never change: those that are gone take their bytes along.
        kept = old.join(files.select(f.col("id").alias("file_id")), "file_id", "left_semi")
        return kept.join(new.select("file_id"), "file_id", "left_anti").unionByName(new)
    runs = f.broadcast(live.where(f.col("table_name") == table["name"]))
    there = (old["id"] >= runs["first_id"]) & (old["id"] <= runs["last_id"])
    kept = old.join(runs, there, "left_semi").join(new.select("id"), "id", "left_anti")
    return kept.unionByName(new)


def open_lake(spark, lake, changes=()):
    """Makes a view of each table. Returns the names of the reports."""
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)
    manifest = manifest_of(spark, lake)
    tables = {table["name"]: spark.read.parquet(f"{lake}/{table['name']}") for table in manifest["tables"]}
    last = manifest["operation"]
    for folder in changes:
        newer = manifest_of(spark, folder)
        if newer["since"] is None or newer["since"] > last:
            raise SystemExit(f"{folder} holds what changed since operation {newer['since']}, and the lake ends at {last}")
        last = newer["operation"]
        live = spark.read.parquet(f"{folder}/live_rows")
        files = spark.read.parquet(f"{folder}/sqlar")
        for table in newer["tables"]:
            old: DataFrame = tables.get(table["name"])
            tables[table["name"]] = merged(spark, table, old, folder, live, files)
    for name, rows in tables.items():
        rows.createOrReplaceTempView(name)
    prefix, suffix = "reports/spark/", ".sql"
    paths = [report["path"] for report in manifest["reports"]]
    return [path[len(prefix):-len(suffix)] for path in paths if path.startswith(prefix)]


def report(spark, lake, name):
    """The answer of a report."""
    return spark.sql(read_text(spark, f"{lake}/reports/spark/{name}.sql"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lake")
    parser.add_argument("reports", nargs="*", metavar="REPORT")
    parser.add_argument("--add", action="append", default=[], metavar="FOLDER")
    parser.add_argument("--out", metavar="FOLDER")
    args = parser.parse_args()
    spark = SparkSession.builder.appName("onrecord reports").getOrCreate()
    names = open_lake(spark, args.lake, args.add)
    for name in args.reports or names:
        answer = report(spark, args.lake, name)
        if args.out:
            answer.coalesce(1).write.mode("overwrite").option("header", True).csv(f"{args.out}/{name}")
        else:
            print(name)
            answer.show(20, truncate=60)
    spark.stop()


if __name__ == "__main__":
    main()
