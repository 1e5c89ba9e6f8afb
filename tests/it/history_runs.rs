//! Random deeds on one archive, by the program and by other tools: an undo leaves what was before, and a
//! redo what was after; what is refused changes nothing, to the byte; a verdict is stale where its claim is
//! not what it was about; the log explains every change, and a whole export is the same archive again.
//! The runs are the same each time. `ONRECORD_RUNS=2000` makes as many of them (CI makes 300);
//! `ONRECORD_CASES=50000 cargo test --test it history_runs::` makes as many others.

use crate::common::{Sandbox, has, run_random_cases, write_empty_archive};
use onrecord::model::{CLAIM, CancelToken, Kind, LOCATION, Progress, SOURCE, kind_of_word};
use onrecord::ops::Context;
use onrecord::ops::archive::check::check;
use onrecord::ops::archive::init::{NewNames, init};
use onrecord::ops::edit::{add, assess, delete, merge_records, rename, withdraw};
use onrecord::ops::export::{self, ExportFormat};
use onrecord::ops::history::undo;
use onrecord::ops::import::{Input, Options, import};
use onrecord::ops::merge;
use proptest::prelude::*;
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Deeds of one run.
const DEEDS: usize = 60;
/// Keys of each kind that a run uses.
const KEYS: u8 = 4;

/// A deed: what is done, and to which of the keys.
#[derive(Clone, Debug)]
pub enum Deed {
    AddClaim(u8, u8),
    ChangeText(u8, u8),
    AddMention(u8, u8, u8),
    AddFigure(u8, u8),
    Assess(u8, u8),
    Retract(u8),
    Withdraw(u8),
    Rename(u8, u8),
    RenameSource(u8, u8),
    Merge(u8, u8),
    MergeSources(u8, u8),
    MergePlaces(u8, u8),
    Delete(u8),
    DeleteSource(u8),
    Import(u8, u8),
    Undo,
    UndoEarlier(u8),
    OtherTool(Tool, Edit),
    MergeEarlier(u8),
}

pub fn deed() -> impl Strategy<Value = Deed> {
    let key = || 0..KEYS;
    prop_oneof![
        3 => (key(), key()).prop_map(|(c, p)| Deed::AddClaim(c, p)),
        2 => (key(), 0..5u8).prop_map(|(c, n)| Deed::ChangeText(c, n)),
        3 => (key(), key(), 0..3u8).prop_map(|(c, s, n)| Deed::AddMention(c, s, n)),
        2 => (key(), 0..9u8).prop_map(|(c, n)| Deed::AddFigure(c, n)),
        3 => (key(), 0..3u8).prop_map(|(c, n)| Deed::Assess(c, n)),
        1 => key().prop_map(Deed::Retract),
        1 => key().prop_map(Deed::Withdraw),
        1 => (key(), 0..KEYS + 2).prop_map(|(c, n)| Deed::Rename(c, n)),
        1 => (key(), 0..KEYS + 2).prop_map(|(s, n)| Deed::RenameSource(s, n)),
        1 => (key(), key()).prop_map(|(a, b)| Deed::Merge(a, b)),
        1 => (key(), key()).prop_map(|(a, b)| Deed::MergeSources(a, b)),
        1 => (key(), key()).prop_map(|(a, b)| Deed::MergePlaces(a, b)),
        1 => key().prop_map(Deed::Delete),
        1 => key().prop_map(Deed::DeleteSource),
        2 => (key(), 0..4u8).prop_map(|(c, n)| Deed::Import(c, n)),
        6 => Just(Deed::Undo),
        4 => (0..40u8).prop_map(Deed::UndoEarlier),
        2 => (tool(), edit()).prop_map(|(tool, edit)| Deed::OtherTool(tool, edit)),
        1 => (0..40u8).prop_map(Deed::MergeEarlier),
    ]
}

fn tool() -> impl Strategy<Value = Tool> {
    prop_oneof![8 => Just(Tool::Linked), 1 => Just(Tool::Python), 1 => Just(Tool::Sqlite328)]
}

