//! A record taken from a server into a file, and a file taken into the record at a server.

use super::folder::{assert_same, rows, with_history};
use super::{HOSTILE, Server};
use crate::common::{Sandbox, run};
use std::time::{Duration, Instant};

/// Makes a file of the record at a server.
#[track_caller]
fn pull(sandbox: &Sandbox, url: &str, archive: &str) {
    let _ = std::fs::remove_file(sandbox.path(archive));
    let _ = sandbox.run(&["-f", archive, "init"]).done();
    let _ = sandbox.run(&["-f", archive, "import", url]).done();
}

/// Waits until a query at a server gives this.
#[track_caller]
fn wait_for(server: &Server, sql: &str, wanted: &str) {
    let end = Instant::now() + Duration::from_secs(60);
    while server.ask("postgres", sql) != wanted {
        assert!(Instant::now() < end, "{sql}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_record_of_a_server_comes_back() {
    let sandbox = with_history();
    let Some(server) = Server::shared(&sandbox) else { return };
    server.load_history(&sandbox, "pulled");
    pull(&sandbox, &server.url("pulled"), "again.db");
    assert_same(&sandbox, "onrecord.db", "again.db");
    // The operation names the database, and neither the user nor where the socket is.
    let inputs = sandbox
        .run(&[
            "-f",
            "again.db",
            "sql",
            "SELECT name, length(sha256) AS n FROM operation_inputs ORDER BY id DESC LIMIT 1",
            "--format",
            "csv",
        ])
        .done();
    assert_eq!(inputs, "name,n\npostgres:///pulled,64\n");
    // A reader may do so.
    server.ask("pulled", "CREATE ROLE pull_reader LOGIN; GRANT onrecord_reader TO pull_reader");
    pull(&sandbox, &server.url_of("pull_reader", "pulled"), "read.db");
    assert_same(&sandbox, "onrecord.db", "read.db");
    // What was written there comes too.
    server.ask("pulled", "UPDATE figures SET value = 7.25 WHERE key = 'l1'");
    pull(&sandbox, &server.url("pulled"), "later.db");
    let was = "SELECT typeof(was) || ' ' || was || ' ' || f.value FROM revisions AS r JOIN figures AS f ON f.key = r.row_key WHERE r.row_key = 'l1' ORDER BY r.id DESC LIMIT 1";
    let found = sandbox.run(&["-f", "later.db", "sql", was, "--format", "csv"]).done();
    assert!(found.ends_with("\ninteger 3 7.25\n"), "{found}");
}

#[test]
fn a_file_goes_to_the_field_and_comes_back() {
    let sandbox = with_history();
    let Some(server) = Server::shared(&sandbox) else { return };
    server.load_history(&sandbox, "desk_record");
    let url = server.url("desk_record");
    pull(&sandbox, &url, "field.db");
    let field = |args: &[&str]| sandbox.run(&[&["-f", "field.db"], args].concat());
    // A push without a change changes nothing.
    let before = server.ask("desk_record", "SELECT count(*), max(id) FROM operations");
    let _ = field(&["push", &url]).done();
    assert_eq!(server.ask("desk_record", "SELECT count(*), max(id) FROM operations"), before);
    assert_same(&sandbox, "onrecord.db", "field.db");
    sandbox.write("field.bin", [7_u8, 0, 9].repeat(50));
    sandbox.write("own.sql", "SELECT key FROM sources");
    for args in [
        &[
            "add",
            "claim",
            "Seen in the field",
            "--key",
            "seen",
            "--kind",
            "event",
            "--place",
            "the-camp",
            "--source",
            "tab",
            "--new-measure",
            "Tents=objects:level",
            "--figure",
            "tents=about 30",
        ][..],
        &["add", "claim", "--key", "line", "--update", "--kind", "event", "--happened", "2021-03"],
        &["assess", "line", "confirmed", "--because", "Seen again.", "--evidence", "copy"],
        &["rename", "tab", "the-tab"],
        &["attach", "copy", "field.bin"],
        &["report", "add", "own", "own.sql"],
    ] {
        let _ = field(args).done();
    }
    // Meanwhile somebody writes at the desk.
    server.ask(
        "desk_record",
        "INSERT INTO claims (key, text, kind) VALUES ('desk-claim', 'Of the desk', 'event')",
    );
    let at_desk = server.ask("desk_record", "SELECT id FROM claims WHERE key = 'desk-claim'");
    let unchanged = server
        .ask("desk_record", "SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM claims AS c");
    let dry = field(&["push", &url, "--dry-run"]);
    assert!(dry.err.contains("claims: 1 new, 1 updated"), "{}", dry.err);
    assert!(dry.err.contains("1 report of other people left out"), "{}", dry.err);
    assert!(dry.err.ends_with("dry run: nothing was written\n"), "{}", dry.err);
    assert_eq!(
        server.ask(
            "desk_record",
            "SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM claims AS c"
        ),
        unchanged
    );
    let said = field(&["push", &url, "--with-reports", "own"]);
    assert_eq!(said.code, 0, "{}", said.err);
    // The same as a merge of the file into a file of the record.
    assert_eq!(
        server.ask("desk_record", "SELECT id FROM claims WHERE key = 'desk-claim'"),
        at_desk
    );
    for (sql, wanted) in [
        (
            "SELECT text || ' ' || status FROM claims WHERE key = 'seen'",
            "Seen in the field unassessed",
        ),
        ("SELECT happened || ' ' || status FROM claims WHERE key = 'line'", "2021-03 confirmed"),
        (
            "SELECT key FROM sources WHERE id = (SELECT row_id FROM aliases WHERE alias = 'tab')",
            "the-tab",
        ),
        ("SELECT count(*) FROM captures", "2"),
        ("SELECT string_agg(name, ',' ORDER BY name) FROM own_views", "report_mine,report_own"),
        ("SELECT count(*) FROM operations WHERE command = 'merge'", "1"),
        ("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'", "0"),
    ] {
        assert_eq!(server.ask("desk_record", sql), wanted, "{sql}");
    }
    pull(&sandbox, &url, "back.db");
    for archive in ["field.db", "back.db"] {
        let found = sandbox
            .run(&["-f", archive, "report", "figures", "--where", "claim=seen", "--format", "csv"])
            .done();
        assert!(found.contains("tents,about 30"), "{found}");
    }
    let check = sandbox.run(&["-f", "back.db", "check", "--full"]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
    // The rules hold again, and ids go on.
    let refused = server.psql("desk_record", &["-c", "DELETE FROM assessments"], &sandbox.path(""));
    assert!(refused.err.contains("verdicts are append-only"), "{}", refused.err);
    let last = server.ask("desk_record", "SELECT max(id) FROM claims").parse::<i64>().unwrap();
    server.ask(
        "desk_record",
        "INSERT INTO claims (key, text, kind) VALUES ('next', 'Next', 'event')",
    );
    let next = server
        .ask("desk_record", "SELECT id FROM claims WHERE key = 'next'")
        .parse::<i64>()
        .unwrap();
    assert!(next > last, "{next} {last}");
    pull(&sandbox, &url, "last.db");
    assert!(rows(&sandbox, "last.db").contains("\"key\":\"next\""));
    // The same again changes nothing.
    let before = server.ask("desk_record", "SELECT count(*), max(id) FROM operations");
    let _ = field(&["push", &url]).done();
    assert_eq!(server.ask("desk_record", "SELECT count(*), max(id) FROM operations"), before);
}

#[test]
fn conflicts_are_named_and_nothing_is_written() {
    let sandbox = with_history();
    let Some(server) = Server::shared(&sandbox) else { return };
    server.load_history(&sandbox, "conflicts");
    let url = server.url("conflicts");
    pull(&sandbox, &url, "field.db");
    // Both give a claim of one key.
    let _ = sandbox
        .run(&[
            "-f",
            "field.db",
            "add",
            "claim",
            "Of the field",
            "--key",
            "same",
            "--kind",
            "event",
            "--source",
            "copy",
        ])
        .done();
    server.ask(
        "conflicts",
        "INSERT INTO claims (key, text, kind) VALUES ('same', 'Of the desk', 'state')",
    );
    let digest = "SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM claims AS c";
    let before = server.ask("conflicts", digest);
    let push = |args: &[&str]| sandbox.run(&[&["-f", "field.db", "push", &url], args].concat());
    let said = push(&[]).failed();
    assert!(
        said.contains(
            "field.db: claim same: text is \"Of the field\" there and \"Of the desk\" here"
        ),
        "{said}"
    );
    assert!(said.contains("between the archives; nothing was written"), "{said}");
    assert_eq!(server.ask("conflicts", digest), before);
    let ours = push(&["--prefer", "ours"]);
    assert!(ours.code == 0 && ours.err.contains("conflicts settled for ours"), "{}", ours.err);
    let text = "SELECT text || ' ' || kind FROM claims WHERE key = 'same'";
    assert_eq!(server.ask("conflicts", text), "Of the desk state");
    // An archive that was made apart has a desk of its own.
    sandbox.write("hostile.ndjson", HOSTILE);
    let _ = sandbox.run(&["-f", "apart.db", "init"]).done();
    let _ = sandbox.run(&["-f", "apart.db", "import", "hostile.ndjson"]).done();
    let _ = sandbox
        .run(&["-f", "apart.db", "assess", "less", "reported", "--because", "One source."])
        .done();
    let said = sandbox.run(&["-f", "apart.db", "push", &url]).failed();
    assert!(said.contains("the desks of both are called \"desk\""), "{said}");
    let _ = sandbox
        .run(&["-f", "apart.db", "push", &url, "--desk-as", "their-desk", "--prefer", "ours"])
        .done();
    assert_eq!(
        server.ask("conflicts", "SELECT count(*) FROM sources WHERE key = 'their-desk'"),
        "1"
    );
    let said = sandbox.run(&["-f", "nothing.db", "push", &url]).failed();
    assert!(said.contains("nothing.db: no such file"), "{said}");
}

#[test]
fn who_may_not_write_is_refused_and_who_writes_is_waited_for() {
    let sandbox = Sandbox::seeded();
    let Some(server) = Server::shared(&sandbox) else { return };
    server.load(&sandbox, "rights");
    server.ask("rights", "CREATE ROLE rights_editor LOGIN; GRANT onrecord_editor TO rights_editor; CREATE ROLE rights_none LOGIN");
    let push = |url: &str| sandbox.run(&["push", url]);
    for user in ["rights_editor", "rights_none"] {
        let said = push(&server.url_of(user, "rights")).failed();
        assert!(said.contains("permission denied for table") && said.contains("hint: "), "{said}");
    }
    let said =
        sandbox.run(&["-f", &server.url_of("rights_none", "rights"), "report", "status"]).failed();
    assert!(
        said.contains("permission denied for table archive")
            && said.contains("GRANT onrecord_reader"),
        "{said}"
    );
    // Another writes: the push waits for a while.
    let url = server.url("rights");
    let mut other = server.session("rights");
    other.run("BEGIN; UPDATE claims SET note = 'waiting' WHERE id = 1;");
    let said = push(&url).failed();
    assert!(said.contains("canceling statement due to lock timeout"), "{said}");
    assert!(said.contains("hint: others are writing; nothing was written: run it again"), "{said}");
    other.run("ROLLBACK;");
    let _ = push(&url).done();
}

#[test]
fn a_server_that_goes_away_leaves_nothing_half_written() {
    let sandbox = with_history();
    let Some(server) = Server::shared(&sandbox) else { return };
    server.load_history(&sandbox, "killed");
    let url = server.url("killed");
    pull(&sandbox, &url, "field.db");
    let _ = sandbox
        .run(&[
            "-f",
            "field.db",
            "add",
            "claim",
            "Of the field",
            "--key",
            "late",
            "--kind",
            "event",
            "--source",
            "copy",
        ])
        .done();
    let _ =
        sandbox.run(&["-f", "field.db", "assess", "late", "reported", "--because", "One."]).done();
    // Slow in the middle of the writing, after other tables were changed, and in the middle of a report.
    server.ask("killed", "CREATE FUNCTION slow() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(30); RETURN true; END $$");
    server.ask("killed", "ALTER TABLE assessments ADD CONSTRAINT slow CHECK (slow()) NOT VALID");
    let all = "SELECT md5(string_agg(x, ',' ORDER BY x)) FROM (SELECT c::text FROM claims AS c UNION ALL SELECT o::text FROM operations AS o UNION ALL SELECT m::text FROM mentions AS m) AS every(x)";
    let before = server.ask("killed", all);
    let asleep =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = 'killed' AND wait_event = 'PgSleep'";
    let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'killed' AND wait_event = 'PgSleep'";
    let killed = |args: &[&str]| {
        let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
        command.args(args);
        std::thread::scope(|scope| {
            let running = scope.spawn(move || run(&mut command));
            wait_for(&server, asleep, "1");
            assert_eq!(server.ask("postgres", kill), "t");
            running.join().unwrap().failed()
        })
    };
    let said = killed(&["-f", "field.db", "push", &url]);
    assert!(said.contains("cannot write to assessments at postgres://"), "{said}");
    assert!(
        said.contains(
            "hint: the connection ended before this was done: nothing was written; run it again"
        ),
        "{said}"
    );
    assert_eq!(server.ask("killed", all), before);
    assert_eq!(
        server.ask(
            "killed",
            "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"
        ),
        "0"
    );
    // Ctrl-C does the same.
    let began = || server.ask("postgres", asleep) == "1";
    assert_eq!(sandbox.interrupt(&["-f", "field.db", "push", &url], began), Some(3));
    wait_for(&server, asleep, "0");
    assert_eq!(server.ask("killed", all), before);
    server.ask("killed", "ALTER TABLE assessments DROP CONSTRAINT slow");
    let _ = sandbox.run(&["-f", "field.db", "push", &url]).done();
    assert_eq!(server.ask("killed", "SELECT status FROM claims WHERE key = 'late'"), "reported");
    server.ask("killed", "DROP VIEW report_unverified; CREATE VIEW report_unverified AS SELECT c.key AS claim FROM claims AS c WHERE c.id < 5 OR slow()");
    let said = killed(&["-f", &url, "report", "unverified"]);
    assert!(
        said.contains("cannot run the query at postgres://")
            && said.contains("the connection ended"),
        "{said}"
    );
    let _ = sandbox.run(&["-f", "half.db", "init"]).done();
    let before = rows(&sandbox, "half.db");
    server.ask("killed", "ALTER TABLE mentions RENAME TO mentions_kept; CREATE VIEW mentions AS SELECT * FROM mentions_kept WHERE slow()");
    let said = killed(&["-f", "half.db", "import", &url]);
    assert!(
        said.contains("cannot read mentions at postgres://")
            && said.contains("the connection ended"),
        "{said}"
    );
    assert_eq!(rows(&sandbox, "half.db"), before);
}
