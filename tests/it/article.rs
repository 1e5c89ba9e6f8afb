//! The bundled article: complete, and no more certain than the article itself.

use crate::common::Sandbox;
use serde_json::Value;

fn rows(sandbox: &Sandbox, sql: &str) -> Vec<Value> {
    serde_json::from_str(&sandbox.run(&["sql", sql, "--format", "json"]).done()).unwrap()
}

#[test]
fn every_paragraph_of_the_article_has_a_mention() {
    let sandbox = Sandbox::seeded();
    let found = rows(
        &sandbox,
        "select distinct locator from mentions where source_id = (select id from sources where key = 'taliban-advance-fr')",
    );
    for n in 1..=37 {
        let wanted = format!("¶{n}");
        assert!(
            found.iter().any(|row| row["locator"] == wanted.as_str()),
            "{wanted} is not mentioned"
        );
    }
}

#[test]
fn every_number_of_the_article_is_a_figure() {
    let sandbox = Sandbox::seeded();
    let out = sandbox.run(&["report", "figures", "--format", "json"]).done();
    let figures: Vec<Value> = serde_json::from_str(&out).unwrap();
    let has = |measure: &str, qualifier: &str, number: &str, value: f64, unit: Option<&str>| {
        assert!(
            figures.iter().any(|figure| figure["measure"] == measure
                && figure["qualifier"] == qualifier
                && figure[number].as_f64().is_some_and(|found| (found - value).abs() < 1e-9)
                && figure["unit"].as_str() == unit),
            "no figure {measure} {qualifier} {number}={value} {unit:?}"
        );
    };
    has("soldiers-surrendered", "exact", "value", 350.0, None);
    has("share-of-country-held", "about", "value", 1.0 / 3.0, None);
    has("health-workers-injured", "exact", "value", 5.0, None);
    has("districts-attacked-badakhshan", "exact", "value", 5.0, None);
    has("pylons-destroyed", "about", "value", 35.0, None);
    has("months-until-kabul-falls", "at_most", "high", 6.0, Some("months"));
    has("territory-growth", "nearly", "value", 2.0, None);
    has("districts-captured-since-may", "at_least", "low", 69.0, None);
    has("districts-total", "exact", "value", 407.0, None);
    has("districts-held", "exact", "value", 142.0, None);
    has("districts-sought", "exact", "value", 170.0, None);
    has("war-cost", "exact", "value", 815.7e9, Some("USD"));
    has("war-cost", "exact", "value", 586.7e9, Some("GBP"));
    has("war-cost", "nearly", "value", 1000e9, Some("USD"));
    has("war-waste", "about", "value", 19e9, Some("USD"));
    has("war-waste", "about", "value", 13.6e9, Some("GBP"));
    has("soldiers-killed", "between", "low", 66_000.0, None);
    has("soldiers-killed", "between", "high", 69_000.0, None);
    has("journalists-killed", "exact", "value", 72.0, None);
    has("aid-workers-killed", "exact", "value", 444.0, None);
    has("civilian-casualties-since-2009", "nearly", "value", 11_000.0, None);
    has("refugees", "nearly", "value", 2_700_000.0, None);
    has("internally-displaced", "exact", "value", 4_000_000.0, None);
    has("war-duration", "exact", "value", 20.0, Some("years"));
    let of = |qualifier: &str| {
        figures.iter().filter(|f| f["qualifier"] == qualifier && f["value"].is_null()).count()
    };
    assert!(of("tens") >= 1 && of("unquantified") >= 1);
    let part = figures.iter().find(|figure| figure["low"] == 69).unwrap();
    assert!(part["high"].is_null() && part["value"].is_null() && part["out_of"] == 407);
    assert!(figures.iter().all(|figure| figure["said"].is_string()), "a figure without its words");
}