fn edit() -> impl Strategy<Value = Edit> {
    let key = || 0..KEYS;
    prop_oneof![
        (key(), key()).prop_map(|(c, n)| Edit::Note(c, n)),
        (key(), key()).prop_map(|(c, n)| Edit::Text(c, n)),
        key().prop_map(Edit::Figure),
        key().prop_map(Edit::FigureGone),
        key().prop_map(Edit::Stance),
        (key(), key()).prop_map(|(c, p)| Edit::Place(c, p)),
        (key(), key()).prop_map(|(c, n)| Edit::Verdict(c, n)),
        (key(), 0..KEYS + 2).prop_map(|(c, n)| Edit::Rename(c, n)),
        key().prop_map(Edit::Claim),
    ]
}

/// The whole archive in a format.
fn exported(path: &Path, format: ExportFormat) -> String {
    let mut out = Vec::new();
    let options = export::Options::whole(format);
    let target = export::Target::Stream(&mut out);
    export::export(path, &options, target, CancelToken::never()).unwrap();
    String::from_utf8(out).unwrap()
}

/// All rows of the archive but those in which the history shows: revisions, operations, former keys, and
/// retracted verdicts. Of the versions of claims it counts which verdict is stale.
fn rows(path: &Path, conn: &Connection) -> String {
    let history = |line: &&str| {
        let of = |table: &str| line.starts_with(&format!("{{\"table\":\"{table}\""));
        of("revisions") || of("operations") || of("aliases") || line.contains("\"retraction\":")
    };
    let export = exported(path, ExportFormat::Ndjson);
    let rows = export.lines().filter(|line| !history(line)).map(|line| {
        let mut row: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(line).unwrap();
        row.retain(|name, _| name != "version" && name != "claim_version");
        serde_json::to_string(&row).unwrap()
    });
    let rows: Vec<String> = rows.collect();
    let sql = "SELECT group_concat(c.key || (a.claim_version <> c.version), ' ' ORDER BY a.id)
        FROM assessments AS a JOIN claims AS c ON c.id = a.claim_id
        WHERE a.id NOT IN (SELECT assessment_id FROM assessment_retractions)";
    let stale: Option<String> = conn.query_row(sql, [], |row| row.get(0)).unwrap();
    format!("{}\n{stale:?}", rows.join("\n"))
}

fn add(
    path: &Path,
    context: &Context,
    word: &str,
    fields: &[(&str, String)],
    update: bool,
) -> bool {
    let kind: &'static Kind = kind_of_word(word).unwrap();
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    add::add(
        &add::Options {
            archive: path,
            kind,
            fields,
            nested: Vec::new(),
            along: Vec::new(),
            update,
            replace_places: false,
        },
        context,
    )
    .is_ok()
}

