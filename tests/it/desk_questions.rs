//! Questions of a desk that a report answers in the columns that it shows: who repeated a claim, which claims
//! disagree, what is contested about a place, what a claim lacks.

use crate::common::Sandbox;

/// An archive in which two outlets repeat one body, one contests it, and two claims of one town disagree.
const DESK: &str = r#"onrecord = 1
source = [
  { key = "council", kind = "report", title = "Situation report" },
  { key = "echo-a", kind = "article", title = "A", outlet = "A", origin = [{ origin = "council", relation = "cites" }] },
  { key = "echo-b", kind = "article", title = "B", outlet = "B", origin = [{ origin = "council", relation = "cites" }] },
  { key = "denier", kind = "article", title = "C", outlet = "C" },
  { key = "witness", kind = "unnamed", title = "a witness" },
]
location = [
  { key = "shire", name = "Shire", kind = "province" },
  { key = "town", name = "Town", kind = "town", within = "shire" },
]
measure = [
  { key = "houses", title = "Houses lost", dimension = "objects", growth = "constant" },
  { key = "length", title = "Length", dimension = "distance", growth = "constant", unit = "km" },
]
claim = [
  { key = "fire", text = "Fire", kind = "event", mention = [{ source = "council" }, { source = "echo-a" }, { source = "echo-b" }, { source = "denier", stance = "denies" }], figure = [{ key = "f-few", measure = "houses", value = 5 }] },
  { key = "smoke", text = "Smoke", kind = "event", places = ["town"], mention = [{ source = "echo-a", speaker = "witness" }, { source = "denier", speaker = "witness" }], figure = [{ key = "f-many", measure = "houses", value = 90 }] },
  { key = "calm", text = "Calm", kind = "state", places = ["shire"] },
  { key = "road", text = "Road", kind = "state", figure = [
    { key = "a-said", measure = "length", qualifier = "unquantified" },
    { key = "b-unknown", measure = "length", qualifier = "unknown" },
    { key = "c-none", measure = "length", qualifier = "none" },
    { key = "d-tens", measure = "length", qualifier = "tens" },
    { key = "e-over", measure = "length", qualifier = "over", value = 3 },
  ] },
]
link = [{ from = "calm", to = "road", relation = "in_tension_with" }]
"#;

#[test]
fn who_repeated_a_claim_is_in_echoes() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(DESK).done();
    let args = ["report", "echoes", "--order", "claim", "--columns"];
    let told = sandbox.run(&[&args[..], &["claim,origin,repeated_by", "--format", "tsv"]].concat());
    assert_eq!(
        told.done(),
        "claim\torigin\trepeated_by\nfire\tcouncil\techo-a, echo-b\nsmoke\t?witness\tdenier, echo-a\n"
    );
    let found = [&args[..], &["claim", "--where", "repeated_by=B", "--format", "tsv"]].concat();
    assert_eq!(sandbox.run(&found).done(), "claim\nfire\n");
}

#[test]
fn what_is_contested_about_a_place_is_in_contradictions() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(DESK).done();
    for (place, found) in [
        // The figures of two claims disagree, one of which is there; the place is that of either side.
        ("town", "fire\tsmoke\n"),
        // What is inside is of a place too, and so is the claim that a link begins at.
        ("shire", "calm\troad\nfire\tsmoke\n"),
    ] {
        let place = format!("place={place}");
        let args = ["--where", &place, "--where", "kind!=denied", "--columns", "claim,other_claim"];
        let args = [&["report", "contradictions"], &args[..], &["--format", "tsv"]].concat();
        assert_eq!(sandbox.run(&args).done(), format!("claim\tother_claim\n{found}"));
    }
}

#[test]
fn figures_that_disagree_are_told_with_both_claims() {
    let sandbox = Sandbox::with_both_seeds();
    let told = sandbox.run(&["report", "figure-conflicts", "--format", "ndjson"]).done();
    let mut kinds = [0, 0];
    for line in told.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |column: &str| row[column].as_str().unwrap_or_default().to_owned();
        let numbers = match text("finding") == "not compared" {
            true => format!(
                "{} figure{}: {}",
                row["figures"],
                if row["figures"] == 1 { "" } else { "s" },
                text("why")
            ),
            false => format!("{} against {}", text("number"), text("other_number")),
        };
        assert_eq!(text("numbers"), numbers);
        kinds[usize::from(text("claim").is_empty())] += 1;
    }
    assert!(kinds.iter().all(|seen| *seen > 2), "{kinds:?}");
    // Both keys stand in a table of eighty columns, whole.
    let mut command = sandbox.command(env!("CARGO_BIN_EXE_onrecord"));
    let args = ["report", "figure-conflicts", "--where", "finding~slip"];
    let table = crate::common::run(command.env("COLUMNS", "80").args(args)).done();
    let lines: Vec<&str> = table.lines().skip(2).collect();
    let head = table.lines().next().unwrap();
    let at = |name: &str| head.find(name).unwrap();
    let cell = |from: usize, to: usize| -> String {
        lines.iter().filter_map(|line| line.get(from..to.min(line.len()))).map(str::trim).collect()
    };
    assert_eq!(cell(at(" claim ") + 1, at("other_claim")), "civilian-casualties");
    assert_eq!(cell(at("other_claim"), at("numbers")), "civilian-casualties-india-today");
}

#[test]
fn a_unit_stands_in_brackets_where_no_number_is_said() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(DESK).done();
    let figures = sandbox.ask("SELECT figures FROM report_claims WHERE claim = 'road'");
    let words = sandbox.ask(
        "SELECT group_concat(words, ', ') FROM (SELECT 'length: ' || words AS words FROM figure_words
         JOIN figures AS f ON f.id = figure_id WHERE unit IS NULL AND measure_id = 2 ORDER BY f.key)",
    );
    let said = "length: no number said (km), length: unknown (km), length: none (km), length: tens km, length: over 3 km";
    assert_eq!((figures.trim_matches('"'), words.trim_matches('"')), (said, said));
}

/// What is missing is of a claim or of a source, each under the name that other reports have.
#[test]
fn gaps_are_found_by_claim_and_by_source() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(DESK).done();
    let asked = |condition: &str| {
        let args = ["report", "gaps", "--columns", "gap,kind", "--format", "tsv", "--where"];
        sandbox.run(&[&args[..], &[condition]].concat()).done()
    };
    assert_eq!(
        asked("claim=calm"),
        "gap\tkind\nno source\tclaim\nno date\tclaim\nno speaker\tclaim\nno second source\tclaim\n"
    );
    assert_eq!(asked("source=echo-a"), "gap\tkind\nno captured copy\tsource\n");
    assert!(!asked("source=").contains("copy") && !asked("claim=").contains("date"));
}
