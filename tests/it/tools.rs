//! The rows that the archive keeps of claims and figures, while three programs write to it: Python's SQLite, the
//! shell of SQLite 3.28, the oldest that is supported, and onrecord. After each edit the views give what is worked
//! out from nothing.
//!
//! `ONRECORD_CASES=200 cargo test --test it tools::the_views` makes two hundred other archives with a hundred edits
//! each, and `ONRECORD_CASES=10000` a million edits.

use crate::common::{Sandbox, context, fill, has, root, run_random_cases};
use crate::history_runs::{Deed, act, deed};
use crate::{kept_figures, weights};
use onrecord::model::CancelToken;
use onrecord::ops::Context;
use onrecord::ops::archive::{check, refresh};
use onrecord::ops::import::{Input, Options, import};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rusqlite::Connection;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;

/// Edits of one archive.
const NUMBER: usize = 100;

/// Edits of the kept rows themselves and of the notes on them, which the file refuses.
const KEPT: &[&str] = &[
    "INSERT OR REPLACE INTO kept_weights SELECT id, 9, 9, 9, 9, 9, 9, 9 FROM claims ORDER BY id LIMIT 1 OFFSET :a % 6",
    "UPDATE kept_weights SET origins = origins + 1",
    "DELETE FROM kept_weights",
    "INSERT OR REPLACE INTO kept_origins SELECT c.id, s.id, 1 FROM claims AS c, sources AS s",
    "UPDATE kept_origins SET took_back = 1 - took_back",
    "DELETE FROM kept_origins",
    "UPDATE outdated_claims SET claim_id = -claim_id",
    "DELETE FROM outdated_claims",
    "UPDATE outdated_sources SET source_id = -source_id",
    "DELETE FROM outdated_sources",
];

/// Tables whose rows another tool may not change at will: they say what the file is, or keep figures without a guard.
const LEFT_OUT: [&str; 7] = [
    "archive",
    "columns",
    "geometry_columns",
    "kept_figures",
    "refinery_schema_history",
    "reports",
    "spatial_ref_sys",
];

/// Edits of every column of every other table: a row takes the value of another or none, or goes.
fn columns() -> &'static [String] {
    static EDITS: OnceLock<Vec<String>> = OnceLock::new();
    EDITS.get_or_init(|| {
        let sandbox = Sandbox::empty();
        let db = sandbox.other_tool();
        let sql = "SELECT t.name, c.name, c.cid FROM pragma_table_list AS t, pragma_table_info(t.name) AS c
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT GLOB 'sqlite_*' ORDER BY t.name, c.cid";
        let mut statement = db.prepare(sql).unwrap();
        let mut edits = Vec::new();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let (table, column): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
            if LEFT_OUT.contains(&table.as_str()) {
                continue;
            }
            let nth = |what: &str, n: &str| {
                format!("(SELECT {what} FROM {table} ORDER BY rowid LIMIT 1 OFFSET {n} % (1 + (SELECT count(*) FROM {table})))")
            };
            let (row_id, value) = (nth("rowid", ":a"), nth(&format!("\"{column}\""), ":b"));
            edits.push(format!(
                "UPDATE {table} SET \"{column}\" = CASE WHEN :c % 4 THEN {value} END WHERE rowid = {row_id}"
            ));
            if row.get::<_, i64>(2).unwrap() == 0 {
                edits.push(format!("DELETE FROM {table} WHERE rowid = {row_id}"));
            }
        }
        edits
    })
}

/// A statement of one of these, for some rows.
fn filled<'a>(edits: impl Iterator<Item = &'a str>) -> BoxedStrategy<String> {
    let edits: Vec<String> = edits.map(str::to_owned).collect();
    let number = || 0..1_000_000_i64;
    (select(edits), number(), number(), number())
        .prop_map(|(sql, a, b, c)| fill(&sql, &[(":a", a), (":b", b), (":c", c)]))
        .boxed()
}

/// The edits of both modules that begin so.
fn beginning_with(start: &'static str) -> BoxedStrategy<String> {
    let edits = weights::EDITS.iter().chain(kept_figures::EDITS).copied();
    filled(edits.filter(move |sql| sql.starts_with(start)))
}

