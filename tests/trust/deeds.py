"""Deeds of onrecord, each with the folder before and after it; and the judgement of a folder in which one was stopped.

A deed that was stopped is wholly done or wholly absent: the archive has the rows of before or those of after, by all
its tables, by `export ndjson` and by `check`; each output is absent or whole; and what the program had said is there.
"""
import dataclasses
import hashlib
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
ARCHIVE = "onrecord.db"
# The names of a draft, and of the lock on an upgrade, which a killed program leaves.
DRAFT = re.compile(r"^\.(.+)\.new-[^/]*(/.*)?$|^(.+)\.upgrading$|^(.+)\.part(?:-journal)?$")
# What SQLite and the migrations take from the clock, which no variable sets.
CLOCKS = [("revisions", "at"), ("refinery_schema_history", "applied_on")]


def environment(program):
    return {
        "PATH": f"{pathlib.Path(program).parent}:{os.environ['PATH']}",
        "LC_ALL": "C.UTF-8",
        "SOURCE_DATE_EPOCH": "1625227200",
        "ONRECORD_USER": "reporter",
        "HOME": os.environ.get("HOME", "/"),
    }


def read_folder(folder):
    """The bytes of every file below a folder, by its name in it."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def write_folder(folder, files):
    """Makes a folder hold these files and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    fill_folder(folder, files)


def fill_folder(folder, files):
    """Writes files into a folder, with the same time each."""
    for name, content in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
        os.utime(path, (1625227200, 1625227200))


def rows_of(path):
    """A checksum of all rows of an archive, but for moments of the clock; what ails it, if it is not sound."""
    db = sqlite3.connect(path)
    try:
        [sound] = db.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok":
            return f"integrity_check: {sound}"
        sums = hashlib.sha256()
        objects = db.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
        sums.update(repr(objects).encode())
        for kind, table, _ in objects:
            if kind != "table" or "_fts" in table or table.startswith("sqlite_stat"):
                continue
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            columns = [f'"{name}"' for name in columns if (table, name) not in CLOCKS]
            for row in db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid"):
                sums.update(repr(row).encode())
        return sums.hexdigest()
    except sqlite3.Error as error:
        return f"python's SQLite: {error}"
    finally:
        db.close()


@dataclasses.dataclass
class State:
    """An archive, as it is and as the program sees it."""
    rows: str
    export: str
    check: str


@dataclasses.dataclass
class Deed:
    name: str
    args: list
    before: dict
    after: dict = None
    code: int = 0
    # Lines by which the program says that the deed is done.
    said: frozenset = frozenset()
    seconds: float = 0.0


