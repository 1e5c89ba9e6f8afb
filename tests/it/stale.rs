//! Stale verdicts: a claim that changed after it was judged, whoever changed it, is marked wherever the
//! verdict is shown.

use crate::common::Sandbox;

/// An archive of one judged claim with a place, a figure and a mention, two sources and two places.
fn judged() -> Sandbox {
    let sandbox = Sandbox::empty();
    let document = r#"
        onrecord = 1
        [[source]]
        key = "log"
        kind = "report"
        title = "Log"
        [[source]]
        key = "letter"
        kind = "report"
        title = "Letter"
        [[location]]
        key = "here"
        name = "Here"
        kind = "city"
        [[location]]
        key = "there"
        name = "There"
        kind = "city"
        [[measure]]
        key = "injured"
        title = "Injured"
        dimension = "people"
        growth = "cumulative"
        [[claim]]
        key = "c"
        text = "Six people were injured"
        kind = "event"
        happened = "2021-06-28"
        places = ["here"]
        [[claim.mention]]
        source = "log"
        [[claim.figure]]
        key = "f"
        measure = "injured"
        value = 6
        [[claim.assessment]]
        at = "2021-07-01T00:00:00Z"
        status = "reported"
        because = "One source."
    "#;
    let _ = sandbox.import(document).done();
    assert_eq!(stale(&sandbox), "0", "a verdict that comes with its claim is about it");
    sandbox
}

/// The column `stale` of the report on claims.
fn stale(sandbox: &Sandbox) -> String {
    sandbox.ask("SELECT group_concat(coalesce(stale, '-'), ' ') FROM report_claims")
}

/// The column `stale` of the report on verdicts.
fn stale_history(sandbox: &Sandbox) -> String {
    sandbox.ask("SELECT group_concat(stale, ' ') FROM report_history")
}

/// Changes of what a verdict is about: a name, the program's way, and that of another tool.
const CHANGES: [(&str, &[&str], &str); 10] = [
    (
        "text",
        &["add", "claim", "--update", "--key", "c", "--text", "Five people were injured"],
        "UPDATE claims SET text = 'Five people were injured' WHERE key = 'c'",
    ),
    (
        "kind",
        &["add", "claim", "--update", "--key", "c", "--kind", "quantity"],
        "UPDATE claims SET kind = 'quantity' WHERE key = 'c'",
    ),
    (
        "date",
        &["add", "claim", "--update", "--key", "c", "--happened", "2021-06-29"],
        "UPDATE claims SET happened = '2021-06-29' WHERE key = 'c'",
    ),
    (
        "figure",
        &["add", "figure", "--update", "--key", "f", "--value", "5"],
        "UPDATE figures SET value = 5 WHERE key = 'f'",
    ),
    (
        "further figure",
        &["add", "figure", "--claim", "c", "--measure", "injured", "--value", "7"],
        "INSERT INTO figures (key, claim_id, measure_id, value) VALUES ('g', 1, 1, 7)",
    ),
    ("figure gone", &["delete", "f", "--because", "Wrong."], "DELETE FROM figures"),
    (
        "place",
        &["add", "claim", "--update", "--key", "c", "--place", "there", "--replace-place"],
        "UPDATE claim_locations SET location_id = 2",
    ),
    (
        "further place",
        &["add", "place", "--claim", "c", "--location", "there"],
        "INSERT INTO claim_locations (claim_id, location_id) VALUES (1, 2)",
    ),
    (
        "denial",
        &["add", "mention", "--claim", "c", "--source", "letter", "--stance", "denies"],
        "INSERT INTO mentions (claim_id, source_id, stance)
           SELECT 1, id, 'denies' FROM sources WHERE key = 'letter'",
    ),
    (
        "stance",
        &["add", "mention", "--claim", "c", "--source", "log", "--stance", "disputes", "--update"],
        "UPDATE mentions SET stance = 'disputes'",
    ),
];

#[test]
fn a_change_of_what_was_judged_makes_the_verdict_stale() {
    for (name, args, sql) in CHANGES {
        let by_tool = judged();
        by_tool.other_tool().execute_batch(sql).unwrap();
        assert_eq!(stale(&by_tool), "1", "{name}, by another tool");
        let by_program = judged();
        let _ = by_program.run(args).done();
        assert_eq!(stale(&by_program), "1", "{name}, by the program");
        let _ = by_program.run(&["undo"]).done();
        assert_eq!(stale(&by_program), "0", "{name}, taken back");
        let _ = by_program.run(&["undo"]).done();
        assert_eq!(stale(&by_program), "1", "{name}, done again");
    }
    let sandbox = judged();
    sandbox.other_tool().execute_batch("DELETE FROM mentions").unwrap();
    assert_eq!(stale(&sandbox), "1", "nobody says it any more");
}

