//! Verdicts whose moment nobody stated: the file says so, and a dated one holds before them.

use crate::common::Sandbox;

const STATUS: &str = "SELECT status FROM claims WHERE key = 'fell'";
const STATED: &str =
    "SELECT group_concat(at_stated, ' ') FROM (SELECT at_stated FROM assessments ORDER BY id)";

/// A claim with a verdict of a day, and a table of another one without.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "claim.toml",
        "onrecord = 1\n[[source]]\nkey = \"checkers\"\nkind = \"organisation\"\ntitle = \"Checkers\"\n\
         [[claim]]\nkey = \"fell\"\ntext = \"The town fell\"\nkind = \"event\"\n",
    );
    sandbox.write(
        "undated.csv",
        "claim,status,assessor,because\nfell,refuted,checkers,No such town.\n",
    );
    sandbox.write(
        "dated.csv",
        "claim,status,assessor,assessed_at,because\nfell,confirmed,checkers,2021-06-30T23:59:59Z,Seen.\n",
    );
    let _ = sandbox.run(&["import", "claim.toml"]).done();
    sandbox
}

#[test]
fn a_dated_verdict_holds_before_one_without_a_moment_in_either_order() {
    let sandbox = sandbox();
    let _ = sandbox.run(&["import", "undated.csv"]).done();
    assert_eq!((sandbox.ask(STATUS), sandbox.ask(STATED)), ("refuted".to_owned(), "0".to_owned()));
    let _ = sandbox.run(&["import", "dated.csv"]).done();
    assert_eq!(
        (sandbox.ask(STATUS), sandbox.ask(STATED)),
        ("confirmed".to_owned(), "0 1".to_owned())
    );
    // Again the same rows: nothing new, and nothing holds another way.
    let again = sandbox.run(&["import", "undated.csv"]);
    assert!(again.err.contains("fell has a dated one, which holds before it"), "{}", again.err);
    assert_eq!(
        (sandbox.ask(STATUS), sandbox.ask(STATED)),
        ("confirmed".to_owned(), "0 1".to_owned())
    );
    // A verdict given by hand is given now.
    let assess = ["assess", "fell", "disputed", "--by", "checkers", "--because", "Film is older."];
    let _ = sandbox.run(&assess).done();
    assert_eq!(
        (sandbox.ask(STATUS), sandbox.ask(STATED)),
        ("disputed".to_owned(), "0 1 1".to_owned())
    );
    assert_eq!(sandbox.ask("SELECT count(*) FROM assessor_verdicts"), "1");
    let history =
        "SELECT group_concat(coalesce(at, '-'), ' ') FROM (SELECT at FROM report_history)";
    assert!(
        sandbox.ask(history).starts_with("- 2021-06-30T23:59:59Z 2"),
        "{}",
        sandbox.ask(history)
    );
}

#[test]
fn no_output_dates_a_verdict_by_its_recording() {
    let sandbox = sandbox();
    let _ = sandbox.run(&["import", "undated.csv"]).done();
    let shown = sandbox.run(&["show", "fell"]).done();
    assert!(shown.contains("not stated; recorded 2"), "{shown}");
    let page = ["--base-url", "https://desk.example/p"];
    let reviews = sandbox.run(&[&["export", "claimreview"][..], &page].concat()).done();
    assert!(reviews.contains("refuted") || reviews.contains("False"), "{reviews}");
    assert!(!reviews.contains("datePublished"), "{reviews}");
    let _ = sandbox.run(&["publish", "page.html"]).done();
    assert!(
        std::fs::read_to_string(sandbox.path("page.html")).unwrap().contains("time not stated")
    );
}

#[test]
fn the_word_travels_and_a_contradiction_is_refused() {
    let sandbox = sandbox();
    let _ = sandbox.run(&["import", "undated.csv"]).done();
    let document = sandbox.run(&["export", "toml"]).done();
    assert_eq!(document.matches("at_stated = false").count(), 1, "{document}");
    for format in ["toml", "ndjson", "csv"] {
        let exported = sandbox.run(&["export", format]).done();
        let other = Sandbox::empty();
        other.write("e", &exported);
        let _ = other.run(&["import", "e", "--as", format]).done();
        assert_eq!(other.ask(STATED), "0", "{format}: {exported}");
        assert_eq!(other.run(&["export", format]).done(), exported, "{format}");
    }
    sandbox.write(
        "said.toml",
        "onrecord = 1\n[[assessment]]\nclaim = \"fell\"\nstatus = \"reported\"\nbecause = \"x\"\n\
         at_stated = true\n",
    );
    let refused = sandbox.run(&["import", "said.toml"]).failed();
    assert!(refused.contains("said.toml:6:"), "{refused}");
    assert!(refused.contains("at is not given"), "{refused}");
}
