//! Backups of an archive, and merges with a colleague's copy by the history of both.

use crate::common::{Run, Sandbox, run};

/// The seeded archive, and a copy of it for a colleague.
fn two() -> Sandbox {
    let sandbox = Sandbox::seeded();
    let _ = sandbox.run(&["backup", "theirs.db"]).done();
    sandbox
}

fn ours(sandbox: &Sandbox, args: &[&str]) {
    let _ = sandbox.run(args).done();
}

fn theirs(sandbox: &Sandbox, args: &[&str]) {
    let _ = sandbox.run(&[&["-f", "theirs.db"], args].concat()).done();
}

/// The authored content and the history, as text.
fn content(sandbox: &Sandbox, file: &str) -> String {
    sandbox.run(&["-f", file, "export", "ndjson"]).done()
}

/// The conflicts that a refused merge lists.
fn conflicts(run: Run) -> Vec<String> {
    let told = run.failed();
    told.lines().filter(|line| line.starts_with("theirs.db: ")).map(str::to_owned).collect()
}

#[test]
fn a_backup_is_one_file_with_the_same_bytes_each_time() {
    let sandbox = two();
    assert_eq!(content(&sandbox, "onrecord.db"), content(&sandbox, "theirs.db"));
    assert_eq!(sandbox.run(&["-f", "theirs.db", "check"]).done(), "");
    // A second backup has the same bytes, and the printed checksum is theirs.
    let again = sandbox.run(&["backup", "again.db"]);
    let bytes = std::fs::read(sandbox.path("again.db")).unwrap();
    assert!(bytes == std::fs::read(sandbox.path("theirs.db")).unwrap());
    let hash = run(sandbox.command("sha256sum").arg("again.db")).done();
    assert!(again.err.contains(hash.split(' ').next().unwrap()), "{}", again.err);
    // An existing file is replaced only with --force, and the archive itself never.
    assert!(sandbox.run(&["backup", "again.db"]).failed().contains("a file is there already"));
    ours(&sandbox, &["backup", "again.db", "--force"]);
    assert!(sandbox.run(&["backup", "onrecord.db", "--force"]).failed().contains("itself"));
}

#[test]
fn a_backup_is_whole_while_others_write() {
    let sandbox = Sandbox::seeded();
    let conn = sandbox.other_tool();
    let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    conn.execute_batch(
        "UPDATE claims SET note = 'in the log' WHERE id = 1; BEGIN; UPDATE claims SET note = 'not saved'",
    )
    .unwrap();
    ours(&sandbox, &["backup", "copy.db"]);
    let bytes = std::fs::read(sandbox.path("copy.db")).unwrap();
    assert_eq!(&bytes[18..20], [1, 1], "it needs a log beside it");
    let notes = "select note from claims where id = 1";
    let note = sandbox.run(&["-f", "copy.db", "sql", notes, "--format", "csv"]).done();
    assert_eq!(note, "note\nin the log\n");
}