#[test]
fn no_status_is_surer_than_the_article() {
    let sandbox = Sandbox::seeded();
    // The article's doubts are its own verdicts; the rest are the desk's, with a reason and a time.
    let doubts =
        rows(&sandbox, "select claim, assessor from report_history where status = 'unverified'");
    assert!(
        doubts.len() >= 4 && doubts.iter().all(|row| row["assessor"] == "taliban-advance-fr"),
        "{doubts:?}"
    );
    let reported =
        rows(&sandbox, "select distinct assessor from report_history where status = 'reported'");
    assert_eq!(reported.len(), 1);
    assert_eq!(reported[0]["assessor"], "desk");
    assert_eq!(sandbox.ask("select count(*) from claims where status = 'unassessed'"), "0");
    assert_eq!(
        sandbox.ask("select count(*) from claims where status in ('confirmed', 'refuted')"),
        "0"
    );
    let two =
        rows(&sandbox, "select claim, speakers from report_claims where status = 'corroborated'");
    assert_eq!(two.len(), 1);
    assert_eq!(two[0]["speakers"], "shafiqullah-atayi, taliban-spokesman");
    assert_eq!(
        sandbox.ask("select count(*) from claim_links l join claims a on a.id = l.from_id join claims b on b.id = l.to_id where l.relation = 'in_tension_with' and a.key in ('border-trade-stopped', 'border-crossing-open') and b.key in ('border-trade-stopped', 'border-crossing-open') and a.status = 'reported' and b.status = 'reported'"),
        "1"
    );
}

#[test]
fn dates_are_no_more_exact_than_the_article() {
    let sandbox = Sandbox::seeded();
    assert_eq!(
        sandbox.ask("select happened from claims where key = 'health-centre-shelled'"),
        "2021-06-28?"
    );
    assert_eq!(sandbox.ask("select due is null from claims where key = 'kabul-could-fall'"), "1");
    let due = rows(&sandbox, "select due from claims where kind = 'intention' and due is not null");
    assert!(!due.is_empty() && due.iter().all(|row| row["due"] == "../2021-09-11"));
    assert_eq!(
        sandbox.ask("select published from sources where key = 'taliban-advance-fr'"),
        "2021-06"
    );
}

#[test]
fn muqur_is_the_one_in_ghazni() {
    let sandbox = Sandbox::seeded();
    let place = &rows(
        &sandbox,
        "select l.ocha_pcode, w.key as within, l.lat, l.precision from locations l join locations w on w.id = l.within_id where l.key = 'muqur-ghazni'",
    )[0];
    assert_eq!(place["ocha_pcode"], "AF1115");
    assert_eq!(place["within"], "ghazni-province");
    assert_eq!(place["precision"], 3);
    assert_eq!(
        sandbox.ask("select count(*) from locations where lat is not null and precision is null"),
        "0"
    );
    // Search finds the place under every spelling.
    for name in ["Muqur", "moqor", "Muqer", "مقر"] {
        assert!(sandbox.run(&["search", name]).done().contains("muqur-ghazni"), "{name}");
    }
}

#[test]
fn an_archive_with_records_of_its_own_is_not_seeded() {
    let sandbox = Sandbox::empty();
    let _ = sandbox
        .import("onrecord = 1\n[[claim]]\nkey = 'mine'\ntext = 'The dam broke'\nkind = 'event'\n")
        .done();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    for args in [&["seed"][..], &["seed", "--with", "other-coverage"]] {
        let refused = sandbox.run(args).failed();
        assert!(
            refused.contains(
                "it has records of its own, claim mine among them, and no claim of the seed"
            ),
            "{refused}"
        );
        assert!(refused.contains("`onrecord --file seed.db seed`"), "{refused}");
    }
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    let _ = sandbox.run(&["--file", "seed.db", "seed"]).done();
    // A source alone makes the archive somebody's; the desk alone does not.
    let sandbox = Sandbox::empty();
    let source = ["add", "source", "--key", "log", "--kind", "report", "--title", "The log"];
    let _ = sandbox.run(&source).done();
    let refused = sandbox.run(&["seed"]).failed();
    assert!(refused.contains("it has records of its own, source log among them"), "{refused}");
    // An archive with nothing of its own takes the seed, and so does one that has claims of both.
    let sandbox = Sandbox::empty();
    let _ = sandbox.run(&["seed"]).done();
    let _ = sandbox
        .run(&["add", "claim", "--key", "mine", "--text", "The dam broke", "--kind", "event"])
        .done();
    let again = sandbox.run(&["seed", "--with", "other-coverage"]);
    assert!(again.err.contains("79 there already"), "{}", again.err);
    let _ = again.done();
}

#[test]
fn seeding_again_changes_no_byte() {
    let sandbox = Sandbox::seeded();
    let before = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    let again = sandbox.run(&["seed"]);
    assert!(again.err.contains("claims: 79 there already"), "{}", again.err);
    assert!(before == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    assert_eq!(sandbox.ask("select count(*) from revisions where table_name <> 'archive'"), "0");
    let _ = sandbox.run(&["check"]).done();
}
