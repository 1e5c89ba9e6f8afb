#!/usr/bin/env python3
"""Cuts the power while onrecord does its deeds: records what each writes, and rebuilds what the disk may hold then.

    cc -O1 -o /tmp/disk tests/trust/disk.c
    python3 tests/trust/power.py target/debug/onrecord /tmp/disk --images 20000
    python3 tests/trust/power.py target/debug/onrecord /tmp/disk --self-test

An image is a moment of a deed and a choice of what reached the disk until then. What was synced is there. Of other
writes any sectors may be there, of 512 bytes or 4096; a file may have another length; and a name in a folder that was
not synced since may be the old one or the new one. In each image the archive opens and is as before the deed or as
after it, outputs are absent or whole, and what the program had said is there.

`--self-test` replays a writer with PRAGMA synchronous = OFF, NORMAL, FULL and EXTRA: the first has to be found to break
files and the next two to lose the last transaction, or the replay finds nothing; EXTRA has to lose nothing.
TMPDIR=/dev/shm spares the disk.
"""
import argparse
import collections
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

import deeds as archive_deeds
from deeds import Deed, Judge, write_folder
from faults import CHANGES, Faults


class File:
    """A file: what the disk surely holds, and what was written since."""

    def __init__(self, content=b""):
        self.sure, self.waiting = bytearray(content), []

    def sync(self):
        self.sure, self.waiting = self.image(self.waiting), []

    def image(self, writes):
        content = bytearray(self.sure)
        for at, data in writes:
            if data is None:
                content = content[:at] + bytes(max(0, at - len(content)))
            else:
                content += bytes(max(0, at - len(content)))
                content[at:at + len(data)] = data
        return content

    def cut(self, choice):
        if choice.all or not choice.any:
            return bytes(self.image(self.waiting if choice.all else []))
        kept = []
        for at, data in self.waiting:
            if data is None:
                kept += [(at, data)] if choice.takes() else []
                continue
            begin = 0
            while begin < len(data):
                end = min(len(data), ((at + begin) // choice.sector + 1) * choice.sector - at)
                kept += [(at + begin, data[begin:end])] if choice.takes() else []
                begin = end
        return bytes(self.image(kept))


class Folder:
    """A folder: the names that the disk surely holds, those that programs see, and the changes in between."""

    def __init__(self):
        self.sure, self.seen, self.waiting = {}, {}, []

    def change(self, *names):
        """Gives names to files, or none: one change, which a disk has or has not."""
        self.seen = self.apply(self.seen, [names])
        self.waiting.append(names)

    @staticmethod
    def apply(names, changes):
        names = dict(names)
        for change in changes:
            for name, entry in change:
                names.pop(name, None)
                if entry is not None:
                    names[name] = entry
        return names

    def sync(self):
        self.sure, self.waiting = self.seen, []

    def cut(self, choice):
        changes = self.waiting
        if not choice.all:
            if choice.in_order:
                changes = changes[:choice.random.randint(0, len(changes))] if choice.any else []
            else:
                changes = [change for change in changes if choice.takes()]
        image = {}
        for name, entry in self.apply(self.sure, changes).items():
            content = entry.cut(choice)
            if isinstance(content, dict):
                image.update({f"{name}/{inner}": data for inner, data in content.items()})
            else:
                image[name] = content
        return image


class Choice:
    """What of the unsynced reaches the disk."""

    def __init__(self, random, kind):
        self.random, self.all, self.any = random, kind == "all", kind != "nothing"
        self.share = random.choice([0.1, 0.5, 0.9])
        self.sector = random.choice([512, 4096])
        self.in_order = random.random() < 0.5

    def takes(self):
        return self.any and self.random.random() < self.share


class Disk:
    """A disk on which recorded operations are done."""

    def __init__(self, files):
        self.root, self.inodes = Folder(), {}
        for name, content in files.items():
            self.root.change((name, File(content)))
        self.sync_all()

    def sync_all(self, folder=None):
        folder = folder or self.root
        folder.sync()
        for entry in folder.sure.values():
            self.sync_all(entry) if isinstance(entry, Folder) else entry.sync()

    def at(self, path):
        """The folder that holds a path, and the name in it."""
        folder = self.root
        *parents, name = path.split("/")
        for parent in parents:
            folder = folder.seen[parent]
        return folder, name

    def entry(self, path):
        if path == ".":
            return self.root
        folder, name = self.at(path)
        return folder.seen.get(name)

    def do(self, kind, inode, path, other, at, data):
        if kind == "y":
            self.sync_all()
        elif kind in "cd":
            folder, name = self.at(path)
            self.inodes[inode] = entry = File() if kind == "c" else Folder()
            folder.change((name, entry))
        elif kind in "ue":
            folder, name = self.at(path)
            folder.change((name, None))
        elif kind in "nl":
            (folder, name), (to, new) = self.at(path), self.at(other)
            assert folder is to, (path, other)
            entry = folder.seen[name]
            folder.change((new, entry)) if kind == "l" else folder.change((name, None), (new, entry))
        elif kind == "f":
            self.entry(path).sync()
        elif kind in "wts":
            # A file may have lost its name, and have another that was there before the recording.
            entry = self.inodes.setdefault(inode, self.entry(path))
            if kind == "s":
                entry.sync()
            else:
                entry.waiting.append((at, data if kind == "w" else None))


def record(judge, disk, deed):
    """The operations of a deed on files, and what it said, in their order."""
    faults = Faults(judge, disk, 0)
    write_folder(judge.folder, deed.before)
    run = judge.run(deed.args, faults.traced(CHANGES, "record"))
    assert run.returncode == deed.code, (deed.name, run.returncode, run.stderr)
    operations = []
    with open(f"{faults.report}.bytes", "rb") as data:
        for line in faults.report.read_text().splitlines():
            kind, inode, *rest = line.split("\t")
            if kind in "ro#":
                continue
            path, other, at, length = rest
            relative = [os.path.relpath(name, judge.folder) if name else "" for name in (path, other)]
            operations.append((kind, int(inode), *relative, int(at), data.read(int(length)) if kind in "wS" else b""))
    return operations


def images(random, operations, before, number):
    """So many images of a recorded deed: (what was cut, the files, what was said)."""
    # At what is synced, named or said, and right before it; else anywhere.
    edges = [n for n, (kind, *_) in enumerate(operations) if kind not in "wt"]
    edges = sorted({n + 1 for n in edges} | set(edges))
    wanted = collections.Counter()
    for n in range(number):
        moment = edges[n // 2 % len(edges)] if n % 2 else random.randint(0, len(operations))
        wanted[moment] += 1
    disk, said = Disk(before), b""
    for moment in range(len(operations) + 1):
        for n in range(wanted[moment]):
            kind = ["nothing", "some", "some", "all"][random.randrange(4)]
            state = random.getstate()
            yield f"cut after {moment} of {len(operations)} operations, {kind} ({n})", disk.root.cut(Choice(random, kind)), said
            random.setstate(state)
            random.random()
        if moment < len(operations):
            kind, inode, path, other, at, data = operations[moment]
            if kind == "S":
                said += data
            else:
                disk.do(kind, inode, path, other, at, data)


WRITER = """
import sqlite3, sys
db = sqlite3.connect("a.db", isolation_level=None)
db.execute(f"PRAGMA synchronous = {sys.argv[1]}")
for n in range(12):
    db.execute("BEGIN")
    db.execute("INSERT INTO a VALUES (?, ?)", [n, "x" * 2000])
    db.execute("INSERT INTO b VALUES (?)", [n])
    db.execute("COMMIT")
    print(n, flush=True)
"""


def self_test(work, disk):
    """What the replay finds of a writer that syncs too little, or enough; returns what is wrong with that."""
    judge = Judge(sys.executable, work)
    path = work / "a.db"
    db = sqlite3.connect(path)
    db.executescript("CREATE TABLE a (n, t); CREATE TABLE b (n); CREATE INDEX a_t ON a (t, n)")
    db.close()
    before = {"a.db": path.read_bytes()}
    wrong = []
    for mode, breaks, loses in (("OFF", True, True), ("NORMAL", False, True), ("FULL", False, True), ("EXTRA", False, False)):
        operations = record(judge, disk, Deed(mode, ["-c", WRITER, mode], before))
        broken = lost = total = 0
        for _, files, said in images(random.Random(1), operations, before, 400):
            write_folder(judge.folder, files)
            total += 1
            try:
                db = sqlite3.connect(judge.folder / "a.db")
                sound = db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                rows, others = ({n for [n] in db.execute(f"SELECT n FROM {table}")} for table in "ab")
                broken += not sound or rows != others
                lost += bool(set(map(int, said.split())) - rows)
            except sqlite3.Error:
                broken += 1
            finally:
                db.close()
        print(f"self-test: synchronous = {mode}: of {total} images {broken} are broken, {lost} lack what was said", flush=True)
        if breaks != bool(broken) and mode != "NORMAL" or loses != bool(lost):
            wrong.append(f"synchronous = {mode}: broken {broken}, lost {lost}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("disk", type=pathlib.Path, help="tests/trust/disk.c, compiled")
    parser.add_argument("--images", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--deed", default="", help="deeds with this in their name")
    parser.add_argument("--self-test", action="store_true")
    args = parser.parse_args()
    disk, wrong = args.disk.resolve(), 0
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work).resolve()
        if args.self_test:
            for line in self_test(work, disk):
                wrong += 1
                print(f"  {line}")
        if args.images:
            judge = Judge(args.program.resolve(), work)
            deeds = [deed for deed in archive_deeds.all_deeds(judge) if args.deed in deed.name]
            faults = Faults(judge, disk, args.seed)
            each = -(-args.images // len(deeds))
            for deed in deeds:
                operations = record(judge, disk, deed)
                # The bytes of the recorded run, which are those that images are compared with.
                deed.after = archive_deeds.read_folder(judge.folder)
                for n, (what, files, said) in enumerate(images(faults.random, operations, deed.before, each)):
                    write_folder(judge.folder, files)
                    faults.note(deed, judge.verdict(deed, said.decode()), what, again=n % 50 == 0)
            wrong += faults.summary("power", each * len(deeds), deeds)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