/// Does one deed; `false` if it was refused.
pub fn act(path: &Path, context: &Context, deed: &Deed) -> bool {
    let claim = |n: &u8| format!("c{n}");
    let source = |n: &u8| format!("s{n}");
    let merge = |kind, command, from: String, into: String| {
        let because = None;
        let options = merge_records::Options { archive: path, kind, command, from, into, because };
        merge_records::merge(&options, context).is_ok()
    };
    match deed {
        Deed::AddClaim(c, p) => {
            let document = format!(
                "onrecord = 1\n[[claim]]\nkey = \"c{c}\"\ntext = \"Claim {c} of {p}\"\nkind = \"event\"\nplaces = [\"p{p}\"]\n"
            );
            let input = vec![Input::bytes_of("d.toml", document)];
            import(Options::new(path, input), context).is_ok()
        }
        Deed::ChangeText(c, n) => {
            let fields = [("key", claim(c)), ("text", format!("Claim {c} in version {n}"))];
            add(path, context, "claim", &fields, true)
        }
        Deed::AddMention(c, s, n) => {
            let fields =
                [("claim", claim(c)), ("source", source(s)), ("locator", format!("p. {n}"))];
            add(path, context, "mention", &fields, false)
        }
        Deed::AddFigure(c, n) => {
            let fields =
                [("claim", claim(c)), ("measure", "m".to_owned()), ("value", n.to_string())];
            add(path, context, "figure", &fields, n % 2 == 0)
        }
        Deed::Assess(c, n) => {
            let status = ["reported", "disputed", "unverified"][usize::from(*n)];
            let options = assess::Options {
                archive: path,
                claim: claim(c),
                status: status.to_owned(),
                because: format!("Reason {n}."),
                by: (*n == 1).then(|| source(n)),
                credibility: None,
                at: None,
                evidence: (*n == 2).then(|| "s2".to_owned()).into_iter().collect(),
            };
            assess::assess(&options, context).is_ok()
        }
        Deed::Retract(c) => assess::retract(path, &claim(c), None, None, context).is_ok(),
        Deed::Withdraw(c) => {
            withdraw::withdraw(path, &claim(c), Some("x"), context).is_ok()
                || withdraw::withdraw(path, &claim(c), None, context).is_ok()
        }
        Deed::Rename(c, n) => {
            rename::rename(path, &format!("claim:c{c}"), &claim(n), None, context).is_ok()
        }
        Deed::RenameSource(s, n) => {
            rename::rename(path, &format!("source:s{s}"), &source(n), None, context).is_ok()
        }
        Deed::Merge(a, b) => merge(&CLAIM, "merge-claims", claim(a), claim(b)),
        Deed::MergeSources(a, b) => merge(&SOURCE, "merge-sources", source(a), source(b)),
        Deed::MergePlaces(a, b) => {
            merge(&LOCATION, "merge-places", format!("p{a}"), format!("p{b}"))
        }
        Deed::Delete(c) => delete::delete(path, &format!("claim:c{c}"), "x", context).is_ok(),
        Deed::DeleteSource(s) => {
            delete::delete(path, &format!("source:s{s}"), "x", context).is_ok()
        }
        Deed::Import(c, n) => {
            let document = format!(
                "onrecord = 1\n[[source]]\nkey = \"s{n}\"\nkind = \"report\"\ntitle = \"Source {n}\"\n\
                 [[claim]]\nkey = \"c{c}\"\ntext = \"Imported {c}\"\nkind = \"event\"\n\
                 [[claim.mention]]\nsource = \"s{n}\"\n\
                 [[claim.assessment]]\nstatus = \"reported\"\nbecause = \"Import {n}.\"\n"
            );
            let input = vec![Input::bytes_of("d.toml", document)];
            import(Options::new(path, input), context).is_ok()
        }
        Deed::Undo => {
            let options = undo::Options { archive: path, operation: None, because: None };
            undo::undo(&options, context).is_ok()
        }
        Deed::UndoEarlier(n) => {
            let operation = Some(i64::from(*n) + 1);
            let options = undo::Options { archive: path, operation, because: None };
            undo::undo(&options, context).is_ok()
        }
        Deed::OtherTool(tool, edit) => {
            tool.run(path, &edit.sql());
            true
        }
        Deed::MergeEarlier(n) => {
            let other = earlier(path, usize::from(*n));
            let options = merge::Options {
                with_reports: &[],
                archive: path,
                other: &other,
                prefer: Some(merge::Side::Ours),
                desk_as: None,
                dry_run: false,
                progress: Progress::silent(),
            };
            other.exists() && merge::merge(&options, context).is_ok()
        }
    }
}

/// The copy of the archive after a deed.
fn earlier(path: &Path, deed: usize) -> PathBuf {
    path.with_extension(deed.to_string())
}

/// A tool that writes to the file: SQLite as it is linked here, that of Python, and one of 2019.
#[derive(Clone, Copy, Debug)]
pub enum Tool {
    Linked,
    Python,
    Sqlite328,
}