#[test]
fn what_was_not_judged_may_change() {
    let sandbox = judged();
    let support = ["add", "mention", "--claim", "c", "--source", "letter", "--stance", "supports"];
    let _ = sandbox.run(&support).done();
    let note = ["add", "claim", "--update", "--key", "c", "--note", "See the log."];
    let _ = sandbox.run(&note).done();
    let _ = sandbox.run(&["rename", "f", "injured-six"]).done();
    let _ = sandbox.run(&["rename", "c", "six-injured"]).done();
    let tool = sandbox.other_tool();
    tool.execute_batch(
        "UPDATE figures SET note = 'n'; UPDATE claim_locations SET words = 'in the town';
         UPDATE mentions SET locator = 'p. 1'; UPDATE claims SET text = text",
    )
    .unwrap();
    assert_eq!(stale(&sandbox), "0");
}

#[test]
fn records_that_were_entered_twice_are_no_change_of_what_was_judged() {
    let sandbox = judged();
    let measure = ["add", "measure", "--key", "hurt", "--title", "Hurt"];
    let measure = [&measure[..], &["--dimension", "people", "--growth", "cumulative"]].concat();
    let _ = sandbox.run(&measure).done();
    let _ = sandbox.run(&["merge-places", "here", "there"]).done();
    let _ = sandbox.run(&["merge-sources", "log", "letter"]).done();
    let _ = sandbox.run(&["merge-measures", "injured", "hurt"]).done();
    assert_eq!(stale(&sandbox), "0");
}

#[test]
fn a_verdict_on_a_claim_that_was_merged_away_is_stale() {
    let sandbox = judged();
    let add = ["add", "claim", "--key", "d", "--text", "Six were hurt", "--kind", "event"];
    let _ = sandbox.run(&add).done();
    let _ = sandbox.run(&["merge-claims", "c", "d", "--because", "The same."]).done();
    assert_eq!(stale(&sandbox), "1");
    let _ = sandbox.run(&["undo"]).done();
    assert_eq!(stale(&sandbox), "0 -");
}

#[test]
fn a_new_verdict_is_about_the_claim_as_it_stands() {
    let sandbox = judged();
    let tool = sandbox.other_tool();
    tool.execute_batch("UPDATE claims SET text = 'Five people were injured'").unwrap();
    let _ = sandbox.run(&["assess", "c", "reported", "--because", "Again."]).done();
    assert_eq!(stale(&sandbox), "0");
    tool.execute_batch("UPDATE figures SET value = 5").unwrap();
    tool.execute_batch(
        "INSERT INTO assessments (claim_id, status, assessor_id, at, because)
           SELECT 1, 'reported', id, '2090-01-01T00:00:00Z', 'Once more.' FROM sources WHERE key = 'desk'",
    )
    .unwrap();
    assert_eq!(stale(&sandbox), "0", "also where another tool gives it");
    assert_eq!(stale_history(&sandbox), "1 1 0");
    // The verdict before it, which holds again, is about another state.
    let _ = sandbox.run(&["assess", "c", "--undo"]).done();
    assert_eq!(stale(&sandbox), "1");
}

/// A number that an undone change had is not given to another change.
#[test]
fn a_verdict_on_an_undone_change_stays_stale() {
    let sandbox = judged();
    let text = |text| ["add", "claim", "--update", "--key", "c", "--text", text];
    let _ = sandbox.run(&text("Five people were injured")).done();
    let _ = sandbox.run(&["undo"]).done();
    let value = ["add", "figure", "--update", "--key", "f", "--value", "5"];
    let _ = sandbox.run(&value).done();
    let _ = sandbox.run(&["assess", "c", "reported", "--because", "Of five."]).done();
    let _ = sandbox.run(&["undo", "5"]).done();
    assert_eq!(stale(&sandbox), "1", "it was about the other figure");
    // Redo of the first change.
    let _ = sandbox.run(&["undo", "4"]).done();
    assert_eq!(stale(&sandbox), "1", "it was about neither");
}

/// A supporting mention that is taken back is a loss for a verdict that was given with it in view.
#[test]
fn undoing_a_supporting_mention_counts_for_later_verdicts_alone() {
    let support = ["add", "mention", "--claim", "c", "--source", "letter", "--stance", "supports"];
    let sandbox = judged();
    let _ = sandbox.run(&support).done();
    let _ = sandbox.run(&["undo", "3"]).done();
    assert_eq!(stale(&sandbox), "0", "the verdict was given without it");
    let sandbox = judged();
    let _ = sandbox.run(&support).done();
    let _ = sandbox.run(&["assess", "c", "corroborated", "--because", "Two say so."]).done();
    let _ = sandbox.run(&["undo", "3"]).done();
    assert_eq!(stale(&sandbox), "1", "the verdict was given with it");
}

