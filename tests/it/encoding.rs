//! Text that is not UTF-8, put into the file by another tool: no command prints or exports it with a byte replaced,
//! `check` names it, and a repair reads it in the encoding in which it was written.

use crate::common::Sandbox;

/// The archive with texts in Windows-1252, in a column of each way in which rows are read.
fn with_broken_text() -> Sandbox {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch(
            "UPDATE claims SET note = CAST('caf' || x'e9' AS TEXT) WHERE key = 'muqur-fell';
             UPDATE sources SET title = CAST('Soci' || x'e9' || 't' || x'e9' AS TEXT) WHERE id = (SELECT min(id) FROM sources WHERE kind = 'article');",
        )
        .unwrap();
    sandbox
}

#[test]
fn no_output_replaces_a_byte_in_silence() {
    let sandbox = with_broken_text();
    let commands: &[&[&str]] = &[
        &["show", "muqur-fell"],
        &["sql", "SELECT note FROM claims ORDER BY id"],
        &["sql", "SELECT upper(note) AS n FROM claims ORDER BY id"],
        &["report", "sources", "--format", "csv"],
        &["export", "ndjson"],
        &["export", "toml"],
        &["export", "csv"],
        &["export", "csl-json"],
        &["publish", "page.html"],
    ];
    for args in commands {
        let run = sandbox.run(args);
        assert_eq!(run.code, 3, "{args:?}: {}", run.out);
        assert!(!run.out.contains('\u{fffd}') && !run.err.contains('\u{fffd}'), "{args:?}");
        assert!(
            run.err.contains("holds text that is not UTF-8: claims muqur-fell, column note"),
            "{args:?}: {}",
            run.err
        );
        assert!(run.err.contains("onrecord check text"), "{args:?}: {}", run.err);
    }
    assert!(!sandbox.path("page.html").exists());
    // What does not read the row goes on.
    assert_eq!(sandbox.run(&["report", "status"]).code, 0);
    assert_eq!(sandbox.run(&["show", "bamiyan-clashes"]).code, 0);
    let _ = sandbox.run(&["assess", "bamiyan-clashes", "reported", "--because", "x"]).done();
}

#[test]
fn what_cannot_be_put_back_as_it_was_is_not_removed() {
    let sandbox = with_broken_text();
    let said = sandbox.run(&["delete", "muqur-fell", "--because", "x"]).failed();
    assert!(
        said.contains("onrecord.db holds text that is not UTF-8: claims muqur-fell, column note"),
        "{said}"
    );
    assert_eq!(sandbox.ask("SELECT count(*) FROM claims WHERE key = 'muqur-fell'"), "1");
}

#[test]
fn check_names_each_text_and_a_repair_reads_it() {
    let sandbox = with_broken_text();
    let clean = Sandbox::seeded().run(&["check", "text"]);
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
    let found = sandbox.run(&["check", "text", "--format", "csv"]);
    assert_eq!(found.code, 1);
    assert!(
        found.out.contains("text,claims,muqur-fell,\"its note is not UTF-8: caf\\xE9;"),
        "{}",
        found.out
    );
    assert!(found.out.contains("its title is not UTF-8: Soci\\xE9t\\xE9;"), "{}", found.out);
    assert_eq!(found.out.lines().count(), 3, "{}", found.out);
    let versions = "SELECT group_concat(version) FROM claims";
    let (before, revisions) =
        (sandbox.ask(versions), sandbox.ask("SELECT count(*) FROM revisions"));
    // A byte that has no meaning in the encoding is left.
    let wrong = sandbox.run(&["check", "--repair", "--encoding", "shift_jis"]);
    assert_eq!(wrong.code, 1, "{}", wrong.err);
    assert_eq!(sandbox.run(&["check", "text"]).out.matches("is not UTF-8").count(), 2);
    let mended = sandbox.run(&["check", "--repair", "--encoding", "windows-1252"]);
    assert!(
        mended.err.contains("put right: the text of claims muqur-fell, note, read as windows-1252"),
        "{}",
        mended.err
    );
    assert_eq!(sandbox.run(&["check", "text"]).code, 0);
    assert_eq!(sandbox.ask("SELECT note FROM claims WHERE key = 'muqur-fell'"), "café");
    assert_eq!(sandbox.ask(versions), before, "it is the same text: no verdict is stale");
    assert_eq!(sandbox.ask("SELECT count(*) FROM revisions"), revisions);
    let log = sandbox.run(&["log", "--format", "csv"]).done();
    assert!(
        log.contains("check --repair") && log.contains("claims muqur-fell, note, read as"),
        "{log}"
    );
    assert!(sandbox.run(&["search", "societe"]).done().contains("Société"));
    assert_eq!(sandbox.run(&["check", "guards"]).code, 0, "the guards are back");
}

/// Text in rows that nobody can change: a repair reads these, too.
#[test]
fn verdicts_and_history_are_mended_too() {
    let sandbox = Sandbox::seeded();
    let db = sandbox.other_tool();
    db.execute_batch(
        "INSERT INTO assessments (claim_id, status, at, assessor_id, because)
           SELECT id, 'reported', '2021-07-01T00:00:00Z', (SELECT min(id) FROM sources), CAST(x'e9' || 't' || x'e9' AS TEXT) FROM claims WHERE key = 'muqur-fell';
         UPDATE claims SET note = CAST(x'e9' AS TEXT) WHERE key = 'bamiyan-clashes';
         UPDATE claims SET note = 'fine' WHERE key = 'bamiyan-clashes';",
    )
    .unwrap();
    let found = sandbox.run(&["check", "text"]).out;
    assert!(found.contains("assessments") && found.contains("revisions"), "{found}");
    let _ = sandbox.run(&["check", "--repair", "--encoding", "latin1"]);
    assert_eq!(sandbox.run(&["check", "text"]).code, 0);
    assert_eq!(sandbox.ask("SELECT because FROM assessments ORDER BY id DESC LIMIT 1"), "été");
    let refused = db.execute("UPDATE assessments SET because = 'x'", []);
    assert!(refused.is_err(), "the guards are back");
}

#[test]
fn an_encoding_goes_with_a_repair_alone() {
    let sandbox = Sandbox::seeded();
    assert_eq!(sandbox.run(&["check", "--encoding", "windows-1252"]).code, 2);
    assert_eq!(sandbox.run(&["check", "--repair", "--encoding", "martian"]).code, 2);
}

/// A table of a stranger's keeps the others from no check, whatever it is called and made like.
#[test]
fn a_strangers_table_hides_no_text() {
    let sandbox = with_broken_text();
    sandbox
        .other_tool()
        .execute_batch(
            "DROP VIEW claim_weights; CREATE TABLE claim_weights (claim_id INTEGER, note TEXT);
             CREATE TABLE theirs (a TEXT PRIMARY KEY) WITHOUT ROWID;",
        )
        .unwrap();
    let found = sandbox.run(&["check", "text"]).out;
    assert_eq!(found.matches("is not UTF-8").count(), 2, "{found}");
}
