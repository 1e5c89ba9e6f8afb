//! The second seed: statements of other pages on the article's topics, on the same measures where
//! they count the same thing, with their origins and the verdicts that follow.

use crate::common::Sandbox;
use serde_json::Value;

fn figures(sandbox: &Sandbox) -> Vec<Value> {
    let out = sandbox.run(&["report", "figures", "--format", "json"]).done();
    serde_json::from_str(&out).unwrap()
}

#[test]
fn every_number_of_the_other_pages_is_a_figure() {
    let sandbox = Sandbox::with_both_seeds();
    let figures = figures(&sandbox);
    // Value, low, high, qualifier, as of; the measure; the outlet that gives it.
    for (number, qualifier, measure) in [
        (111_000.0, "about", "civilian-casualties-since-2009"),
        (100_000.0, "over", "civilian-casualties-since-2009"),
        (5_183.0, "exact", ""),
        (1_659.0, "exact", ""),
        (3_254.0, "exact", ""),
        (69_000.0, "at_most", ""),
        (64_124.0, "exact", ""),
        (72.0, "exact", "journalists-killed"),
        (444.0, "exact", "aid-workers-killed"),
        (815_700_000_000.0, "exact", "war-cost"),
        (837_000_000_000.0, "exact", "war-cost"),
        (19_000_000_000.0, "about", "war-waste"),
        (73.0, "exact", "districts-held"),
        (157.0, "exact", "districts-held"),
        (50.0, "over", "districts-captured-since-may"),
        (370.0, "exact", "districts-total"),
        (204.0, "exact", "districts-held"),
        (32_000.0, "about", ""),
        (27.0, "at_least", ""),
        (2_700_000.0, "exact", "refugees"),
        (3_500_000.0, "about", "internally-displaced"),
    ] {
        let found = figures.iter().any(|figure| {
            let has = |name: &str| figure[name].as_f64() == Some(number);
            (has("value") || has("low") || has("high"))
                && figure["qualifier"] == qualifier
                && (measure.is_empty() || figure["measure"] == measure)
        });
        assert!(found, "{number} {qualifier} {measure}");
    }
}

#[test]
fn a_figure_of_one_year_is_not_of_the_measure_since_2009() {
    let sandbox = Sandbox::with_both_seeds();
    let figures = figures(&sandbox);
    let year = figures.iter().find(|figure| figure["value"] == 11002).unwrap();
    assert_eq!(year["as_of"], "2015");
    assert_ne!(year["measure"], "civilian-casualties-since-2009");
}

#[test]
fn verdicts_follow_the_evidence_and_come_after_it() {
    let sandbox = Sandbox::with_both_seeds();
    let status =
        |claim: &str| sandbox.ask(&format!("select status from claims where key = '{claim}'"));
    assert_eq!(status("civilian-casualties"), "refuted");
    assert_eq!(status("health-centre-shelled"), "reported");
    let evidence = sandbox.ask(
        "select count(*) from assessments a join claims c on c.id = a.claim_id \
         join assessment_evidence e on e.assessment_id = a.id \
         where c.key = 'civilian-casualties' and a.status = 'refuted'",
    );
    assert!(evidence.parse::<u32>().unwrap() >= 2, "{evidence}");
    let early = sandbox.ask(
        "select count(*) from assessments a join sources d on d.id = a.assessor_id and d.key = 'desk' \
         join assessment_evidence e on e.assessment_id = a.id join sources s on s.id = e.source_id \
         join dates t on t.edtf = s.published where t.latest > substr(a.at, 1, 10)",
    );
    assert_eq!(early, "0", "a verdict that is older than what it rests on");
}

#[test]
fn the_article_its_feature_and_the_wire_are_one_chain() {
    let sandbox = Sandbox::with_both_seeds();
    let edges = sandbox.run(&["sql", "select s.key, o.relation, t.key from source_origins o join sources s on s.id = o.source_id \
        join sources t on t.id = o.origin_id where o.relation in ('translates', 'copies', 'syndicates') or t.key like 'reuters-wire%'", "--format", "csv"]).done();
    for edge in [
        "taliban-advance-fr,translates,sun-feature-2021-06",
        "sun-feature-2021-06,cites,reuters-wire-2021-06-28",
    ] {
        assert!(edges.contains(edge), "{edge}\n{edges}");
    }
    let mentions = sandbox
        .run(&[
            "report",
            "claims",
            "--where",
            "claim=health-centre-shelled",
            "--columns",
            "sources,speakers",
            "--format",
            "csv",
        ])
        .done();
    assert!(mentions.contains("reuters-wire-2021-06-28"), "{mentions}");
    // All of them go back to the same person.
    assert!(mentions.trim_end().ends_with("zaher-shah-nekmal"), "{mentions}");
}

#[test]
fn the_second_seed_says_whose_counts_there_are_and_changes_nothing_else_nor_when_loaded_again() {
    let sandbox = Sandbox::seeded();
    let before = sandbox.run(&["export", "ndjson"]).done();
    let _ = sandbox.run(&["seed", "--with", "other-coverage"]).done();
    let changed = "select count(*) from revisions where table_name <> 'archive'";
    let counter = " and (table_name, column_name) = ('measures', 'counted_by_id')";
    assert_eq!(
        (sandbox.ask(changed), sandbox.ask(&format!("{changed}{counter}"))),
        ("3".to_owned(), "3".to_owned())
    );
    let after = sandbox.run(&["export", "ndjson"]).done();
    let changed = before.lines().filter(|line| !after.contains(*line));
    let other = changed.filter(|line| {
        let counted = line.starts_with("{\"table\":\"measures\"");
        let counted = counted
            && after.contains(&line.replace("\"counted_by\":null", "\"counted_by\":\"sigar\""))
            || after
                .contains(&line.replace("\"counted_by\":null", "\"counted_by\":\"costs-of-war\""));
        !counted && !line.starts_with("{\"table\":\"claims\"")
    });
    assert_eq!(other.collect::<Vec<_>>(), Vec::<&str>::new(), "only statuses may change");
    let bytes = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let _ = sandbox.run(&["seed", "--with", "other-coverage"]).done();
    assert!(bytes == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    let _ = sandbox.run(&["check"]).done();
    let error = sandbox.run(&["seed", "--with", "other-coverag"]).failed();
    assert!(error.contains("did you mean \"other-coverage\"?"), "{error}");
}
