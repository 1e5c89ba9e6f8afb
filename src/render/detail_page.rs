//! One record in full, as a page for people: what is not stated takes no room, unless it is asked for.

use super::control_chars::show_control_chars;
use super::digits::group_digits;
use super::format::{Format, Style};
use super::rows::row_sink;
use crate::model::{DetailView, Table, Value};
use std::io::{self, Write};

/// The ending of the name of a column or fact that has the name of the key before it.
const BY_NAME: &str = " by name";
/// The usual values of columns, which go without saying.
const PLAIN: [(&str, &str); 2] = [("stance", "asserts"), ("hedge", "none")];

/// Writes the facts that are stated or asked for, and the sections with the columns that say something.
pub(super) fn write_page(detail: &DetailView, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", show_control_chars(&detail.title()))?;
    let facts = page_facts(detail, style);
    let facts: Vec<(&str, &Value)> = facts.iter().map(|(name, value)| (*name, value)).collect();
    super::text::write_pairs(&facts, "  ", style, out)?;
    let cells = Style { absent: "", ..style };
    for (title, table) in &detail.sections {
        writeln!(out, "\n{title}")?;
        if table.columns.first().is_some_and(|name| name == "depth") {
            super::tree::draw_tree(table, out)?;
            continue;
        }
        let table = with_names(&in_words(table));
        let table = without_own_keys(&with_manner(&table), &detail.word, &detail.key);
        without_empty_columns(&table).send(&mut *row_sink(Format::Table, cells, out))?;
    }
    Ok(())
}

/// Returns the facts of a page: a figure by its words, a verdict that is stale, a name in place of a key.
fn page_facts(detail: &DetailView, style: Style) -> Vec<(&str, Value)> {
    let row = Table {
        columns: detail.facts.iter().map(|(name, _)| name.clone()).collect(),
        rows: vec![detail.facts.iter().map(|(_, value)| value.clone()).collect()],
    };
    let told = with_names(&in_words(&row));
    let values = told.rows.into_iter().flatten();
    let mut facts = Vec::new();
    for (name, value) in told.columns.into_iter().zip(values) {
        let is_asked = detail.asked.contains(&name);
        let is_fresh = name == "stale" && value.as_text() == Some("no");
        let is_empty = value.is_null() || value.as_text() == Some("");
        if (is_empty && !is_asked) || is_fresh {
            continue;
        }
        let known =
            detail.facts.iter().map(|(known, _)| known.as_str()).find(|known| *known == name);
        let value = fact(&name, &value, style);
        facts.push((known.unwrap_or("can mean"), value));
    }
    // The words of a figure do not name what it is a part of, nor say that its time is not stated.
    for (name, value) in &detail.facts {
        let is_asked = value.is_null() && detail.asked.contains(name);
        let is_whole = name == "out_of" && !value.is_null();
        if (is_asked || is_whole) && !facts.iter().any(|(known, _)| known == name) {
            facts.push((name, value.clone()));
        }
    }
    facts
}

/// Returns the value of a fact as people read it.
fn fact(name: &str, value: &Value, style: Style) -> Value {
    match value {
        Value::Int(_) | Value::Real(_) if style.group_digits => {
            Value::Text(group_digits(&value.to_string()))
        }
        Value::Text(text) if style.group_digits && ["number", "can_mean"].contains(&name) => {
            Value::Text(group_digits(text))
        }
        value => style.for_people(name, value),
    }
}

/// Puts names in place of the keys before them, where there are names.
fn with_names(table: &Table) -> Table {
    let mut named = table.clone();
    while let Some(n) = named.columns.iter().position(|name| name.ends_with(BY_NAME)) {
        let name = named.columns.remove(n);
        let key = named.columns.iter().position(|column| *column == name.trim_end_matches(BY_NAME));
        for row in &mut named.rows {
            let name = row.remove(n);
            if let (Some(key), false) = (key, name.is_null()) {
                row[key] = name;
            }
        }
    }
    named
}

/// Puts stance and hedge into one column, which is empty where a source simply states a claim.
fn with_manner(table: &Table) -> Table {
    let position = |name: &str| table.columns.iter().position(|column| column == name);
    let (Some(stance), Some(hedge)) = (position(PLAIN[0].0), position(PLAIN[1].0)) else {
        return table.clone();
    };
    let mut told = table.clone();
    "how".clone_into(&mut told.columns[stance]);
    told.columns.remove(hedge);
    for row in &mut told.rows {
        let words = [(stance, PLAIN[0].1), (hedge, PLAIN[1].1)];
        let words =
            words.iter().filter_map(|(n, plain)| row[*n].as_text().filter(|word| word != plain));
        let words = words.collect::<Vec<_>>().join(", ");
        row[stance] = if words.is_empty() { Value::Null } else { Value::Text(words) };
        row.remove(hedge);
    }
    told
}

