#!/usr/bin/env python3
"""Measures every command on archives of several sizes, each beside a floor, and writes benches/RESULTS.md.

The archives are those of weigh_archive.py. The floor of a report is the query in floors/NAME.sql, which prints
the same rows out of the tables through the sqlite3 shell; that of another command is told in its row. A
command and its floor run in turn; the ratio is the median of the ratios of the pairs. A first pair counts the lines
of both, and warms the cache of the system. The floors run on the same file, that of import on an empty one.

    cargo build --release
    python3 benches/scale.py --claims 10000,100000
    python3 benches/scale.py --claims 100000 --only 'report sources' --folder /tmp/scale

Needs the sqlite3 shell; measures sqlite-utils too where it is installed.
"""
import argparse
import datetime
import math
import os
import pathlib
import re
import resource
import shlex
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
SLOW = 5.0  # Seconds from which a command runs once.
QUICK = 0.3  # Seconds below which a command runs 11 times.
WHOLE, FIRST, ONE, HUB, STATUS = "Whole reports", "First 20 rows", "Of one key", "Of one key that holds much", "Of one status"
OTHER, EDITS, OUTDATED = "Other commands", "Edits by another tool", "Reports while what is kept is outdated"


class Run:
    """A finished process: its times, peak memory and lines."""

    def __init__(self, wall, cpu, peak, lines, status, error):
        self.wall, self.cpu, self.peak, self.lines, self.status, self.error = wall, cpu, peak, lines, status, error


def run(command, script=None, timeout=None, count=False):
    """Runs a command, with a text as its standard input, and returns its Run. A status of None is a timeout."""
    given = tempfile.TemporaryFile()
    given.write((script or "").encode())
    given.seek(0)
    errors = tempfile.TemporaryFile()
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE if count else subprocess.DEVNULL, stderr=errors)
    killed = threading.Event()

    def kill():
        killed.set()
        process.kill()

    timer = threading.Timer(timeout, kill) if timeout else None
    if timer:
        timer.start()
    lines = 0
    if count:
        while chunk := process.stdout.read(1 << 20):
            lines += chunk.count(b"\n")
        process.stdout.close()
    _, state, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(state)
    if timer:
        timer.cancel()
    errors.seek(0)
    error = errors.read(2000).decode(errors="replace").strip()
    status = None if killed.is_set() else process.returncode
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024, lines, status, error)


class Item:
    """A command to measure: its arguments, and those of its floor with its standard input."""

    def __init__(self, name, group, ours, floor=None, script=None, before=None, before_floor=None, base=None, compare=False, note=""):
        self.name, self.group, self.ours, self.floor, self.script = name, group, ours, floor, script
        self.before, self.before_floor = before, before_floor
        self.base = base  # The report that the item asks, to spend less on it once the whole took too long.
        self.compare = compare  # Whether the floor must print as many lines.
        self.note = note


class Row:
    """A measured item."""

    def __init__(self, item):
        self.name, self.group, self.note = item.name, item.group, item.note
        self.ours = self.floor = self.ratio = self.lines = self.peak = None
        self.runs, self.over, self.floor_over, self.unequal, self.skipped = 0, None, None, None, False


def measure(item, options, timeout):
    row = Row(item)
    pick = (lambda r: r.cpu) if options.cpu else (lambda r: r.wall)

    def one(ours, count):
        prepare = item.before if ours else item.before_floor
        if prepare:
            prepare()
        done = run(item.ours if ours else item.floor, None if ours else item.script, timeout, count)
        if done.status is not None and done.status not in (0, 1) or "Error: " in done.error or "error near" in done.error:
            raise RuntimeError(f"{'command' if ours else 'floor'} of {item.name}: {done.error or done.status}")
        return done

    first = one(True, True)
    floor = one(False, True) if item.floor else None
    row.peak = first.peak
    if first.status is None:
        row.over, row.runs = timeout, 1
        row.floor = pick(floor) if floor and floor.status is not None else None
        row.floor_over = timeout if floor and floor.status is None else None
        return row
    row.lines = first.lines
    if floor and floor.status is None:
        floor, row.floor_over = None, timeout
    if floor and item.compare and floor.lines != first.lines and not (first.lines == 1 and floor.lines == 0):
        row.unequal = floor.lines
    took = first.wall + (floor.wall if floor else 0)
    number = options.runs or (1 if max(first.wall, floor.wall if floor else 0) >= SLOW else 11 if took < QUICK else 5)
    if number == 1:
        pairs = [(pick(first), pick(floor) if floor else None)]
    else:
        # The first pair wrote into a pipe, which counts for little where a run takes a second.
        pairs = [(pick(first), pick(floor) if floor else None)] if first.wall > 1 else []
        while len(pairs) < number:
            mine = one(True, False)
            row.peak = max(row.peak, mine.peak)
            pairs.append((pick(mine), pick(one(False, False)) if floor else None))
    row.runs = len(pairs)
    row.ours = statistics.median(a for a, _ in pairs)
    if floor:
        row.floor = statistics.median(b for _, b in pairs)
        row.ratio = statistics.median(a / b for a, b in pairs)
    return row