/// A statement of another tool.
pub fn statement() -> impl Strategy<Value = String> {
    prop_oneof![
        10 => filled(weights::EDITS.iter().copied()),
        8 => filled(kept_figures::EDITS.iter().copied()),
        4 => filled(columns().iter().map(String::as_str)),
        1 => filled(KEPT.iter().copied()),
    ]
}

/// An edit by one of the three.
#[derive(Clone, Debug)]
enum Edit {
    Python(String),
    Sqlite328(String),
    Deed(Deed),
    Refresh,
    Repair,
    /// More records than a command takes in one by one.
    Bulk(u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        20 => statement().prop_map(Edit::Python),
        20 => statement().prop_map(Edit::Sqlite328),
        16 => deed().prop_map(Edit::Deed),
        3 => Just(Edit::Refresh),
        1 => Just(Edit::Repair),
        1 => (0..6_u8).prop_map(Edit::Bulk),
    ]
}

/// The beginning of a random archive: statements of another tool, and deeds that rename and merge.
#[derive(Clone, Debug)]
struct Start {
    statements: Vec<String>,
    deeds: Vec<Deed>,
}

fn start() -> impl Strategy<Value = Start> {
    let statement = prop_oneof![
        6 => beginning_with("INSERT INTO mentions"),
        5 => beginning_with("INSERT INTO source_origins"),
        2 => beginning_with("UPDATE sources SET url"),
        1 => beginning_with("UPDATE sources SET identifier"),
        1 => beginning_with("UPDATE sources SET outlet"),
        1 => beginning_with("UPDATE sources SET published"),
        1 => beginning_with("UPDATE claims SET happened"),
        2 => beginning_with("INSERT OR REPLACE INTO figures"),
        2 => beginning_with("UPDATE figures"),
        1 => beginning_with("UPDATE OR REPLACE figures"),
        1 => beginning_with("INSERT INTO sources"),
        1 => beginning_with("UPDATE mentions SET"),
    ];
    let number = || 0..4_u8;
    let deed = prop_oneof![
        (number(), 0..6_u8).prop_map(|(s, n)| Deed::RenameSource(s, n)),
        (number(), number()).prop_map(|(a, b)| Deed::MergeSources(a, b)),
        (number(), number()).prop_map(|(a, b)| Deed::Merge(a, b)),
        (number(), number()).prop_map(|(a, b)| Deed::MergePlaces(a, b)),
    ];
    (prop::collection::vec(statement, 20..60), prop::collection::vec(deed, 0..4))
        .prop_map(|(statements, deeds)| Start { statements, deeds })
}

/// A document with a source of every kind, a measure of every growth, a figure of each of them, claims and places,
/// under the keys that the deeds use.
pub fn document() -> String {
    let mut text = "onrecord = 1\n".to_owned();
    let kinds = [
        "report",
        "article",
        "review",
        "post",
        "page",
        "book",
        "dataset",
        "video",
        "image",
        "audio",
        "broadcast",
        "person",
        "organisation",
        "unnamed",
    ];
    for (n, kind) in kinds.iter().enumerate() {
        writeln!(text, "[[source]]\nkey = \"s{n}\"\nkind = \"{kind}\"\ntitle = \"Source {n}\"")
            .unwrap();
    }
    for n in 0..4 {
        writeln!(text, "[[location]]\nkey = \"p{n}\"\nname = \"Place {n}\"\nkind = \"town\"")
            .unwrap();
    }
    let growths = ["level", "constant", "cumulative", "per_event", "per_period"];
    for (growth, key) in
        growths.iter().zip(["m", "constant", "cumulative", "per-event", "per-period"])
    {
        writeln!(
            text,
            "[[measure]]\nkey = \"{key}\"\ntitle = \"{key}\"\ndimension = \"people\"\ngrowth = \"{growth}\""
        )
        .unwrap();
    }
    for n in 0..6 {
        writeln!(
            text,
            "[[claim]]\nkey = \"c{n}\"\ntext = \"Claim {n}\"\nkind = \"event\"\nplaces = [\"p{}\"]\n\
             [[claim.mention]]\nsource = \"s{n}\"\n\
             [[claim.figure]]\nmeasure = \"{}\"\nvalue = {n}",
            n % 4,
            ["m", "constant", "cumulative", "per-event", "per-period", "m"][n]
        )
        .unwrap();
    }
    text += "[[claim.figure]]\nmeasure = \"cumulative\"\nlow = 3\n\
        [[claim]]\nkey = \"c6\"\ntext = \"Claim 6\"\nkind = \"event\"\n\
        [[claim.mention]]\nsource = \"s1\"\n";
    text
}

