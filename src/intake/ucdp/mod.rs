//! Rows of the UCDP Georeferenced Event Dataset (GED), read as claims.
//!
//! The rules, after the GED codebook: a row is one event and one claim, whose key is the event id
//! (`ucdp-300380`). The data set is a source of the claim; so is each document that the row lists,
//! with UCDP's "original source" as its speaker. A place is never more precise than its precision
//! code: an event known only to its district lies within the district. Figures have no date of
//! their own, so that no report compares the dead of two events. A row that contradicts itself (a
//! best estimate above the high one) is rejected.

mod articles;
mod places;

use crate::intake::document::field::Codes;
use crate::intake::table::row::Row;
use crate::intake::text::dates::parse_date;
use crate::intake::text::prose::{fold_blanks, text_value};
use crate::intake::unit::{Raw, Unit};
use crate::model::{Value, quoted};

/// The columns by which the format is recognised; all are required.
pub(super) const COLUMNS: &[&str] = &[
    "id",
    "type_of_violence",
    "conflict_name",
    "side_a",
    "side_b",
    "source_article",
    "source_original",
    "where_prec",
    "where_coordinates",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "country",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
];

/// The measures: column, suffix of the key, and title.
const MEASURES: [(&str, &str, &str); 5] = [
    ("best", "deaths", "People killed"),
    ("deaths_a", "deaths-side-a", "People of side A killed"),
    ("deaths_b", "deaths-side-b", "People of side B killed"),
    ("deaths_civilians", "deaths-civilians", "Civilians killed"),
    ("deaths_unknown", "deaths-unknown", "People of unknown status killed"),
];

/// Reads one row, which is one event.
pub(super) fn read_event(row: &Row<'_>, codes: &dyn Codes) -> Unit {
    let mut unit = Unit::new(row.pos("id"), Raw::Cells(row.cells.to_vec()));
    let id = read_id(row, &mut unit);
    let date = read_days(row, &mut unit);
    let date_prec = read_code(row, "date_prec", "date_precisions", codes, &mut unit);
    let where_prec = read_code(row, "where_prec", "location_precisions", codes, &mut unit);
    let Some(id) = id else { return unit };
    let claim = format!("ucdp-{id}");
    let text = compose_text(row, where_prec);
    unit.add_record(
        "claim",
        &row.pos("id"),
        &[
            ("key", claim.as_str().into()),
            ("text", text.as_str().into()),
            ("kind", "event".into()),
            ("happened", text_value(date.as_deref())),
            ("date_precision", date_prec.map_or(Value::Null, Value::Int)),
            ("note", text_value(Some(&compose_note(row)))),
        ],
    );
    places::add_places(row, &claim, where_prec, &mut unit);
    articles::add_documents(row, &claim, id, &mut unit);
    add_figures(row, &claim, &mut unit);
    unit.reject_invalid_values();
    unit
}

fn read_id<'a>(row: &Row<'a>, unit: &mut Unit) -> Option<&'a str> {
    let Some(id) = row.get("id") else {
        unit.add_problem(&row.pos("id"), "this is empty; each event has a number");
        return None;
    };
    if id.bytes().all(|b| b.is_ascii_digit()) && id.len() <= 18 {
        return Some(id);
    }
    unit.add_problem(&row.pos("id"), format!("{} is not the number of an event", quoted(id)));
    None
}

/// Reads the first and last day of the event, and returns a day or an interval (EDTF).
fn read_days(row: &Row<'_>, unit: &mut Unit) -> Option<String> {
    let mut day = |column: &str| {
        let Some(text) = row.get(column) else {
            unit.add_problem(&row.pos(column), "this is empty; each event has a date");
            return None;
        };
        let read = parse_date(text).ok().filter(|read| read.date.len() == 10);
        if read.is_none() {
            let what = format!("{} is not a day; write 2013-01-03", quoted(text));
            unit.add_problem(&row.pos(column), what);
        }
        read.map(|read| read.date)
    };
    let (start, end) = (day("date_start"), day("date_end"));
    let (start, end) = (start?, end?);
    if end < start {
        unit.add_problem(&row.pos("date_end"), format!("{end} is before date_start {start}"));
        return None;
    }
    Some(if start == end { start } else { format!("{start}/{end}") })
}

