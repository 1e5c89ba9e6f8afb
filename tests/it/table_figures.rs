//! Several figures in a row of a table: columns that name the measure of their figure.

use crate::common::Sandbox;

const TABLE: &str = "claim,text,kind,happened,MinKilled,MaxKilled,Injured,as_of\n\
    a,Strike one,event,2010-11-13,4,6,1,2010-11-14\n\
    b,Strike two,event,2010-11-14,,,\"at least 2\",\n\
    c,Strike three,event,2010-11-15,,,,\n";

const MAP: [&str; 6] = [
    "--map",
    "MinKilled=low:Killed",
    "--map",
    "MaxKilled=high:Killed",
    "--map",
    "Injured=value:hurt",
];

fn import(sandbox: &Sandbox, more: &[&str]) -> crate::common::Run {
    sandbox.write("t.csv", TABLE);
    sandbox.run(&[&["import", "t.csv"], more].concat())
}

#[test]
fn a_row_has_a_figure_of_each_measure() {
    let sandbox = Sandbox::empty();
    sandbox
        .import("onrecord = 1\n[[measure]]\nkey = \"hurt\"\ntitle = \"Hurt\"\ndimension = \"people\"\ngrowth = \"level\"\n")
        .done();
    // What is set for new measures is not said of one that is named by its key.
    let more = ["--set", "dimension=people", "--set", "growth=per_event"];
    import(&sandbox, &[&MAP[..], &more].concat()).done();
    let growths =
        "select group_concat(growth, ' ') from (select growth from measures order by key)";
    assert_eq!(sandbox.ask(growths).replace('"', ""), "level per_event");
    let sql = "select group_concat(r, ' / ') from (
        select c.key || ' ' || m.key || ' ' || coalesce(f.value, '') || ' ' || coalesce(f.low, '') || '-' || coalesce(f.high, '')
          || ' ' || f.qualifier || ' ' || coalesce(f.as_of, '') as r
        from figures f join claims c on c.id = f.claim_id join measures m on m.id = f.measure_id order by f.id)";
    assert_eq!(
        sandbox.ask(sql).replace('"', ""),
        "a killed  4-6 between 2010-11-14 / a hurt 1 - exact 2010-11-14 / b hurt 2 - at_least "
    );
    sandbox.run(&["check"]).done();
}

#[test]
fn a_figure_that_a_column_names_twice_or_without_a_claim_is_refused() {
    let sandbox = Sandbox::empty();
    let twice =
        ["--map", "MinKilled=low:Killed", "--map", "MaxKilled=low:Killed", "--map", "Injured="];
    assert!(import(&sandbox, &twice).failed().contains("a second column for low"));
    let other = ["--map", "MinKilled=title:Killed", "--map", "MaxKilled=", "--map", "Injured="];
    assert!(import(&sandbox, &other).failed().contains("no field has the name \"title:Killed\""));
    sandbox.write("u.csv", "title,source_kind,Dead\nA,article,3\n");
    let said = sandbox.run(&["import", "u.csv", "--map", "Dead=value:Dead"]).failed();
    assert!(said.contains("column Dead: a figure needs a claim"), "{said}");
}