/// Returns the table without a column that only repeats the page: the key of its subject in every row, one assessor of
/// all verdicts, and the keys of figures where each is made of those of its claim and its measure.
fn without_own_keys(table: &Table, word: &str, key: &str) -> Table {
    let position = |name: &str| table.columns.iter().position(|column| column == name);
    let text =
        |row: &Vec<Value>, n: Option<usize>| n.and_then(|n| row[n].as_text().map(str::to_owned));
    let own = |name: &str| if name == word { Some(key.to_owned()) } else { None };
    let is_made = |row: &Vec<Value>| {
        let claim = text(row, position("claim")).or_else(|| own("claim"));
        let measure = text(row, position("measure")).or_else(|| own("measure"));
        claim.zip(measure).map(|(claim, measure)| format!("{claim}-{measure}"))
            == text(row, position("figure"))
    };
    let says_nothing = |n: usize| match table.columns[n].as_str() {
        "figure" => table.rows.iter().all(is_made),
        // The facts name who gave the verdict that holds.
        "assessor" => table.rows.windows(2).all(|pair| pair[0][n] == pair[1][n]),
        "place" => word == "location" && table.rows.iter().all(|row| row[n].as_text() == Some(key)),
        _ => false,
    };
    keep_columns(table, |n| !says_nothing(n))
}

/// The parts of a figure, which its words say together.
const PARTS: [&str; 10] =
    ["qualifier", "value", "low", "high", "unit", "out_of", "as_of", "lower", "upper", "assumed"];

/// Returns figures with their words in place of the parts, and what they can mean where that is not one number.
/// Any other table comes back as it is.
fn in_words(table: &Table) -> Table {
    let position = |name: &str| table.columns.iter().position(|column| column == name);
    let (Some(words), Some(lower), Some(upper), Some(assumed)) =
        (position("number"), position("lower"), position("upper"), position("assumed"))
    else {
        return table.clone();
    };
    let is_kept = |n: &usize| !PARTS.contains(&table.columns[*n].as_str());
    let kept: Vec<usize> = (0..table.columns.len()).filter(is_kept).collect();
    let means: Vec<Option<String>> = table
        .rows
        .iter()
        .map(|row| range_in_words(&row[lower], &row[upper], row[assumed] == Value::Int(1)))
        .zip(&table.rows)
        .map(|(range, row)| range.filter(|range| row[words].as_text() != Some(range)))
        .collect();
    let mut told = Table {
        columns: kept.iter().map(|n| table.columns[*n].clone()).collect(),
        rows: table.rows.iter().map(|row| kept.iter().map(|n| row[*n].clone()).collect()).collect(),
    };
    if means.iter().any(Option::is_some) {
        let number = told.columns.iter().position(|name| name == "number").map_or(0, |at| at + 1);
        told.columns.insert(number, "can_mean".to_owned());
        for (row, range) in told.rows.iter_mut().zip(means) {
            // A number that is one number means just that.
            row.insert(number, Value::Text(range.unwrap_or_default()));
        }
    }
    told
}

/// Formats the bounds of a number; `None` if they are one, or both are open. One end alone is said by the words
/// ("over 100"), unless it is assumed.
fn range_in_words(lower: &Value, upper: &Value, assumed: bool) -> Option<String> {
    let whole = |bound: &Value| match bound {
        Value::Real(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            format!("{number:.0}")
        }
        bound => bound.to_string(),
    };
    let words = match (lower, upper) {
        (Value::Null, Value::Null) => return None,
        (lower, upper) if lower == upper => return None,
        (Value::Null, _) | (_, Value::Null) if !assumed => return None,
        (lower, Value::Null) => format!("{} or more", whole(lower)),
        (Value::Null, upper) => format!("{} or less", whole(upper)),
        (lower, upper) => format!("{} to {}", whole(lower), whole(upper)),
    };
    Some(if assumed { format!("{words}, assumed") } else { words })
}

/// Returns the table without its empty columns.
fn without_empty_columns(table: &Table) -> Table {
    let is_said = |value: &Value| !value.is_null() && value.as_text() != Some("");
    keep_columns(table, |n| table.rows.iter().any(|row| is_said(&row[n])))
}

