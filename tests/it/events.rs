//! Figures of events: which are compared, and as what.

use crate::common::Sandbox;

/// Claims of events with a figure each: key, text, day, place, document, its day, value.
type Event = (&'static str, &'static str, &'static str, &'static str, &'static str, i64);

/// An archive with these claims on one measure. Northtown and Southtown lie in Shire; the mill lies in
/// Southtown.
fn archive(growth: &str, events: &[Event], more: &str) -> Sandbox {
    let mut text = format!(
        "onrecord = 1\n{more}[[measure]]\nkey = \"dead\"\ntitle = \"Dead\"\ndimension = \"people\"\ngrowth = \"{growth}\"\n"
    );
    for (key, kind, within) in [
        ("shire", "province", ""),
        ("northtown", "town", "within = \"shire\"\n"),
        ("southtown", "town", "within = \"shire\"\n"),
        ("mill", "site", "within = \"southtown\"\n"),
    ] {
        text += &format!(
            "[[location]]\nkey = \"{key}\"\nname = \"{key}\"\nkind = \"{kind}\"\n{within}"
        );
    }
    let mut documents: Vec<&str> = Vec::new();
    for (key, happened, place, document, said, value) in events {
        if !documents.contains(document) {
            documents.push(document);
            text += &format!(
                "[[source]]\nkey = \"{document}\"\nkind = \"article\"\ntitle = \"{document}\"\noutlet = \"{document}\"\n"
            );
        }
        let places =
            if place.is_empty() { String::new() } else { format!("places = [\"{place}\"]\n") };
        let happened = if happened.is_empty() {
            String::new()
        } else {
            format!("happened = \"{happened}\"\n")
        };
        let said = if said.is_empty() { String::new() } else { format!("said_on = \"{said}\"\n") };
        text += &format!(
            "[[claim]]\nkey = \"{key}\"\ntext = \"{key}\"\nkind = \"event\"\n{happened}{places}\
             [[claim.mention]]\nsource = \"{document}\"\n{said}\
             [[claim.figure]]\nmeasure = \"dead\"\nvalue = {value}\n"
        );
    }
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(&text).done();
    sandbox
}

/// The pairs that are found: finding, and the claims with the smaller and the larger number.
fn found(sandbox: &Sandbox) -> Vec<String> {
    let out = sandbox
        .run(&[
            "report",
            "figure-conflicts",
            "--where",
            "finding!=not compared",
            "--columns",
            "finding,claim,other_claim",
            "--format",
            "tsv",
        ])
        .done();
    out.lines().skip(1).map(|line| line.replace('\t', " ")).collect()
}

const NORTH: Event = ("north", "2022-06-30", "northtown", "one", "", 3);
const SOUTH: Event = ("south", "2022-06-30", "southtown", "two", "", 30);
const AGAIN: Event = ("again", "2022-06-30", "southtown", "three", "", 41);

#[test]
fn figures_of_two_towns_are_never_compared() {
    for (growth, finding) in [
        ("constant", "conflict"),
        ("level", "possible conflict"),
        ("per_period", "possible conflict"),
        ("cumulative", "possible conflict"),
        ("per_event", "possible conflict"),
    ] {
        let sandbox = archive(growth, &[NORTH, SOUTH, AGAIN], "");
        assert_eq!(found(&sandbox), [format!("{finding} south again")], "{growth}");
    }
    // The mill lies in the town; of a province nothing says which town is meant.
    let mill = ("mill-hit", "2022-06-30", "mill", "three", "", 41);
    assert_eq!(found(&archive("constant", &[NORTH, SOUTH, mill], "")), ["conflict south mill-hit"]);
    let shire = ("shire-hit", "2022-06-30", "shire", "three", "", 41);
    let both = ["conflict south shire-hit", "conflict north shire-hit"];
    let mut pairs = found(&archive("constant", &[NORTH, SOUTH, shire], ""));
    pairs.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(pairs, both);
    // A person says that two places tell of one event: neither holds another place, or one does.
    for link in
        [("north", "south"), ("south", "north"), ("north", "mill-hit"), ("mill-hit", "north")]
    {
        let link = format!(
            "[[link]]\nfrom = \"{}\"\nrelation = \"same_event\"\nto = \"{}\"\n",
            link.0, link.1
        );
        let pairs = found(&archive("constant", &[NORTH, SOUTH, mill], &link));
        assert_eq!(pairs.len(), 2, "{link}: {pairs:?}");
    }
}

/// Nothing says that a claim without a place tells of another event: from either side.
#[test]
fn figures_of_a_claim_without_a_place_are_compared_with_all() {
    for (value, pair) in [(1, "conflict nowhere north"), (41, "conflict north nowhere")] {
        let nowhere = ("nowhere", "2022-06-30", "", "two", "", value);
        assert_eq!(found(&archive("constant", &[NORTH, nowhere], "")), [pair]);
    }
}

/// Beyond fifty places around one, the places of claims are looked up and not walked to.
#[test]
fn a_place_however_deep_inside_another_is_compared_with_it() {
    for depth in [2, 49, 50, 51, 60] {
        let mut chain = String::new();
        for n in 1..=depth {
            let key = if n == depth { "deepest".to_owned() } else { format!("site-{n}") };
            let within = if n == 1 { "southtown".to_owned() } else { format!("site-{}", n - 1) };
            chain += &format!(
                "[[location]]\nkey = \"{key}\"\nname = \"{key}\"\nkind = \"site\"\nwithin = \"{within}\"\n"
            );
        }
        for (value, pair) in [(41, "south deep"), (11, "deep south")] {
            let deep = ("deep", "2022-06-30", "deepest", "three", "", value);
            let pairs = found(&archive("constant", &[NORTH, SOUTH, deep], &chain));
            assert_eq!(pairs, [format!("conflict {pair}")], "{depth}");
        }
    }
}

#[test]
fn figures_of_one_event_are_compared_by_link_or_by_place_and_days() {
    let pair =
        |one: Event, other: Event, more: &str| found(&archive("per_event", &[one, other], more));
    let possible = ["possible conflict south again"];
    assert_eq!(pair(SOUTH, AGAIN, ""), possible);
    // The days overlap, and are three at most.
    let on = |event: Event, happened: &'static str| {
        (event.0, happened, event.2, event.3, event.4, event.5)
    };
    assert_eq!(pair(SOUTH, on(AGAIN, "2022-06-29/2022-07-01"), ""), possible);
    assert_eq!(pair(SOUTH, on(AGAIN, "2022-06-28/2022-07-01"), ""), [""; 0], "four days");
    assert_eq!(pair(SOUTH, on(AGAIN, "2022-07-01"), ""), [""; 0], "another day");
    assert_eq!(pair(SOUTH, on(AGAIN, ""), ""), [""; 0], "no day");
    // A province is too large, and so is no place.
    let at =
        |event: Event, place: &'static str| (event.0, event.1, place, event.3, event.4, event.5);
    assert_eq!(pair(SOUTH, at(AGAIN, "shire"), ""), [""; 0]);
    assert_eq!(pair(SOUTH, at(AGAIN, ""), ""), [""; 0]);
    assert_eq!(pair(SOUTH, at(AGAIN, "mill"), ""), possible);
    // A list of incidents tells of different ones.
    let in_one = (AGAIN.0, AGAIN.1, AGAIN.2, "two", "", AGAIN.5);
    assert_eq!(pair(SOUTH, in_one, ""), [""; 0]);
    // What a person links is one event, wherever it is said to be.
    let link = "[[link]]\nfrom = \"again\"\nrelation = \"same_event\"\nto = \"south\"\n";
    assert_eq!(pair(SOUTH, in_one, link), ["conflict south again"]);
    assert_eq!(pair(SOUTH, at(AGAIN, ""), link), ["conflict south again"]);
    assert_eq!(pair(SOUTH, at(AGAIN, "northtown"), link), ["conflict south again"]);
    let sandbox = archive("per_event", &[SOUTH, AGAIN], link);
    let error = sandbox.run(&[
        "add",
        "link",
        "--from",
        "south",
        "--relation",
        "same_event",
        "--to",
        "again",
    ]);
    assert!(error.failed().contains("the other way round already"));
}

