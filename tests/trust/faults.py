#!/usr/bin/env python3
"""Stops the deeds of onrecord at every point, and judges what they leave: kills, failed operations, full disks.

    cc -O1 -o /tmp/disk tests/trust/disk.c
    python3 tests/trust/faults.py target/debug/onrecord /tmp/disk kills=5000
    python3 tests/trust/faults.py target/debug/onrecord /tmp/disk errors
    python3 tests/trust/faults.py target/debug/onrecord /tmp/disk errors --stay
    python3 tests/trust/faults.py target/debug/onrecord /tmp/disk full
    python3 tests/trust/faults.py target/debug/onrecord /tmp/disk tmpfs
    python3 tests/trust/faults.py target/debug/onrecord /tmp/disk together
    python3 tests/trust/faults.py target/debug/onrecord /tmp/disk self-test

`kills` kills with SIGKILL, half of the times at a random moment and half at a random operation on a file, in the middle
of a write too. `errors` fails every operation on a file once with EIO, and with --stay all that follow it too. `full` is
a disk that is full from each operation on, and `tmpfs` one that really is, for root. With `=N` they take as many at
random. `together` has writers and readers work at once, and `permissions` takes the right to write away.
`self-test` judges programs that are known to be careless: a judgement that does not find them careless is worth
nothing. --deed takes the deeds with that in their name.
TMPDIR=/dev/shm spares the disk.
"""
import argparse
import collections
import errno
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

import deeds as archive_deeds
from deeds import ARCHIVE, DRAFT, Deed, Judge, fill_folder, read_folder, write_folder

CHANGES = "cwtsfynlude"
NEEDS_ROOM = "cwd"


