#!/usr/bin/env python3
"""Measures what `onrecord recover` salvages of damaged archives, beside the `.recover` of the sqlite3 shell.

The archive is that of weigh_archive.py with 2,000 claims, 40 captured copies and a history of changes. Each damaged
copy has one kind of damage, by a fixed seed: pages emptied (1 to 12), the end cut off (up to half), bits flipped (1
to 400), a page written over another (1 to 4), or the first page lost with up to three others. A row counts as salvaged
if the new archive has it under its id with the values that it had (but for claims.status, which follows from the
verdicts); `emptied` are rows that differ by a value that is NULL now; `kept` are rows that refer to lost rows, which
the record of the operation keeps; `wrong` are rows with other values than the row of that id had. A result is sound
if `check` finds no broken rule in it that the whole archive does not break.

    cargo build --release
    python3 benches/recover.py --copies 500 --shell /path/to/sqlite3

Without --shell, the shell that is installed is taken, and left out where its `.recover` fails on a whole archive.
"""
import argparse
import collections
import csv
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PAGE = 4096
KINDS = ["emptied", "cut off", "flipped", "overwritten", "first page lost"]
TABLES = """sources source_origins source_grades locations location_names measures claims claim_locations mentions
    claim_links figures equations aliases assessments assessment_evidence assessment_retractions sqlar captures
    revisions operations operation_inputs operation_ranges""".split()


def run(command, **more):
    return subprocess.run([str(part) for part in command], capture_output=True, **more)


def build(onrecord, folder):
    """Makes the archive, and returns its path."""
    path = folder / "whole.db"
    rows = run([sys.executable, HERE / "weigh_archive.py", "2000"]).stdout
    (folder / "rows.ndjson").write_bytes(rows)
    for command in [["init"], ["import", folder / "rows.ndjson"]]:
        done = run([onrecord, "-f", path, *command])
        assert done.returncode == 0, done.stderr.decode()
    pick = random.Random(1)
    for n in range(40):
        name = folder / f"copy-{n}.html"
        name.write_bytes(bytes(pick.randrange(256) for _ in range(pick.randrange(500, 40_000))))
        done = run([onrecord, "-f", path, "attach", f"report-{n}", name])
        assert done.returncode == 0, done.stderr.decode()
    document = "onrecord = 1\n" + "".join(
        f'[[source]]\nkey = "report-{n}"\nkind = "article"\ntitle = "Report {n}, corrected"\n' for n in range(150))
    (folder / "changes.toml").write_text(document)
    done = run([onrecord, "-f", path, "import", folder / "changes.toml"])
    assert done.returncode == 0, done.stderr.decode()
    return path


def rows_of(path):
    """The rows of each table by id; None for a file that cannot be read."""
    found = {}
    db = sqlite3.connect(path)
    db.text_factory = bytes
    for table in TABLES:
        try:
            cursor = db.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            keep = [n for n, name in enumerate(names) if (table, name) != ("claims", "status")]
            at = names.index("id")
            found[table] = {row[at]: tuple(row[n] for n in keep) for row in cursor}
        except sqlite3.Error:
            found[table] = {}
    db.close()
    return found


def kept_by(path):
    """The rows that the record of the recovery keeps."""
    db = sqlite3.connect(path)
    sql = "SELECT coalesce(sum(document_rows), 0) FROM operations WHERE command = 'recover'"
    number = db.execute(sql).fetchone()[0]
    db.close()
    return number


def findings(onrecord, path):
    """The rules that an archive breaks, each with table and key; None where it cannot be opened."""
    done = run([onrecord, "-f", path, "check", "--format", "csv"])
    rows = csv.reader(done.stdout.decode().splitlines())
    return {tuple(row[:3]) for row in rows} if done.returncode < 2 else None


