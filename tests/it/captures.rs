//! Captured copies, whatever their size: kept whole or in parts, read and written in blocks, and found missing where
//! another tool lost them. The parts are small here; those that are copied from archive to archive in blocks are just
//! above a million bytes.

use crate::common::{Sandbox, context, run};
use flate2::{Compression, write::ZlibEncoder};
use onrecord::error::{Error, Result};
use onrecord::model::CancelToken;
use onrecord::ops::Context;
use onrecord::ops::captures::attach::{AttachOutcome, Options, attach};
use onrecord::ops::captures::{CaptureLimits, extract};
use onrecord::ops::sha256;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const SMALL: CaptureLimits = CaptureLimits { part_bytes: 1000, max_bytes: 100_000 };
/// Parts that no row carries in memory.
const LARGE: CaptureLimits = CaptureLimits { part_bytes: 1_200_000, max_bytes: 10_000_000 };

/// Bytes that do not compress.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 88_172_645_463_325_252_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// Bytes that compress.
fn text(length: usize) -> Vec<u8> {
    (0..).flat_map(|n: usize| format!("line {n}\n").into_bytes()).take(length).collect()
}

fn keep_with(
    archive: &Path,
    source: &str,
    copy: &Path,
    limits: CaptureLimits,
    context: &Context,
) -> Result<AttachOutcome> {
    let options = Options {
        archive,
        source: source.to_owned(),
        copy,
        mtime: Some(1_000_000_000),
        media_type: None,
        url: None,
        captured_at: None,
        limits,
    };
    attach(&options, context)
}

/// Attaches a file with these bytes to a source.
fn keep(
    sandbox: &Sandbox,
    name: &str,
    bytes: impl AsRef<[u8]>,
    limits: CaptureLimits,
) -> AttachOutcome {
    let copy = sandbox.write(name, bytes);
    keep_with(&sandbox.path("onrecord.db"), "reuters", &copy, limits, &context()).unwrap()
}

/// Extracts a copy of the source, by the command.
fn extracted(sandbox: &Sandbox, archive: &str, name: &str) -> Vec<u8> {
    let args = ["-f", archive, "extract", "reuters", "--name", name, "--output", "extracted"];
    let _ = sandbox.run(&args).done();
    let bytes = std::fs::read(sandbox.path("extracted")).unwrap();
    std::fs::remove_file(sandbox.path("extracted")).unwrap();
    bytes
}