#[test]
fn a_damaged_archive_gives_no_backup() {
    let sandbox = two();
    let mut bytes = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    bytes[400 * 1024..408 * 1024].fill(0xff);
    sandbox.write("onrecord.db", bytes);
    let kept = std::fs::read(sandbox.path("theirs.db")).unwrap();
    assert!(sandbox.run(&["backup", "theirs.db", "--force"]).failed().contains("is damaged"));
    assert!(kept == std::fs::read(sandbox.path("theirs.db")).unwrap());
    let left: Vec<_> = std::fs::read_dir(sandbox.path(".")).unwrap().collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn two_edited_copies_are_merged_into_the_same_content() {
    let sandbox = two();
    ours(&sandbox, &["add", "source", "--key", "note", "--kind", "report", "--title", "A note"]);
    ours(&sandbox, &["add", "claim", "--update", "--key", "bamiyan-clashes", "--note", "Ours"]);
    ours(
        &sandbox,
        &["assess", "muqur-siege", "disputed", "--because", "The note.", "--evidence", "note"],
    );
    theirs(&sandbox, &["add", "source", "--key", "post", "--kind", "post", "--title", "A post"]);
    theirs(
        &sandbox,
        &[
            "add",
            "claim",
            "--key",
            "bridge-fell",
            "--kind",
            "event",
            "--text",
            "A bridge fell",
            "--place",
            "muqur-ghazni",
        ],
    );
    theirs(&sandbox, &["add", "mention", "--claim", "bridge-fell", "--source", "post"]);
    theirs(&sandbox, &["add", "claim", "--update", "--key", "muqur-fell", "--note", "Theirs"]);
    theirs(
        &sandbox,
        &["add", "location", "--update", "--key", "muqur-ghazni", "--within", "afghanistan"],
    );
    theirs(&sandbox, &["withdraw", "called-terrorists", "--because", "An opinion."]);
    sandbox.write("page.txt", "what the post says");
    theirs(&sandbox, &["attach", "post", "page.txt"]);
    sandbox.write("mine.sql", "SELECT key FROM claims WHERE withdrawn IS NOT NULL");
    theirs(&sandbox, &["report", "add", "mine", "mine.sql"]);
    let read_only = std::fs::read(sandbox.path("theirs.db")).unwrap();

    let said = sandbox.run(&["merge", "theirs.db", "--with-reports", "mine"]);
    for line in [
        "sources: 1 new",
        "claims: 1 new, 2 updated",
        "locations: 1 updated",
        "1 value kept: changed here since",
    ] {
        assert!(said.err.contains(line), "{line}\n{}", said.err);
    }
    assert_eq!(said.code, 0);
    assert!(read_only == std::fs::read(sandbox.path("theirs.db")).unwrap());
    assert_eq!(sandbox.ask("select note from claims where key = 'bamiyan-clashes'"), "Ours");
    assert_eq!(sandbox.ask("select note from claims where key = 'muqur-fell'"), "Theirs");
    assert_eq!(sandbox.ask("select status from claims where key = 'muqur-siege'"), "disputed");
    assert_eq!(
        sandbox.ask("select withdrawn from claims where key = 'called-terrorists'"),
        "An opinion."
    );
    assert_eq!(
        sandbox.run(&["report", "mine", "--format", "csv"]).done(),
        "key\ncalled-terrorists\n"
    );
    std::fs::remove_file(sandbox.path("page.txt")).unwrap();
    ours(&sandbox, &["extract", "post"]);
    assert_eq!(std::fs::read_to_string(sandbox.path("page.txt")).unwrap(), "what the post says");
    assert_eq!(sandbox.run(&["check"]).done(), "");

    // A second merge changes nothing; a merge in the other direction gives both the same content.
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    ours(&sandbox, &["merge", "theirs.db"]);
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    theirs(&sandbox, &["merge", "onrecord.db"]);
    let toml = |file| sandbox.run(&["-f", file, "export", "toml"]).done();
    assert_eq!(toml("onrecord.db"), toml("theirs.db"));
}

#[test]
fn conflicts_are_listed_and_nothing_is_written() {
    let sandbox = two();
    for (who, note) in [(ours as fn(&Sandbox, &[&str]), "Ours"), (theirs, "Theirs")] {
        who(&sandbox, &["add", "claim", "--update", "--key", "muqur-fell", "--note", note]);
        who(&sandbox, &["add", "figure", "--update", "--key", "cost-in-dollars", "--said", note]);
        who(&sandbox, &["add", "source", "--key", "new", "--kind", "page", "--title", note]);
    }
    theirs(&sandbox, &["add", "claim", "--key", "extra", "--kind", "event", "--text", "Extra"]);
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    assert_eq!(
        conflicts(sandbox.run(&["merge", "theirs.db"])),
        [
            "theirs.db: source new: title is \"Theirs\" there and \"Ours\" here",
            "theirs.db: claim muqur-fell: note is \"Theirs\" there and \"Ours\" here",
            "theirs.db: figure cost-in-dollars: said is \"Theirs\" there and \"Ours\" here",
        ]
    );
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());

    let said = sandbox.run(&["merge", "theirs.db", "--prefer", "theirs", "--dry-run"]);
    assert!(said.err.contains("3 conflicts settled for theirs"), "{}", said.err);
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    ours(&sandbox, &["merge", "theirs.db", "--prefer", "ours"]);
    assert_eq!(sandbox.ask("select title from sources where key = 'new'"), "Ours");
    assert_eq!(sandbox.ask("select count(*) from claims where key = 'extra'"), "1");
    ours(&sandbox, &["merge", "theirs.db", "--prefer", "theirs"]);
    assert_eq!(sandbox.ask("select title from sources where key = 'new'"), "Theirs");
    assert_eq!(sandbox.ask("select note from claims where key = 'muqur-fell'"), "Theirs");
    assert_eq!(sandbox.run(&["check"]).done(), "");
}