/// A program of another tool that stays open and takes statements.
struct Tool {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<Box<dyn Read>>,
    is_python: bool,
    sent: u32,
}

impl Tool {
    /// Python, which runs each line in one transaction and says how it went.
    fn python(sandbox: &Sandbox) -> Self {
        let script = "import json, sqlite3, sys
db = sqlite3.connect('onrecord.db', isolation_level=None)
for line in sys.stdin:
    said = 'done'
    try:
        db.executescript('BEGIN; ' + json.loads(line) + '; COMMIT')
    except sqlite3.Error as error:
        said = str(error)
        if db.in_transaction:
            db.execute('ROLLBACK')
    print(said.replace('\\n', ' '), flush=True)
";
        let mut command = sandbox.command("python3");
        command.args(["-c", script]).stdout(Stdio::piped());
        Self::start(command, true, |process| Box::new(process.stdout.take().unwrap()))
    }

    /// The shell of SQLite 3.28. What it says goes to standard error, which it does not buffer.
    fn sqlite_328(sandbox: &Sandbox) -> Self {
        let mut command = sandbox.command("sqlite3-3.28");
        command.arg("onrecord.db").stdout(Stdio::null()).stderr(Stdio::piped());
        let mut tool =
            Self::start(command, false, |process| Box::new(process.stderr.take().unwrap()));
        tool.input.as_mut().unwrap().write_all(b".output stderr\n").unwrap();
        tool
    }

    fn start(
        mut command: Command,
        is_python: bool,
        output: impl FnOnce(&mut Child) -> Box<dyn Read>,
    ) -> Self {
        let mut process = command.stdin(Stdio::piped()).spawn().unwrap();
        let input = process.stdin.take();
        let output = BufReader::new(output(&mut process));
        Tool { process, input, output, is_python, sent: 0 }
    }

    /// Runs statements in one transaction, and returns what the tool said.
    fn run(&mut self, sql: &str) -> String {
        self.sent += 1;
        let end = format!("end {}", self.sent);
        let text = match self.is_python {
            true => format!("{}\n", serde_json::to_string(sql).unwrap()),
            false => format!("BEGIN;\n{sql};\nCOMMIT;\nSELECT '{end}';\n"),
        };
        self.input.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
        let mut said = String::new();
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "it ended: {said} after {sql}");
            if !self.is_python && line.trim_end() == end {
                return said;
            }
            said += &line;
            if self.is_python {
                return said;
            }
        }
    }
}

impl Drop for Tool {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.process.wait();
    }
}

/// The moment of the nth deed.
fn moment(n: usize) -> Context {
    Context { now: format!("2021-07-02T13:{:02}:{:02}Z", n / 60, n % 60), ..context() }
}

/// Fails if a view gives anything but what is worked out from nothing.
fn check_all(db: &Connection, after: impl FnOnce() -> String) {
    let found = different(db);
    assert!(found.is_empty(), "{found} differ after {}", after());
}

/// The names of what is not as it is worked out from nothing: the views, and rows that are kept of no claim.
fn different(db: &Connection) -> String {
    let [counts, origins] = weights::different_views(db);
    let left = "SELECT count(*) FROM (SELECT claim_id FROM kept_weights UNION ALL SELECT claim_id FROM kept_origins
           UNION ALL SELECT claim_id FROM outdated_claims) WHERE claim_id NOT IN (SELECT id FROM claims)";
    let left = db.prepare_cached(left).unwrap().query_row([], |row| row.get(0)).unwrap();
    let figures = kept_figures::different(db);
    let found =
        [("weights", counts), ("origins", origins), ("figures", figures), ("left rows", left)];
    let names = found.iter().filter(|(_, rows)| *rows > 0).map(|(name, _)| *name);
    names.collect::<Vec<_>>().join(", ")
}