impl Tool {
    /// Runs statements in one transaction. A rule that refuses one ends the tool's work.
    fn run(self, path: &Path, sql: &str) {
        let run = |command: &mut Command| {
            let mut child = command
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            child.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
            child.wait().unwrap();
        };
        match self {
            Tool::Python => {
                let script = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.executescript(sys.stdin.read())";
                run(Command::new("python3").args(["-c", script]).arg(path));
            }
            Tool::Sqlite328 if has_sqlite_328() => {
                run(Command::new("sqlite3-3.28").arg("-bail").arg(path));
            }
            _ => {
                let conn = Connection::open(path).unwrap();
                let _ = conn.execute_batch(sql);
            }
        }
    }
}

fn has_sqlite_328() -> bool {
    static HAS: OnceLock<bool> = OnceLock::new();
    *HAS.get_or_init(|| has(&Sandbox::new(), "sqlite3-3.28", &["--version"]))
}

/// A change that another tool makes.
#[derive(Clone, Debug)]
pub enum Edit {
    Note(u8, u8),
    Text(u8, u8),
    Figure(u8),
    FigureGone(u8),
    Stance(u8),
    Place(u8, u8),
    Verdict(u8, u8),
    Rename(u8, u8),
    Claim(u8),
}

impl Edit {
    fn sql(&self) -> String {
        let id = |n: &u8| format!("(SELECT id FROM claims WHERE key = 'c{n}')");
        let sql = match self {
            Edit::Note(c, n) => {
                format!("UPDATE claims SET note = 'Note {n}' WHERE key = 'c{c}'")
            }
            Edit::Text(c, n) => {
                format!("UPDATE claims SET text = 'By a tool {n}' WHERE key = 'c{c}'")
            }
            Edit::Figure(c) => {
                format!("UPDATE figures SET value = value + 1 WHERE claim_id = {}", id(c))
            }
            Edit::FigureGone(c) => format!("DELETE FROM figures WHERE claim_id = {}", id(c)),
            Edit::Stance(c) => {
                format!("UPDATE mentions SET stance = 'disputes' WHERE claim_id = {}", id(c))
            }
            Edit::Place(c, p) => format!(
                "INSERT INTO claim_locations (claim_id, location_id)
                   SELECT c.id, l.id FROM claims AS c, locations AS l WHERE c.key = 'c{c}' AND l.key = 'p{p}'"
            ),
            Edit::Verdict(c, n) => format!(
                "INSERT INTO assessments (claim_id, status, assessor_id, at, because)
                   SELECT c.id, 'disputed', s.id, '2021-08-0{}T00:00:00Z', 'By a tool.'
                   FROM claims AS c, sources AS s WHERE c.key = 'c{c}' AND s.key = 's{n}'",
                n + 1
            ),
            Edit::Rename(c, n) => format!(
                "INSERT INTO aliases (table_name, alias, row_id)
                   SELECT 'claims', key, id FROM claims WHERE key = 'c{c}';
                 UPDATE claims SET key = 'c{n}' WHERE key = 'c{c}'"
            ),
            Edit::Claim(c) => format!(
                "INSERT INTO claims (key, text, kind) VALUES ('c{c}', 'Added by a tool', 'event')"
            ),
        };
        format!("BEGIN;\n{sql};\nCOMMIT;\n")
    }
}

/// The query for the things that each verdict is about: the claim, its places and figures, and who
/// contests it, under their present keys.
const STATE: &str = "
    SELECT a.id, c.text || ' | ' || c.kind || ' | ' || coalesce((SELECT group_concat(location_id) FROM (
        SELECT location_id FROM claim_locations WHERE claim_id = c.id ORDER BY location_id)), '')
      || ' | ' || coalesce((SELECT group_concat(value) FROM (
        SELECT value FROM figures WHERE claim_id = c.id ORDER BY value)), '')
      || ' | ' || coalesce((SELECT group_concat(source_id || stance) FROM (
        SELECT source_id, stance FROM mentions WHERE claim_id = c.id
          AND stance IN ('disputes', 'denies', 'retracts') ORDER BY 1, 2)), '') AS state,
      a.claim_version <> c.version AS stale
    FROM assessments AS a JOIN claims AS c ON c.id = a.claim_id";