/// Returns the table with these columns only.
fn keep_columns(table: &Table, is_kept: impl Fn(usize) -> bool) -> Table {
    let kept: Vec<usize> = (0..table.columns.len()).filter(|n| is_kept(*n)).collect();
    Table {
        columns: kept.iter().map(|n| table.columns[*n].clone()).collect(),
        rows: table.rows.iter().map(|row| kept.iter().map(|n| row[*n].clone()).collect()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{in_words, range_in_words, write_page};
    use crate::model::{DetailView, Table, Value};
    use crate::render::format::Style;

    fn page(detail: &DetailView) -> String {
        let mut out = Vec::new();
        write_page(detail, Style { group_digits: true, ..Style::default() }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
        let cell = |text: &&str| if text.is_empty() { Value::Null } else { Value::from(*text) };
        let rows = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        Table { rows, ..Table::new(columns) }
    }

    fn facts(facts: &[(&str, Value)]) -> Vec<(String, Value)> {
        facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }

    #[test]
    fn a_page_has_what_is_stated_and_what_is_asked_for() {
        let text = |text: &str| Value::from(text);
        let mut detail = DetailView {
            word: "claim".to_owned(),
            key: "fell".to_owned(),
            facts: facts(&[
                ("text", text("It fell")),
                ("stale", text("no")),
                ("says who", text("desk")),
                ("says who by name", text("The Courier")),
                ("credibility", Value::Null),
                ("happened", Value::Null),
                ("due", Value::Null),
            ]),
            asked: vec!["happened".to_owned()],
            more: Vec::new(),
            sections: vec![
                (
                    "mentions".to_owned(),
                    table(
                        &["source", "stance", "hedge", "locator"],
                        &[&["one", "asserts", "none", "p. 1"], &["two", "denies", "alleged", ""]],
                    ),
                ),
                (
                    "figures".to_owned(),
                    table(&["figure", "measure", "note"], &[&["fell-dead", "dead", ""]]),
                ),
                (
                    "verdicts".to_owned(),
                    table(
                        &["assessor", "assessor by name", "status"],
                        &[&["desk", "The Courier", "reported"]],
                    ),
                ),
            ],
        };
        assert_eq!(
            page(&detail),
            "claim fell\n  text      It fell\n  says who  The Courier\n  happened  not stated\n\n\
             mentions\nsource  how              locator\n--------------------------------\n\
             one                      p. 1\ntwo     denies, alleged\n\n\
             figures\nmeasure\n-------\ndead\n\nverdicts\nstatus\n--------\nreported\n"
        );
        detail.facts[1].1 = text("yes, the claim changed since this verdict");
        assert!(page(&detail).contains("  stale     yes, the claim changed"), "{}", page(&detail));
        // Figures with keys of their own keep them, and so do verdicts of several assessors.
        detail.sections[1].1.rows.push(vec![text("mine"), text("dead"), Value::Null]);
        detail.sections[2].1.rows.push(vec![text("other"), Value::Null, text("refuted")]);
        let page = page(&detail);
        assert!(
            page.contains("\nmine       dead\n") && page.contains("\nother        refuted\n"),
            "{page}"
        );
    }

    #[test]
    fn a_figure_is_told_by_its_words_with_what_it_is_a_part_of() {
        let text = |text: &str| Value::from(text);
        let mut detail = DetailView {
            word: "figure".to_owned(),
            key: "cost".to_owned(),
            facts: facts(&[
                ("number", text("nearly 1000000 USD")),
                ("qualifier", text("nearly")),
                ("value", Value::Int(1_000_000)),
                ("low", Value::Null),
                ("unit", text("USD")),
                ("out_of", text("budget")),
                ("as_of", Value::Null),
                ("lower", Value::Int(900_000)),
                ("upper", Value::Int(1_000_000)),
                ("assumed", Value::Int(1)),
            ]),
            asked: vec!["as_of".to_owned()],
            ..DetailView::default()
        };
        assert_eq!(
            page(&detail),
            "figure cost\n  number    nearly 1,000,000 USD\n  can mean  900,000 to 1,000,000, assumed\n  \
             out_of    budget\n  as_of     not stated\n"
        );
        detail.facts[6].1 = text("2021");
        assert!(!page(&detail).contains("as_of"), "the words say when");
    }

    #[test]
    fn figures_are_told_by_their_words_and_what_they_can_mean() {
        let mut table =
            Table::new(&["figure", "number", "said", "value", "lower", "upper", "assumed", "note"]);
        let text = |text: &str| Value::from(text);
        let row = |number: &str, lower, upper, assumed| {
            vec![
                text("f"),
                text(number),
                Value::Null,
                Value::Int(1),
                lower,
                upper,
                Value::Int(assumed),
                text("n"),
            ]
        };
        table.rows = vec![
            row("66000 to 69000", Value::Int(66_000), Value::Int(69_000), 0),
            row("about 100", Value::Real(90.0), Value::Int(110), 1),
            row("350", Value::Int(350), Value::Int(350), 0),
            row("at least 140", Value::Int(140), Value::Null, 0),
            row("several", Value::Int(3), Value::Null, 1),
        ];
        let told = in_words(&table);
        assert_eq!(told.columns, ["figure", "number", "can_mean", "said", "note"]);
        let means: Vec<String> = told.rows.iter().map(|row| row[2].to_string()).collect();
        assert_eq!(means, ["", "90 to 110, assumed", "", "", "3 or more, assumed"]);
        let exact = Table { rows: vec![table.rows[2].clone()], ..table };
        assert_eq!(in_words(&exact).columns, ["figure", "number", "said", "note"]);
        assert_eq!(range_in_words(&Value::Null, &Value::Null, false), None);
        let other = Table::new(&["place", "lower"]);
        assert_eq!(in_words(&other), other);
    }
}