/// An archive that begins so, in which nothing is outdated.
fn archive(start: &Start) -> (Sandbox, Connection) {
    let sandbox = Sandbox::empty();
    let path = sandbox.path("onrecord.db");
    let input = vec![Input::bytes_of("start.toml", document())];
    import(Options::new(&path, input), &context()).unwrap();
    let db = sandbox.other_tool();
    for sql in &start.statements {
        // The file may refuse it.
        let _ = db.execute_batch(sql);
    }
    for (n, deed) in start.deeds.iter().enumerate() {
        let _ = act(&path, &moment(n), deed);
    }
    refresh::refresh(&path, &context()).unwrap();
    (sandbox, db)
}

fn outdated(db: &Connection) -> i64 {
    db.query_row("SELECT count(*) FROM outdated_weights", [], |row| row.get(0)).unwrap()
}

/// Makes the edits by the three programs, and compares after each.
fn run(start: &Start, edits: &[Edit]) {
    let (sandbox, db) = archive(start);
    let path = sandbox.path("onrecord.db");
    check_all(&db, || "the start".to_owned());
    let (mut python, mut sqlite_328) = (Tool::python(&sandbox), Tool::sqlite_328(&sandbox));
    for (n, edit) in edits.iter().enumerate() {
        let context = moment(10 + n);
        let said = match edit {
            Edit::Python(sql) => python.run(sql),
            Edit::Sqlite328(sql) => sqlite_328.run(sql),
            Edit::Deed(deed) => act(&path, &context, deed).to_string(),
            Edit::Refresh => format!("{:?}", refresh::refresh(&path, &context)),
            Edit::Repair => format!("{:?}", check::repair(&path, true, None, &context)),
            Edit::Bulk(n) => bulk(&path, &context, *n).to_string(),
        };
        check_all(&db, || format!("edit {n}, {edit:?}: {said}"));
    }
    refresh::refresh(&path, &context()).unwrap();
    assert_eq!(outdated(&db), 0);
    check_all(&db, || "the last refresh".to_owned());
    let found = check::check(&path, Some("weights"), true, CancelToken::never()).unwrap();
    assert_eq!(found.rows.len(), 0);
}

/// Imports more than five hundred records, among them new rows of old claims and sources; `false` if they were
/// refused.
fn bulk(path: &Path, context: &Context, n: u8) -> bool {
    let mut lines = String::new();
    for row in 0..520 {
        writeln!(
            lines,
            "{{\"table\":\"sources\",\"key\":\"bulk-{n}-{row}\",\"kind\":\"article\",\"title\":\"B {n} {row}\"}}"
        )
        .unwrap();
    }
    writeln!(
        lines,
        "{{\"table\":\"mentions\",\"claim\":\"c{n}\",\"source\":\"bulk-{n}-1\"}}\n\
         {{\"table\":\"source_origins\",\"source\":\"s{n}\",\"relation\":\"copies\",\"origin\":\"bulk-{n}-2\"}}\n\
         {{\"table\":\"figures\",\"key\":\"bulk-{n}\",\"claim\":\"c{n}\",\"measure\":\"m\",\"value\":{n},\"as_of\":\"2021-08-0{}\"}}",
        n + 1
    )
    .unwrap();
    import(Options::new(path, vec![Input::bytes_of("bulk.ndjson", lines)]), context).is_ok()
}

#[test]
fn the_views_give_what_is_worked_out_from_nothing_whichever_program_writes() {
    if !has(&Sandbox::new(), "sqlite3-3.28", &["--version"]) {
        return;
    }
    let test = "tools::the_views_give_what_is_worked_out_from_nothing_whichever_program_writes";
    run_random_cases(test, 4, |mut config| {
        // A run takes a second.
        config.max_shrink_iters = 200;
        let edits = prop::collection::vec(edit(), NUMBER);
        proptest!(config, |(start in start(), edits in edits)| run(&start, &edits));
    });
}