class Judge:
    """Does deeds, and judges what they left."""

    def __init__(self, program, work):
        self.program, self.work = str(program), pathlib.Path(work)
        self.env = environment(program)
        self.folder = self.work / "deed"
        self.states = {}

    def run(self, args, prefix=(), folder=None, **more):
        command = [*map(str, prefix), self.program, *map(str, args)]
        return subprocess.run(command, cwd=folder or self.folder, env=self.env, capture_output=True,
                              stdin=subprocess.DEVNULL, **more)

    def done(self, *args):
        run = self.run(args)
        assert run.returncode == 0, (args, run.stdout, run.stderr)

    def state(self, content):
        """The state of an archive with these bytes; `None` if there is none."""
        key = hashlib.sha256(content or b"").digest()
        if key not in self.states:
            look = self.work / "look"
            write_folder(look, {} if content is None else {ARCHIVE: content})
            check = self.run(["check", "--format", "csv"], folder=look)
            export = self.run(["export", "ndjson"], folder=look)
            text = re.sub(rb'(?m)^(\{"table":"revisions",)"at":"[^"]*",', rb"\1", export.stdout)
            said = f"{check.returncode} {check.stdout.decode()} {check.stderr.decode()}"
            export = f"{export.returncode} {hashlib.sha256(text).hexdigest()} {export.stderr.decode()}"
            self.states[key] = None if content is None else State(
                rows_of(look / ARCHIVE), export, said)
        return self.states[key]

    def prepare(self, deed):
        """Does a deed once, to the end, and keeps what it made."""
        write_folder(self.folder, deed.before)
        began = time.monotonic()
        run = self.run(deed.args)
        deed.seconds = time.monotonic() - began
        assert run.returncode in (0, 1), (deed.name, run.stderr)
        deed.code = run.returncode
        deed.after = read_folder(self.folder)
        assert deed.after != deed.before, deed.name
        deed.said = frozenset(line for line in (run.stdout + run.stderr).decode().splitlines(keepends=True))
        return deed

    def archive(self, deed):
        """`before`, `after` or `both` for the archive in the folder, or what is wrong with it."""
        path = self.folder / ARCHIVE
        if (self.folder / f"{ARCHIVE}-journal").exists():
            # The one does not read a damaged index, the other no archive of an older program in full.
            opened = self.run(["info"])
            if opened.returncode != 0 and self.run(["check", "dates"]).returncode not in (0, 1):
                return f"it does not open: {opened.stderr.decode()}"
        content = path.read_bytes() if path.exists() else None
        was = [("before", deed.before.get(ARCHIVE)), ("after", deed.after.get(ARCHIVE))]
        same = [name for name, bytes_then in was if bytes_then == content]
        if not same:
            state = self.state(content)
            same = [name for name, bytes_then in was if self.state(bytes_then) == state]
        if not same:
            return f"it is neither before nor after: {state}"
        return "both" if len(same) == 2 else same[0]

    def verdict(self, deed, said, leftovers=True):
        """What is wrong with the folder that a stopped deed left; else `before`, `after` or `both`.

        `said` is what the program had printed, and `leftovers` whether a draft may be left.
        """
        archive = self.archive(deed)
        if archive not in ("before", "after", "both"):
            return f"the archive: {archive}"
        found = read_folder(self.folder)
        states = {"before", "after"} if archive == "both" else {archive}
        outputs = set(deed.after) | set(deed.before)
        for name, content in found.items():
            if name in (ARCHIVE, f"{ARCHIVE}-journal"):
                continue
            if DRAFT.match(name) or name not in outputs:
                if not (DRAFT.match(name) and leftovers):
                    return f"{name} was left behind"
            elif content not in (deed.before.get(name), deed.after.get(name)):
                return f"{name} is neither as before nor as after"
        new = {name for name in deed.after if deed.after[name] != deed.before.get(name)} - {ARCHIVE}
        there = {name for name in new if found.get(name) == deed.after[name]}
        lost = {name for name in deed.before if name in deed.after and name not in found and name != ARCHIVE}
        if lost:
            return f"{sorted(lost)} is gone"
        if there and there != new:
            return f"{len(there)} of {len(new)} outputs are there, without {sorted(new - there)[:3]}"
        if new and archive == "both":
            states = {"after"} if there else {"before"}
        was_said = [line for line in said.splitlines(keepends=True) if line in deed.said and line.endswith("\n")]
        if was_said and (states == {"before"} or there != new):
            return f"the program had said {was_said[0]!r}, and it is not there"
        return "/".join(sorted(states))

    def again(self, deed, leftovers):
        """What is wrong if the deed is done once more in the folder where it was stopped.

        What was done already may find nothing to do, and then does not look for `leftovers`.
        """
        run = self.run(deed.args)
        left = self.verdict(deed, "", leftovers)
        if left.startswith(("before", "after")):
            if run.returncode == deed.code and "after" not in left:
                return f"done again, it says that it is done, and is not: {run.stderr.decode()}"
            # Some deeds are refused once they are done: a key that is there, a name that is taken.
            return None if "after" in left or run.returncode == 3 else f"done again: {run.stderr.decode()}"
        if left.startswith("the archive: it is neither") and run.returncode == deed.code:
            # Done twice, as what is undone twice.
            check = self.run(["check"])
            return None if check.returncode in (0, 1) else f"done again: {check.stderr.decode()}"
        return f"done again: {left}"


def break_page(path, name):
    """Fills the first page of a table or an index with nonsense."""
    db = sqlite3.connect(path)
    [page] = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [name]).fetchone()
    [size] = db.execute("PRAGMA page_size").fetchone()
    db.close()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\x77" * size)


def make_older(path, version):
    """Rewrites an archive as a program with fewer migrations left it, without its installed text."""
    newer = path.with_name("newer.db")
    path.rename(newer)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("ATTACH ? AS newer", [str(newer)])
    [history] = db.execute("SELECT sql FROM newer.sqlite_schema WHERE name = 'refinery_schema_history'").fetchone()
    db.execute(history)
    files = {int(file.name[1:].split("__")[0]): file for file in (PROJECT / "migrations").glob("V*.sql")}
    for number in range(1, version + 1):
        db.executescript(files[number].read_text(encoding="utf-8"))
    for [table] in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_fts*'"
                              " AND name NOT GLOB 'sqlite_*'").fetchall():
        if not db.execute(f"SELECT 1 FROM main.{table}").fetchone():
            columns = ", ".join(f'"{row[1]}"' for row in db.execute(f"PRAGMA main.table_info({table})"))
            db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
    for [table] in db.execute("SELECT name FROM sqlite_schema WHERE name GLOB '*_fts' AND name <> 'words_fts'").fetchall():
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    [application] = db.execute("PRAGMA newer.application_id").fetchone()
    db.executescript(f"""
        INSERT OR REPLACE INTO main.sqlite_sequence SELECT * FROM newer.sqlite_sequence;
        DELETE FROM main.refinery_schema_history WHERE version > {version};
        UPDATE main.archive SET version = {version}, installed = 0;
        PRAGMA main.application_id = {application};
        PRAGMA main.user_version = {version};
        DETACH newer""")
    db.close()
    newer.unlink()


