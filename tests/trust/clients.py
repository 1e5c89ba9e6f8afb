#!/usr/bin/env python3
"""Tries an archive in every SQLite client that can be had here: reads it, edits it, and breaks its rules.

    python3 tests/trust/clients.py target/debug/onrecord ~/.cache/onrecord-clients --install
    python3 tests/trust/clients.py target/debug/onrecord ~/.cache/onrecord-clients --only sql.js --page docs/clients.md

With --install, clients are fetched into the folder as far as apt-get, pip, npm and cargo bring them. A client that is
not there is listed as such, and not counted. An engine is right if it

- reads every table, view and report with the rows that the program reads;
- makes the legal edits: a new source, claim and mention, and a changed note, which the history then has as another
  tool's, and which a search finds;
- is refused all of tests/any_tool/refused.txt, with the words of the file, and leaves no trace of them;
- leaves a file in which `check` finds nothing, the pages included.

A reader only has to read. The exit code is 1 if a client is wrong that is not in EXPECTED.
"""
import argparse
import collections
import csv
import glob
import io
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from deeds import ARCHIVE, PROJECT, Judge

HERE = pathlib.Path(__file__).resolve().parent
DRIVERS = HERE / "clients"

# The packages that hold a clients' SQLite, and the versions to take.
DEBIAN = """sqlite3 php-cli php-sqlite3 ruby ruby-sqlite3 libdbd-sqlite3-perl tcl libsqlite3-tcl libxerial-sqlite-jdbc-java
    libsqliteodbc unixodbc spatialite-bin r-cran-rsqlite""".split()
PYTHON = """pysqlite3-binary apsw sqlite-utils datasette litecli adbc-driver-sqlite adbc-driver-manager pyarrow duckdb==1.5.5
    duckdb-extension-sqlite-scanner==1.5.5 polars connectorx pyodbc libsql pyturso pyogrio""".split()
NODE = ["sql.js", "node-sqlite3-wasm", "@sqlite.org/sqlite-wasm@3.54.1-build1", "libsql", "@tursodatabase/database", "node@24"]
SHELLS = "3.1.1 3.1.8 3.1.13 4.0.0 4.0.9 4.2.0 5.0.3 5.0.11 5.1.1 5.1.4 5.1.7 6.0.1".split()
CRATES = "0.18.0 0.20.1 0.22.2 0.23.2 0.25.2 0.26.0 0.27.0 0.28.0 0.30.1 0.32.0 0.33.0 0.35.0 0.36.0 0.39.1 0.40.0".split()

# Clients that are known to be wrong, with a part of what they say: the reasons are in docs/clients.md.
EXPECTED = [
    ("Turso for Python", "Expected 'USING' in module name"),
    ("@tursodatabase/database", "Expected 'USING' in module name"),
    ("polars with connectorx", "Cannot infer type from null"),
    # Older than the SQLite that the file is promised to.
    ("sqlite3 shell, built", "malformed database schema (report_figure_conflicts)"),
    ("sqlite3 shell, built", "conflicting_figures is read otherwise: 8 rows for 16"),
]

LEGAL = [
    "INSERT INTO sources (key, kind, title) VALUES ('by-client', 'report', 'A report typed elsewhere')",
    "INSERT INTO claims (key, text, kind, happened) VALUES ('client-claim', 'Typewritten elsewhere', 'event', '2021-06-XX')",
    "INSERT INTO mentions (claim_id, source_id) SELECT c.id, s.id FROM claims AS c, sources AS s"
    " WHERE c.key = 'client-claim' AND s.key = 'by-client'",
    "UPDATE claims SET note = 'seen in a client' WHERE key = 'muqur-fell'",
]