/// The verdicts of the archive, with what they would be about if they were given now, and whether they are
/// stale.
fn verdicts(conn: &Connection) -> BTreeMap<i64, (String, bool)> {
    let mut statement = conn.prepare_cached(STATE).unwrap();
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)));
    statement.query_map([], row).unwrap().collect::<Result<_, _>>().unwrap()
}

fn run(deeds: &[Deed]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let context = |n: usize| Context {
        now: format!("2021-07-02T12:{:02}:{:02}Z", n / 60, n % 60),
        editor: None,
        cancel: CancelToken::never(),
    };
    std::fs::write(&path, beginning()).unwrap();
    let copy = |n: usize| std::fs::copy(&path, earlier(&path, n)).unwrap();
    copy(0);
    // SQLite reads the schema once for a connection, which takes longer than most deeds.
    let conn = Connection::open(&path).unwrap();
    // The rows of the copies, where they were asked for.
    let mut copied: HashMap<usize, String> = HashMap::new();
    // The copies before and after each operation.
    let mut around: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
    let mut last = 2;
    let mut present = 0;
    let mut given: BTreeMap<i64, String> = BTreeMap::new();
    let (mut by_tools, mut merged_places, mut undos) = (false, false, 0);
    for (n, deed) in deeds.iter().enumerate() {
        let n = n + 1;
        let undone = act(&path, &context(n), deed);
        let same = std::fs::read(&path).unwrap() == std::fs::read(earlier(&path, present)).unwrap();
        let is_tool = matches!(deed, Deed::OtherTool(..));
        assert!(same || is_tool || undone, "{deed:?} was refused and changed something");
        if same {
            continue;
        }
        copy(n);
        if is_tool {
            by_tools = true;
        } else {
            last += 1;
            around.insert(last, (present, n));
        }
        if matches!(deed, Deed::Undo) {
            let sql = "SELECT undoes FROM operations WHERE id = ?1";
            let target: i64 = conn.query_row(sql, [last], |row| row.get(0)).unwrap();
            // The operations that made the archive have no copy before them.
            let copies = around.get(&target).copied();
            if let Some((before, _)) = copies.filter(|(_, after)| *after == present) {
                let was = earlier(&path, before);
                let found = rows(&path, &conn);
                let before = copied
                    .entry(before)
                    .or_insert_with(|| rows(&was, &Connection::open(&was).unwrap()));
                assert_same(&found, before, &format!("{deed:?} of {target} left"));
                copied.insert(n, found);
                if undos % 4 == 0 {
                    let document = |path| exported(path, ExportFormat::Toml);
                    let what = format!("{deed:?} of {target} left in the document");
                    assert_same(&document(&path), &document(&was), &what);
                }
                undos += 1;
            }
        }
        merged_places |= matches!(deed, Deed::MergePlaces(..) | Deed::MergeSources(..));
        for (id, (state, stale)) in verdicts(&conn) {
            let first = !given.contains_key(&id);
            let about = given.entry(id).or_insert_with(|| state.clone());
            // What was merged has another number and is the same. The copy of a verdict is about what was
            // judged then.
            let differs = *about != state && !merged_places;
            assert!(
                stale || !differs,
                "verdict {id} is about {about}, not about {state}: {deed:?}"
            );
            let is_given = matches!(deed, Deed::Assess(..) | Deed::Import(..));
            assert!(!(first && stale && is_given), "verdict {id} is new and stale: {deed:?}");
        }
        present = n;
    }
    let wrong = [
        "pages",
        "references",
        "guards",
        "search",
        "weights",
        "status",
        "hashes",
        "location-circles",
    ];
    for name in wrong {
        let found = check(&path, Some(name), true, CancelToken::never()).unwrap();
        assert!(found.rows.is_empty(), "{name}: {:?}", found.rows);
    }
    if !by_tools {
        let outside: i64 = conn
            .query_row(
                "SELECT (SELECT count(*) FROM outside_rows)
                   + (SELECT count(*) FROM changes WHERE operation_id IS NULL AND row_id IS NOT NULL)",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(outside, 0, "the log explains each row and each change");
    }
    // A whole export is the same archive again.
    let all = exported(&path, ExportFormat::Ndjson);
    let again = folder.path().join("again.db");
    write_empty_archive(&again);
    let input = vec![Input::bytes_of("all.ndjson", all.clone())];
    import(Options::new(&again, input), &context(59)).unwrap();
    assert_same(&exported(&again, ExportFormat::Ndjson), &all, "restored with");
}

/// Fails unless two texts are the same; it names the first line that differs.
fn assert_same(found: &str, expected: &str, what: &str) {
    let differs = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
    assert!(found == expected, "{what} {differs:?}");
}

/// An archive with a measure, and a few sources and places. Two operations made it.
fn beginning() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let context = Context {
            now: "2021-07-02T11:00:00Z".to_owned(),
            editor: None,
            cancel: CancelToken::never(),
        };
        init(&path, NewNames::default(), &context).unwrap();
        let mut start = "onrecord = 1\n[[measure]]\nkey = \"m\"\ntitle = \"Hurt\"\ndimension = \"people\"\ngrowth = \"level\"\n".to_owned();
        for n in 0..KEYS {
            start.push_str(&format!(
                "[[source]]\nkey = \"s{n}\"\nkind = \"report\"\ntitle = \"Source {n}\"\n\
                 [[location]]\nkey = \"p{n}\"\nname = \"Place {n}\"\nkind = \"town\"\n"
            ));
        }
        let input = vec![Input::bytes_of("start.toml", start)];
        import(Options::new(&path, input), &context).unwrap();
        std::fs::read(path).unwrap()
    })
}

