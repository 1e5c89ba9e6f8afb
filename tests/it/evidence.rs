//! The evidence of verdicts: by name, with the claim, for a verdict that was given, and asked for.

use crate::common::{Run, Sandbox};

/// An archive with a report, and an unassessed claim that it states.
fn with_a_claim() -> Sandbox {
    let sandbox = Sandbox::empty();
    let title = "--title=Situation report 2";
    sandbox.run(&["add", "source", "--key=report", "--kind=report", title]).done();
    let text = "The bridge at Hallow is closed";
    sandbox.run(&["add", "claim", text, "--key=closed", "--source=report"]).done();
    sandbox
}

/// The status lines of a command that must succeed.
#[track_caller]
fn said(run: Run) -> String {
    let said = run.err.clone();
    run.done();
    said.trim().to_owned()
}

/// The evidence of all verdicts on a claim: kinds and keys, in their order.
fn evidence(sandbox: &Sandbox, claim: &str) -> String {
    let sql = format!(
        "select ifnull(group_concat(t, ' '), '') from (
           select ifnull('source:' || s.key, '') || ifnull('claim:' || o.key, '') || ifnull('figure:' || f.key, '') as t
           from assessment_evidence e join assessments a on a.id = e.assessment_id
           join claims c on c.id = a.claim_id left join sources s on s.id = e.source_id
           left join claims o on o.id = e.claim_id left join figures f on f.id = e.figure_id
           where c.key = '{claim}' order by e.id)"
    );
    sandbox.ask(&sql).replace('"', "")
}

#[test]
fn a_command_asks_for_evidence_where_check_does() {
    let sandbox = with_a_claim();
    let sql = "select group_concat(code, ' ') from statuses where assignable = 1";
    let statuses = sandbox.ask(sql).replace('"', "");
    assert!(statuses.split(' ').count() > 5, "{statuses}");
    for status in statuses.split(' ') {
        let key = format!("--key={status}");
        let verdict = ["--verdict", status, "--because=So it is."];
        let claim = ["add", "claim", status, &key, "--source=report"];
        let with_claim = sandbox.run(&[&claim[..], &verdict].concat());
        let assessed = sandbox.run(&["assess", "closed", status, "--because=So it is."]);
        let sql = format!(
            "select count(*) from check_evidence where finding like '%names no evidence'
             and key in ('closed', '{status}')"
        );
        let is_found = sandbox.ask(&sql) == "2";
        assert_eq!(is_found, status == "confirmed", "{status}");
        for (claim, told) in [(status, said(with_claim)), ("closed", said(assessed))] {
            let how = format!("onrecord assess {claim} --evidence KEY-OR-NAME");
            assert_eq!(told.contains(&how), is_found, "{status}: {told}");
        }
    }
}

#[test]
fn no_evidence_is_asked_for_of_a_verdict_that_does_not_hold() {
    let sandbox = with_a_claim();
    sandbox.run(&["assess", "closed", "reported", "--because=One report."]).done();
    let other = ["assess", "closed", "confirmed", "--because=Ours.", "--by=report"];
    let told = said(sandbox.run(&other));
    assert!(told.contains("the status stays reported") && !told.contains("--evidence"), "{told}");
    let with = ["assess", "closed", "confirmed", "--because=Seen.", "--evidence=report"];
    assert_eq!(said(sandbox.run(&with)), "closed: confirmed");
    sandbox.run(&["check"]).done();
}