class Client:
    """A client: its name, the command that runs statements, and what it can do."""

    def __init__(self, name, command, folder=None, is_shell=False, is_reader=False, environment=None):
        self.name, self.command, self.folder = name, list(map(str, command)), folder
        self.is_shell, self.is_reader, self.environment = is_shell, is_reader, environment or {}

    def run(self, archive, statements):
        """The version, and for each statement its cells, or a text that says why it failed."""
        env = {**os.environ, **self.environment}
        if self.is_shell:
            version = subprocess.run([*self.command, ":memory:", "SELECT sqlite_version()"], capture_output=True, env=env)
            results = []
            for sql in statements:
                run = subprocess.run([*self.command, archive, sql], capture_output=True, env=env, timeout=120)
                # Some shells exit with 0 after an error.
                said = run.stderr.decode(errors="replace").strip()
                failed = run.returncode or re.search(r"(?i)error", said)
                # SpatiaLite says on the standard output what it does with the map layer.
                lines = [line for line in run.stdout.decode(errors="replace").splitlines() if line and not line.startswith("***")]
                results.append(said or "failed" if failed else lines)
            return version.stdout.decode().strip(), results
        with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as file:
            file.write("".join(f"{sql}\n" for sql in statements))
            file.flush()
            run = subprocess.run([*self.command, archive, file.name], capture_output=True, cwd=self.folder, env=env, timeout=600)
        version, results, cells = "", [], []
        for line in run.stdout.decode(errors="replace").splitlines():
            if line.startswith("V") and not version:
                version = line[1:]
            elif line.startswith("="):
                cells.append(line[1:])
            elif line.startswith((".", "!")):
                results.append(cells if line == "." else line[1:])
                cells = []
        if len(results) != len(statements):
            said = run.stderr.decode(errors="replace").strip().splitlines()
            why = [line for line in said if "rror" in line][:1] or said[-1:] or [f"exit {run.returncode}"]
            results += [f"the client ended: {why[0]}"] * (len(statements) - len(results))
        return version, results


def comparable(rows):
    """Rows in one order, with fifteen digits of each number: versions of SQLite print the others differently."""
    number = re.compile(r"(?<![^|])-?\d+\.\d+(e[-+]\d+)?(?![^|])")
    return sorted(number.sub(lambda found: f"{float(found[0]):.15g}", row) for row in rows)


class Matrix:
    def __init__(self, program, work):
        self.judge = Judge(program, work)
        self.judge.folder.mkdir()
        self.judge.done("seed", "--with", "other-coverage")
        (self.judge.folder / "copy.html").write_bytes(b"<p>as found</p>" * 300)
        self.judge.done("attach", "reuters", "copy.html")
        # So that there is a revision to protect.
        db = sqlite3.connect(self.judge.folder / ARCHIVE)
        db.execute("UPDATE claims SET note = 'looked at again' WHERE id = 2")
        db.commit()
        self.archive = (self.judge.folder / ARCHIVE).read_bytes()
        lines = (PROJECT / "tests/any_tool/refused.txt").read_text(encoding="utf-8").splitlines()
        self.refused = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
        self.reads, self.wanted = [], []
        self.tables = db.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*'"
            " AND name NOT GLOB '*_fts_*' AND name NOT GLOB '*_fts' ORDER BY name").fetchall()
        for [name] in self.tables:
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')]
            cells = " || '|' || ".join(f'quote("{column}")' for column in columns)
            sql = f"SELECT replace(replace({cells}, char(10), ' '), char(13), ' ') AS cells FROM \"{name}\""
            self.reads.append(sql)
            run = self.judge.run(["sql", sql, "--format", "csv", "--raw"])
            rows = [row[0] for row in csv.reader(io.StringIO(run.stdout.decode()))][1:]
            assert run.returncode == 0, (name, run.stderr)
            self.wanted.append(comparable(rows))
        db.close()

    def place(self, name):
        path = self.judge.folder / name
        for suffix in ("", "-journal", "-wal", "-shm"):
            pathlib.Path(f"{path}{suffix}").unlink(missing_ok=True)
        path.write_bytes(self.archive)
        return path

    def try_engine(self, client):
        """The version of a client, and what is wrong with it."""
        path, wrong = self.place(ARCHIVE), []
        statements = [*self.reads, *(sql for _, sql in self.refused), *LEGAL]
        version, results = client.run(str(path), statements)
        results = [found.replace(str(path), ARCHIVE) if isinstance(found, str) else found for found in results]
        reads, rest = results[:len(self.reads)], results[len(self.reads):]
        for [name], found, wanted in zip(self.tables, reads, self.wanted):
            if isinstance(found, str):
                wrong.append(f"{name} cannot be read: {found}")
            elif comparable(found) != wanted:
                differs = [pair for pair in zip(comparable(found), wanted) if pair[0] != pair[1]]
                wrong.append(f"{name} is read otherwise: {len(found)} rows for {len(wanted)}, {str(differs[:1])[:200]}")
        for (message, sql), found in zip(self.refused, rest):
            if not isinstance(found, str):
                wrong.append(f"not refused: {sql}")
            elif message not in found:
                wrong.append(f"refused in other words: {sql}: {found}")
        for sql, found in zip(LEGAL, rest[len(self.refused):]):
            if isinstance(found, str):
                wrong.append(f"an edit fails: {sql}: {found}")
        wrong += self.after(wrong)
        return version, wrong

    def after(self, wrong):
        """What the program finds wrong in the archive that a client edited."""
        found = []
        check = self.judge.run(["check"])
        if check.returncode != 0:
            found.append(f"check: {check.stdout.decode().strip()} {check.stderr.decode().strip()}"[:400])
        if any("an edit fails" in line for line in wrong):
            return found
        search = self.judge.run(["search", "typewritten"])
        if b"client-claim" not in search.stdout:
            found.append(f"a search does not find the new claim {search.stderr.decode()}")
        history = ("SELECT count(*) FROM revisions WHERE operation_id IS NULL AND row_key = 'muqur-fell'"
                   " AND column_name = 'note'")
        if self.judge.run(["sql", history, "--format", "csv"]).stdout.split()[-1:] != [b"1"]:
            found.append("the changed note is not in the history as another tool's")
        # The rows that were there are there, the refused left nothing: the program adds to the file as ever.
        added = self.judge.run(["add", "source", "--kind", "report", "--title", "Afterwards"])
        if added.returncode != 0:
            found.append(f"the program cannot add to it: {added.stderr.decode()}")
        return found

    def try_reader(self, client):
        path = self.place(ARCHIVE)
        statements = [f'SELECT count(*) AS n FROM "{name}"' for [name] in self.tables]
        version, results = client.run(str(path), statements)
        wrong = []
        for [name], found, wanted in zip(self.tables, results, self.wanted):
            if found != [str(len(wanted))]:
                wrong.append(f"{name}: {len(wanted)} rows, and it says {found}")
        if path.read_bytes() != self.archive:
            wrong.append("the file was changed")
        return version, wrong