#[test]
fn figures_of_one_event_that_agree_were_compared() {
    let not_compared = |other: Event, more: &str| {
        let sandbox = archive("per_event", &[SOUTH, other], more);
        assert_eq!(sandbox.ask("SELECT count(*) FROM conflicting_figures"), "0", "they agree");
        sandbox.ask(
            "SELECT coalesce(group_concat(figures || ' ' || why), 'all') FROM report_figure_conflicts",
        )
    };
    let same = ("again", "2022-06-30", "southtown", "three", "", SOUTH.5);
    assert_eq!(not_compared(same, ""), "all");
    let elsewhere = ("again", "2022-06-30", "northtown", "three", "", SOUTH.5);
    assert_eq!(not_compared(elsewhere, ""), "2 no other is of the same event");
    let link = "[[link]]\nfrom = \"again\"\nrelation = \"same_event\"\nto = \"south\"\n";
    assert_eq!(not_compared(elsewhere, link), "all");
}

#[test]
fn a_time_that_is_not_stated_is_assumed_and_makes_a_possible_conflict() {
    let said = |key, document, day, value| (key, "", "southtown", document, day, value);
    let pair = |one: Event, other: Event| found(&archive("level", &[one, other], ""));
    // The day on which it was said.
    let one = said("south", "two", "2022-06-30", 30);
    assert_eq!(
        pair(one, said("again", "three", "2022-06-30", 41)),
        ["possible conflict south again"]
    );
    assert_eq!(pair(one, said("again", "three", "2022-07-01", 41)), [""; 0], "an update");
    // The day of the event comes first.
    let happened = ("again", "2022-06-30", "southtown", "three", "2022-07-05", 41);
    assert_eq!(pair(one, happened), ["possible conflict south again"]);
    let why = archive("level", &[one, happened], "")
        .run(&["report", "figure-conflicts", "--columns", "why", "--format", "csv"])
        .done();
    assert_eq!(why, "why\nfor the same time; a time is assumed\n");
}