#[test]
fn a_claim_is_added_with_the_evidence_of_its_verdict() {
    let sandbox = with_a_claim();
    let claim =
        ["add", "claim", "The road is closed", "--key=road", "--new-source=Log book=report"];
    let figure = ["--new-measure=Roads=objects:level", "--figure=roads=1"];
    let verdict = ["--verdict=confirmed", "--because=The log says so."];
    let all = [
        "--evidence=log book",
        "--evidence=Situation report 2",
        "--evidence=claim:closed",
        "--evidence=The Bridge at  Hallow is closed",
    ];
    let told = said(sandbox.run(&[&claim[..], &figure, &verdict, &all[..3]].concat()));
    assert!(!told.contains("asks for"), "{told}");
    assert_eq!(evidence(&sandbox, "road"), "source:log-book source:report claim:closed");
    sandbox.run(&["check"]).done();
    // The key that a new source is going to get names it too, and a claim goes by its text.
    let claim = ["add", "claim", "The pass is closed", "--key=pass", "--new-source=Diary=report"];
    let by = ["--evidence=diary", all[3], "--evidence=road-roads"];
    sandbox.run(&[&claim[..], &verdict, &by].concat()).done();
    assert_eq!(evidence(&sandbox, "pass"), "source:diary claim:closed figure:road-roads");
    let nobody = ["add", "claim", "X", "--source=report", "--evidence=nobody"];
    let told = sandbox.run(&[&nobody[..], &verdict].concat()).failed();
    assert!(told.contains("no source, claim or figure \"nobody\""), "{told}");
    let run = sandbox.run(&nobody);
    assert_eq!(run.code, 2, "evidence is that of a verdict");
    assert!(run.err.contains("--verdict"), "{}", run.err);
    let edit = ["add", "claim", "X", "--source=report", "--evidence=report", "--edit"];
    let told = sandbox.run(&[&edit[..], &verdict].concat()).failed();
    assert!(told.contains("onrecord assess CLAIM --evidence KEY"), "{told}");
}

#[test]
fn evidence_is_added_to_the_verdict_that_was_given() {
    let sandbox = with_a_claim();
    let text = "the bridge at hallow is closed";
    let told = sandbox.run(&["assess", text, "--evidence=report"]).failed();
    assert!(told.contains("desk has no verdict on closed"), "{told}");
    sandbox.run(&["assess", text, "confirmed", "--because=One."]).done();
    sandbox.run(&["assess", "closed", "reported", "--because=Theirs.", "--by=report"]).done();
    let verdicts = || sandbox.ask("select count(*) from assessments");
    let before = verdicts();
    let add = ["assess", text, "--evidence=Situation report 2"];
    assert_eq!(said(sandbox.run(&add)), "closed: confirmed, with 1 more piece of evidence");
    let again = "closed: confirmed; this evidence is recorded already";
    assert_eq!(said(sandbox.run(&add)), again);
    assert_eq!(evidence(&sandbox, "closed"), "source:report");
    sandbox.run(&["check"]).done();
    let theirs = ["assess", "closed", "--evidence=report", "--by=Situation report 2"];
    assert!(said(sandbox.run(&theirs)).contains("closed: reported, with 1 more"));
    assert_eq!(
        (verdicts(), evidence(&sandbox, "closed").as_str()),
        (before, "source:report source:report")
    );
    sandbox.run(&["undo"]).done();
    assert_eq!(evidence(&sandbox, "closed"), "source:report");
    let told = sandbox.run(&[&add[..], &["--because=Two."]].concat()).failed();
    assert!(told.contains("leave --because"), "{told}");
    assert_eq!(sandbox.run(&["assess", "closed", "confirmed"]).code, 2, "a verdict has a reason");
    assert_eq!(sandbox.run(&["assess", "closed"]).code, 2);
}

#[test]
fn a_claim_goes_by_its_text_whatever_its_key_is() {
    let sandbox = with_a_claim();
    let mention = ["add", "mention", "--source=report", "--locator=p. 2", "--claim"];
    sandbox.run(&[&mention[..], &["The bridge at Hallow is closed"]].concat()).done();
    let sql =
        "select count(*) from mentions m join claims c on c.id = m.claim_id where c.key = 'closed'";
    assert_eq!(sandbox.ask(sql), "2");
    // Only the whole text is a name.
    sandbox.run(&[&mention[..], &["The bridge at Hallow"]].concat()).failed();
    // A change that another tool made is not in the search index yet.
    let other = sandbox.other_tool();
    other.execute("update claims set text = 'The -\"old\"* bridge is shut'", []).unwrap();
    drop(other);
    let assess = |because: &str| {
        sandbox.run(&["assess", "the -\"OLD\"* bridge is shut", "reported", "--because", because])
    };
    assert_eq!(said(assess("So it is.")), "closed: reported");
    // Now it is.
    assert_eq!(said(assess("It still is.")), "closed: reported");
    let other = sandbox.other_tool();
    let second = "insert into claims (key, text, kind) values ('shut', 'The -\"old\"* bridge is shut', 'state')";
    other.execute(second, []).unwrap();
    drop(other);
    let told = assess("Which one?").failed();
    assert!(told.contains("2 records are called"), "{told}");
}