def all_deeds(judge):
    """The deeds, prepared."""
    folder, deeds = judge.folder, []
    path = folder / ARCHIVE

    def deed(name, *args, **more):
        """The deed on the archive that is in the folder, which it leaves as it finds it."""
        files = {ARCHIVE: path.read_bytes()} if path.exists() else {}
        files.update({key.replace("__", "."): content for key, content in more.items()})
        was = read_folder(folder)
        deeds.append(judge.prepare(Deed(name, list(args), files)))
        write_folder(folder, was)

    write_folder(folder, {})
    deed("init", "init")
    deed("seed", "seed")
    judge.done("seed")
    for title in ("Log", "Other"):
        judge.done("add", "source", "--kind", "report", "--title", title)
    rows = "text,kind,source,locator\n"
    few = rows + "".join(f"Claim {n},event,Log,c. {n}\n" for n in range(200))
    (folder / "few.csv").write_text(few)
    judge.done("import", "few.csv")
    (folder / "copy.html").write_bytes(b"<p>as found</p>" * 2000)
    judge.done("attach", "log", "copy.html")
    (folder / "few.csv").unlink()
    (folder / "copy.html").unlink()
    deed("add source", "add", "source", "--kind", "article", "--title", "Osprey")
    deed("add claim", "add", "claim", "--text", "A bridge was closed", "--kind", "event", "--source", "log")
    deed("assess", "assess", "claim-1", "reported", "--because", "Read in the log.")
    deed("withdraw", "withdraw", "claim-2", "--because", "Not ours.")
    deed("rename", "rename", "source:log", "the-log")
    deed("merge-sources", "merge-sources", "log", "other")
    deed("merge-claims", "merge-claims", "claim-3", "claim-4")
    deed("delete", "delete", "claim-5", "--because", "Entered twice.")
    many = (rows + "".join(f"Statement {n},event,Log,s. {n}\n" for n in range(2000))).encode()
    deed("import", "import", "t.csv", t__csv=many)
    bad = many[:20_000].rpartition(b"\n")[0] + b"\nBad,no such kind,Log,x\n"
    deed("import with rejects", "import", "t.csv", "--keep-going", "--rejects", "rejects.csv", t__csv=bad)
    copy = bytes(n * n % 251 for n in range(300_000))
    deed("attach", "attach", "other", "scan.bin", scan__bin=copy)
    deed("backup", "backup", "backup.db")
    deed("backup in place of another", "backup", "backup.db", "--force", backup__db=b"an older one")
    deed("export ndjson", "export", "ndjson", "all.ndjson")
    deed("export xlsx", "export", "xlsx", "all.xlsx")
    deed("export gpkg", "export", "gpkg", "map.gpkg")
    deed("export datapackage", "export", "datapackage", "tables")
    deed("publish a page", "publish", "page.html", "--force", page__html=b"<p>the page of before</p>")
    deed("publish a folder", "publish", "site")
    base = path.read_bytes()
    judge.done("add", "source", "--kind", "article", "--title", "Kestrel")
    judge.done("assess", "claim-9", "reported", "--because", "Elsewhere.")
    theirs = path.read_bytes()
    path.write_bytes(base)
    deed("merge", "merge", "theirs.db", theirs__db=theirs)
    (folder / "t.csv").write_bytes(many)
    judge.done("import", "t.csv")
    (folder / "t.csv").unlink()
    deed("undo", "undo")
    judge.done("undo")
    deed("redo", "undo")
    path.write_bytes(base)
    db = sqlite3.connect(path)
    db.executescript("UPDATE mentions SET stance = 'denies' WHERE id % 2; UPDATE sources SET kind = 'unnamed' WHERE key = 'log'")
    db.close()
    deed("refresh", "refresh")
    path.write_bytes(base)
    break_page(path, "mentions_by_source")
    deed("repair", "check", "--repair")
    path.write_bytes(base)
    break_page(path, "claim_locations")
    damaged = path.read_bytes()
    path.unlink()
    deed("recover", "recover", "damaged.db", ARCHIVE, damaged__db=damaged)
    write_folder(folder, {})
    judge.done("seed")
    make_older(path, 15)
    deed("upgrade", "import", "empty.toml", empty__toml=b"onrecord = 1\n")
    return deeds
