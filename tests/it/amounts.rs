//! Amounts as people write them, by every door: tables, documents and flags; and numbers that a measure
//! does not allow, in every tool.

use crate::common::Sandbox;

/// The figures: value, low, high, qualifier and words of each.
const FIGURES: &str = "select coalesce(value, '-') || '|' || coalesce(low, '-') || '|' || coalesce(high, '-') \
     || '|' || qualifier || '|' || coalesce(said, '-') from figures order by id";

/// Amounts, and the figures that they give.
const AMOUNTS: [(&str, &str); 16] = [
    ("350", "350|-|-|exact|-"),
    ("-", "refused"),
    ("350+", "350|-|-|at_least|350+"),
    ("12–24", "-|12|24|between|12–24"),
    ("12 to 24", "-|12|24|between|12 to 24"),
    ("nearly 2.7 million", "2700000|-|-|nearly|nearly 2.7 million"),
    ("près de 3 millions", "3000000|-|-|nearly|près de 3 millions"),
    ("about 19 billion", "19000000000|-|-|about|about 19 billion"),
    ("dozens", "-|-|-|dozens|dozens"),
    ("٣٥٠", "350|-|-|exact|٣٥٠"),
    ("½", "0.5|-|-|exact|½"),
    ("25 %", "0.25|-|-|exact|25 %"),
    ("1,234", "refused"),
    ("1.234", "refused"),
    ("350 people", "refused"),
    ("24-12", "refused"),
];

const MEASURE: &str =
    "[[measure]]\nkey = \"m\"\ntitle = \"M\"\ndimension = \"ratio\"\ngrowth = \"level\"\n";

/// An archive with a measure that allows every number.
fn with_measure() -> Sandbox {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(&format!("onrecord = 1\n{MEASURE}")).done();
    sandbox
}

#[test]
fn an_amount_is_read_alike_in_tables_documents_and_flags() {
    for (text, figure) in AMOUNTS {
        let table = format!("claim,text,kind,measure,value\nc,C,event,m,\"{text}\"\n");
        let toml = format!(
            "onrecord = 1\n[[claim]]\nkey = \"c\"\ntext = \"C\"\nkind = \"event\"\n\
             [[claim.figure]]\nmeasure = \"m\"\nvalue = \"{text}\"\n"
        );
        let json = format!(
            "{{\"onrecord\": 1, \"claim\": [{{\"key\": \"c\", \"text\": \"C\", \"kind\": \"event\", \
             \"figure\": [{{\"measure\": \"m\", \"value\": \"{text}\"}}]}}]}}"
        );
        for (name, content) in [("t.csv", table), ("d.toml", toml), ("d.json", json)] {
            let sandbox = with_measure();
            sandbox.write(name, content);
            let run = sandbox.run(&["import", name]);
            let found = sandbox.ask(FIGURES);
            match figure {
                "refused" => assert!(run.code == 3 && found.is_empty(), "{name} {text}: {found}"),
                figure => assert_eq!(found, figure, "{name} {text}: {}", run.err),
            }
        }
        let sandbox = with_measure();
        let _ =
            sandbox.run(&["add", "claim", "--key", "c", "--text", "C", "--kind", "event"]).done();
        let value = format!("--value={text}");
        let run = sandbox.run(&["add", "figure", "--claim", "c", "--measure", "m", &value]);
        let found = sandbox.ask(FIGURES);
        match figure {
            "refused" => assert!(run.code == 3 && found.is_empty(), "flag {text}: {found}"),
            figure => assert_eq!(found, figure, "flag {text}: {}", run.err),
        }
    }
}

#[test]
fn an_amount_that_is_read_again_changes_nothing() {
    let sandbox = with_measure();
    let rows = AMOUNTS.iter().filter(|(_, figure)| *figure != "refused").enumerate();
    let rows = rows.map(|(n, (text, _))| format!("c{n},C {n},event,m,\"{text}\"\n"));
    let table = "claim,text,kind,measure,value\n".to_owned() + &rows.collect::<String>();
    sandbox.write("t.csv", table);
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let before = sandbox.ask(FIGURES);
    let said = sandbox.run(&["import", "t.csv"]).done();
    assert!(!said.contains("new") && !said.contains("updated"), "{said}");
    // What the archive writes, it reads.
    let _ = sandbox.run(&["export", "csv", "out.csv"]).done();
    let other = Sandbox::empty();
    std::fs::copy(sandbox.path("out.csv"), other.path("out.csv")).unwrap();
    let _ = other.run(&["import", "out.csv"]).done();
    assert_eq!(other.ask(FIGURES), before);
}