class Faults:
    def __init__(self, judge, disk, seed):
        self.judge, self.disk, self.random = judge, disk, random.Random(seed)
        self.report = judge.work / "report"
        self.left = collections.Counter()
        self.wrong = []
        self.counts = {}

    def traced(self, kinds, *mode):
        return [self.disk, self.judge.folder, kinds, self.report, *mode, "--"]

    def hit(self):
        """The kind of the operation that was hit and the path."""
        fields = self.report.read_text().rstrip("\n").split("\t")
        return (fields[0], fields[2]) if len(fields) > 3 else ("", "")

    def operations(self, deed, kinds):
        """The number of operations of a deed, of these kinds."""
        if (deed.name, kinds) not in self.counts:
            write_folder(self.judge.folder, deed.before)
            self.judge.run(deed.args, self.traced(kinds, "record"))
            last = self.report.read_text().splitlines()[-1]
            assert last.startswith("#\t"), "the tool that traces programs does not work here"
            self.counts[deed.name, kinds] = int(last[2:])
        return self.counts[deed.name, kinds]

    def note(self, deed, verdict, what, again):
        if verdict.startswith(("before", "after")) and again:
            verdict = self.judge.again(deed, leftovers="after" in verdict) or verdict
        self.left[verdict if verdict.startswith(("before", "after")) else "wrong"] += 1
        if not verdict.startswith(("before", "after")):
            self.wrong.append(f"{deed.name}, {what}: {verdict}")

    def kill(self, deed, again):
        """Kills a deed somewhere."""
        write_folder(self.judge.folder, deed.before)
        if self.random.random() < 0.5:
            mode = self.random.choice(["kill", "kill", "tear"])
            number = self.random.randint(1, self.operations(deed, CHANGES))
            write_folder(self.judge.folder, deed.before)
            run = self.judge.run(deed.args, self.traced(CHANGES, mode, number))
            assert run.returncode == 128 + 9, (run.returncode, run.stderr)
            said, what = run.stdout + run.stderr, f"{mode} {number}, {' '.join(self.hit())}"
        else:
            child = subprocess.Popen([self.judge.program, *deed.args], cwd=self.judge.folder, env=self.judge.env,
                                     stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            seconds = self.random.random() * deed.seconds * 1.05
            time.sleep(seconds)
            child.kill()
            out, err = child.communicate()
            said, what = out + err, f"killed after {seconds * 1000:.0f} ms of {deed.seconds * 1000:.0f}"
        self.note(deed, self.judge.verdict(deed, said.decode()), what, again)

    def fail(self, deed, kinds, mode, again):
        """Does a deed while an operation fails; judges what it leaves and what it says."""
        write_folder(self.judge.folder, deed.before)
        run = self.judge.run(deed.args, self.traced(kinds, *mode))
        kind, path = self.hit()
        if deed.name == "recover" and kind in "ro" and path.endswith("damaged.db"):
            # What cannot be read is lost, and is listed: the new archive is sound without it. The log states no checksum.
            state = self.judge.state((self.judge.folder / ARCHIVE).read_bytes()) if run.returncode == 1 else None
            is_sound = run.returncode == 3 or (state and state.check[0] in "01")
            verdict = "before" if is_sound else f"it is not sound: {state and state.check}"
            self.note(deed, verdict, f"{mode} {path}: exit {run.returncode}, {run.stderr.decode()}", False)
            return
        what = f"{' '.join(map(str, mode))}, {kind} {path}: exit {run.returncode}, {run.stderr.decode().strip()!r}"
        verdict = self.judge.verdict(deed, "", leftovers=kind in "ue" or mode[0] != "fail")
        if run.returncode == deed.code:
            if "after" not in verdict and verdict.startswith("before"):
                verdict = "it says that it is done, and is not"
        else:
            verdict = self.failure(deed, run, path) or verdict
        self.note(deed, verdict, what, again)

    def failure(self, deed, run, path):
        """What is wrong with how a failed deed ended and what it said."""
        said = run.stderr.decode()
        if run.returncode not in (1, 3) or "panicked" in said:
            return "it did not end as it should"
        if run.returncode == 1:
            return None if run.stdout.count(b"\n") > 1 else "it names no error"
        if "error: " not in said:
            return "it names no error"
        # The name that the user knows: that of a journal's archive, of a draft's file; of a folder, any file in it.
        names = set(deed.before) | set(deed.after) | {ARCHIVE}
        name = os.path.relpath(path, self.judge.folder) if path else ""
        draft = DRAFT.match(name)
        name = next(filter(None, (draft[1], draft[3], draft[4])), name) if draft else re.sub(r"-(journal|wal)$", "", name)
        wanted = {name} & names or {part.split("/")[0] for part in names}
        return None if any(part in said for part in wanted) else f"it does not name {sorted(wanted)[:3]}"

    def full_tmpfs(self, deed, free):
        """Does a deed on a tmpfs with this room left beside what is there."""
        write_folder(self.judge.folder, {})
        size = sum(len(content) // 4096 * 4096 + 4096 for content in deed.before.values()) + free + 65536
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", self.judge.folder]
        subprocess.run(list(map(str, mount)), check=True)
        try:
            fill_folder(self.judge.folder, deed.before)
            run = self.judge.run(deed.args)
            verdict = self.judge.verdict(deed, "", leftovers=False)
            if run.returncode == deed.code:
                verdict = verdict if "after" in verdict or not verdict.startswith("before") else "it is not done"
            else:
                verdict = self.failure(deed, run, "") or verdict
            self.note(deed, verdict, f"{free} bytes free: {run.returncode} {run.stderr.decode()!r}", False)
        finally:
            subprocess.run(["umount", str(self.judge.folder)], check=True)

    def kills(self, deeds, number, *_):
        number = number or 5000
        for n in range(number):
            self.kill(deeds[n % len(deeds)], again=n % 5 == 0)
        return number

    def fill(self, deeds, number, *_):
        number = number or 10 * len(deeds)
        for n in range(number):
            deed = deeds[n % len(deeds)]
            self.full_tmpfs(deed, self.random.randint(0, sum(map(len, deed.after.values())) // 2))
        return number

    def fail_each(self, deeds, number, what, stay):
        kinds, more = ("*", [errno.EIO]) if what == "errors" else (NEEDS_ROOM, [])
        mode = "full" if what == "full" else "stay" if stay else "fail"
        places = [(deed, n) for deed in deeds for n in range(1, self.operations(deed, kinds) + 1)]
        if number:
            # As many of each deed, so that the long ones do not take all.
            self.random.shuffle(places)
            turn = collections.Counter()
            order = []
            for deed, n in places:
                turn[deed.name] += 1
                order.append((turn[deed.name], len(order)))
            places = [places[at] for _, at in sorted(order)[:number]]
        for count, (deed, n) in enumerate(places):
            self.fail(deed, kinds, (mode, n, *more), again=count % 10 == 0)
        return len(places)

    def summary(self, name, number, deeds):
        kinds = ", ".join(f"{number} left {what}" for what, number in sorted(self.left.items()))
        print(f"{name}: {number} of {len(deeds)} deeds; {kinds or 'none'}; {len(self.wrong)} wrong", flush=True)
        # One of each kind.
        kinds = {}
        for line in self.wrong:
            kinds.setdefault(re.sub(r"[0-9]+|/\S*", "N", line.split(": ", 2)[-1]), []).append(line)
        for lines in kinds.values():
            print(f"  {len(lines)} such: {lines[0]}")
        return len(self.wrong)


def together(judge, writers, each):
    """Writers of the same archive, and readers during an import; returns what is wrong."""
    wrong = []
    write_folder(judge.folder, {})
    judge.done("init")
    judge.done("add", "source", "--kind", "report", "--title", "Log")
    script = 'for i in $(seq {each}); do "{program}" add claim --text "Said by {n}, $i" --kind event --source log || echo failed; done'
    start = lambda n: subprocess.Popen(["sh", "-c", script.format(each=each, program=judge.program, n=n)], cwd=judge.folder,
                                       env=judge.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    processes = [start(n) for n in range(writers)]
    said = b"".join(process.communicate()[0] for process in processes).decode()
    acknowledged = len(re.findall(r"^key: ", said, re.M))
    for line in re.findall(r"^error: .*", said, re.M):
        if "another program holds it" not in line:
            wrong.append(f"{writers} writers: {line}")
    there = judge.run(["sql", "SELECT count(*) AS n FROM claims", "--format", "csv"]).stdout.decode().split()[1]
    logged = judge.run(["sql", "SELECT count(*) AS n FROM operations WHERE command = 'add'", "--format", "csv"]).stdout.decode().split()[1]
    if int(there) != acknowledged or int(logged) != acknowledged + 1:
        wrong.append(f"{writers} writers: {acknowledged} claims were acknowledged, {there} are there, {logged} operations")
    if judge.run(["check"]).returncode != 0:
        wrong.append(f"{writers} writers: {judge.run(['check']).stdout.decode()}")
    refused = writers * each - acknowledged
    print(f"together: {writers} writers, {acknowledged} claims acknowledged and there, {refused} told to wait", flush=True)
    return wrong


def read_during_import(judge, rows):
    """Readers during an import see all of its rows or none."""
    write_folder(judge.folder, {})
    judge.done("init")
    text = "text,kind,source,source_kind\n" + "".join(f"Claim {n},event,Log {n},report\n" for n in range(rows))
    (judge.folder / "t.csv").write_text(text)
    queries = {
        "sql": ["sql", "SELECT (SELECT count(*) FROM claims) AS a, (SELECT count(*) FROM sources) AS b,"
                " (SELECT count(*) FROM mentions) AS c", "--format", "csv"],
        "ndjson": ["export", "ndjson"],
        "report": ["report", "claims", "--format", "csv"],
    }
    before = {name: judge.run(args).stdout for name, args in queries.items()}
    writer = subprocess.Popen([judge.program, "import", "t.csv"], cwd=judge.folder, env=judge.env,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    seen = []
    while writer.poll() is None:
        seen += [(name, judge.run(args)) for name, args in queries.items()]
    error = writer.communicate()[1]
    after = {name: judge.run(args).stdout for name, args in queries.items()}
    wrong = [f"the import failed: {error.decode()}"] if writer.returncode else []
    olds = sum(run.stdout == before[name] for name, run in seen)
    news = sum(run.stdout == after[name] for name, run in seen)
    for name, run in seen:
        if run.returncode or run.stdout not in (before[name], after[name]):
            wrong.append(f"{name} during an import: exit {run.returncode} {run.stderr.decode()} {run.stdout[:200]!r}")
    if before == after or not olds:
        wrong.append("nothing was read during the import")
    print(f"readers: {len(seen)} reads during an import of {rows} rows, {olds} saw it before and {news} after", flush=True)
    return wrong


def refusals(judge):
    """Deeds where nothing may be written: each is refused, names the file and changes nothing."""
    wrong = []
    write_folder(judge.folder, {})
    judge.done("seed")
    seeded = (judge.folder / ARCHIVE).read_bytes()
    add = ["-f", f"closed/{ARCHIVE}", "add", "source", "--kind", "article", "--title", "Osprey"]
    reads = ["-f", f"closed/{ARCHIVE}", "info"]
    cases = [
        ("a folder to read", 0o555, 0o666, add, False, ARCHIVE),
        ("a folder to read, a read", 0o555, 0o444, reads, True, ""),
        ("a file to read", 0o777, 0o444, add, False, ARCHIVE),
        ("a file to read, a read", 0o777, 0o444, reads, True, ""),
        ("a closed file", 0o777, 0o000, reads, False, ARCHIVE),
        ("a closed folder", 0o666, 0o666, reads, False, ARCHIVE),
        ("a closed folder, a write", 0o666, 0o666, add, False, ARCHIVE),
        ("a new archive in a folder to read", 0o555, 0o666, ["-f", "closed/new.db", "init"], False, "new.db"),
    ] + [
        (f"{args[0]} into a folder to read", 0o555, 0o666, ["-f", f"closed/{ARCHIVE}", *args], False, args[-1])
        for args in (["backup", "closed/copy.db"], ["export", "ndjson", "closed/all.ndjson"], ["publish", "closed/page.html"],
                     ["publish", "closed/site"], ["export", "datapackage", "closed/tables"])
    ]
    user = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}
    os.chmod(judge.work, 0o755)
    for name, of_folder, of_file, args, works, named in cases:
        write_folder(judge.folder, {f"closed/{ARCHIVE}": seeded})
        closed = judge.folder / "closed"
        if user:
            os.chown(closed, 65534, 65534)
            os.chown(closed / ARCHIVE, 65534, 65534)
        os.chmod(closed / ARCHIVE, of_file)
        os.chmod(closed, of_folder)
        run = judge.run(args, **user)
        os.chmod(closed, 0o777)
        os.chmod(closed / ARCHIVE, 0o666)
        said = run.stderr.decode()
        if (run.returncode == 0) != works or (not works and (run.returncode != 3 or named not in said)):
            wrong.append(f"{name}: exit {run.returncode}, {said!r}")
        if read_folder(closed) != {ARCHIVE: seeded}:
            wrong.append(f"{name}: the folder has {sorted(read_folder(closed))}")
    print(f"permissions: {len(cases)} cases, {len(cases) - len(wrong)} as they should be", flush=True)
    return wrong


def self_test(judge, disk):
    """Careless programs, each of which has to be found careless."""
    careless = {
        # Writes its output in place.
        "copy": "cat a > copy.db; cat a >> copy.db; echo wrote copy.db",
        # Says that it is done before it is.
        "early": "echo wrote copy.db; cat a a > .copy.db.new-1; mv .copy.db.new-1 copy.db",
        # Does not look at errors.
        "blind": "cat a a > .copy.db.new-1 2> /dev/null; mv .copy.db.new-1 copy.db; echo wrote copy.db",
    }
    found = {}
    shell = Judge("/bin/sh", judge.work)
    for name, script in careless.items():
        deed = shell.prepare(Deed(name, ["-c", script], {"a": b"x" * 5000}))
        faults = Faults(shell, disk, 1)
        for n in range(1, faults.operations(deed, CHANGES) + 1):
            write_folder(shell.folder, deed.before)
            run = shell.run(deed.args, faults.traced(CHANGES, "kill", n))
            # The tool kills the shell; what the shell started ends with the tool.
            faults.note(deed, shell.verdict(deed, run.stdout.decode()), f"kill {n}", False)
            faults.fail(deed, CHANGES, ("full", n), False)
        found[name] = len(faults.wrong)
    print(f"self-test: {found}", flush=True)
    return [f"{name} was found to be right" for name, number in found.items() if not number]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("disk", type=pathlib.Path, help="tests/trust/disk.c, compiled")
    parser.add_argument("what", nargs="+", help="kills, errors, full, tmpfs, each with =N for N at random; together, permissions, self-test")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--deed", default="", help="deeds with this in their name")
    parser.add_argument("--stay", action="store_true", help="all operations behind the failed one fail, too")
    args = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as work:
        judge = Judge(args.program.resolve(), pathlib.Path(work).resolve())
        alone = {
            "together": lambda: [*together(judge, 2, 5), *together(judge, 16, 2), *read_during_import(judge, 3000)],
            "permissions": lambda: refusals(judge),
            "self-test": lambda: self_test(judge, args.disk.resolve()),
        }
        deeds = []
        for what in args.what:
            what, _, number = what.partition("=")
            number = int(number) if number else None
            if what in alone:
                found = alone[what]()
                wrong += len(found)
                for line in found:
                    print(f"  {line}")
                continue
            deeds = deeds or [deed for deed in archive_deeds.all_deeds(judge) if args.deed in deed.name]
            faults = Faults(judge, args.disk.resolve(), args.seed)
            number = {"kills": faults.kills, "tmpfs": faults.fill, "full": faults.fail_each, "errors": faults.fail_each}[what](
                deeds, number, what, args.stay)
            wrong += faults.summary(f"{what}{' --stay' if args.stay else ''}", number, deeds)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