fn names(sandbox: &Sandbox) -> Vec<String> {
    let names =
        sandbox.ask("select group_concat(name, ' ') from (select name from sqlar order by id)");
    names.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// Removes the guards of the tables of copies, as a tool does that knows none of them.
fn without_guards(sandbox: &Sandbox) -> rusqlite::Connection {
    let conn = sandbox.other_tool();
    let sql = "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_schema
         WHERE type = 'trigger' AND tbl_name IN ('sqlar', 'captures', 'capture_parts')";
    let drop: String = conn.query_row(sql, [], |row| row.get(0)).unwrap();
    conn.execute_batch(&drop).unwrap();
    conn
}

/// The findings of the check of bytes.
fn findings(sandbox: &Sandbox) -> Vec<String> {
    let found = sandbox.run(&["check", "hashes", "--format", "csv"]);
    found.out.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn parts_join_to_the_same_bytes() {
    let sandbox = Sandbox::seeded();
    let bytes = [noise(2500), text(9000)].concat();
    let kept = keep(&sandbox, "film.mp4", &bytes, SMALL);
    assert_eq!((kept.name.as_str(), kept.parts), ("captures/reuters/film.mp4", 12));
    assert_eq!(kept.sha256, sha256(&bytes));
    let kept = names(&sandbox);
    assert_eq!(kept[0], "captures/reuters/film.mp4.part-01-of-12");
    assert!(kept.len() == 12 && kept.is_sorted(), "{kept:?}");
    assert_eq!(extracted(&sandbox, "onrecord.db", "film.mp4"), bytes);
    let args = ["extract", "reuters", "--output", "-"];
    assert_eq!(
        sandbox.command(env!("CARGO_BIN_EXE_onrecord")).args(args).output().unwrap().stdout,
        bytes
    );
    // What compresses is smaller, what does not is as it was.
    let stored = "select sum(length(data) = sz) || ' ' || sum(length(data) < sz) from sqlar";
    assert_eq!(sandbox.ask(stored), "2 10");
    assert_eq!(sandbox.run(&["check"]).done(), "");
    let shown = sandbox.run(&["show", "reuters", "--format", "json"]).done();
    assert!(shown.contains("\"captures/reuters/film.mp4\"") && shown.contains("11500"), "{shown}");
    // A second time it is there already.
    let again = keep(&sandbox, "film.mp4", &bytes, SMALL);
    assert!(again.already && again.name == "captures/reuters/film.mp4" && again.parts == 12);
}

#[test]
fn the_sqlite3_shell_lists_and_extracts_parts() {
    let sandbox = Sandbox::seeded();
    let bytes = text(11_500);
    let _ = keep(&sandbox, "a film.mp4", &bytes, SMALL);
    let listed = run(sandbox.command("sqlite3").args(["onrecord.db", "-A", "-t"])).done();
    assert_eq!(listed.lines().count(), 12);
    let _ = run(sandbox.command("sqlite3").args(["onrecord.db", "-A", "-x"])).done();
    let join = "cat captures/reuters/'a film.mp4'.part-* > joined";
    let _ = run(sandbox.command("sh").args(["-c", join])).done();
    assert_eq!(std::fs::read(sandbox.path("joined")).unwrap(), bytes);
}

#[test]
fn a_copy_that_a_row_can_hold_is_kept_as_ever() {
    let sandbox = Sandbox::seeded();
    let default = CaptureLimits::default();
    let files = [("noise", noise(2_000_000)), ("text", text(5_000_000)), ("none", Vec::new())];
    for (name, bytes) in files {
        let kept = keep(&sandbox, name, &bytes, default);
        assert_eq!(kept.parts, 1);
        let conn = sandbox.other_tool();
        let sql = "SELECT name, mode, mtime, sz, data FROM sqlar ORDER BY id DESC LIMIT 1";
        type Row = (String, i64, i64, i64, Vec<u8>);
        let (own, mode, mtime, size, data): Row = conn
            .query_row(sql, [], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))
            .unwrap();
        assert_eq!((own, mode, mtime), (format!("captures/reuters/{name}"), 33188, 1_000_000_000));
        assert_eq!(size, i64::try_from(bytes.len()).unwrap());
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&bytes).unwrap();
        let packed = encoder.finish().unwrap();
        assert!(data == if packed.len() < bytes.len() { packed } else { bytes.clone() });
        assert!(extracted(&sandbox, "onrecord.db", name) == bytes);
    }
    assert_eq!(sandbox.ask("select count(*) from capture_parts"), "0");
}