#[test]
fn what_one_voice_said_on_two_days_is_a_revision() {
    let speaks = "[[source]]\nkey = \"office\"\nkind = \"organisation\"\ntitle = \"Office\"\n\
         [[source]]\nkey = \"wire\"\nkind = \"article\"\ntitle = \"wire\"\noutlet = \"wire\"\n";
    let event =
        |key, document, said, value| (key, "2022-06-30", "southtown", document, said, value);
    let pair = |one: Event, other: Event| found(&archive("constant", &[one, other], speaks));
    let first = event("south", "wire-a", "2022-07-01", 30);
    assert_eq!(pair(first, event("again", "wire-a", "2022-07-02", 41)), ["revision south again"]);
    assert_eq!(
        pair(first, event("again", "wire-a", "2022-07-01", 41)),
        ["conflict south again"],
        "one day"
    );
    assert_eq!(
        pair(first, event("again", "wire-b", "2022-07-02", 41)),
        ["conflict south again"],
        "two voices"
    );
    // Two papers that quote one body.
    let sandbox = archive("constant", &[first, event("again", "wire-b", "2022-07-02", 41)], speaks);
    sandbox
        .other_tool()
        .execute_batch(
            "UPDATE mentions SET speaker_id = (SELECT id FROM sources WHERE key = 'office')",
        )
        .unwrap();
    assert_eq!(found(&sandbox), ["revision south again"]);
    let kinds =
        sandbox.run(&["report", "contradictions", "--columns", "kind", "--format", "csv"]).done();
    assert_eq!(kinds, "kind\n", "a revision contradicts nothing");
}
