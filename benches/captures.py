#!/usr/bin/env python3
"""Measures the commands that carry the bytes of captured copies: the wall time and the peak memory of the whole
process, for files of several sizes, one kind that compresses and one that does not, each beside a floor.

The floor of a command is what it cannot do without, in blocks of 256 KiB, by Python's zlib and hashlib: reading the
file, its SHA-256, compressing it at the same level where it compresses, writing it and syncing. The floor of a backup is
a copy of the archive with its SHA-256. A command and its floor run once, on files that the system has in its cache.

    cargo build --release
    python3 benches/captures.py --megabytes 10,400,1500
    python3 benches/captures.py --megabytes 400 --folder FOLDER --more

--more also measures an undo, its redo, a merge into an empty archive, and the export as NDJSON and its import. The
largest size needs about six times its room on the disk, with --more ten times; the folder is removed at the end.
"""
import argparse
import hashlib
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
BLOCK = 1 << 18


def make(path, megabytes, compressible):
    """Writes a file of so many million bytes: words and numbers, or random bytes."""
    pick = random.Random(1)
    words = ["".join(pick.choices("abcdefghijklmnoprstu", k=pick.randint(2, 9))) for _ in range(4000)]
    text = " ".join(pick.choices(words, k=150_000)).encode()[:990_000]
    with open(path, "wb") as out:
        for n in range(megabytes):
            head = "".join(f"{n} {pick.random()}\n" for _ in range(500)).encode()[:10_000].ljust(10_000)
            out.write(head + text if compressible else pick.randbytes(1_000_000))


def run(work):
    """Runs a command or a function in a process of its own. Returns its wall time and its peak memory in MB."""
    sys.stdout.flush()
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            if callable(work):
                work()
                status = 0
            else:
                nothing = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nothing, 1)
                os.dup2(nothing, 2)
                os.execv(work[0], [str(word) for word in work])
        finally:
            os._exit(status)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begun
    assert status == 0, f"{work} failed: {status}"
    return wall, usage.ru_maxrss / 1024


def blocks(path):
    with open(path, "rb") as file:
        while block := file.read(BLOCK):
            yield block


def written(path, pieces):
    with open(path, "wb") as out:
        for piece in pieces:
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def packed(path, compressible):
    """Reads and hashes a file, and yields what is stored of it."""
    hasher, encoder = hashlib.sha256(), zlib.compressobj()
    for block in blocks(path):
        hasher.update(block)
        yield encoder.compress(block) if compressible else block
    if compressible:
        yield encoder.flush()


def unpacked(path, compressible):
    """Reads what is stored, and yields the bytes, hashed."""
    hasher, decoder = hashlib.sha256(), zlib.decompressobj()
    for block in blocks(path):
        block = decoder.decompress(block) if compressible else block
        hasher.update(block)
        yield block


def measure(program, folder, megabytes, compressible, more):
    """Yields the rows of one file: the command, its time and memory, and those of its floor."""
    file, archive, floor = folder / "file.bin", folder / "archive.db", folder / "floor"
    make(file, megabytes, compressible)
    own = [program, "--file", archive]
    run([*own, "init"])
    run([*own, "add", "source", "--key", "s", "--kind", "page", "--title", "S"])
    yield "attach", run([*own, "attach", "s", file]), run(lambda: written(floor, packed(file, compressible)))
    yield "check", run([*own, "check"]), run(lambda: [None for _ in unpacked(floor, compressible)])
    out = folder / "out"
    yield "extract", run([*own, "extract", "s", "--output", out]), run(
        lambda: written(folder / "plain", unpacked(floor, compressible)))
    digests = [hashlib.file_digest(open(path, "rb"), "sha256").digest() for path in (file, out)]
    assert digests[0] == digests[1], "the extracted copy is another"
    for path in (out, floor, folder / "plain"):
        path.unlink()
    copy = folder / "copy.db"
    yield "backup", run([*own, "backup", copy]), run(lambda: written(floor, packed(archive, False)))
    floor.unlink()
    if more:
        other = folder / "other.db"
        run([program, "--file", other, "init"])
        yield "merge", run([program, "--file", other, "merge", copy]), None
        other.unlink()
        rows = folder / "rows.ndjson"
        yield "export ndjson", run([*own, "export", "ndjson", rows]), None
        run([program, "--file", other, "init"])
        yield "import ndjson", run([program, "--file", other, "import", rows]), None
        rows.unlink()
        other.unlink()
        yield "undo", run([*own, "undo"]), None
        yield "undo of the undo", run([*own, "undo"]), None
    for path in (file, archive, copy):
        path.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", default="10,400,1500", help="the sizes of the files, in millions of bytes")
    parser.add_argument("--folder", type=pathlib.Path, help="where the files go; a new folder unless given")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "target/release/onrecord")
    parser.add_argument("--more", action="store_true", help="measure undo, merge and NDJSON too")
    args = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="captures-", dir=args.folder))
    base = run([args.program, "--file", folder / "base.db", "init"])[1]
    print(f"Peak memory of `onrecord init`: {base:.0f} MB\n")
    print("| file | command | seconds | peak MB | floor, seconds | ratio |\n| --- | --- | ---: | ---: | ---: | ---: |")
    try:
        for megabytes in map(int, args.megabytes.split(",")):
            for compressible in (True, False):
                what = f"{megabytes} MB, {'text' if compressible else 'random'}"
                for name, (wall, peak), floor in measure(args.program, folder, megabytes, compressible, args.more):
                    beside = f"{floor[0]:.2f} | {wall / floor[0]:.1f}" if floor else "|"
                    print(f"| {what} | {name} | {wall:.2f} | {peak:.0f} | {beside} |", flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