#[test]
fn no_two_copies_have_one_name() {
    let sandbox = Sandbox::seeded();
    let kept = |name: &str, length: usize| {
        let outcome = keep(&sandbox, name, noise(length), SMALL);
        outcome.name.strip_prefix("captures/reuters/").unwrap().to_owned()
    };
    assert_eq!(kept("a.part-1-of-9", 10), "a.part-1-of-9");
    assert_eq!(kept("a", 2500), "2-a", "a part of another copy could be called so");
    assert_eq!(kept("b", 2501), "b");
    assert_eq!(kept("b", 11), "2-b", "b is a copy in parts");
    assert_eq!(kept("b.part-1-of-3", 12), "2-b.part-1-of-3");
    assert_eq!(kept("b.partly", 13), "b.partly");
    assert_eq!(extracted(&sandbox, "onrecord.db", "b"), noise(2501));
    assert_eq!(extracted(&sandbox, "onrecord.db", "2-b"), noise(11));
    assert_eq!(extracted(&sandbox, "onrecord.db", "a.part-1-of-9"), noise(10));
    let error = sandbox.run(&["extract", "reuters", "--name", "c"]).failed();
    assert!(
        error.contains("it has a.part-1-of-9, 2-a, b, 2-b, 2-b.part-1-of-3, b.partly"),
        "{error}"
    );
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    let sandbox = Sandbox::seeded();
    // To read it would take an hour.
    std::fs::File::create(sandbox.path("disk.img")).unwrap().set_len(1 << 42).unwrap();
    std::fs::File::create(sandbox.path("page.html")).unwrap().set_len(1 << 42).unwrap();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    for name in ["disk.img", "page.html"] {
        let said = sandbox.run(&["attach", "reuters", name]).failed();
        for words in [
            &format!("cannot attach {name}: it has 4398046511104 bytes (4398.0 GB)"),
            "one copy may have 4294967296 bytes (4.3 GB)",
            "split --bytes=4294967296",
            "sha256",
        ] {
            assert!(said.contains(words), "{said}");
        }
    }
    let args = ["add", "source", "page.html", "--title", "T", "--kind", "page", "--attach"];
    let said = sandbox.run(&args).failed();
    assert!(said.contains("one copy may have"), "{said}");
    assert!(std::fs::read(sandbox.path("onrecord.db")).unwrap() == before);
    let archive = sandbox.path("onrecord.db");
    let limits = CaptureLimits { max_bytes: 10, ..SMALL };
    let copy = sandbox.write("eleven", noise(11));
    assert!(keep_with(&archive, "reuters", &copy, limits, &context()).is_err());
    let copy = sandbox.write("ten", noise(10));
    assert!(keep_with(&archive, "reuters", &copy, limits, &context()).is_ok());
}

#[test]
fn a_cancelled_attach_leaves_the_archive_as_it_was() {
    let sandbox = Sandbox::seeded();
    let archive = sandbox.path("onrecord.db");
    let copy = sandbox.write("film.mp4", [text(2_500_000), noise(2_000_000)].concat());
    let before = std::fs::read(&archive).unwrap();
    let mut stopped = 0;
    for polls in (0..).step_by(7) {
        let left = Arc::new(AtomicUsize::new(polls));
        let cancel = CancelToken::new(move || {
            let over =
                left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
            over.is_err().then_some("Ctrl-C")
        });
        match keep_with(&archive, "reuters", &copy, LARGE, &Context { cancel, ..context() }) {
            Ok(kept) => {
                assert_eq!(kept.parts, 4);
                break;
            }
            Err(error) => assert!(matches!(error, Error::Stopped { .. }), "{error}"),
        }
        stopped += 1;
        assert!(std::fs::read(&archive).unwrap() == before, "cancelled after {polls} polls");
        let names = std::fs::read_dir(sandbox.path("")).unwrap();
        let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "{names:?}");
    }
    // While it is hashed, compressed, written and read back.
    assert!(stopped > 5, "{stopped}");
    assert_eq!(findings(&sandbox), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_archive_as_it_was() {
    let sandbox = Sandbox::seeded();
    sandbox.write("film.mp4", noise(6_000_000));
    sandbox.write("words.txt", text(40_000_000));
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    for (name, blocks) in [("film.mp4", 6000), ("words.txt", 9000)] {
        let script =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec onrecord attach reuters {name}");
        let said = run(sandbox.command("sh").args(["-c", &script])).failed();
        assert!(said.contains("nothing was changed"), "{said}");
        assert!(std::fs::read(sandbox.path("onrecord.db")).unwrap() == before);
        let left = std::fs::read_dir(sandbox.path("")).unwrap().count();
        assert_eq!(left, 3, "temporary files are left");
    }
}

#[test]
fn a_file_that_changes_meanwhile_is_refused() {
    let sandbox = Sandbox::seeded();
    let archive = sandbox.path("onrecord.db");
    let before = std::fs::read(&archive).unwrap();
    for (length, words) in [(2_000_000, "read back the same"), (1_000_000, "changed meanwhile")] {
        let copy = sandbox.write("log.txt", noise(2_000_000));
        let (path, polls) = (copy.clone(), AtomicUsize::new(0));
        let cancel = CancelToken::new(move || {
            // It was hashed by then.
            if polls.fetch_add(1, Ordering::Relaxed) == 9 {
                std::fs::write(&path, text(length)).unwrap();
            }
            None
        });
        let context = Context { cancel, ..context() };
        let error = keep_with(&archive, "reuters", &copy, LARGE, &context).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert!(std::fs::read(&archive).unwrap() == before);
    }
}

#[test]
fn bytes_that_changed_in_the_file_are_found_and_not_extracted() {
    let sandbox = Sandbox::seeded();
    let _ = keep(&sandbox, "film.mp4", noise(2500), SMALL);
    let change = "UPDATE sqlar SET data = CAST(replace(hex(data), 'A', 'B') AS BLOB), sz = 2 * sz WHERE id = 2";
    let refused = sandbox.other_tool().execute_batch(change).unwrap_err().to_string();
    assert!(refused.contains("these bytes are a captured copy"), "{refused}");
    let refused = sandbox.other_tool().execute_batch("DELETE FROM sqlar WHERE id = 2");
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("capture_parts.sqlar_id still refers"), "{refused}");
    assert_eq!(findings(&sandbox), Vec::<String>::new());
    without_guards(&sandbox).execute_batch(change).unwrap();
    let found = findings(&sandbox);
    assert!(found.len() == 1 && found[0].contains("film.mp4 has the SHA-256"), "{found:?}");
    for output in ["copy", "-"] {
        let said = sandbox.run(&["extract", "reuters", "--output", output]);
        assert_eq!(said.out, "", "nothing is written that is not verified");
        assert!(said.failed().contains("its SHA-256 is"));
    }
    assert!(!sandbox.path("copy").exists());
    assert_eq!(std::fs::read_dir(sandbox.path("")).unwrap().count(), 2);
}

