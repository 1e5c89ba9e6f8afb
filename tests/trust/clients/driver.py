"""Runs statements through a Python library. usage: driver.py LIBRARY ARCHIVE STATEMENTS"""
import sys

library, archive, statements = sys.argv[1:]


def connect():
    """The version of the SQLite inside, and a function that runs a statement and returns its rows."""
    if library == "apsw":
        import apsw
        db = apsw.Connection(archive)
        return apsw.sqlite_lib_version(), lambda sql: db.execute(sql).fetchall()
    if library == "sqlite_utils":
        import sqlite_utils
        # In autocommit mode, as its command runs.
        db = sqlite_utils.Database(archive).conn
        db.isolation_level = None
        return db.execute("SELECT sqlite_version()").fetchone()[0], lambda sql: db.execute(sql).fetchall()
    if library == "adbc":
        import adbc_driver_sqlite.dbapi as adbc
        db = adbc.connect(archive, autocommit=True)

        def run(sql):
            with db.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall() if sql.startswith(("SELECT", "PRAGMA")) else []
        return run("SELECT sqlite_version()")[0][0], run
    if library == "pyodbc":
        import pyodbc
        db = pyodbc.connect(f"DRIVER=SQLite3;Database={archive}", autocommit=True)

        def run(sql):
            cursor = db.execute(sql)
            return cursor.fetchall() if cursor.description else []
        return run("SELECT sqlite_version()")[0][0], run
    if library in ("turso", "libsql"):
        module = __import__(library)
        db = module.connect(archive, isolation_level=None)

        def run(sql):
            cursor = db.execute(sql)
            rows = cursor.fetchall() if cursor.description else []
            return rows
        return run("SELECT sqlite_version()")[0][0], run
    module = __import__(library, fromlist=["dbapi2"]).dbapi2
    db = module.connect(archive, isolation_level=None)
    return module.sqlite_version, lambda sql: db.execute(sql).fetchall()


version, run = connect()
print(f"V{version}")
with open(statements, encoding="utf-8") as lines:
    for sql in lines.read().split("\n")[:-1]:
        try:
            for row in run(sql):
                print(f"={row[0]}")
            print(".")
        except Exception as error:  # whatever a library raises
            print("!" + str(error).replace("\n", " "))