/// Each of the two tools makes what the file allows, says what it refuses, and goes on.
#[test]
fn the_tools_write_and_are_refused() {
    if !has(&Sandbox::new(), "sqlite3-3.28", &["--version"]) {
        return;
    }
    let (sandbox, db) = archive(&Start { statements: Vec::new(), deeds: Vec::new() });
    for (tool, mut open) in
        [("Python", Tool::python(&sandbox)), ("3.28", Tool::sqlite_328(&sandbox))]
    {
        let edit =
            |outlet| format!("UPDATE sources SET outlet = '{outlet} {tool}' WHERE key = 's1'");
        let outlet = || -> String {
            db.query_row("SELECT outlet FROM sources WHERE key = 's1'", [], |row| row.get(0))
                .unwrap()
        };
        let said = open.run(&edit("A"));
        assert!(matches!(said.trim(), "" | "done"), "{said}");
        assert_eq!(outlet(), format!("A {tool}"));
        let said = open.run("DELETE FROM kept_weights");
        assert!(said.contains("onrecord refresh"), "{tool}: {said}");
        let _ = open.run(&edit("B"));
        assert_eq!(outlet(), format!("B {tool}"));
        check_all(&db, || format!("edits by {tool}"));
    }
}

/// The bounds that a tolerance makes are the same numbers in every version of SQLite, to the last bit.
#[test]
fn every_version_keeps_the_same_bounds() {
    if !has(&Sandbox::new(), "sqlite3-3.28", &["--version"]) {
        return;
    }
    let (sandbox, db) = archive(&Start { statements: Vec::new(), deeds: Vec::new() });
    for mut tool in [Tool::python(&sandbox), Tool::sqlite_328(&sandbox)] {
        for value in
            ["0.123", "17", "99.9", "1234.5", "485636", "1234567", "987654321", "12345678901"]
        {
            for qualifier in ["about", "nearly", "over"] {
                let sql = format!(
                    "UPDATE figures SET value = {value}, qualifier = '{qualifier}' WHERE id = 1"
                );
                let said = tool.run(&sql);
                assert!(matches!(said.trim(), "" | "done"), "{said}");
                check_all(&db, || sql);
            }
        }
    }
}

/// Makes a row before what it refers to, as an undo may put rows back.
const EARLY: &[&str] = &[
    "DROP TRIGGER figures_insert_guard;
     INSERT INTO figures (id, key, claim_id, measure_id, value) VALUES (900, 'early', 900, 1, 5);
     INSERT INTO claims (id, key, text, kind) VALUES (900, 'late', 'Late', 'event')",
    "DROP TRIGGER figures_insert_guard;
     INSERT INTO figures (id, key, claim_id, measure_id, value) VALUES (900, 'early', 1, 900, 5);
     INSERT INTO measures (id, key, title, dimension, growth) VALUES (900, 'late', 'Late', 'people', 'level')",
    "DROP TRIGGER mentions_insert_guard;
     UPDATE claims SET happened = NULL;
     INSERT INTO mentions (claim_id, source_id) VALUES (1, 900);
     INSERT INTO sources (id, key, kind, title, published) VALUES (900, 'late', 'article', 'Late', '1999-01-01')",
    "DROP TRIGGER claim_locations_insert_guard;
     DELETE FROM claim_locations;
     INSERT INTO claim_locations (claim_id, location_id, relation) SELECT claim_id, 900, 'at' FROM figures GROUP BY claim_id;
     INSERT INTO locations (id, key, name, kind) VALUES (900, 'late', 'Late', 'town')",
];

/// All claims of figures stand at one place, which sets them apart until it holds another, or a link says that two tell of
/// one event.
const PLACED: &str = "DELETE FROM claim_links; DELETE FROM claim_locations;
     UPDATE locations SET within_id = NULL, kind = 'town' WHERE id = 1; UPDATE locations SET within_id = NULL WHERE within_id = 1;
     INSERT INTO claim_locations (claim_id, location_id, relation) SELECT claim_id, 1, 'at' FROM figures GROUP BY claim_id;";