#[test]
fn the_order_of_parts_counts() {
    let sandbox = Sandbox::seeded();
    let _ = keep(&sandbox, "film.mp4", noise(3000), SMALL);
    let swap =
        "UPDATE capture_parts SET part = 5 - part + 10; UPDATE capture_parts SET part = part - 10";
    without_guards(&sandbox).execute_batch(swap).unwrap();
    let found = findings(&sandbox);
    assert!(found.len() == 1 && found[0].contains("has the SHA-256"), "{found:?}");
}

#[test]
fn a_missing_part_is_a_finding() {
    let lost = |sql: &str| {
        let sandbox = Sandbox::seeded();
        let _ = keep(&sandbox, "film.mp4", noise(3500), SMALL);
        let _ = keep(&sandbox, "other.mp4", noise(2200), SMALL);
        without_guards(&sandbox).execute_batch(sql).unwrap();
        let found = findings(&sandbox);
        assert_eq!(found.len(), 1, "{found:?}");
        let args = ["extract", "reuters", "--name", "film.mp4", "--output", "extracted"];
        let said = sandbox.run(&args).failed();
        assert!(said.contains(" not "), "{said}");
        assert!(!sandbox.path("extracted").exists());
        assert_eq!(extracted(&sandbox, "onrecord.db", "other.mp4"), noise(2200));
        found[0].clone()
    };
    let found = lost("DELETE FROM sqlar WHERE id = 3");
    assert!(found.contains("part 3 of 4 is not in the file"), "{found}");
    assert!(
        found.starts_with("hashes,captures,reuters,captures/reuters/film.mp4 with the SHA-256")
    );
    assert!(found.contains(&sha256(&noise(3500))), "{found}");
    let found = lost("DELETE FROM sqlar WHERE id IN (2, 4)");
    assert!(found.contains("parts 2, 4 of 4 are not in the file"), "{found}");
    let found = lost("DELETE FROM capture_parts WHERE first_id = 1 AND part = 2");
    assert!(found.contains("is not whole: its part 2 is not listed"), "{found}");
    let found = lost("DELETE FROM capture_parts WHERE first_id = 1 AND part = 4");
    assert!(found.contains("is not whole: its part 4 is not listed"), "{found}");
}

