"""How fast documents get into a workspace, beside SQLite alone keeping the same bytes.
usage: store.py PROGRAM [COUNT [BYTES [FOLDER]]]

Makes COUNT invented documents of BYTES bytes in three languages (tests/store/make_documents.py; FOLDER keeps them for the
next time), adds the first half and then the second, and prints for each half and for all: documents a second, processor
time a document, and the most memory that was held. The halves tell whether a full workspace is slower than an empty one.
SQLite alone: one table, one blob a document, changes of 4,096 documents, flushed to the disk like opcon's."""
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "store"))
import make_documents  # noqa: E402

BATCH = 4096


def make(folder, count, size):
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{seed:06}.md" for seed in range(count)]
    for seed, path in enumerate(paths):
        if not path.exists():
            path.write_text(make_documents.document(seed, size), encoding="utf-8")
    return paths


def add(program, workspace, paths):
    """Seconds, processor seconds, peak bytes."""
    listed = workspace.with_suffix(".list")
    listed.write_text("\n".join(map(str, paths)))
    start = time.monotonic()
    with subprocess.Popen([program, "add", "--workspace", str(workspace), "--files", str(listed)],
                          stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{program} add ended with {process.returncode}")
    return time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def keep_bare(path, paths):
    start, processor = time.monotonic(), time.process_time()
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript("PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;"
                     "CREATE TABLE documents (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
    for at in range(0, len(paths), BATCH):
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO documents (bytes) VALUES (?)", ((p.read_bytes(),) for p in paths[at:at + BATCH]))
        db.execute("COMMIT")
    db.close()
    return time.monotonic() - start, time.process_time() - processor


def line(name, count, seconds, processor, memory=None):
    held = f", at most {memory / 2**20:.0f} MiB" if memory else ""
    print(f"{name:14} {count:7} documents  {count / seconds:7.0f}/s  {1000 * processor / count:6.2f} ms of processor each{held}")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    size = int(sys.argv[3]) if len(sys.argv) > 3 else 20000
    with tempfile.TemporaryDirectory(prefix="opcon-bench-") as scratch:
        scratch = pathlib.Path(scratch)
        paths = make(pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else scratch / "documents", count, size)
        half = count // 2
        first = add(program, scratch / "w.db", paths[:half])
        second = add(program, scratch / "w.db", paths[half:])
        bare = keep_bare(scratch / "bare.db", paths)
        kept, alone = (scratch / "w.db").stat().st_size, (scratch / "bare.db").stat().st_size
    line("first half", half, *first)
    line("second half", count - half, *second)
    both = first[0] + second[0], first[1] + second[1]
    line("all", count, *both, max(first[2], second[2]))
    line("SQLite alone", count, *bare)
    print(f"ratio to SQLite alone: {both[0] / bare[0]:.1f} in time, {both[1] / bare[1]:.1f} in processor time, "
          f"{kept / alone:.1f} in bytes ({kept / 1e6:.0f} MB)")
    print(f"100,000 documents at the rate of the second half: {100000 * second[0] / (count - half):.0f} s; "
          f"with two idle cores (processor time / 2): {50000 * second[1] / (count - half):.0f} s")


if __name__ == "__main__":
    main()