def quietly(*command, **more):
    """Runs a command that installs something; returns true if it could."""
    try:
        run = subprocess.run(list(map(str, command)), capture_output=True, timeout=900, **more)
    except (OSError, subprocess.TimeoutExpired):
        return False
    if run.returncode:
        print(f"not installed: {' '.join(map(str, command))[:120]}: {(run.stderr.decode().strip().splitlines() or [''])[-1][:200]}",
              file=sys.stderr)
    return run.returncode == 0


def install(cache):
    """Fetches what is not there yet."""
    cache.mkdir(parents=True, exist_ok=True)
    if os.getuid() == 0 and shutil.which("apt-get"):
        quietly("apt-get", "update", "-qq")
        for package in DEBIAN:
            if not quietly("dpkg", "-s", package):
                quietly("apt-get", "install", "-y", "-qq", "--no-install-recommends", package,
                        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    if not (cache / "py").exists():
        quietly(sys.executable, "-m", "venv", cache / "py")
    for package in PYTHON:
        quietly(cache / "py/bin/pip", "install", "-q", package)
    for package in NODE:
        (cache / "js").mkdir(exist_ok=True)
        quietly("npm", "install", "--silent", "--no-audit", "--no-fund", package, cwd=cache / "js")
    if not (cache / "bs").exists():
        (cache / "bs").mkdir()
        quietly("npm", "install", "--silent", "--no-audit", "--no-fund", "--build-from-source", "better-sqlite3", cwd=cache / "bs")
    for version in SHELLS:
        install_shell(cache, version)
    for version in CRATES:
        install_library(cache, version)


def install_shell(cache, package):
    """Builds the shell whose sources a package of npm brings, by its own version."""
    folder = cache / f"npm-sqlite3-{package}"
    if folder.exists():
        return
    folder.mkdir()
    if not quietly("npm", "pack", "--silent", f"sqlite3@{package}", cwd=folder):
        return
    quietly("tar", "xzf", f"sqlite3-{package}.tgz", cwd=folder)
    for archive in folder.glob("package/deps/sqlite-autoconf-*.tar.gz"):
        number = int(re.search(r"autoconf-(\d+)", archive.name)[1])
        version = f"{number // 1000000}.{number // 10000 % 100}.{number // 100 % 100}"
        quietly("tar", "xzf", archive, cwd=folder)
        [source] = folder.glob("sqlite-autoconf-*/")
        quietly("cc", "-O0", "-w", "-DSQLITE_ENABLE_FTS5", "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION",
                source / "shell.c", source / "sqlite3.c", "-o", cache / f"shell-{version}", "-lm")
        shutil.rmtree(source)


def install_library(cache, package):
    """Builds the driver with the SQLite of a version of the crate libsqlite3-sys."""
    folder = cache / f"crate-{package}"
    if folder.exists():
        return
    (folder / "src").mkdir(parents=True)
    (folder / "src/lib.rs").write_text("")
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "fetch"\nversion = "0.0.0"\nedition = "2018"\n[dependencies]\nlibsqlite3-sys = "={package}"\n[workspace]\n')
    if not quietly("cargo", "vendor", "-q", "vendor", cwd=folder):
        return
    source = folder / "vendor/libsqlite3-sys/sqlite3"
    quietly("cc", "-O0", "-w", "-DSQLITE_ENABLE_FTS5", "-DSQLITE_THREADSAFE=0", "-DSQLITE_OMIT_LOAD_EXTENSION", f"-I{source}",
            DRIVERS / "driver.c", source / "sqlite3.c", "-o", cache / f"library-{package}", "-lm")
    shutil.rmtree(folder / "vendor")


def in_order(path):
    return [int(part) for part in re.findall(r"\d+", path.name)]


def all_clients(cache):
    """The clients that are there, and the names of those that are not."""
    clients, missing = [], []

    def add(client, is_there):
        (clients if is_there else missing).append(client)

    def has(command, **more):
        try:
            return subprocess.run(list(map(str, command)), capture_output=True, timeout=60, **more).returncode == 0
        except OSError:
            return False

    for shell in sorted(cache.glob("shell-*"), key=in_order):
        add(Client("sqlite3 shell, built", [shell, "-batch"], is_shell=True), True)
    for library in sorted(cache.glob("library-*"), key=in_order):
        add(Client("C library, built", [library]), True)
    add(Client("sqlite3 shell, Debian", ["sqlite3", "-batch"], is_shell=True), has(["sqlite3", "--version"]))
    add(Client("SpatiaLite shell", ["spatialite", "-silent", "-batch", "-noheader", "-list"], is_shell=True), has(["spatialite", "-version"]))
    python, driver = cache / "py/bin/python3", DRIVERS / "driver.py"
    for name, library, module in [
        ("Python", "sqlite3", "sqlite3"), ("pysqlite3", "pysqlite3", "pysqlite3"), ("apsw", "apsw", "apsw"),
        ("sqlite-utils", "sqlite_utils", "sqlite_utils"), ("ADBC", "adbc", "adbc_driver_sqlite"), ("libsql for Python", "libsql", "libsql"),
        ("ODBC", "pyodbc", "pyodbc"), ("Turso for Python", "turso", "turso"),
    ]:
        add(Client(name, [python, driver, library]), has([python, "-c", f"import {module}"]))
    add(Client("Python of the system", ["python3", driver, "sqlite3"]), has(["python3", "-c", "import sqlite3"]))
    js, better = cache / "js", cache / "bs"
    node = js / "node_modules/node/bin/node"
    add(Client("node:sqlite", [node, DRIVERS / "driver.mjs", "node:sqlite"], js), has([node, "--version"]))
    for name in ("libsql", "sql.js", "node-sqlite3-wasm", "@sqlite.org/sqlite-wasm", "@tursodatabase/database"):
        add(Client(name, ["node", DRIVERS / "driver.mjs", name], js), (js / "node_modules" / name).exists() and has(["node", "--version"]))
    add(Client("better-sqlite3", ["node", DRIVERS / "driver.mjs", "better-sqlite3"], better),
        (better / "node_modules/better-sqlite3/build/Release").exists())
    for library, extension in (("SQLite3", "sqlite3"), ("PDO", "pdo_sqlite")):
        there = has(["php", "-r", f"exit(extension_loaded('{extension}') ? 0 : 1);"])
        add(Client(f"PHP {library}", ["php", DRIVERS / "driver.php", library]), there)
    add(Client("Perl DBI", ["perl", DRIVERS / "driver.pl"]), has(["perl", "-MDBD::SQLite", "-e", "1"]))
    add(Client("Ruby", ["ruby", DRIVERS / "driver.rb"]), has(["ruby", "-rsqlite3", "-e", "1"]))
    add(Client("Tcl", ["tclsh", DRIVERS / "driver.tcl"]), has(["tclsh"], input=b"package require sqlite3\n"))
    jar = "/usr/share/java/sqlite-jdbc.jar"
    add(Client("Java JDBC", ["java", "-cp", jar, DRIVERS / "Driver.java"]), os.path.exists(jar) and has(["java", "-version"]))
    add(Client("R RSQLite", ["Rscript", DRIVERS / "driver.R"]), has(["Rscript", "-e", "loadNamespace('RSQLite')"]))
    readers = DRIVERS / "reader.py"
    for name, module in [("DuckDB", "duckdb"), ("datasette", "datasette"), ("litecli", "litecli"), ("polars", "polars"),
                         ("polars with connectorx", "connectorx"), ("pyogrio, GDAL", "pyogrio")]:
        add(Client(name, [python, readers, module], is_reader=True), has([python, "-c", f"import {module}"]))
    return clients, missing


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("cache", type=pathlib.Path, help="the folder for the clients")
    parser.add_argument("--install", action="store_true")
    parser.add_argument("--only", default="", help="clients with this in their name")
    parser.add_argument("--page", type=pathlib.Path, help="writes the table to this file, too")
    args = parser.parse_args()
    cache = args.cache.resolve()
    if args.install:
        install(cache)
    clients, missing = all_clients(cache)
    lines, right, number, seen, unexpected = [], 0, 0, set(), 0
    with tempfile.TemporaryDirectory() as work:
        matrix = Matrix(args.program.resolve(), pathlib.Path(work).resolve())
        for client in clients:
            if args.only not in client.name:
                continue
            try:
                version, wrong = (matrix.try_reader if client.is_reader else matrix.try_engine)(client)
            except (OSError, subprocess.TimeoutExpired) as error:
                version, wrong = "", [str(error)]
            if (client.name, version) in seen:
                continue
            seen.add((client.name, version))
            number += 1
            right += not wrong
            unexpected += bool(wrong) and not any(name == client.name and part in wrong[0] for name, part in EXPECTED)
            does = "reads" if client.is_reader else "reads and edits"
            print(f"{client.name} {version}: {'right' if not wrong else f'{len(wrong)} wrong'}", flush=True)
            for line in wrong[:6]:
                print(f"    {line[:300]}")
            lines.append((client.name, version, does, wrong))
    print(f"{right} of {number} clients fully right; not there: {', '.join(client.name for client in missing) or 'none'}")
    if args.page:
        write_page(args.page, lines, right, len(matrix.tables), len(matrix.refused))
    return 1 if unexpected else 0


def write_page(path, lines, right, tables, refused):
    """Writes what was found between the marks of a page."""
    rows = ["| client | SQLite | does | result |", "| --- | --- | --- | --- |"]
    merged = collections.OrderedDict()
    for name, version, does, wrong in lines:
        merged.setdefault((name, does, wrong[0] if wrong else ""), []).append((version, len(wrong)))
    for (name, does, first), versions in merged.items():
        cell = first.replace("|", "\\|").replace("\n", " ")[:160]
        more = max(count for _, count in versions) - 1
        result = "right" if not first else f"{cell}{f'; and {more} more' if more > 0 else ''}"
        rows.append(f"| {name} | {', '.join(version for version, _ in versions)} | {does} | {result} |")
    text = path.read_text(encoding="utf-8")
    begin, end = "<!-- begin: written by tests/trust/clients.py -->\n", "<!-- end -->"
    head, rest = text.split(begin)
    _, tail = rest.split(end)
    summary = f"{right} of {len(lines)} are fully right. The archive has {tables} tables and views; {refused} edits are to be refused.\n\n"
    path.write_text(head + begin + summary + "\n".join(rows) + "\n" + end + tail, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