#[test]
fn a_cell_without_a_statement_is_refused_unless_it_is_named() {
    let table = "claim,text,kind,measure,value\na,A,event,m,NA\nb,B,event,m,-\nc,C,event,m,5\n";
    let sandbox = with_measure();
    sandbox.write("t.csv", table);
    let error = sandbox.run(&["import", "t.csv"]).failed();
    assert!(
        error.contains(
            "t.csv:2: column value: \"NA\" is not a number; `--na NA` takes it as not stated"
        ),
        "{error}"
    );
    assert!(error.contains("`--na -` takes it as not stated"), "{error}");
    let _ = sandbox.run(&["import", "t.csv", "--na", "NA", "--na", "-"]).done();
    assert_eq!(sandbox.ask("select group_concat(key) from figures"), "c-m");
    assert_eq!(sandbox.ask("select count(*) from claims"), "3");
}

#[test]
fn words_that_contradict_a_column_are_refused() {
    let sandbox = with_measure();
    for (columns, row, says) in [
        ("value,qualifier", "350+,about", "\"350+\" says at_least, and qualifier says \"about\""),
        ("value,low", "12-24,10", "\"12-24\" says 12, and low says \"10\""),
    ] {
        sandbox.write("t.csv", format!("claim,text,kind,measure,{columns}\nc,C,event,m,{row}\n"));
        let error = sandbox.run(&["import", "t.csv"]).failed();
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn cents_are_no_french_hundreds() {
    let sandbox = Sandbox::empty();
    let _ = sandbox.import(&format!("onrecord = 1\n{MEASURE}unit = \"EUR\"\n")).done();
    sandbox.write("t.csv", "claim,text,kind,measure,value\nc,C,event,m,50 cents\n");
    let error = sandbox.run(&["import", "t.csv"]).failed();
    let says = "\"cents\" behind the number is too much: the unit of its measure is \"EUR\"; write \"50\" if";
    assert!(error.contains(says), "{error}");
}

#[test]
fn a_unit_is_no_multiple_and_has_one_spelling() {
    let sandbox = with_measure();
    let refused = |unit: &str| {
        let rows = format!("c,C,event,m,1,EUR\nd,D,event,m,2,{unit}\n");
        sandbox.write("t.csv", format!("claim,text,kind,measure,value,unit\n{rows}"));
        sandbox.run(&["import", "t.csv"]).failed()
    };
    for unit in ["million", "thousands", "%"] {
        let says =
            format!("t.csv:3: column unit: \"{unit}\" is no unit; write it behind the number");
        assert!(refused(unit).contains(&says), "{unit}");
    }
    let spelling = "\"euros\" is \"EUR\" in another spelling, and measure m is counted in \"EUR\"; write \"EUR\"";
    assert!(refused("euros").contains(spelling), "{}", refused("euros"));
    assert_eq!(sandbox.ask("select count(*) from figures"), "0");
    // The unit of the measure counts as well as those of the figures that are there.
    let add = |unit: &str| {
        ["add", "figure", "--claim", "c", "--measure", "m", "--value", "3", "--unit", unit]
            .map(str::to_owned)
    };
    sandbox.write("t.csv", "claim,text,kind,measure,value,unit\nc,C,event,m,1,USD\n");
    let _ = sandbox.run(&["import", "t.csv"]).done();
    let add = |unit: &str| {
        let args = add(unit);
        sandbox.run(&args.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert!(add("dollars").failed().contains("\"dollars\" is \"USD\" in another spelling"));
    let error = sandbox.run(&["add", "measure", "--key", "m", "--update", "--unit", "%"]).failed();
    assert!(error.contains("\"%\" is no unit of a measure"), "{error}");
    let _ = sandbox.run(&["add", "measure", "--key", "m", "--update", "--unit", "CHF"]).done();
    assert!(
        add("Swiss francs").failed().contains("\"Swiss francs\" is \"CHF\" in another spelling")
    );
}

#[test]
fn a_number_that_its_measure_does_not_allow_is_refused_in_every_tool() {
    let sandbox = Sandbox::empty();
    let people = MEASURE.replace("ratio", "people");
    let figure = |value: &str| {
        format!(
            "onrecord = 1\n{people}[[claim]]\nkey = \"c\"\ntext = \"C\"\nkind = \"event\"\n\
             [[claim.figure]]\nmeasure = \"m\"\nvalue = \"{value}\"\n"
        )
    };
    let error = sandbox.import(&figure("-5")).failed();
    assert!(error.contains(":13:9: -5 is below zero, and measure m counts people"), "{error}");
    let error = sandbox.import(&figure("25 %")).failed();
    assert!(
        error.contains("\"25 %\" is a part of a whole, and measure m counts people"),
        "{error}"
    );
    let error = sandbox.import(&figure("3/5")).failed();
    assert!(error.contains("\"3/5\" is a part of a whole, and measure m counts people"), "{error}");
    let _ = sandbox.import(&figure("5")).done();
    // A measure that is there already is asked too.
    sandbox.write("t.csv", "claim,text,kind,measure,low,high\nd,D,event,m,-2,3\n");
    let error = sandbox.run(&["import", "t.csv"]).failed();
    assert!(error.contains("t.csv:2: column low: -2 is below zero"), "{error}");
    let error = sandbox
        .run(&["add", "figure", "--claim", "c", "--measure", "m", "--key", "f", "--value=50%"])
        .failed();
    assert!(error.contains("is a part of a whole"), "{error}");
    let conn = sandbox.other_tool();
    for sql in [
        "INSERT INTO figures (key, claim_id, measure_id, value) VALUES ('f', 1, 1, -5)",
        "INSERT INTO figures (key, claim_id, measure_id, high) VALUES ('f', 1, 1, -5)",
        "UPDATE figures SET value = NULL, low = -5",
    ] {
        let error = conn.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("what this measure counts is never below zero"), "{sql}: {error}");
    }
    // Nor does a change of the measure or of its dimension make it so afterwards.
    conn.execute_batch("UPDATE measures SET dimension = 'money'; UPDATE figures SET value = -5")
        .unwrap();
    for (sql, says) in [
        ("UPDATE measures SET dimension = 'people'", "a figure of this measure is below zero"),
        (
            "UPDATE dimensions SET may_be_negative = 0 WHERE code = 'money'",
            "a figure of this dimension is below zero",
        ),
    ] {
        let error = conn.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains(says), "{sql}: {error}");
    }
    conn.execute_batch(
        "UPDATE dimensions SET may_be_negative = 0 WHERE code = 'ratio';
         UPDATE figures SET value = 5; UPDATE measures SET dimension = 'people'",
    )
    .unwrap();
}

/// A worksheet that holds its numbers as text is read as a table is.
#[test]
fn text_in_a_worksheet_is_settled_by_its_column() {
    let book = |values: &[&str]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let head = ["claim", "text", "kind", "measure", "value"];
        sheet.write_row(0, 0, head).unwrap();
        for (n, value) in (1..).zip(values) {
            let key = format!("c{n}");
            sheet.write_row(n, 0, [key.as_str(), "C", "event", "m", value]).unwrap();
        }
        book.save_to_buffer().unwrap()
    };
    let sandbox = with_measure();
    sandbox.write("t.xlsx", book(&["1,234"]));
    let error = sandbox.run(&["import", "t.xlsx"]).failed();
    assert!(error.contains("t.xlsx:2: column value: \"1,234\" is ambiguous"), "{error}");
    sandbox.write("t.xlsx", book(&["1,234", "350+", "1,234,567"]));
    let _ = sandbox.run(&["import", "t.xlsx"]).done();
    assert_eq!(sandbox.ask("select group_concat(value, ' ') from figures"), "1234 350 1234567");
}
