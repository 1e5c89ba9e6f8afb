//! Conditions on reports of a sound archive, and archives that were changed.

use super::intake::{context, exported, is_fuzzer, one_in, path, write_empty};
use super::mutation::change;
use onrecord::error::Error;
use onrecord::model::{CancelToken, Progress, Table};
use onrecord::ops::archive::{check, info, recover};
use onrecord::ops::export::ExportFormat;
use onrecord::ops::import::{Input, Options, import};
use onrecord::ops::{query, report};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Records of every kind that conditions look at, and what is said of them.
const DOCUMENTS: [(&str, &str); 2] = [
    ("records.toml", include_str!("records.toml")),
    ("verdicts.toml", include_str!("verdicts.toml")),
];

thread_local! {
    static ARCHIVE: PathBuf = {
        let archive = write_empty("filtered.db");
        std::fs::write(&archive, archive_bytes()).expect("the archive");
        archive
    };
}

/// The bytes of a small archive, made once.
pub fn archive_bytes() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let archive = write_empty("records.db");
        for (name, text) in DOCUMENTS {
            let input = Input::bytes_of(name, text);
            import(Options::new(&archive, vec![input]), &context()).expect("the records");
        }
        std::fs::read(archive).expect("the archive")
    })
}

/// The rows of a report, each with the number of times that it is there.
type Rows = BTreeMap<String, usize>;

fn rows_of(archive: &Path, name: &str, options: &report::Options) -> Result<Rows, Error> {
    let mut table = Table::default();
    report::run(archive, name, options, CancelToken::never(), &mut table)?;
    let mut rows = Rows::new();
    table.rows.iter().for_each(|row| *rows.entry(format!("{row:?}")).or_default() += 1);
    Ok(rows)
}

/// Panics unless every row of one answer is in another one.
fn is_within(some: &Rows, all: &Rows, what: &str) {
    for (row, number) in some {
        let there = all.get(row).copied().unwrap_or(0);
        assert!(*number <= there, "{what}: {number} times, and {there} in all: {row}");
    }
}

/// Runs a report with conditions: the first line names the report, each other one is a condition. A filter
/// adds no row and changes none; what surely meets it is part of what may meet it; more conditions leave
/// fewer rows, and one of several leaves the rows of each.
pub fn filter_report(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let mut lines = text.lines();
    // No argument of a command holds a NUL.
    let Some(name) = lines.next().filter(|name| !name.contains('\0')) else { return };
    let conditions: Vec<String> = lines.take(3).map(str::to_owned).collect();
    let options = |conditions: &[String], possible: bool, any: bool| report::Options {
        conditions: conditions.to_vec(),
        possible,
        any,
        today: "2021-07-02".to_owned(),
        ..report::Options::default()
    };
    let archive = ARCHIVE.with(Clone::clone);
    let of = |conditions: &[String], possible: bool, any: bool| {
        rows_of(&archive, name, &options(conditions, possible, any))
    };
    thread_local! {
        static WHOLE: std::cell::RefCell<HashMap<String, Rows>> = std::cell::RefCell::default();
    }
    let known = WHOLE.with_borrow(|whole| whole.get(name).cloned());
    let whole = match known.map_or_else(|| of(&[], false, false), Ok) {
        Ok(whole) => whole,
        Err(Error::NotFound { .. } | Error::Refused { .. }) => return,
        Err(error) => panic!("{name:?}: {error:?}"),
    };
    WHOLE.with_borrow_mut(|known| known.insert(name.to_owned(), whole.clone()));
    let sure = match of(&conditions, false, false) {
        Ok(rows) => rows,
        Err(Error::NotFound { .. } | Error::Refused { .. }) => return,
        Err(error) => panic!("{text:?}: {error:?}"),
    };
    is_within(&sure, &whole, text);
    let possible = of(&conditions, true, false).expect("the possible rows");
    is_within(&possible, &whole, text);
    is_within(&sure, &possible, text);
    if conditions.len() > 1 {
        let any = of(&conditions, false, true).expect("the rows of any");
        is_within(&any, &whole, text);
        for condition in &conditions {
            let one = of(std::slice::from_ref(condition), false, false).expect("the rows of one");
            is_within(&sure, &one, text);
            is_within(&one, &any, text);
        }
    }
}

/// Opens an archive that was changed as the input says, and reads it in every way. Reading leaves the file as
/// it is; what is recovered is a sound archive. A fuzzer reads it in one of these ways, by the bytes of the input:
/// it sees as many changes as it makes runs, and all of them take it ten times as long.
pub fn open_changed(input: &[u8]) {
    let mut bytes = archive_bytes().to_vec();
    change(&mut bytes, input);
    let (archive, out) = (path("changed.db"), path("recovered.db"));
    for (path, suffix) in [(&archive, ""), (&archive, "-journal"), (&archive, "-wal"), (&out, "")] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = std::fs::remove_file(name);
    }
    std::fs::write(&archive, &bytes).expect("the archive");
    match is_fuzzer() {
        true => WAYS[one_in(WAYS.len() as u64, input) as usize](&archive, &out),
        false => WAYS.iter().for_each(|read| read(&archive, &out)),
    }
    assert!(bytes == std::fs::read(&archive).expect("the archive"), "reading changed the file");
}

/// The ways in which a changed archive is read; the second path is that of a new archive.
const WAYS: [fn(&Path, &Path); 9] = [
    |archive, _| drop(check::run_checks(archive, None, false, CancelToken::never())),
    |archive, _| {
        let _ = info::describe_archive(archive, CancelToken::never());
        let _ = query::search::search(archive, "town", 100, CancelToken::never());
    },
    |archive, _| read_report(archive, "claims"),
    |archive, _| read_report(archive, "figure-conflicts"),
    |archive, _| read_report(archive, "sources"),
    |archive, _| drop(query::show::show(archive, "crowd-a", 100, CancelToken::never())),
    |archive, _| drop(exported(archive, ExportFormat::Ndjson)),
    |archive, _| drop(exported(archive, ExportFormat::Csv)),
    |archive, out| {
        if recover::recover(archive, out, &Progress::silent(), &context()).is_ok() {
            let found = check::check(out, None, is_fuzzer(), CancelToken::never());
            let broken = found.expect("an archive").rows;
            assert!(broken.is_empty(), "the recovered archive is not sound: {broken:?}");
        }
    },
];

fn read_report(archive: &Path, name: &str) {
    let today = "2021-07-02".to_owned();
    let _ = rows_of(archive, name, &report::Options { today, ..report::Options::default() });
}