#[test]
fn a_part_that_no_copy_has_is_a_finding() {
    let sandbox = Sandbox::seeded();
    let _ = keep(&sandbox, "film.mp4", noise(2500), SMALL);
    assert_eq!(sandbox.run(&["check", "captures"]).done(), "");
    sandbox.other_tool().execute_batch("DELETE FROM captures").unwrap();
    let found = sandbox.run(&["check", "captures", "--format", "csv"]).out;
    assert_eq!(found.matches("it is no captured copy of any source").count(), 3, "{found}");
}

/// `sqlite3 FILE -A -c` drops the table of all copies and makes one of its own.
#[test]
fn copies_that_another_tool_dropped_are_named_and_can_be_put_back() {
    let sandbox = Sandbox::seeded();
    let (film, note) = (noise(2500), text(300));
    let _ = keep(&sandbox, "film.mp4", &film, SMALL);
    let _ = keep(&sandbox, "note.txt", &note, SMALL);
    sandbox.write("mine.txt", text(2_000_000));
    let _ = run(sandbox.command("sqlite3").args(["onrecord.db", "-A", "-c", "mine.txt"])).done();
    let check = sandbox.run(&["check", "--format", "csv"]);
    assert_eq!(check.code, 1, "{}", check.err);
    let lost = |bytes: &[u8], what: &str| {
        format!(
            "hashes,captures,reuters,\"a copy with the SHA-256 {} is lost: {what}",
            sha256(bytes)
        )
        .replace('"', "")
    };
    for finding in [
        lost(&film, "all its 3 parts are not in the file"),
        lost(&note, "its row 4 of sqlar is not in the file"),
        "guards,,,the table sqlar is not as it was made".to_owned(),
        "guards,,,the trigger sqlar_delete_guard is missing".to_owned(),
    ] {
        assert!(check.out.replace('"', "").contains(&finding), "{finding}:\n{}", check.out);
    }
    let said = sandbox.run(&["extract", "reuters"]).failed();
    assert!(said.contains("is not in the file"), "{said}");
    let said = sandbox.run(&["attach", "reuters", "film.mp4"]).failed();
    assert!(said.contains("check --repair"), "{said}");

    let said = sandbox.run(&["check", "--repair"]).err;
    assert!(said.contains("the table sqlar"), "{said}");
    // What was put there stays, under an id that no copy refers to.
    assert_eq!(sandbox.ask("select id || name || sz from sqlar"), "5mine.txt2000000");
    assert_eq!(findings(&sandbox).len(), 2);
    let guards = sandbox.run(&["check", "guards"]);
    assert_eq!((guards.code, guards.out.as_str()), (0, ""));
    let _ = run(sandbox.command("sqlite3").args(["onrecord.db", "-A", "-x"])).done();
    assert_eq!(std::fs::read(sandbox.path("mine.txt")).unwrap(), text(2_000_000));

    // Other bytes are another copy.
    let _ = keep(&sandbox, "film.mp4", noise(2501), SMALL);
    assert_eq!(findings(&sandbox).len(), 2);
    let kept = keep(&sandbox, "film.mp4", &film, SMALL);
    assert!(kept.restored && !kept.already && kept.parts == 3);
    assert_eq!(kept.name, "captures/reuters/2-film.mp4");
    let copy = sandbox.path("note.txt");
    let other = CaptureLimits { part_bytes: 100, ..SMALL };
    let archive = sandbox.path("onrecord.db");
    assert!(keep_with(&archive, "reuters", &copy, other, &context()).unwrap().restored);
    assert_eq!(findings(&sandbox), Vec::<String>::new());
    assert_eq!(sandbox.ask("select count(*) from captures"), "3");
    assert_eq!(extracted(&sandbox, "onrecord.db", "2-film.mp4"), film);
    assert_eq!(extracted(&sandbox, "onrecord.db", "note.txt"), note);
}