fn read_code(
    row: &Row<'_>,
    column: &str,
    table: &str,
    codes: &dyn Codes,
    unit: &mut Unit,
) -> Option<i64> {
    let known = codes.of(table);
    let text = row.get(column).unwrap_or_default();
    let found = text.parse::<i64>().ok().filter(|number| known.contains(&number.to_string()));
    if found.is_none() {
        let list = table.replace('_', " ");
        let what = format!("{} is not one of the {list} ({})", quoted(text), known.join(", "));
        unit.add_problem(&row.pos(column), what);
    }
    found
}

/// Composes the text of the claim.
fn compose_text(row: &Row<'_>, precision: Option<i64>) -> String {
    let get = |column: &str| row.get(column).map(fold_blanks).filter(|text| !text.is_empty());
    let side = |column: &str| get(column).unwrap_or_else(|| "an unnamed side".to_owned());
    let what = match row.get("type_of_violence") {
        Some("3") => format!("Violence by {} against civilians", side("side_a")),
        _ => format!("Armed violence between {} and {}", side("side_a"), side("side_b")),
    };
    let at = match precision {
        Some(1) => "at",
        Some(2) => "near",
        _ => "in",
    };
    let (place, country) = (get("where_coordinates"), get("country"));
    match (place, country) {
        (Some(place), Some(country)) if place != country => {
            format!("{what} {at} {place}, {country}")
        }
        (Some(only), _) | (None, Some(only)) => format!("{what} {at} {only}"),
        (None, None) => what,
    }
}

fn compose_note(row: &Row<'_>) -> String {
    let clarity = match row.get("event_clarity") {
        Some("1") => Some("the sources let UCDP tell the event apart".to_owned()),
        Some("2") => Some("UCDP could not tell it apart from others in an aggregate".to_owned()),
        Some(other) => Some(fold_blanks(other)),
        None => None,
    };
    let parts = [
        ("Conflict", row.get("conflict_name").map(fold_blanks)),
        ("UCDP event", row.get("relid").map(fold_blanks)),
        ("Where, as described", row.get("where_description").map(fold_blanks)),
        ("Clarity", clarity),
    ];
    let said = parts.into_iter().filter_map(|(name, text)| {
        text.filter(|text| !text.is_empty()).map(|text| format!("{name}: {text}"))
    });
    said.collect::<Vec<_>>().join("\n")
}