def damage(whole, seed):
    """A damaged copy: the kind of its damage and its bytes."""
    pick = random.Random(seed)
    kind = KINDS[seed % len(KINDS)]
    data, pages = bytearray(whole), len(whole) // PAGE
    def empty(page):
        data[page * PAGE:(page + 1) * PAGE] = bytes(PAGE)
    if kind == "emptied":
        for _ in range(pick.randint(1, 12)):
            empty(pick.randrange(1, pages))
    elif kind == "cut off":
        del data[pick.randrange(len(data) // 2, len(data)):]
    elif kind == "flipped":
        for _ in range(pick.randint(1, 400)):
            data[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
    elif kind == "overwritten":
        for _ in range(pick.randint(1, 4)):
            into, of = pick.randrange(1, pages), pick.randrange(1, pages)
            data[into * PAGE:(into + 1) * PAGE] = whole[of * PAGE:(of + 1) * PAGE]
    else:
        empty(0)
        for _ in range(pick.randint(0, 3)):
            empty(pick.randrange(1, pages))
    return kind, bytes(data)


def recover(onrecord, damaged, out):
    return run([onrecord, "recover", damaged, out, "--format", "csv"]).returncode < 2


def recover_by_shell(shell, damaged, out):
    text = run([shell, damaged, ".recover"]).stdout
    run([shell, out], input=text)
    return out.exists()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--copies", type=int, default=500)
    options.add_argument("--first", type=int, default=0, help="the first seed")
    options.add_argument("--shell", default=shutil.which("sqlite3"))
    options.add_argument("--program", default=HERE.parent / "target/release/onrecord")
    options.add_argument("--each", action="store_true", help="print each copy")
    options = options.parse_args()
    onrecord = pathlib.Path(options.program).resolve()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="recover-"))
    path = build(onrecord, folder)
    whole, rows = path.read_bytes(), rows_of(path)
    before = findings(onrecord, path)
    total = sum(len(of) for of in rows.values())
    print(f"{len(whole) // PAGE} pages, {total} rows in {len(TABLES)} tables")
    ways = {"onrecord recover": lambda *files: recover(onrecord, *files)}
    if options.shell:
        out = folder / "try.db"
        recover_by_shell(options.shell, path, out)
        if out.exists() and len(rows_of(out)["claims"]) == len(rows["claims"]):
            version = run([options.shell, "-version"]).stdout.decode().split()[0]
            ways[f"sqlite3 {version} .recover"] = lambda *files: recover_by_shell(options.shell, *files)
        else:
            print(f"{options.shell}: its .recover fails on the whole archive, and is left out")
    sums = collections.defaultdict(collections.Counter)
    for seed in range(options.first, options.first + options.copies):
        kind, data = damage(whole, seed)
        damaged, out = folder / "damaged.db", folder / "out.db"
        for way, salvage in ways.items():
            damaged.write_bytes(data)
            for name in folder.glob("out.db*"):
                name.unlink()
            begun = time.perf_counter()
            done = salvage(damaged, out)
            seconds = time.perf_counter() - begun
            for name in folder.glob("damaged.db-*"):
                name.unlink()
            found = rows_of(out) if done and out.exists() else {table: {} for table in TABLES}
            count = collections.Counter(copies=1, seconds=seconds)
            for table in TABLES:
                had = rows[table]
                for id, row in found[table].items():
                    is_new = table in ("operations", "operation_inputs", "assessment_retractions", "operation_ranges") and id not in had
                    if had.get(id) == row:
                        count["salvaged"] += 1
                    elif id in had and all(now in (None, was) for now, was in zip(row, had[id])):
                        count["emptied"] += 1
                    elif not is_new:
                        count["wrong"] += 1
            count["nothing"] = int(count["salvaged"] == 0)
            count["kept"] = kept_by(out) if way == "onrecord recover" and done else 0
            broken = findings(onrecord, out)
            count["sound"] = int(broken is not None and broken <= before)
            if options.each:
                print(seed, kind, way, dict(count), flush=True)
            for of in (kind, "all"):
                sums[of, way].update(count)
    print("| damage | by | copies | rows salvaged | emptied | kept | wrong rows | nothing salvaged | sound | seconds |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for kind in [*KINDS, "all"]:
        for way in ways:
            count = sums[kind, way]
            copies = max(count["copies"], 1)
            print(f"| {kind} | {way} | {count['copies']} | {100 * count['salvaged'] / (copies * total):.2f} % | "
                  f"{100 * count['emptied'] / (copies * total):.2f} % | {100 * count['kept'] / (copies * total):.2f} % | "
                  f"{count['wrong']} | {count['nothing']} | {count['sound']} | {count['seconds'] / copies:.2f} |")
    shutil.rmtree(folder)


main()