#[test]
fn a_part_that_was_lost_alone_is_put_back_alone() {
    let sandbox = Sandbox::seeded();
    let film = noise(2500);
    let _ = keep(&sandbox, "film.mp4", &film, SMALL);
    without_guards(&sandbox).execute_batch("DELETE FROM sqlar WHERE id = 2").unwrap();
    let _ = sandbox.run(&["check", "--repair"]);
    let archive = sandbox.path("onrecord.db");
    let other = CaptureLimits { part_bytes: 1001, ..SMALL };
    let copy = sandbox.path("film.mp4");
    let error = keep_with(&archive, "reuters", &copy, other, &context()).unwrap_err().to_string();
    assert!(
        error.contains("not whole: part 2 of 3 is not in the file, and it was divided otherwise"),
        "{error}"
    );
    assert!(keep(&sandbox, "film.mp4", &film, SMALL).restored);
    assert_eq!(sandbox.ask("select count(*) || ' ' || sum(sz) from sqlar"), "3 2500");
    assert_eq!(findings(&sandbox), Vec::<String>::new());
    assert_eq!(sandbox.run(&["extract", "reuters", "--output", "again"]).code, 0);
    assert_eq!(std::fs::read(sandbox.path("again")).unwrap(), film);
}

#[test]
fn undo_removes_all_parts_and_redo_puts_them_back() {
    for limits in [SMALL, LARGE] {
        let sandbox = Sandbox::seeded();
        let bytes = match limits == LARGE {
            true => [noise(2_500_000), text(2_000_000)].concat(),
            false => noise(3500),
        };
        let _ = keep(&sandbox, "film.mp4", &bytes, limits);
        let rows = "select group_concat(id || name || sz || length(data), ' ') from sqlar";
        let (before, parts) =
            (sandbox.ask(rows), sandbox.ask("select count(*) from capture_parts"));
        let _ = sandbox.run(&["undo"]).done();
        let left = "select (select count(*) from sqlar) + (select count(*) from capture_parts)";
        assert_eq!(sandbox.ask(left), "0");
        // The document of the operation stays small: the bytes are in rows of their own.
        let apart = "select count(*) > 0 from removed_bytes";
        assert_eq!(sandbox.ask(apart), if limits == LARGE { "1" } else { "0" });
        let log = sandbox.run(&["log", "--show", "4", "--format", "csv"]).done();
        assert!(log.contains("removed,sqlar,captures/reuters/film.mp4.part-1-of-4,data,"), "{log}");
        assert!(limits == SMALL || log.contains(",1200000 bytes"), "{log}");
        let _ = sandbox.run(&["undo"]).done();
        assert_eq!(sandbox.ask(rows), before);
        assert_eq!(sandbox.ask("select count(*) from capture_parts"), parts);
        assert!(extracted(&sandbox, "onrecord.db", "film.mp4") == bytes);
        assert_eq!(sandbox.run(&["check"]).done(), "");
    }
}

