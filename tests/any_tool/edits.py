"""Edits a seeded archive as a person in another tool would: foreign keys off, plain SQL.

usage: edits.py ARCHIVE REFUSED
"""
import sqlite3
import sys

archive, refused = sys.argv[1:]
db = sqlite3.connect(archive, isolation_level=None)


def dump():
    return [
        (name, db.execute(f'SELECT * FROM "{name}"').fetchall())
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*_fts*' ORDER BY name"
        ).fetchall()
    ]


db.execute("UPDATE claims SET note = 'looked at again' WHERE id = 2")  # so that there is a revision to protect
before = dump()
for line in open(refused, encoding="utf-8"):
    if line.startswith("#") or not line.strip():
        continue
    message, sql = line.rstrip("\n").split("\t")
    try:
        db.execute(sql)
    except sqlite3.Error as error:
        assert message in str(error), f"{sql}\n  says {error}\n  not  {message}"
    else:
        raise AssertionError(f"was not refused: {sql}")
assert dump() == before, "something that was refused left a trace"

# Every report can be read.
reports = [name for (name,) in db.execute(
    "SELECT name FROM sqlite_master WHERE type = 'view' AND name GLOB 'report_*'")]
assert len(reports) >= 11, reports
for name in reports:
    db.execute(f"SELECT * FROM {name}").fetchall()

# A legal edit leaves a revision, and a verdict moves the status without one.
text = db.execute("SELECT text FROM claims WHERE id = 1").fetchone()[0]
db.execute("UPDATE claims SET text = text || '!', note = 'seen' WHERE id = 1")
was = dict(db.execute("SELECT column_name, was FROM revisions WHERE row_key = (SELECT key FROM claims WHERE id = 1)"))
assert was["text"] == text, was
revisions = db.execute("SELECT count(*) FROM revisions").fetchone()[0]
db.execute("""INSERT INTO assessments (claim_id, status, assessor_id, at, because)
    SELECT 1, 'disputed', id, '2031-01-01T00:00:00Z', 'tried' FROM sources WHERE key = 'desk'""")
assert db.execute("SELECT status FROM claims WHERE id = 1").fetchone()[0] == "disputed"
assert db.execute("SELECT count(*) FROM revisions").fetchone()[0] == revisions
db.execute("""INSERT INTO assessments (claim_id, status, assessor_id, at, because)
    SELECT 1, 'confirmed', id, '2001-01-01T00:00:00Z', 'late entry' FROM sources WHERE key = 'desk'""")
assert db.execute("SELECT status FROM claims WHERE id = 1").fetchone()[0] == "disputed"
# With another desk each status follows that desk's verdicts; with the first one it is as before.
statuses = db.execute("SELECT key, status FROM claims ORDER BY key").fetchall()
db.execute("""INSERT INTO assessments (claim_id, status, assessor_id, at, because)
    SELECT 1, 'refuted', id, '2001-01-01T00:00:00Z', 'long ago' FROM sources WHERE key = 'reuters'""")
assert db.execute("SELECT status FROM claims WHERE id = 1").fetchone()[0] == "disputed"
db.execute("UPDATE archive SET desk = 'reuters'")
assert db.execute("SELECT status FROM claims WHERE id = 1").fetchone()[0] == "refuted"
db.execute("UPDATE archive SET desk = 'desk'")
assert db.execute("SELECT key, status FROM claims ORDER BY key").fetchall() == statuses
db.execute("INSERT INTO claims (key, text, kind, happened) VALUES ('by-hand', 'Typed in another tool', 'event', '2021-06-XX')")
assert db.execute("SELECT latest FROM dates WHERE edtf = '2021-06-XX'").fetchone()[0] == "2021-06-30"
db.execute("DELETE FROM claim_links WHERE id = 1")
assert db.execute("SELECT count(*) FROM revisions WHERE action = 'delete'").fetchone()[0] >= 3
db.execute("CREATE VIEW report_mine AS SELECT key FROM claims WHERE key = 'by-hand'")
assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
print(f"{len(reports)} reports read, every edit as it should be (SQLite {sqlite3.sqlite_version})")