const UNPLACED: &[&str] = &[
    "INSERT INTO claim_links (from_id, relation, to_id) SELECT min(claim_id), 'same_event', max(claim_id) FROM figures;
     DELETE FROM claim_links WHERE relation = 'same_event'",
    "INSERT INTO claim_links (from_id, relation, to_id) SELECT min(claim_id), 'same_event', max(claim_id) FROM figures;
     UPDATE claim_links SET relation = 'supports'",
    "INSERT INTO locations (key, name, kind, within_id) VALUES ('inner', 'Inner', 'town', 1);
     DELETE FROM locations WHERE key = 'inner'",
];

/// Edits of what is kept, each after a change that notes a claim or a source.
fn edits_of_kept() -> Vec<String> {
    let outdate = ["UPDATE stances SET counts = 1 - counts", "UPDATE sources SET outlet = 'One'"];
    let edits = KEPT.iter().map(|sql| fill(sql, &[(":a", 0)]));
    edits.flat_map(|sql| outdate.map(|outdate| format!("{outdate}; {sql}"))).collect()
}

/// Returns the rows that differ after an edit, which is taken back.
fn different_after(db: &Connection, sql: &str) -> String {
    db.execute_batch("BEGIN").unwrap();
    let _ = db.execute_batch(sql);
    let found = different(db);
    db.execute_batch("ROLLBACK").unwrap();
    found
}

/// A trigger with its event and its table.
struct Trigger<'a> {
    name: &'a str,
    event: &'a str,
    table: &'a str,
}

impl<'a> Trigger<'a> {
    /// The trigger that a line creates.
    fn of_line(line: &'a str) -> Option<Self> {
        let mut words = line.strip_prefix("CREATE TRIGGER ")?.split(' ');
        let (name, event) = (words.next()?, words.nth(1)?);
        let table = words.skip_while(|word| *word != "ON").nth(1)?;
        Some(Trigger { name, event, table })
    }

    /// Returns true if an edit may fire it.
    fn may_follow(&self, sql: &str) -> bool {
        let Trigger { event, table, .. } = self;
        let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
        match *event {
            "INSERT" => sql.contains(&format!(" INTO {table} ")),
            "DELETE" => sql.contains(&format!("DELETE FROM {table} ")),
            _ => sql.contains(&format!(" {table} SET ")),
        }
    }
}

/// Without any one of the triggers that keep these rows, some edit leaves a view wrong; with it, the same edit does not.
#[test]
fn each_trigger_is_needed() {
    let mut runner = TestRunner::deterministic();
    let archives: Vec<(Sandbox, Connection)> =
        (0..4).map(|_| archive(&start().new_tree(&mut runner).unwrap().current())).collect();
    let random = statement();
    let statements = (0..3000).map(|_| random.new_tree(&mut runner).unwrap().current());
    let early = EARLY.iter().map(|sql| (*sql).to_owned());
    let unplaced = UNPLACED.iter().map(|sql| format!("{PLACED} {sql}"));
    let edits: Vec<String> =
        edits_of_kept().into_iter().chain(statements).chain(early).chain(unplaced).collect();
    let folder = root().join("src/store/schema/triggers");
    let read = |file| std::fs::read_to_string(folder.join(file)).unwrap();
    let text = [read("weights.sql"), read("kept_figures.sql")].concat();
    let triggers: Vec<Trigger<'_>> = text.lines().filter_map(Trigger::of_line).collect();
    assert_eq!(triggers.len(), text.matches("CREATE TRIGGER").count());
    let mut idle = Vec::new();
    for trigger in &triggers {
        let edits = || edits.iter().filter(|sql| trigger.may_follow(sql));
        let found = archives.iter().find_map(|(sandbox, db)| {
            let copy = sandbox.path("without.db");
            std::fs::copy(sandbox.path("onrecord.db"), &copy).unwrap();
            let without = Connection::open(copy).unwrap();
            let drop = format!("PRAGMA foreign_keys = OFF; DROP TRIGGER {}", trigger.name);
            without.execute_batch(&drop).unwrap();
            Some((db, edits().find(|sql| !different_after(&without, sql).is_empty())?))
        });
        match found {
            Some((db, sql)) => assert_eq!(different_after(db, sql), "", "{sql}"),
            None => idle.push(trigger.name),
        }
    }
    assert!(idle.is_empty(), "no edit differs without {idle:?}");
}
