//! Two verdicts of one assessor on a claim at one moment: nothing says which holds, so they are refused, and doubted
//! where another tool wrote them.

use crate::common::Sandbox;

const HEADINGS: &str = "claim,status,assessor,assessed_at,because\n";

/// A claim, and a source that judges it.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::empty();
    let document = "onrecord = 1\n[[source]]\nkey = \"checkers\"\nkind = \"organisation\"\ntitle = \"Checkers\"\n\
        [[claim]]\nkey = \"fell\"\ntext = \"The town fell\"\nkind = \"event\"\n";
    let _ = sandbox.import(document).done();
    sandbox
}

fn table(sandbox: &Sandbox, rows: &[&str]) -> crate::common::Run {
    sandbox.write("t.csv", format!("{HEADINGS}{}\n", rows.join("\n")));
    sandbox.run(&["import", "t.csv"])
}

const VERDICTS: &str =
    "SELECT group_concat(status, ' ') FROM (SELECT status FROM assessments ORDER BY id)";

#[test]
fn two_verdicts_of_one_moment_are_refused_in_either_order() {
    let sandbox = sandbox();
    let confirmed = "fell,reported,checkers,2021-06-30T10:00:00Z,Seen.";
    let refuted = "fell,refuted,checkers,2021-06-30T10:00:00Z,No such town.";
    for rows in [[confirmed, refuted], [refuted, confirmed]] {
        let error = table(&sandbox, &rows).failed();
        assert!(
            error.contains("checkers would judge claim fell as ")
                && error.contains("at the same moment, 2021-06-30T10:00:00Z")
                && error.contains("give each verdict its own moment (`at`)"),
            "{error}"
        );
    }
    let undated = ["fell,reported,checkers,,Seen.", "fell,refuted,checkers,,No such town."];
    let error = table(&sandbox, &undated).failed();
    assert!(
        error.contains(
            "checkers judges claim fell as reported and as refuted, and nothing says which is later"
        ),
        "{error}"
    );
    assert_eq!(sandbox.ask("SELECT count(*) FROM assessments"), "0");
    // Two that say the same leave nothing open, nor do those of two assessors or of two moments.
    let others = [
        confirmed,
        "fell,reported,checkers,2021-06-30T10:00:00Z,Seen again.",
        "fell,refuted,desk,2021-06-30T10:00:00Z,No such town.",
        "fell,refuted,checkers,2021-06-30T10:00:01Z,No such town.",
    ];
    let _ = table(&sandbox, &others).done();
    assert_eq!(sandbox.ask(VERDICTS), "reported reported refuted refuted");
}

#[test]
fn a_verdict_that_is_there_is_not_contradicted_at_its_own_moment() {
    let sandbox = sandbox();
    let _ = table(&sandbox, &["fell,reported,checkers,2021-06-30T10:00:00Z,Seen."]).done();
    let other = "fell,refuted,checkers,2021-06-30T10:00:00Z,No such town.";
    let error = table(&sandbox, &[other]).failed();
    assert!(error.contains("as reported and as refuted at the same moment"), "{error}");
    std::fs::copy(sandbox.path("onrecord.db"), sandbox.path("copy.db")).unwrap();
    let _ = sandbox.run(&["assess", "fell", "--undo", "--by", "checkers"]).done();
    let _ = table(&sandbox, &[other]).done();
    assert_eq!(sandbox.ask("SELECT status FROM claims"), "refuted");
    // A copy that still has the other: its retraction goes with it, and nothing is open.
    let _ = sandbox.run(&["--file", "copy.db", "merge", "onrecord.db"]).done();
    // One that judged by itself, at that very moment, is refused.
    std::fs::remove_file(sandbox.path("copy.db")).unwrap();
    let _ = sandbox.run(&["--file", "copy.db", "init"]).done();
    let document = "onrecord = 1\n[[source]]\nkey = \"checkers\"\nkind = \"organisation\"\ntitle = \"Checkers\"\n\
        [[claim]]\nkey = \"fell\"\ntext = \"The town fell\"\nkind = \"event\"\n\
        [[claim.assessment]]\nstatus = \"disputed\"\nby = \"checkers\"\nat = \"2021-06-30T10:00:00Z\"\nbecause = \"Rumours.\"\n";
    sandbox.write("c.toml", document);
    let _ = sandbox.run(&["--file", "copy.db", "import", "c.toml"]).done();
    let error = sandbox.run(&["merge", "copy.db"]).failed();
    assert!(error.contains("checkers would judge claim fell as "), "{error}");
    assert_eq!(sandbox.ask("SELECT status FROM claims"), "refuted");
}

#[test]
fn assess_takes_the_next_second_where_this_one_has_another_verdict() {
    let sandbox = sandbox();
    for status in ["reported", "refuted", "disputed", "reported"] {
        let _ = sandbox.run(&["assess", "fell", status, "--because", "x"]).done();
        assert_eq!(sandbox.ask("SELECT status FROM claims"), status);
    }
    assert_eq!(sandbox.ask("SELECT count(DISTINCT at) FROM assessments"), "4");
}

#[test]
fn what_another_tool_wrote_is_doubted_until_a_later_verdict_settles_it() {
    let sandbox = sandbox();
    let _ = table(&sandbox, &["fell,reported,checkers,2021-06-30T10:00:00Z,Seen."]).done();
    let insert = "INSERT INTO assessments (claim_id, status, assessor_id, at, because)
        SELECT claim_id, 'refuted', assessor_id, at, 'No such town.' FROM assessments";
    let _ = sandbox.other_tool().execute(insert, []).unwrap();
    let doubts = || sandbox.run(&["check", "--doubts", "tied-verdicts", "--format", "csv"]).out;
    assert!(
        doubts().contains(
            "checkers judged it as reported and as refuted at one moment, 2021-06-30T10:00:00Z"
        ),
        "{}",
        doubts()
    );
    let _ = table(&sandbox, &["fell,disputed,checkers,2021-06-30T10:00:05Z,Both may be."]).done();
    assert!(!doubts().contains("checkers judged"), "{}", doubts());
}