#[test]
fn nobody_passes_a_stale_verdict_off_as_a_new_one() {
    let sandbox = judged();
    let tool = sandbox.other_tool();
    tool.execute_batch("UPDATE claims SET text = 'Five'").unwrap();
    for (sql, refused) in [
        ("UPDATE claims SET version = 1", "claims.version only rises"),
        ("UPDATE assessments SET claim_version = 3", "noted when the verdict is given"),
        (
            "INSERT INTO assessments (claim_id, status, assessor_id, at, because)
               SELECT 1, 'reported', id, '2021-08-01T00:00:00Z', 'x' FROM sources WHERE key = 'desk';
             UPDATE claims SET text = 'Four';
             UPDATE assessments SET claim_version = 3 WHERE id = 1",
            "noted when the verdict is given",
        ),
        (
            "UPDATE assessments SET claim_version = 3 WHERE id = 2",
            "noted when the verdict is given",
        ),
        ("UPDATE assessments SET because = 'Another.'", "verdicts are append-only"),
    ] {
        let error = tool.execute_batch(sql).unwrap_err().to_string();
        assert!(error.contains(refused), "{sql}: {error}");
    }
    assert_eq!(stale(&sandbox), "1");
}

#[test]
fn a_stale_verdict_is_marked_wherever_it_is_shown() {
    let sandbox = judged();
    assert!(!sandbox.run(&["check"]).done().contains("it changed"));
    let page = sandbox.run(&["publish", "fresh.html"]).done();
    assert!(!page.contains("changed since"), "{page}");
    let fresh = std::fs::read_to_string(sandbox.path("fresh.html")).unwrap();
    assert!(!fresh.contains("the claim changed since") && !fresh.contains("judged before"));
    assert!(!sandbox.run(&["show", "c"]).done().contains("the claim changed since"));
    sandbox.other_tool().execute_batch("UPDATE figures SET value = 60").unwrap();
    let check = sandbox.run(&["check"]);
    let found = format!("{}{}", check.out, check.err);
    assert!(
        found.contains("it changed since the verdict that holds: reported of 2021-07-01T00:00:00Z"),
        "{found}"
    );
    let show = sandbox.run(&["show", "c"]).done();
    assert!(show.contains("the claim changed since this verdict"), "{show}");
    let suggest = sandbox.run(&["suggest"]).done();
    assert!(suggest.contains("does the verdict still hold?"), "{suggest}");
    assert!(suggest.contains("onrecord assess c reported --because"), "{suggest}");
    let status = ["report", "status", "--columns", "status,claims,stale", "--format", "csv"];
    assert!(sandbox.run(&status).done().contains("reported,1,1"));
    let map = sandbox.run(&["export", "geojson"]).done();
    assert!(!map.contains("\"stale\":0"), "{map}");
    let _ = sandbox.run(&["publish", "stale.html"]).done();
    let page = std::fs::read_to_string(sandbox.path("stale.html")).unwrap();
    assert!(page.contains("judged before it changed") && page.contains("the claim changed since"));
    // In the list of claims and at the figures too.
    assert!(page.matches("judged before it changed").count() >= 3, "{page}");
}

/// The versions of all claims and verdicts.
fn versions(sandbox: &Sandbox) -> String {
    let claims = sandbox.ask("SELECT group_concat(key || version, ' ') FROM claims");
    let verdicts =
        "SELECT group_concat(claim_version, ' ') FROM (SELECT * FROM assessments ORDER BY at)";
    format!("{claims}: {}", sandbox.ask(verdicts))
}

#[test]
fn an_export_and_a_merge_carry_what_is_stale() {
    let sandbox = judged();
    sandbox.other_tool().execute_batch("UPDATE figures SET value = 5").unwrap();
    let _ = sandbox.run(&["assess", "c", "reported", "--because", "Of five."]).done();
    sandbox.other_tool().execute_batch("UPDATE figures SET value = 60").unwrap();
    assert_eq!(versions(&sandbox), "c3: 1 2");
    let export = sandbox.run(&["export", "ndjson"]).done();

    let restored = Sandbox::empty();
    restored.write("all.ndjson", &export);
    let _ = restored.run(&["import", "all.ndjson"]).done();
    assert_eq!(versions(&restored), "c3: 1 2");
    assert_eq!(restored.run(&["export", "ndjson"]).done(), export);
    restored.other_tool().execute_batch("UPDATE figures SET value = 7").unwrap();
    assert_eq!(versions(&restored), "c4: 1 2");

    // An archive with something in it has versions of its own.
    let begun = Sandbox::empty();
    let source = ["add", "source", "--kind", "report", "--title", "Other"];
    let claim = ["add", "claim", "--text", "Other", "--kind", "event"];
    let _ = begun.run(&source).done();
    let _ = begun.run(&claim).done();
    begun.write("all.ndjson", &export);
    let _ = begun.run(&["import", "all.ndjson"]).done();
    assert_eq!(stale_history(&begun), "1 1");
    let _ = begun.run(&["import", "all.ndjson"]).done();
    assert_eq!(stale_history(&begun), "1 1");

    let merging = Sandbox::empty();
    let other = sandbox.path("onrecord.db");
    let _ = merging.run(&["merge", other.to_str().unwrap()]).done();
    assert_eq!(stale_history(&merging), "1 1");
    assert_eq!(stale(&merging), "1");
}