#[test]
fn backup_and_merge_carry_parts() {
    for limits in [SMALL, LARGE] {
        let sandbox = Sandbox::seeded();
        let _ = sandbox.run(&["backup", "before.db"]).done();
        let _ = sandbox.run(&["backup", "theirs.db"]).done();
        let bytes = match limits == LARGE {
            true => [noise(2_500_000), text(2_000_000)].concat(),
            false => noise(3500),
        };
        let film = sandbox.write("film.mp4", &bytes);
        let theirs = sandbox.path("theirs.db");
        let _ = keep_with(&theirs, "reuters", &film, limits, &context()).unwrap();
        let _ = sandbox.run(&["-f", "theirs.db", "backup", "copy.db"]).done();
        assert!(extracted(&sandbox, "copy.db", "film.mp4") == bytes);
        let said = sandbox.run(&["merge", "copy.db"]);
        assert!(said.err.contains("4 new"), "{}", said.err);
        assert!(extracted(&sandbox, "onrecord.db", "film.mp4") == bytes);
        assert_eq!(sandbox.run(&["check"]).done(), "");
        let same = "select group_concat(name || sz || hex(substr(data, 1, 9)) || length(data), ' ') from sqlar";
        let of = |file: &str| sandbox.run(&["-f", file, "sql", same, "--format", "csv"]).done();
        assert_eq!(of("onrecord.db"), of("theirs.db"));
        // What is here already is left, and an undo takes all of it out.
        let before = sandbox.ask("select count(*) from sqlar");
        assert!(sandbox.run(&["merge", "copy.db"]).code == 0);
        assert_eq!(sandbox.ask("select count(*) from sqlar"), before);
        // Other bytes under the same names are a conflict that no preference decides.
        let _ = sandbox.run(&["undo", "--format", "csv"]);
        std::fs::rename(sandbox.path("before.db"), sandbox.path("onrecord.db")).unwrap();
        let mut other = bytes.clone();
        other[0] ^= 1;
        let _ = keep(&sandbox, "film.mp4", &other, limits);
        let said = sandbox.run(&["merge", "copy.db", "--prefer", "theirs"]).failed();
        let words = match limits == LARGE {
            true => "data is 1200000 bytes there and 1200000 bytes here",
            false => "data is 1000 bytes there and 1000 bytes here",
        };
        assert!(said.contains(words), "{said}");
        assert!(extracted(&sandbox, "onrecord.db", "film.mp4") == other);
    }
}

#[test]
fn an_export_of_every_table_carries_parts() {
    for limits in [SMALL, LARGE] {
        let sandbox = Sandbox::seeded();
        let bytes = match limits == LARGE {
            true => [noise(2_500_000), text(2_000_000)].concat(),
            false => noise(3500),
        };
        let _ = keep(&sandbox, "film \"data\":\"\".mp4", &bytes, limits);
        let _ = sandbox.run(&["export", "ndjson", "all.ndjson"]).done();
        let _ = sandbox.run(&["-f", "again.db", "init"]).done();
        let _ = sandbox.run(&["-f", "again.db", "import", "all.ndjson"]).done();
        let _ = sandbox.run(&["-f", "again.db", "export", "ndjson", "again.ndjson"]).done();
        let read = |name: &str| std::fs::read(sandbox.path(name)).unwrap();
        assert!(read("all.ndjson") == read("again.ndjson"));
        let name = sandbox.run(&["-f", "again.db", "extract", "reuters", "--output", "again"]);
        assert_eq!(name.code, 0, "{}", name.err);
        assert!(read("again") == bytes);
        // A part of the export is whole too.
        let args = ["export", "ndjson", "part.ndjson", "--where", "claim=muqur-fell"];
        let _ = sandbox.run(&args).done();
        let some = String::from_utf8(read("part.ndjson")).unwrap();
        let lines = |table: &str| some.matches(&format!("{{\"table\":\"{table}\"")).count();
        assert_eq!((lines("captures"), lines("sqlar"), lines("capture_parts")), (1, 4, 3));
    }
}