/// The number of runs in a quick test.
const RUNS: u32 = 12;

#[test]
fn an_undo_leaves_what_was_before_and_every_archive_is_whole() {
    let runs = std::env::var("ONRECORD_RUNS").ok().and_then(|n| n.parse().ok()).unwrap_or(RUNS);
    let test = "history_runs::an_undo_leaves_what_was_before_and_every_archive_is_whole";
    run_random_cases(test, runs, |config| {
        let deeds = proptest::collection::vec(deed(), DEEDS);
        proptest!(config, |(deeds in deeds)| run(&deeds));
    });
}

/// The words, the letter of the keys and the number of the records that are renamed and merged.
const RECORDS: [(&str, char, usize); 4] =
    [("source", 's', 60), ("location", 'p', 40), ("measure", 'm', 30), ("claim", 'c', 90)];

/// A document whose records refer to one another in every way.
fn dense_document() -> String {
    let mut text = "onrecord = 1\n".to_owned();
    for (word, letter, number) in RECORDS {
        for n in 0..number {
            let name = format!("{word} {n}");
            let (next, third) = ((n + 1) % number, (n * 7 + 3) % number);
            text += &format!("[[{word}]]\nkey = \"{letter}{n}\"\n");
            text += &match word {
                "source" => format!("kind = \"report\"\ntitle = \"{name}\"\n"),
                "location" => format!("kind = \"town\"\nname = \"{name}\"\n"),
                "measure" => {
                    format!("title = \"{name}\"\ndimension = \"people\"\ngrowth = \"level\"\n")
                }
                _ => format!(
                    "text = \"{name}\"\nkind = \"event\"\nplaces = [\"p{}\", \"p{}\"]\n\
                     [[claim.mention]]\nsource = \"s{}\"\nspeaker = \"s{}\"\n\
                     [[claim.figure]]\nmeasure = \"m{}\"\nvalue = {n}\n\
                     [[claim.assessment]]\nstatus = \"reported\"\nat = \"2021-07-01T00:00:00Z\"\nbecause = \"Reason {n}.\"\n\
                     evidence = [\"s{}\", \"claim:c{third}\"]\n\
                     [[link]]\nfrom = \"c{n}\"\nrelation = \"supports\"\nto = \"c{next}\"\n",
                    n % 40,
                    third % 40,
                    n % 60,
                    (n + 7) % 60,
                    n % 30,
                    third % 60
                ),
            };
        }
    }
    for n in 0..50 {
        text += &format!(
            "[[origin]]\nsource = \"s{n}\"\nrelation = \"cites\"\norigin = \"s{}\"\n\
             [[equation]]\nkey = \"e{n}\"\nexpression = \"c{n}-m{} = {n}\"\n",
            n + 10,
            n % 30
        );
    }
    text
}