fn add_figures(row: &Row<'_>, claim: &str, unit: &mut Unit) {
    let mut count = |column: &str, required: bool| {
        let Some(text) = row.get(column) else {
            if required {
                unit.add_problem(&row.pos(column), "this is empty; a whole number belongs here");
            }
            return None;
        };
        let found = text.parse::<i64>().ok().filter(|number| *number >= 0);
        if found.is_none() {
            let what = match text.parse::<i64>() {
                Ok(_) => format!("{text} is below 0"),
                Err(_) => format!("{} is not a whole number", quoted(text)),
            };
            unit.add_problem(&row.pos(column), what);
        }
        found
    };
    let (best, low, high) = (count("best", true), count("low", true), count("high", true));
    let sides: Vec<Option<i64>> =
        MEASURES[1..].iter().map(|(column, ..)| count(column, false)).collect();
    if let Some(best) = best {
        if let Some(high) = high.filter(|high| best > *high) {
            unit.add_problem(&row.pos("best"), format!("{best} is above high {high}"));
        }
        if let Some(low) = low.filter(|low| best < *low) {
            unit.add_problem(&row.pos("best"), format!("{best} is below low {low}"));
        }
    }
    for ((column, end, title), number) in MEASURES.into_iter().zip([best].into_iter().chain(sides))
    {
        let Some(number) = number else { continue };
        let (pos, measure) = (row.pos(column), format!("ucdp-{end}"));
        unit.add_record(
            "measure",
            &pos,
            &[
                ("key", measure.as_str().into()),
                ("title", title.into()),
                ("dimension", "people".into()),
                ("growth", "per_event".into()),
                ("scope", "In one event, as UCDP codes it".into()),
            ],
        );
        let range = low.zip(high).filter(|(low, high)| column == "best" && low < high);
        let key = format!("{claim}-{end}");
        unit.add_record(
            "figure",
            &pos,
            &[
                ("key", key.as_str().into()),
                ("claim", claim.into()),
                ("measure", measure.as_str().into()),
                ("value", Value::Int(number)),
                ("qualifier", if range.is_some() { "between" } else { "exact" }.into()),
            ],
        );
        // Set explicitly, even to Null: a later version of the data set may drop the range.
        if let Some(figure) = unit.records.last_mut() {
            let (low, high) = range.unzip();
            figure.set("low", low.map_or(Value::Null, Value::Int), row.pos("low"));
            figure.set("high", high.map_or(Value::Null, Value::Int), row.pos("high"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, read_event};
    use crate::intake::document::field::Codes;
    use crate::intake::table::row::Row;
    use crate::intake::unit::Unit;
    use crate::model::{SourcePos, check_date, check_key};
    use proptest::prelude::*;

    struct Known;
    impl Codes for Known {
        fn of(&self, table: &str) -> Vec<String> {
            (1..=if table == "date_precisions" { 5 } else { 7 }).map(|n| n.to_string()).collect()
        }
    }

    fn read(changes: &[(&str, &str)]) -> Unit {
        let given = [
            ("id", "77"),
            ("type_of_violence", "1"),
            ("side_a", "Government of Y"),
            ("side_b", "The Z"),
            ("where_prec", "1"),
            ("where_coordinates", "Old village"),
            ("adm_1", "East province"),
            ("adm_2", "Low district"),
            ("latitude", "35.5"),
            ("longitude", "36"),
            ("country", "Y"),
            ("date_prec", "1"),
            ("date_start", "2013-01-03 00:00:00.000"),
            ("date_end", "2013-01-04"),
            ("deaths_a", "0"),
            ("deaths_b", "2"),
            ("deaths_civilians", "1"),
            ("deaths_unknown", "0"),
            ("best", "3"),
            ("high", "5"),
            ("low", "3"),
            ("source_article", "\"Wire, Ltd,2013-01-03,A; \"b\" c\";\"VDC,2013-01-05,D\nE\""),
            ("source_original", "police; villagers"),
        ];
        let header: Vec<String> = COLUMNS.iter().map(|c| (*c).to_owned()).collect();
        let cell = |name: &str| {
            let last = changes.iter().chain(&given).find(|(column, _)| *column == name);
            last.map(|(_, text)| (*text).to_owned()).unwrap_or_default()
        };
        let cells: Vec<String> = header.iter().map(|name| cell(name)).collect();
        read_event(&Row { line: 812, header: &header, cells: &cells }, &Known)
    }

    fn field<'a>(unit: &'a Unit, word: &str, name: &str) -> Vec<&'a str> {
        let those = unit.records.iter().filter(|record| record.kind.word == word);
        those.map(|record| record.text(name).unwrap_or_default()).collect()
    }

    #[test]
    fn a_point_named_like_a_division_is_that_of_the_division() {
        for (named, wanted) in
            [("Low district", "3"), ("East province", "4"), ("Y", "6"), ("Old village", "1")]
        {
            let unit = read(&[("where_coordinates", named)]);
            let located = unit.records.iter().find(|r| r.text("name") == Some(named)).unwrap();
            let stated = |name: &str| located.given(name).map(|given| given.value.to_string());
            let point = ["lat", "lon", "precision"].map(stated);
            assert_eq!(point, ["35.5", "36", wanted].map(|text| Some(text.to_owned())), "{named}");
        }
    }

    #[test]
    fn a_place_is_of_the_kind_that_its_last_word_says() {
        for (named, kind) in [
            ("New City", "city"),
            ("Old Town", "town"),
            ("Far village", "village"),
            ("Pass", "site"),
        ] {
            let unit = read(&[("where_coordinates", named)]);
            assert_eq!(field(&unit, "location", "kind").last(), Some(&kind), "{named}");
        }
    }

    #[test]
    fn the_precision_of_the_place_is_in_the_words_of_the_claim() {
        for (precision, words) in
            [("1", "at Old village, Y"), ("2", "near Old village, Y"), ("3", "in Old village, Y")]
        {
            let unit = read(&[("where_prec", precision)]);
            let text = field(&unit, "claim", "text")[0].to_owned();
            assert!(text.ends_with(&format!("The Z {words}")), "{precision}: {text}");
        }
    }

    #[test]
    fn an_event() {
        let unit = read(&[]);
        assert!(unit.problems.is_empty(), "{:?}", unit.problems);
        assert_eq!(
            field(&unit, "claim", "text"),
            ["Armed violence between Government of Y and The Z at Old village, Y"]
        );
        assert_eq!(field(&unit, "claim", "happened"), ["2013-01-03/2013-01-04"]);
        assert_eq!(
            field(&unit, "location", "key"),
            ["y", "east-province-y", "low-district-east-province", "old-village-low-district"]
        );
        assert_eq!(
            field(&unit, "location", "kind"),
            ["country", "province", "district", "village"]
        );
        assert_eq!(field(&unit, "place", "relation"), ["at"]);
        assert_eq!(
            field(&unit, "source", "title")[1..],
            ["police; villagers", "A; \"b\" c", "D\nE"]
        );
        assert_eq!(field(&unit, "source", "outlet")[2..], ["Wire, Ltd", "VDC"]);
        assert_eq!(field(&unit, "figure", "qualifier")[..2], ["between", "exact"]);
        assert_eq!(field(&unit, "figure", "key")[0], "ucdp-77-deaths");
    }

    #[test]
    fn precisions() {
        for (precision, kinds, relations) in [
            ("2", "country province district village", "near within"),
            ("3", "country province district", "within"),
            ("4", "country province", "within"),
            ("5", "country province district area", "within"),
            ("6", "country", "within"),
            ("7", "country province district sea", "at"),
        ] {
            let unit = read(&[("where_prec", precision)]);
            assert_eq!(field(&unit, "location", "kind").join(" "), kinds, "{precision}");
            assert_eq!(field(&unit, "place", "relation").join(" "), relations, "{precision}");
        }
        let same = read(&[("where_prec", "5"), ("where_coordinates", "Low district")]);
        assert_eq!(field(&same, "location", "kind").join(" "), "country province district");
    }

    #[test]
    fn problems() {
        for (column, text, at, what) in [
            ("best", "18", "best", "18 is above high 5"),
            ("best", "1", "best", "1 is below low 3"),
            ("best", "x", "best", "\"x\" is not a whole number"),
            ("deaths_a", "-4", "deaths_a", "-4 is below 0"),
            ("id", "", "id", "this is empty; each event has a number"),
            ("date_end", "2012-01-01", "date_end", "2012-01-01 is before date_start 2013-01-03"),
            (
                "date_start",
                "2013-02-30",
                "date_start",
                "\"2013-02-30\" is not a day; write 2013-01-03",
            ),
            ("latitude", "91", "latitude", "91 is not between -90 and 90"),
            ("longitude", "north", "longitude", "\"north\" is not a number"),
            (
                "date_prec",
                "9",
                "date_prec",
                "\"9\" is not one of the date precisions (1, 2, 3, 4, 5)",
            ),
        ] {
            let unit = read(&[(column, text)]);
            assert_eq!(unit.problems, [(SourcePos::Cell(812, at.to_owned()), what.to_owned())]);
        }
    }

    #[test]
    fn old_documents() {
        let unit = read(&[
            ("source_article", "Reuters 1989-05-17 \"REBELS BLOW UP"),
            ("source_original", " - "),
        ]);
        assert_eq!(field(&unit, "source", "title")[1], "Reuters 1989-05-17 \"REBELS BLOW UP");
        assert_eq!(field(&unit, "source", "published")[1], "1989-05-17");
        assert_eq!(field(&unit, "mention", "speaker"), ["", ""]);
    }

    proptest! {
        #[test]
        fn any_cells(cells in proptest::collection::vec(
            "\\PC{0,12}|[0-7]|[0-9]{1,3}|[0-9]{4}-[01][0-9]-[0-3][0-9]|a\u{0}| |(\"|,|;|x){0,9}", 0..26,
        )) {
            let header: Vec<String> = COLUMNS.iter().map(|c| (*c).to_owned()).collect();
            let unit = read_event(&Row { line: 2, header: &header, cells: &cells }, &Known);
            for record in &unit.records {
                prop_assert!(record.text("key").is_none_or(|key| check_key(key).is_ok()));
                for name in ["published", "happened"] {
                    prop_assert!(record.text(name).is_none_or(|date| check_date(date).is_ok()));
                }
            }
        }
    }
}