/// Every table whose rows may be deleted: the history has to name each row as a merge looks it up.
#[test]
fn a_merge_leaves_deleted_rows_deleted() {
    let sandbox = two();
    sandbox.write("page.txt", "a copy");
    for who in [ours, theirs] {
        who(&sandbox, &["attach", "zaher-shah-nekmal", "page.txt"]);
    }
    sandbox
        .other_tool()
        .execute_batch(
            "DELETE FROM captures; DELETE FROM equations; DELETE FROM claim_links;
             DELETE FROM source_origins; DELETE FROM mentions; DELETE FROM location_names;
             DELETE FROM claim_locations;
             DELETE FROM figures WHERE out_of_id IS NOT NULL; DELETE FROM figures
             WHERE id NOT IN (SELECT figure_id FROM assessment_evidence WHERE figure_id IS NOT NULL);
             DELETE FROM locations WHERE key = 'muqur-ghazni';",
        )
        .unwrap();
    // A row that was deleted here and changed there comes back with its changes.
    let note = "--note";
    theirs(
        &sandbox,
        &[
            "add",
            "link",
            "--update",
            "--from",
            "badakhshan-attacks",
            "--relation",
            "supports",
            "--to",
            "clashes-intensify",
            note,
            "New",
        ],
    );
    // The names of a deleted place stay out with it.
    theirs(&sandbox, &["add", "name", "--location", "muqur-ghazni", "--name", "Muqar"]);
    let count = "select (select count(*) from mentions) || ' ' || (select count(*) from claim_links) || ' ' || (select count(*) from location_names) || ' ' || (select count(*) from captures) || ' ' || (select count(*) from source_origins) || ' ' || (select count(*) from claim_locations) || ' ' || (select count(*) from equations) as n";
    assert_eq!(sandbox.ask(count), "0 0 0 0 0 0 0");
    let figures = sandbox.ask("select count(*) from figures");
    let said = sandbox.run(&["merge", "theirs.db"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("rows left out: deleted here"), "{}", said.err);
    assert_eq!(sandbox.ask(count), "0 1 0 0 0 0 0", "{}", said.err);
    assert_eq!(sandbox.ask("select count(*) from figures"), figures);
    assert_eq!(sandbox.ask("select count(*) from locations where key = 'muqur-ghazni'"), "0");
}

/// Ours, and an archive that others made apart from it, with a claim.
fn made_apart() -> Sandbox {
    let sandbox = Sandbox::seeded();
    let mut init = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    let init = init.env("SOURCE_DATE_EPOCH", "1600000000");
    let _ = run(init.args(["-f", "theirs.db", "init", "--title", "Kunduz notes"])).done();
    theirs(
        &sandbox,
        &["add", "claim", "--key", "market-hit", "--kind", "event", "--text", "A market was hit"],
    );
    sandbox
}

#[test]
fn the_verdicts_of_their_desk_do_not_become_ours() {
    let sandbox = made_apart();
    // Two desks of one name, of which one has given no verdict.
    ours(&sandbox, &["merge", "theirs.db"]);
    theirs(&sandbox, &["assess", "market-hit", "refuted", "--because", "It was not."]);
    let said = sandbox.run(&["merge", "theirs.db"]).failed();
    assert!(said.contains("made apart") && said.contains("--desk-as"), "{said}");
    ours(&sandbox, &["merge", "theirs.db", "--desk-as", "kunduz-desk"]);
    ours(&sandbox, &["assess", "market-hit", "reported", "--because", "One source."]);
    ours(&sandbox, &["merge", "theirs.db", "--desk-as", "kunduz-desk"]);
    assert_eq!(sandbox.ask("select status from claims where key = 'market-hit'"), "reported");
    assert_eq!(
        sandbox.ask("select title from sources where key = 'kunduz-desk'"),
        "\"The desk of \"\"Kunduz notes\"\"\""
    );
    assert_eq!(
        sandbox
            .run(&[
                "report",
                "history",
                "--where",
                "claim=market-hit",
                "--columns",
                "assessor,status",
                "--format",
                "csv"
            ])
            .done(),
        "assessor,status\nkunduz-desk,refuted\ndesk,reported\n"
    );
    for key in ["No Key", "market-hit\n"] {
        assert!(sandbox.run(&["merge", "theirs.db", "--desk-as", key]).failed().contains("key"));
    }
}

#[test]
fn an_import_of_another_export_takes_no_verdict_of_its_desk_as_ours() {
    let sandbox = made_apart();
    let export = || {
        std::fs::write(
            sandbox.path("theirs.ndjson"),
            sandbox.run(&["--file", "theirs.db", "export", "ndjson"]).done(),
        )
        .unwrap();
    };
    // A desk that has given no verdict and has no name of its own does no harm, and ours keeps its name.
    export();
    ours(&sandbox, &["import", "theirs.ndjson"]);
    theirs(&sandbox, &["add", "source", "--key", "desk", "--title", "Kunduz", "--update"]);
    export();
    let _ = sandbox.run(&["import", "theirs.ndjson"]).failed();
    assert_eq!(
        sandbox.ask("select title from sources where key = 'desk'"),
        "The desk that keeps this archive"
    );
    theirs(
        &sandbox,
        &[
            "add",
            "source",
            "--key",
            "desk",
            "--title",
            "The desk that keeps this archive",
            "--update",
        ],
    );
    theirs(&sandbox, &["assess", "market-hit", "refuted", "--because", "It was not."]);
    export();
    let error = sandbox.run(&["import", "theirs.ndjson"]).failed();
    assert!(
        error.contains("desk is the desk of the archive that this is an export of")
            && error.contains("`onrecord merge FILE --desk-as KEY`"),
        "{error}"
    );
    assert_eq!(sandbox.ask("select status from claims where key = 'market-hit'"), "unassessed");
    // An export of a copy is of our own desk, and an empty archive takes any over whole.
    std::fs::copy(sandbox.path("onrecord.db"), sandbox.path("copy.db")).unwrap();
    let copy = ["--file", "copy.db"];
    let assess = ["assess", "market-hit", "disputed", "--because", "Both may be."];
    let _ = sandbox.run(&[&copy[..], &assess].concat()).done();
    let own = sandbox.run(&[&copy[..], &["export", "ndjson"]].concat()).done();
    sandbox.write("copy.ndjson", own);
    ours(&sandbox, &["import", "copy.ndjson"]);
    assert_eq!(sandbox.ask("select status from claims where key = 'market-hit'"), "disputed");
    let _ = sandbox.run(&["--file", "new.db", "init"]).done();
    let _ = sandbox.run(&["--file", "new.db", "import", "theirs.ndjson"]).done();
}

#[test]
fn a_merge_of_many_rows_checks_every_rule() {
    let sandbox = two();
    let rows: String = (0..900)
        .map(|n| format!("claim-{n},Claim {n},event,taliban-advance-fr,kabul-province\n"))
        .collect();
    sandbox.write("many.csv", format!("claim,text,kind,source,place\n{rows}"));
    theirs(&sandbox, &["import", "many.csv"]);
    ours(&sandbox, &["merge", "theirs.db"]);
    assert_eq!(sandbox.ask("select count(*) from mentions where claim_id > 79"), "900");
    assert_eq!(sandbox.run(&["check"]).done(), "");
    // A row that another tool wrote against the rules is refused.
    let conn = rusqlite::Connection::open(sandbox.path("theirs.db")).unwrap();
    conn.execute_batch(
        "PRAGMA ignore_check_constraints = ON; DROP TRIGGER claims_update_guard;
         UPDATE claims SET happened = '2021-06-31' WHERE key = 'claim-7'",
    )
    .unwrap();
    drop(conn);
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let said = sandbox.run(&["merge", "theirs.db"]).failed();
    assert!(said.starts_with("theirs.db: claim claim-7: "), "{said}");
    assert!(said.contains("not a date"), "{said}");
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
}

#[test]
fn a_file_that_cannot_be_merged_is_refused_with_the_reason() {
    let sandbox = two();
    assert!(sandbox.run(&["merge", "onrecord.db"]).failed().contains("is this archive itself"));
    assert!(sandbox.run(&["merge", "none.db"]).failed().contains("no such file"));
    sandbox.write("text.db", "not an archive");
    assert!(sandbox.run(&["merge", "text.db"]).failed().contains("not an SQLite file"));
}

#[test]
fn a_row_that_comes_back_brings_its_dependents() {
    let sandbox = two();
    let other = |sql: &str| {
        let conn = rusqlite::Connection::open(sandbox.path("theirs.db")).unwrap();
        conn.execute_batch(sql).unwrap();
    };
    sandbox
        .other_tool()
        .execute_batch(
            "INSERT INTO sources (key, kind, title, note) VALUES ('extra', 'page', 'Extra', 'n');
             INSERT INTO claims (key, text, kind) VALUES ('gone', 'Gone', 'event');
             INSERT INTO mentions (claim_id, source_id) SELECT c.id, s.id FROM claims c, sources s
               WHERE c.key = 'gone' AND s.key = 'extra';",
        )
        .unwrap();
    ours(&sandbox, &["backup", "theirs.db", "--force"]);
    sandbox
        .other_tool()
        .execute_batch(
            "DELETE FROM mentions WHERE claim_id = (SELECT id FROM claims WHERE key = 'gone');
             DELETE FROM claims WHERE key = 'gone'; DELETE FROM sources WHERE key = 'extra';",
        )
        .unwrap();
    // Changed there since: one field to another text, the other to NULL.
    other(
        "UPDATE claims SET text = 'Not gone' WHERE key = 'gone'; UPDATE sources SET note = NULL WHERE key = 'extra';",
    );
    let said = sandbox.run(&["merge", "theirs.db"]);
    assert!(!said.err.contains("left out"), "{}", said.err);
    assert_eq!(sandbox.ask("select text || ' ' || (select count(*) from mentions m where m.claim_id = c.id) from claims c where key = 'gone'"), "Not gone 1");
    assert_eq!(sandbox.run(&["check"]).done(), "");
}

#[test]
fn dependents_of_a_deleted_place_stay_out_under_any_key() {
    let sandbox = two();
    ours(
        &sandbox,
        &[
            "add",
            "location",
            "--key",
            "middle",
            "--name",
            "Middle",
            "--kind",
            "district",
            "--within",
            "ghazni-province",
        ],
    );
    ours(&sandbox, &["backup", "theirs.db", "--force"]);
    sandbox.other_tool().execute_batch("DELETE FROM locations WHERE key = 'middle'").unwrap();
    for key in ["aa", "zz"] {
        theirs(
            &sandbox,
            &[
                "add", "location", "--key", key, "--name", key, "--kind", "village", "--within",
                "middle",
            ],
        );
    }
    let said = sandbox.run(&["merge", "theirs.db"]);
    assert!(said.err.contains("3 rows left out: deleted here"), "{}", said.err);
    assert_eq!(said.code, 0);
}

#[test]
fn a_desk_is_recognised_under_all_its_former_keys() {
    let sandbox = Sandbox::seeded();
    let _ = sandbox.run(&["-f", "theirs.db", "seed"]).done();
    theirs(&sandbox, &["assess", "muqur-fell", "refuted", "--because", "B"]);
    theirs(&sandbox, &["add", "source", "--key", "kd", "--kind", "organisation", "--title", "KD"]);
    let conn = rusqlite::Connection::open(sandbox.path("theirs.db")).unwrap();
    conn.execute_batch("UPDATE archive SET desk = 'kd'").unwrap();
    drop(conn);
    let said = sandbox.run(&["merge", "theirs.db"]).failed();
    assert!(said.contains("the desks of both are called \"desk\""), "{said}");
    ours(&sandbox, &["merge", "theirs.db", "--desk-as", "their-desk"]);
    assert_eq!(sandbox.ask("select status from claims where key = 'muqur-fell'"), "reported");
    // A title generated from the name of the file is no conflict when the file has another name.
    std::fs::rename(sandbox.path("theirs.db"), sandbox.path("tuesday.db")).unwrap();
    ours(&sandbox, &["merge", "tuesday.db", "--desk-as", "their-desk"]);
    assert_eq!(sandbox.run(&["check"]).done(), "");
}

#[test]
fn captures_and_reports_are_merged_and_odd_files_refused() {
    let sandbox = two();
    for (who, text) in [(ours as fn(&Sandbox, &[&str]), "one"), (theirs, "two")] {
        who(&sandbox, &["add", "source", "--key", "s", "--kind", "page", "--title", "S"]);
        sandbox.write("note.txt", text);
        who(&sandbox, &["attach", "s", "note.txt"]);
    }
    // Two captured copies under one name: --prefer discards neither.
    for prefer in ["ours", "theirs"] {
        let told = conflicts(sandbox.run(&["merge", "theirs.db", "--prefer", prefer]));
        assert!(told[0].contains("file captures/s/note.txt: data is"), "{told:?}");
    }
    ours(&sandbox, &["backup", "theirs.db", "--force"]);
    let conn = rusqlite::Connection::open(sandbox.path("theirs.db")).unwrap();
    conn.execute_batch("UPDATE captures SET note = 'Seen.'").unwrap();
    conn.execute_batch("CREATE VIEW report_mine AS SELECT key FROM claims; INSERT INTO reports (name, title, question, columns, builtin) VALUES ('mine', 'My title', 'What?', 'key: Key.', 0)").unwrap();
    drop(conn);
    let without = sandbox.run(&["merge", "theirs.db", "--dry-run"]);
    let told = "1 report of other people left out; with them: --with-reports mine\n";
    assert!(without.err.contains(told), "{}", without.err);
    let other = sandbox.run(&["merge", "theirs.db", "--with-reports", "nine"]).failed();
    assert!(other.contains("report of other people"), "{other}");
    ours(&sandbox, &["merge", "theirs.db", "--with-reports", "mine"]);
    assert_eq!(
        sandbox.ask("select title || ' ' || question from reports where name = 'mine'"),
        "My title What?"
    );
    assert_eq!(sandbox.ask("select note from captures"), "Seen.");
    // A view in place of a table could return anything, without end.
    let conn = rusqlite::Connection::open(sandbox.path("theirs.db")).unwrap();
    conn.execute_batch("DROP TABLE source_grades; CREATE VIEW source_grades AS SELECT 1 AS id")
        .unwrap();
    drop(conn);
    let said = sandbox.run(&["merge", "theirs.db"]).failed();
    assert!(said.contains("its source_grades is no table"), "{said}");
    let _ = run(sandbox.command("mkfifo").arg("pipe.db")).done();
    assert!(sandbox.run(&["merge", "pipe.db"]).failed().contains("it is no file"));
    // A row that breaks a rule is copied as it is.
    let conn = sandbox.other_tool();
    conn.execute_batch(
        "PRAGMA ignore_check_constraints = ON; UPDATE sources SET note = '' WHERE key = 's'",
    )
    .unwrap();
    drop(conn);
    ours(&sandbox, &["backup", "copy.db"]);
}