#[test]
fn a_merged_verdict_is_stale_where_the_claim_says_something_else_here() {
    let ours = judged();
    let copy = ours.path("copy.db");
    std::fs::copy(ours.path("onrecord.db"), &copy).unwrap();
    let verdict = ["--file", "copy.db", "assess", "c", "disputed", "--because", "Seen again."];
    let _ = ours.run(&verdict).done();
    let untouched = Sandbox::empty();
    std::fs::copy(ours.path("onrecord.db"), untouched.path("onrecord.db")).unwrap();
    let _ = untouched.run(&["merge", copy.to_str().unwrap()]).done();
    assert_eq!(stale_history(&untouched), "0 0");

    // Here somebody denied it meanwhile: neither verdict knows of that.
    let deny = ["add", "mention", "--claim", "c", "--source", "letter", "--stance", "denies"];
    let _ = ours.run(&deny).done();
    let _ = ours.run(&["merge", "copy.db"]).done();
    assert_eq!(stale_history(&ours), "1 1");
}

/// An import that judges a claim completes it: figures that wait for one another come in after the verdict.
#[test]
fn an_import_judges_the_claim_as_it_leaves_it() {
    let sandbox = judged();
    let mut document = String::from("onrecord = 1\n");
    for n in 0..400 {
        document += &format!(
            "[[claim]]\nkey = \"n{n}\"\ntext = \"N {n}\"\nkind = \"event\"\nplaces = [\"here\"]\n\
             [[claim.figure]]\nkey = \"n{n}f\"\nmeasure = \"injured\"\nvalue = 1\nout_of = \"n{}f\"\n\
             [[claim.assessment]]\nat = \"2021-07-01T00:00:00Z\"\nstatus = \"reported\"\nbecause = \"B\"\n",
            (n + 1) % 401
        );
    }
    // The last of the chain, and a change of the claim that was judged before.
    document += "[[claim]]\nkey = \"n400\"\ntext = \"N\"\nkind = \"event\"\n\
         [[claim.figure]]\nkey = \"n400f\"\nmeasure = \"injured\"\nvalue = 9\n\
         [[figure]]\nkey = \"g\"\nclaim = \"c\"\nmeasure = \"injured\"\nvalue = 9\n";
    let _ = sandbox.import(&document).done();
    assert_eq!(sandbox.ask("SELECT group_concat(key) FROM claims WHERE version > 1"), "c");
    assert_eq!(sandbox.ask("SELECT sum(stale) FROM report_claims"), "1");
    assert_eq!(sandbox.ask("SELECT count(*) FROM stale_claims"), "1");
}

/// Versions are counted anew in each archive; a document says which verdicts are stale, and nothing more.
#[test]
fn a_document_states_no_version_of_a_claim_and_which_verdicts_are_stale() {
    let document = |of_claim: &str, of_verdict: &str| {
        format!(
            "onrecord = 1\n[[claim]]\nkey = \"c\"\ntext = \"C\"\nkind = \"event\"\n{of_claim}\n\
             [[claim.assessment]]\nstatus = \"reported\"\nbecause = \"x\"\n{of_verdict}\n"
        )
    };
    for (field, instead) in [
        ("version = 2", "version of a claim follows from other rows; leave it out"),
        (
            "status = \"reported\"",
            "status of a claim follows from other rows; write a [[claim.assessment]]",
        ),
    ] {
        let said = Sandbox::empty().import(&document(field, "")).failed();
        assert!(said.contains(instead), "{said}");
    }
    for (field, stale) in [("", "0"), ("claim_version = 1", "0"), ("claim_version = 0", "1")] {
        let sandbox = Sandbox::empty();
        let _ = sandbox.import(&document("", field)).done();
        assert_eq!(sandbox.ask("SELECT stale FROM report_claims"), stale, "{field}");
    }
}