def floor_text(name, key=None, value=None, limit=None):
    """The SQL of a floor, with the condition on a key of which the file tells; None where there is none."""
    file = HERE / "floors" / f"{name}.sql"
    if not file.exists():
        return None
    text = file.read_text()
    quoted = "'" + str(value).replace("'", "''") + "'"
    if key:
        wanted = re.search(rf"^-- where {key}: (.*)$", text, re.M)
        if not wanted:
            return None
        text = text.replace("/*and*/", f"AND {wanted[1].replace(':key', quoted)}")
        for place, condition in re.findall(rf"^-- and (\w+), {key}: (.*)$", text, re.M):
            text = text.replace(f"/*and {place}*/", f"AND {condition.replace(':key', quoted)}")
    elif value is not None:
        text = text.replace(":key", quoted)
    if limit:
        text = text.rstrip().rstrip(";") + f"\nLIMIT {limit};\n"
    return text


class Bench:
    """The archive of one size, and what is measured on it."""

    def __init__(self, number, folder, options):
        self.number, self.options = number, options
        self.folder = folder / str(number)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.program = str(options.program)
        self.file = self.folder / "archive.db"
        self.input = self.folder / "archive.ndjson"

    def make(self):
        """Makes the archive, unless it is there."""
        if not self.input.exists():
            part = self.input.with_suffix(".part")
            with open(part, "w") as out:
                subprocess.run([sys.executable, HERE / "weigh_archive.py", str(self.number)], stdout=out, check=True)
            part.rename(self.input)
        if not self.file.exists():
            part = self.folder / "part.db"
            remove(part)
            self.call("-f", part, "init")
            self.call("-f", part, "import", self.input)
            part.rename(self.file)
        db = connect(self.file)
        self.claim = f"claim-{self.number // 2}"
        self.text = db.execute("SELECT text FROM claims WHERE key = ?", (self.claim,)).fetchone()[0]
        self.place = f"place-{max(self.number // 500, 5) - 1}"
        self.columns = {}
        for (view,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'view' AND name LIKE 'report\\_%' ESCAPE '\\'"):
            self.columns[view] = [c[1] for c in db.execute(f'PRAGMA table_info("{view}")')]
        db.close()
        listed = subprocess.run([self.program, "-f", self.file, "report", "--format", "csv"], capture_output=True, text=True, check=True)
        self.reports = [line.split(",")[0] for line in listed.stdout.splitlines()[1:]]

    def call(self, *words):
        subprocess.run([self.program, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ours(self, *words, file=None):
        return [self.program, "-f", str(file or self.file), *map(str, words)]

    def shell(self, *options, file=None):
        return ["sqlite3", "-batch", "-bail", *options, str(file or self.file)]

    def query(self, file=None):
        return self.shell("-readonly", "-csv", "-header", file=file)

    def report(self, name, group, key=None, value=None, limit=None, file=None, prefix="", floor_file=None):
        words, shown = ["report", name], f"report {name}"
        if key:
            words += ["--where", f"{key}={value}"]
            shown += f", {key} {value}"
        if limit:
            words += ["--limit", limit]
            if group != FIRST:
                shown += f" --limit {limit}"
        script = floor_text(name, key, value, limit)
        return Item(prefix + shown, group, self.ours(*words, "--format", "csv", file=file), self.query(floor_file or file) if script else None,
            script, base=name, compare=True)

    def items(self):
        """All that is measured by a process, in the order of the tables."""
        for name in self.reports:
            yield self.report(name, WHOLE)
        for name in self.reports:
            item = self.report(name, FIRST, limit=20)
            item.name += " --limit 20"
            yield item
        singular = {"sources": "source", "places": "place"}
        typical = {"claim": self.claim, "source": "report-10", "place": self.place, "measure": "measure-1", "status": "reported"}
        hubs = {"source": "wire", "place": "country", "measure": "headcount"}
        for name in self.reports:
            columns = self.columns.get("report_" + name.replace("-", "_"), [])
            for key in dict.fromkeys(k for k in (singular.get(c, c) for c in columns) if k in typical):
                if name == "forecasts" or (name, key) == ("unverified", "status"):
                    continue  # The archive has no forecasts.
                yield self.report(name, STATUS if key == "status" else ONE, key, typical[key])
                if key in hubs:
                    yield self.report(name, HUB, key, hubs[key])
        yield from self.commands()
        yield from self.copies()

    def commands(self):
        def floored(name, words, script, group=OTHER, options=("-readonly", "-csv"), note=""):
            return Item(name, group, self.ours(*words), self.shell(*options), script, note=note)

        shows = [("claim", self.claim, OTHER), ("source", "report-10", OTHER), ("place", self.place, OTHER), ("measure", "measure-1", OTHER),
            ("source", "wire", HUB), ("place", "country", HUB), ("measure", "headcount", HUB)]
        for table, key, group in shows:
            yield floored(f"show {key}", ["show", key], floor_text(f"show-{table}", value=key), group)
        words = dict.fromkeys(re.findall(r"\w+", self.text.lower()))
        yield floored(f"similar {self.claim}", ["similar", self.claim], floor_text("similar", value=" OR ".join(words)))
        for words in ["bridge convoy", str(self.number // 2)]:
            yield floored(f"search {words}", ["search", words], floor_text("search", value=words))
        yield floored("info", ["info"], floor_text("info"))
        yield floored("check", ["check"], floor_text("check"))
        yield floored("check --full", ["check", "--full"], floor_text("check"), note="floor: that of check")
        item = floored("suggest", ["suggest", "--format", "csv"], floor_text("suggestions"), options=("-readonly", "-csv", "-header"))
        item.base = "suggestions"
        yield item
        yield floored("export ndjson", ["export", "ndjson"], floor_text("export-ndjson"))
        yield floored("export toml", ["export", "toml"], floor_text("export-toml"))
        yield floored("sql 'SELECT * FROM claims'", ["sql", "SELECT * FROM claims", "--format", "csv"], "SELECT * FROM claims;",
            options=("-readonly", "-csv", "-header"))
        utils = shutil.which("sqlite-utils")
        if utils:
            yield Item("sql 'SELECT * FROM claims', sqlite-utils", OTHER, self.ours("sql", "SELECT * FROM claims", "--format", "csv"),
                [utils, "rows", str(self.file), "claims", "--csv"], note="floor: sqlite-utils rows")
            yield Item("report claims, sqlite-utils", OTHER, self.ours("report", "claims", "--format", "csv"),
                [utils, "query", str(self.file), re.sub(r"^--.*\n", "", floor_text("claims"), flags=re.M), "--csv"], note="floor: sqlite-utils query")
        imported, copied = self.folder / "imported.db", self.folder / "copied.db"

        def fresh():
            remove(imported)
            self.call("-f", imported, "init")

        yield Item("import", OTHER, self.ours("import", self.input, file=imported), self.shell(file=copied), self.copy_script(),
            before=fresh, before_floor=lambda: remove(copied), note="floor: SQLite copies the finished rows, of kept tables and word indexes too")
        remove(imported)
        remove(copied)
        if self.number <= 100000 or self.options.publish:
            yield from self.publish()

    def copy_script(self):
        """The SQL that makes the tables and indexes of the archive, without triggers, and copies all rows."""
        db = connect(self.file)
        tables = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'").fetchall()
        indexes = [sql for (sql,) in db.execute("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")]
        db.close()
        text = [f"ATTACH '{self.file}' AS src;", "PRAGMA cache_size = -65536;", "BEGIN;", *(sql + ";" for _, sql in tables), *(sql + ";" for sql in indexes)]
        for name, sql in tables:
            order = "" if "WITHOUT ROWID" in sql.upper() else " ORDER BY rowid"
            text.append(f'INSERT INTO main."{name}" SELECT * FROM src."{name}"{order};')
        return "\n".join([*text, "COMMIT;"])

    def publish(self):
        site, plain, sizes = self.folder / "site", self.folder / "plain", self.folder / "sizes"
        writer = ("import os, sys\nos.mkdir(sys.argv[2])\nfor n, size in enumerate(open(sys.argv[1])):\n"
            "    with open(f'{sys.argv[2]}/{n}', 'wb') as out: out.write(b'x' * int(size))\n")

        def sized():
            if not sizes.exists():
                sizes.write_text("".join(f"{f.stat().st_size}\n" for f in site.rglob("*") if f.is_file()))
            shutil.rmtree(plain, ignore_errors=True)

        sizes.unlink(missing_ok=True)
        # A program that is stopped leaves what it wrote.
        yield Item("publish", OTHER, self.ours("publish", site), [sys.executable, "-c", writer, str(sizes), str(plain)],
            before=lambda: shutil.rmtree(site, ignore_errors=True), before_floor=sized, note="floor: files of the same number and sizes, all in one folder")
        for left in [site, plain, *self.folder.glob(".site.new-*")]:
            shutil.rmtree(left, ignore_errors=True)
        sizes.unlink(missing_ok=True)

    def copies(self):
        """What is measured on copies of the archive, since it changes them."""
        copy, bare = self.folder / "copy.db", self.folder / "bare.db"
        made = set()

        def guarded(change=None):
            """Makes the copy once, with the change."""
            def prepare():
                if change not in made:
                    made.clear()
                    made.add(change)
                    remove(copy)
                    shutil.copyfile(self.file, copy)
                    if change:
                        with connect(copy, True) as db:
                            change(db)
                        db.close()
            return prepare

        def stripped():
            if not bare.exists():
                shutil.copyfile(self.file, bare)
                drop_triggers(bare)

        def edit_mentions(db):
            people = [row[0] for row in db.execute("SELECT id FROM sources WHERE kind = 'person' ORDER BY id LIMIT 50")]
            for n, (mention,) in enumerate(db.execute(
                    "SELECT id FROM mentions WHERE id % ? = 0 LIMIT 1000", (max(self.number // 500, 1),)).fetchall()):
                db.execute("UPDATE OR IGNORE mentions SET speaker_id = ? WHERE id = ?", (people[n % len(people)], mention))

        def outdate(db):
            db.execute("INSERT OR IGNORE INTO outdated_claims SELECT id FROM claims LIMIT 10000")

        def add_edge(db):
            db.execute("INSERT INTO source_origins (source_id, relation, origin_id) SELECT a.id, 'cites', b.id FROM sources AS a, sources AS b "
                "WHERE a.key = 'wire' AND b.key = 'report-10'")

        for prefix, change in [("1,000 mentions edited: ", edit_mentions), ("10,000 claims outdated: ", outdate),
                ("an edge of wire added: ", add_edge)]:
            for name, key, value, limit in [("corroboration", "claim", self.claim, None), ("claims", "claim", self.claim, None), ("corroboration", None, None, 20)]:
                item = self.report(name, OUTDATED, key, value, limit, file=copy, prefix=prefix, floor_file=self.file)
                item.before = guarded(change)
                yield item

        def outdate_all():
            if "refresh" not in made:
                made.clear()
                made.add("refresh")
                remove(copy)
                shutil.copyfile(self.file, copy)
            with connect(copy, True) as db:
                db.execute("INSERT OR IGNORE INTO outdated_claims SELECT id FROM claims")
            db.close()

        yield Item("refresh of all claims", OTHER, self.ours("refresh", file=copy), self.shell(file=bare), floor_text("refresh"),
            before=outdate_all, before_floor=stripped, note="floor: SQLite counts the mentions of each claim and writes the kept rows")
        remove(copy)
        remove(bare)

    def edits(self, wanted):
        """The edits of Python's sqlite3 beside the same in a copy without triggers: a Row each, its times per edit."""
        kinds = [
            ("another speaker of a mention", "UPDATE OR IGNORE mentions SET speaker_id = ? WHERE id = ?", lambda n: (self.people[n % len(self.people)], self.mentions[n % len(self.mentions)])),
            ("another locator of a mention", "UPDATE OR IGNORE mentions SET locator = ? WHERE id = ?", lambda n: (f"page {n}", self.mentions[n % len(self.mentions)])),
            ("an edge of wire", "INSERT INTO source_origins (source_id, relation, origin_id) VALUES (?, 'cites', ?)",
                lambda n: (self.wire, self.articles[n % len(self.articles)])),
        ]
        names = {(kind[0], mode): f"{kind[0]}, {mode}" for kind in kinds for mode in ("one transaction", "autocommit")}
        if not any(wanted(name) for name in names.values()):
            return
        pair = [self.folder / "edited.db", self.folder / "edited-bare.db"]
        for file in pair:
            remove(file)
            shutil.copyfile(self.file, file)
        drop_triggers(pair[1])
        ours, floor = (connect(file, True) for file in pair)
        self.people = [r[0] for r in floor.execute("SELECT id FROM sources WHERE kind = 'person' ORDER BY id LIMIT 50")]
        self.mentions = [r[0] for r in floor.execute("SELECT id FROM mentions WHERE id % 7 = 0 LIMIT 20000")]
        self.articles = [r[0] for r in floor.execute("SELECT id FROM sources WHERE kind = 'article' AND key <> 'wire' LIMIT 5000")]
        self.wire = floor.execute("SELECT id FROM sources WHERE key = 'wire'").fetchone()[0]
        for what, sql, values in kinds:
            at = 0
            for mode, number in [("one transaction", 100 if "edge" in what else 500), ("autocommit", 20)]:
                name = names[what, mode]
                if not wanted(name):
                    continue
                pairs = []
                for _ in range(5):
                    took = []
                    for db in (ours, floor):
                        begun = time.perf_counter()
                        if mode == "one transaction":
                            db.execute("BEGIN IMMEDIATE")
                        for n in range(at, at + number):
                            db.execute(sql, values(n))
                        took.append((time.perf_counter() - begun) / number)
                        if db.in_transaction:
                            db.execute("COMMIT")
                    at += number
                    pairs.append(took)
                row = Row(Item(name, EDITS, []))
                row.ours, row.floor = (statistics.median(p[i] for p in pairs) for i in (0, 1))
                row.ratio, row.runs, row.lines = statistics.median(a / b for a, b in pairs), len(pairs), None
                row.note = f"{number} edits a run" + (", without the COMMIT" if mode == "one transaction" else "")
                yield row
        for db in (ours, floor):
            db.close()
        for file in pair:
            remove(file)


def connect(file, write=False):
    return sqlite3.connect(str(file) if write else f"file:{file}?mode=ro", uri=not write, isolation_level=None)


def drop_triggers(file):
    db = connect(file, True)
    db.execute("BEGIN")
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        db.execute(f'DROP TRIGGER "{name}"')
    db.execute("COMMIT")
    db.close()


def remove(file):
    for suffix in ("", "-journal", "-wal", "-shm"):
        pathlib.Path(f"{file}{suffix}").unlink(missing_ok=True)


def span(seconds):
    if seconds is None:
        return "none"
    for unit, scale in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * scale >= 1 or unit == "µs":
            n = seconds * scale
            return f"{n:.1f} {unit}" if n < 100 and unit != "µs" or n < 10 else f"{n:.0f} {unit}"


def table(header, rows):
    align = ["---"] + ["---:" for _ in header[1:]]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in [header, align, *rows]) + "\n"


def cells(row):
    ratio = f"{row.ratio:.1f}" if row.ratio is not None else ""
    ours = f"over {span(row.over)}" if row.over else "not run" if row.skipped else span(row.ours)
    if row.over and row.floor:
        ratio = f"over {row.over / row.floor:.0f}"
    lines = "" if not row.lines else f"{row.lines:,}"
    if row.unequal is not None:
        lines += f" (floor {row.unequal:,})"
    floor = f"over {span(row.floor_over)}" if row.floor_over else span(row.floor)
    # A process begins with the peak of the one that started it.
    peak = row.peak if row.peak and row.peak > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 + 1 else ""
    return [row.name + (f" ({row.note})" if row.note else ""), ratio, ours, floor, lines, row.runs or "", peak]


HEADER = ["command", "ratio", "onrecord", "floor", "lines", "runs", "MB"]


def tables(rows):
    parts = []
    for group in dict.fromkeys([WHOLE, FIRST, ONE, HUB, STATUS, OTHER, OUTDATED, EDITS]):
        of = [row for row in rows if row.group == group]
        if of:
            parts.append(f"### {group}\n\n" + table(HEADER, map(cells, of)))
    return "\n".join(parts)


def kind(name):
    """The name of a row without the keys that differ by size."""
    return re.sub(r"claim-\d+|place-\d+", lambda m: m[0].split("-")[0], re.sub(r"^search \d+$", "search NUMBER", name))


# What stands behind the growth of those that grow faster than n log n at a million claims.
REASONS = """Why some grow faster: `sources`, `track-record`, `places` and `place-claims` look up a mention or a claim for each row they count, in random order, and a million claims no longer fit the caches of the processor. The reports of conflicts compare each figure with sixty others, and at a million claims each of the 100,000 figures of `headcount` has that many. `suggestions` asks for the conflicts of one claim after another, so that the question for one claim is answered at once and the whole takes longer.
"""


def growth(sizes, results):
    small, large = sizes[0], sizes[-1]
    limit = large * math.log(large) / (small * math.log(small))
    before = {kind(row.name): row for row in results[small]}
    grown = []
    for row in results[large]:
        was = before.get(kind(row.name))
        if was and was.ours and (row.ours or row.over):
            times = (row.ours or row.over) / was.ours
            lines = row.lines / was.lines if row.lines and was.lines else None
            grown.append((times, row, was, lines))
        elif was and (was.over or row.skipped):
            grown.append((math.inf, row, was, None))
    grown.sort(key=lambda g: -g[0])
    lines = []
    for times, row, was, more in grown:
        # A tenth more is noise.
        faster = "not known" if times == math.inf or row.over and times <= limit * 1.1 else "yes" if times > limit * 1.1 else "no"
        sign = "over " if row.over else ""
        lines.append([kind(row.name), faster, f"{sign}{times:.1f}" if times < math.inf else "not known", f"{more:.1f}" if more else "",
            span(was.ours) if was.ours else f"over {span(was.over)}" if was.over else "not run", f"over {span(row.over)}" if row.over else span(row.ours) if row.ours else "not run"])
    fast = [line for line in lines if line[1] != "no"]
    number = sum(line[1] == "yes" for line in lines)
    text = (f"## Growth from {small:,} to {large:,} claims\n\nn log n grows by {limit:.1f}. Of {len(lines)} commands, {number} grow faster by more than a tenth"
        + (f"; of {len(fast) - number}, which were stopped, it is not known.\n\n" if len(fast) > number else ".\n\n"))
    header = ["command", "faster than n log n", "time grows by", "lines grow by", f"at {small:,}", f"at {large:,}"]
    rest = [line for line in lines if line[1] == "no"]
    if fast:
        text += REASONS + "\n" + table(header, fast) + "\n"
    if rest:
        text += ("The others:\n\n" if fast else "") + table(header, rest)
    return text


def machine(options):
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    memory = next((int(line.split()[1]) // 1048576 for line in open("/proc/meminfo") if line.startswith("MemTotal")), 0)
    shell = subprocess.run(["sqlite3", "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
    version = subprocess.run([options.program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return model, os.cpu_count(), memory, shell, version


def render(sizes, results, options, took):
    model, cores, memory, shell, version = machine(options)
    done = [n for n in sizes if n in results]
    utils = "measured too" if shutil.which("sqlite-utils") else "not installed, and left out"
    command = " ".join(["python3", "benches/scale.py", *(shlex.quote(a) for a in shown_arguments())])
    parts = [f"""# Measurements

`{command}` wrote this on {datetime.date.today()} in {took / 60:.0f} minutes.

- {version}, built with `cargo build --release`; it reads with SQLite {options.sqlite}. The floors run in the sqlite3 shell {shell}, the edits in Python's SQLite {sqlite3.sqlite_version}; sqlite-utils is {utils}.
- {model}, {cores} cores, {memory} GB of memory.

The ratio is the program's time over that of its floor, the median of the runs, by {'processor' if options.cpu else 'wall'} time. A floor is a query over the tables that prints the same rows: `benches/floors/` holds them, and each file opens with what it leaves out. "Floor n" beside the lines marks a floor that prints another number of them. A command that takes {SLOW:.0f} s runs once; a report is stopped after {options.timeout:.0f} s, another command after {5 * options.timeout:.0f} s, and what was stopped is not run on a larger archive. MB is the peak memory of the program, left out where it is below that of the driver, some 40 MB.

Each archive has a source, `wire`, that 30 % of the claims mention, a place, `country`, that holds all claims, and a measure, `headcount`, that holds half of the figures.
"""]
    if len(done) > 1:
        parts.append(growth(done, results))
    for number in reversed(done):
        parts.append(f"## At {number:,} claims\n\n" + tables(results[number]))
    return "\n".join(parts)


def shown_arguments():
    """The arguments of the driver without the folders of this machine."""
    words, skip = [], False
    for word in sys.argv[1:]:
        if skip:
            skip = False
        elif word in ("--folder", "--program", "--results"):
            skip = True
        elif not word.startswith(("--folder=", "--program=", "--results=")):
            words.append(word)
    return words


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--claims", default="10000,100000", help="sizes, with commas between (default: %(default)s)")
    arguments.add_argument("--folder", type=pathlib.Path, help="a folder that keeps the archives for the next run (default: a temporary one)")
    arguments.add_argument("--program", type=pathlib.Path, default=HERE.parent / "target/release/onrecord", help="the program (default: target/release/onrecord)")
    arguments.add_argument("--only", metavar="PATTERN", help="only commands in whose name this regular expression is found; prints to standard output")
    arguments.add_argument("--results", type=pathlib.Path, help="the file to write (default: benches/RESULTS.md)")
    arguments.add_argument("--runs", type=int, help="pairs of runs (default: 11 below 0.3 s, 5 below 5 s, else 1)")
    arguments.add_argument("--timeout", type=float, default=60, help="seconds after which a report is stopped, another command after five times as many (default: 60)")
    arguments.add_argument("--cpu", action="store_true", help="compare processor time, for a machine that does other work")
    arguments.add_argument("--publish", action="store_true", help="publish archives of over 100,000 claims too")
    options = arguments.parse_args()
    options.program = options.program.resolve()
    if not options.program.exists():
        arguments.error(f"there is no {options.program}: run `cargo build --release`, or say --program")
    if not shutil.which("sqlite3"):
        arguments.error("the floors need the sqlite3 shell")
    sizes = sorted({int(word) for word in options.claims.split(",")})
    folder = options.folder.resolve() if options.folder else pathlib.Path(tempfile.mkdtemp())
    target = options.results or (None if options.only else HERE / "RESULTS.md")
    wanted = re.compile(options.only or "").search
    results, over, begun = {}, set(), time.time()
    try:
        for number in sizes:
            print(f"{number:,} claims: making the archive", file=sys.stderr)
            bench = Bench(number, folder, options)
            bench.make()
            info = subprocess.run(bench.ours("info"), capture_output=True, text=True, check=True).stdout
            options.sqlite = (re.search(r"read with SQLite\s+(\S+)", info) or ["", "unknown"])[1]
            rows = results[number] = []

            def add(row):
                rows.append(row)
                print("  " + "; ".join(str(c) for c in cells(row)), file=sys.stderr, flush=True)

            slow = set()
            for item in bench.items():
                if not wanted(item.name):
                    continue
                if kind(item.name) in over:
                    row = Row(item)
                    row.skipped = True
                    add(row)
                    continue
                # Once a whole report took too long, its other questions may take a quarter of that.
                row = measure(item, options, options.timeout * (0.25 if item.base in slow else 5 if item.group == OTHER and not item.base else 1))
                if row.over:
                    over.add(kind(item.name))
                    if item.group == WHOLE:
                        slow.add(item.base)
                add(row)
            for row in bench.edits(wanted):
                add(row)
            if target:
                target.write_text(render(sizes, results, options, time.time() - begun))
        if not target:
            done = [n for n in sizes if results.get(n)]
            print((growth(done, results) + "\n" if len(done) > 1 else "") + "\n".join(f"## At {n:,} claims\n\n" + tables(results[n]) for n in reversed(done)), end="")
    finally:
        if not options.folder:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