/// After many renames and merges the document of before adds nothing, and each of its keys reaches a record.
/// `ONRECORD_DEEDS=1000` does many.
#[test]
fn documents_reach_what_was_renamed_and_merged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    let context = Context {
        now: "2021-07-02T11:00:00Z".to_owned(),
        editor: None,
        cancel: CancelToken::never(),
    };
    init(&path, NewNames::default(), &context).unwrap();
    let load =
        || import(Options::new(&path, vec![Input::bytes_of("d.toml", dense_document())]), &context);
    load().unwrap();
    let deeds = std::env::var("ONRECORD_DEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(150);
    let commands = ["merge-sources", "merge-places", "merge-measures", "merge-claims"];
    let mut keys = RECORDS
        .map(|(_, letter, number)| (0..number).map(|n| format!("{letter}{n}")).collect::<Vec<_>>());
    // A generator of Lehmer's: the same run each time.
    let mut state: u64 = 20_210_628;
    let mut dice = |sides: usize| {
        state = state * 48_271 % 2_147_483_647;
        usize::try_from(state).unwrap() % sides
    };
    let (mut renamed, mut merged) = (0, 0);
    for deed in 0..deeds {
        let of = dice(4);
        let (word, letter, _) = RECORDS[of];
        let kind = kind_of_word(word).unwrap();
        let n = dice(keys[of].len());
        if dice(3) > 0 || keys[of].len() < 8 {
            let new = format!("{letter}-new-{deed}");
            rename::rename(&path, &format!("{word}:{}", keys[of][n]), &new, None, &context)
                .unwrap();
            keys[of][n] = new;
            renamed += 1;
            continue;
        }
        let into = (n + 1 + dice(keys[of].len() - 1)) % keys[of].len();
        let options = merge_records::Options {
            archive: &path,
            kind,
            command: commands[of],
            from: keys[of][n].clone(),
            into: keys[of][into].clone(),
            because: None,
        };
        // Two claims may have rows that differ: then people say which is right.
        if merge_records::merge(&options, &context).is_ok() {
            keys[of].remove(n);
            merged += 1;
        }
    }
    assert!(renamed + merged > deeds * 3 / 4 && merged > deeds / 8, "{renamed} {merged}");
    let content = || {
        let rows = rows(&path, &Connection::open(&path).unwrap());
        (rows, exported(&path, ExportFormat::Toml))
    };
    let before = content();
    let outcome = load().unwrap();
    for tally in &outcome.tallies {
        assert_eq!((tally.new, tally.updated), (0, 0), "{} came twice", tally.table);
    }
    assert!(content() == before);
    let show =
        |key: &str| onrecord::ops::query::show::show(&path, key, usize::MAX, CancelToken::never());
    for (word, letter, number) in RECORDS {
        for n in 0..number {
            let found = show(&format!("{word}:{letter}{n}")).unwrap();
            assert!(!found.facts.is_empty(), "{word} {letter}{n}");
        }
    }
    assert!(check(&path, Some("references"), false, CancelToken::never()).unwrap().rows.is_empty());
}