/// An archive of the version before has no table of parts, and is read as it is.
#[test]
fn an_archive_without_parts_is_read() {
    let sandbox = Sandbox::seeded();
    let bytes = text(5000);
    let _ = keep(&sandbox, "note.txt", &bytes, LARGE);
    let conn = without_guards(&sandbox);
    conn.execute_batch("DROP TABLE capture_parts").unwrap();
    drop(conn);
    assert_eq!(extracted(&sandbox, "onrecord.db", "note.txt"), bytes);
    let shown = sandbox.run(&["show", "reuters"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("captures/reuters/note.txt"), "{}", shown.out);
}

#[test]
fn rows_that_state_a_false_size_are_findings() {
    let sandbox = Sandbox::seeded();
    let _ = keep(&sandbox, "note.txt", text(50_000), LARGE);
    for (sz, words) in [
        ("sz + 1", "not of the stated size"),
        ("sz - 1", "not of the stated size"),
        ("1000000000000", "its stated size cannot be true"),
        ("-1", "below zero"),
        ("NULL", "its size is not stated"),
        ("sz, data = NULL", "it has no bytes"),
        ("length(data)", "has the SHA-256"),
    ] {
        let changed = sandbox.path("changed.db");
        std::fs::copy(sandbox.path("onrecord.db"), &changed).unwrap();
        let conn = rusqlite::Connection::open(&changed).unwrap();
        let sql = format!("DROP TRIGGER sqlar_bytes_guard; UPDATE sqlar SET sz = {sz}");
        conn.execute_batch(&sql).unwrap();
        drop(conn);
        let found = sandbox.run(&["-f", "changed.db", "check", "hashes", "--format", "csv"]).out;
        assert!(found.contains(words), "{sz}: {found}");
        let copy = extract::find(&changed, "reuters", None, CancelToken::never()).unwrap();
        let mut out = Vec::new();
        assert!(copy.write_to_stream(&mut out).is_err() && out.is_empty(), "{sz}");
    }
}

/// A copy in parts is salvaged as a whole, or named as lost as a whole.
#[test]
fn a_copy_in_parts_is_recovered_whole_or_not_at_all() {
    let sandbox = Sandbox::seeded();
    let bytes = noise(2500);
    keep(&sandbox, "film.mp4", &bytes, SMALL);
    keep(&sandbox, "note.txt", "a note", SMALL);
    let recover = |out: &str| sandbox.run(&["recover", "onrecord.db", out]);
    assert_eq!(recover("whole.db").code, 0);
    assert_eq!(extracted(&sandbox, "whole.db", "film.mp4"), bytes);
    let conn = without_guards(&sandbox);
    for (n, damage) in [
        "UPDATE sqlar SET data = zeroblob(length(data)) WHERE name LIKE '%.part-2-of-3'",
        "DELETE FROM sqlar WHERE name LIKE '%.part-3-of-3'",
    ]
    .into_iter()
    .enumerate()
    {
        conn.execute_batch(damage).unwrap();
        let out = format!("out-{n}.db");
        let run = recover(&out);
        assert!(
            run.err.contains("film.mp4") || run.out.contains("film.mp4"),
            "{damage}: {} {}",
            run.out,
            run.err
        );
        let check = sandbox.run(&["-f", &out, "check"]);
        assert_eq!(check.code, 0, "{damage}: {}", check.out);
        let kept =
            sandbox.run(&["-f", &out, "sql", "SELECT count(*) FROM sqlar", "--format", "csv"]);
        assert!(kept.done().ends_with("\n1\n"), "{damage}");
        assert_eq!(extracted(&sandbox, &out, "note.txt"), b"a note");
    }
}

/// Where the records of copies are lost, one in a row is known by its path, and the parts of another are no copies by
/// themselves.
#[test]
fn parts_without_their_record_are_no_copies() {
    let sandbox = Sandbox::seeded();
    keep(&sandbox, "film.mp4", noise(2500), SMALL);
    keep(&sandbox, "note.txt", "a note", SMALL);
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'captures'";
    let root: i64 = sandbox.other_tool().query_row(sql, [], |row| row.get(0)).unwrap();
    let mut bytes = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let start = (usize::try_from(root).unwrap() - 1) * 4096;
    bytes[start..start + 4096].fill(0);
    sandbox.write("damaged.db", bytes);
    let run = sandbox.run(&["recover", "damaged.db", "out.db", "--format", "csv"]);
    assert_eq!(run.code, 1, "{} {}", run.out, run.err);
    assert!(run.out.contains("the record of this copy in parts is lost"), "{}", run.out);
    assert_eq!(sandbox.run(&["-f", "out.db", "check"]).code, 0);
    let kept = sandbox.run(&["-f", "out.db", "sql", "SELECT name FROM sqlar", "--format", "csv"]);
    assert_eq!(kept.done(), "name\ncaptures/reuters/note.txt\n");
    assert_eq!(extracted(&sandbox, "out.db", "note.txt"), b"a note");
}
