//! Conditions on the rows of a report, as SQL. Values travel as parameters.

use crate::model::{Value, parse_number};
use crate::store::rows::sql::quote;

/// The kind of values in a column of a report.
#[cfg_attr(not(feature = "postgres"), expect(dead_code, reason = "a file has values of any type"))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnType {
    /// Values of any type, each with its own.
    #[default]
    Any,
    /// Texts.
    Text,
    /// Numbers.
    Number,
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Sign {
    fn sql(self) -> &'static str {
        match self {
            Sign::Less => "<",
            Sign::AtMost => "<=",
            Sign::More => ">",
            Sign::AtLeast => ">=",
        }
    }
}

/// The days from the earliest to the latest that a date can mean; `None` for an open end.
pub type Days = (Option<String>, Option<String>);

/// What a cell is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It states something.
    Stated,
    /// It is this text or number.
    Is(String),
    /// It matches this pattern, in which `*` stands for any text.
    Matches(String),
    /// It is this key, or a list that has it.
    Has(String),
    /// It is the key of this place or of one inside it, or a list that has one; a place that something is only
    /// `near` or `toward` counts for itself alone.
    Inside(String),
    /// It contains this text, in any case.
    Contains(String),
    /// It is a number or a text on that side of this one.
    Compares(Sign, String),
    /// It is a date that can mean one of these days, or this text.
    Meets(String, Days),
    /// It is a date that is on that side of these days; another text is compared with this one.
    Lies(Sign, String, Days),
    /// It is a moment on one of these days (UTC).
    Falls(Days),
    /// It is a moment on that side of these days.
    FallsBeside(Sign, Days),
    /// It is the value of a figure, whose bounds are on that side of this number.
    Bounded(Sign, Value),
}

/// A condition on a column of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The column, one of the view.
    pub column: String,
    /// One of these must hold.
    pub tests: Vec<Test>,
    /// True if none of them may hold instead.
    pub negated: bool,
    /// The kind of values in the column.
    pub holds: ColumnType,
    /// The columns with the keys of the claims whose list the column is; empty where the report names none. The
    /// claims that have a key are then found first, and no list of another is read.
    pub claims: Vec<String>,
    /// The condition as it was written.
    pub text: String,
}

/// Whether a row must meet a condition, or may: a number known within bounds, a date known to a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// It is met, whatever the number or the day.
    Sure,
    /// It is met by some number or day within the bounds.
    Possible,
}

/// The conditions of a query.
#[derive(Clone, Debug, Default)]
pub struct Conditions {
    /// The conditions.
    pub all: Vec<Condition>,
    /// True if one of them is enough.
    pub any: bool,
}

impl Conditions {
    /// Returns true if a row may meet the conditions without being sure to.
    pub fn can_be_open(&self) -> bool {
        let is_open = |test: &Test| matches!(test, Test::Lies(..) | Test::Bounded(..));
        self.all.iter().any(|condition| condition.tests.iter().any(is_open))
    }

    /// Returns the conditions as an SQL expression, and adds their parameters; `None` if there are none.
    pub fn sql(&self, certainty: Certainty, params: &mut Vec<(String, Value)>) -> Option<String> {
        let tests: Vec<String> =
            self.all.iter().map(|condition| condition.sql(certainty, params)).collect();
        let word = if self.any { " OR " } else { " AND " };
        (!tests.is_empty()).then(|| tests.join(word))
    }
}

impl Condition {
    fn sql(&self, certainty: Certainty, params: &mut Vec<(String, Value)>) -> String {
        let column = quote(&self.column);
        let tests: Vec<String> =
            self.tests.iter().map(|test| test.sql(&column, self, certainty, params)).collect();
        match self.negated {
            true => format!("({}) IS NOT TRUE", tests.join(" OR ")),
            false => format!("({})", tests.join(" OR ")),
        }
    }
}

impl Test {
    fn sql(
        &self,
        column: &str,
        of: &Condition,
        certainty: Certainty,
        params: &mut Vec<(String, Value)>,
    ) -> String {
        let (claims, holds) = (of.claims.as_slice(), of.holds);
        let mut param = |value: Value| {
            let name = format!("w{}", params.len());
            params.push((name.clone(), value));
            format!(":{name}")
        };
        let text = |text: &str| Value::from(text);
        match self {
            Test::Stated => format!("{column} IS NOT NULL"),
            // The bare column: a condition on a key then reaches its rows by an index.
            Test::Is(value) => match (parse_number(value), holds) {
                (_, ColumnType::Text) | (Err(_), ColumnType::Any) => {
                    format!("{column} = {}", param(text(value)))
                }
                (Ok(number), ColumnType::Any) => {
                    format!("{column} = {} OR {column} = {}", param(text(value)), param(number))
                }
                (Ok(number), ColumnType::Number) => format!("{column} = {}", param(number)),
                (Err(_), ColumnType::Number) => "FALSE".to_owned(),
            },
            Test::Matches(pattern) => {
                let escaped = pattern.replace('[', "[[]").replace('?', "[?]");
                format!("CAST({column} AS TEXT) GLOB {}", param(text(&escaped)))
            }
            Test::Has(key) => {
                let key = param(text(key));
                let has = format!("instr(', ' || {column} || ', ', ', ' || {key} || ', ') > 0");
                match among(claims, include_str!("claims_of_source.sql"), &key) {
                    Some(among) => format!("({among}) AND {has}"),
                    None => has,
                }
            }
            Test::Inside(key) => {
                let key = param(text(key));
                let among = among(claims, include_str!("claims_in_place.sql"), &key);
                among.unwrap_or_else(|| {
                    let inside = include_str!("places_inside.sql").trim().replace(":key", &key);
                    // A list, or a place with its relation, has a space, and a key none.
                    format!(
                        "instr(', ' || {column} || ', ', ' ' || {key} || ', ') > 0 OR {column} IN ({inside})
                         OR instr({column}, ' ') > 0 AND EXISTS (
                           SELECT 1 FROM ({inside}) AS w_inner
                           WHERE instr(', ' || {column} || ', ', ', ' || w_inner.key || ', ') > 0
                             OR instr(', ' || {column} || ', ', ', within ' || w_inner.key || ', ') > 0
                             OR instr(', ' || {column} || ', ', ', unnamed within ' || w_inner.key || ', ') > 0)"
                    )
                })
            }
            Test::Contains(part) => format!(
                "instr(unicode_lower(CAST({column} AS TEXT)), unicode_lower({})) > 0",
                param(text(part))
            ),
            Test::Compares(sign, value) => {
                let (sign, number) = (sign.sql(), parse_number(value).unwrap_or(Value::Null));
                match holds {
                    ColumnType::Text => return format!("{column} {sign} {}", param(text(value))),
                    ColumnType::Number => return format!("{column} {sign} {}", param(number)),
                    ColumnType::Any => {}
                }
                format!(
                    "CASE WHEN typeof({column}) IN ('integer', 'real') THEN {column} {sign} {} \
                     ELSE {column} {sign} {} END",
                    param(number),
                    param(text(value))
                )
            }
            Test::Meets(date, days) => {
                let test = meets("w_d.earliest", "w_d.latest", days, &mut param);
                format!("{column} = {} OR {}", param(text(date)), in_dates(column, &test))
            }
            Test::Lies(sign, date, days) => {
                let test = lies("w_d.earliest", "w_d.latest", *sign, days, certainty, &mut param);
                // A report of the user's may make dates that no record states.
                format!(
                    "CASE WHEN {} THEN {} ELSE {column} {} {} END",
                    in_dates(column, "TRUE"),
                    in_dates(column, &test),
                    sign.sql(),
                    param(text(date))
                )
            }
            Test::Falls(days) => {
                let day = format!("substr({column}, 1, 10)");
                format!("{column} IS NOT NULL AND {}", meets(&day, &day, days, &mut param))
            }
            Test::FallsBeside(sign, days) => {
                let day = format!("substr({column}, 1, 10)");
                lies(&day, &day, *sign, days, Certainty::Sure, &mut param)
            }
            Test::Bounded(sign, number) => {
                bounded(column, *sign, &param(number.clone()), certainty)
            }
        }
    }
}

/// Asks that a claim is among those with a key, which `listed` gives; `None` without a column that holds claims.
fn among(claims: &[String], listed: &str, key: &str) -> Option<String> {
    let listed = listed.trim().replace(":key", key);
    let tests: Vec<String> =
        claims.iter().map(|claim| format!("{} IN ({listed})", quote(claim))).collect();
    (!tests.is_empty()).then(|| tests.join(" OR "))
}

/// Asks something of the days that a date of a column can mean.
fn in_dates(column: &str, test: &str) -> String {
    format!("EXISTS (SELECT 1 FROM dates AS w_d WHERE w_d.edtf = {column} AND {test})")
}

/// The first and the last day of the calendar of the archive, which stand for open ends.
const EVER: (&str, &str) = ("'0001-01-01'", "'9999-12-31'");

/// Tests that two spans of days have one in common.
fn meets(
    earliest: &str,
    latest: &str,
    days: &Days,
    param: &mut dyn FnMut(Value) -> String,
) -> String {
    let mut end = |day: &Option<String>, ever: &str| match day {
        Some(day) => param(Value::from(day.as_str())),
        None => ever.to_owned(),
    };
    let (first, last) = (end(&days.0, EVER.0), end(&days.1, EVER.1));
    format!(
        "coalesce({earliest}, {}) <= {last} AND coalesce({latest}, {}) >= {first}",
        EVER.0, EVER.1
    )
}

/// Tests that a span of days is before or after another; with a sign that includes it, that it ends not after
/// or begins not before it.
fn lies(
    earliest: &str,
    latest: &str,
    sign: Sign,
    days: &Days,
    certainty: Certainty,
    param: &mut dyn FnMut(Value) -> String,
) -> String {
    let (own, ever) = match (sign, certainty) {
        (Sign::Less | Sign::AtMost, Certainty::Sure) => (latest, EVER.1),
        (Sign::Less | Sign::AtMost, Certainty::Possible) => (earliest, EVER.0),
        (Sign::More | Sign::AtLeast, Certainty::Sure) => (earliest, EVER.0),
        (Sign::More | Sign::AtLeast, Certainty::Possible) => (latest, EVER.1),
    };
    let (other, other_ever) = match sign {
        Sign::Less | Sign::AtLeast => (&days.0, EVER.0),
        Sign::More | Sign::AtMost => (&days.1, EVER.1),
    };
    let other = match other {
        Some(day) => param(Value::from(day.as_str())),
        None => other_ever.to_owned(),
    };
    format!("coalesce({own}, {ever}) {} {other}", sign.sql())
}

/// Tests the bounds of a figure against a number. A bound that a tolerance made does not count: "about
/// 100" is 100. An end that is open or excluded is asked for as such.
fn bounded(column: &str, sign: Sign, number: &str, certainty: Certainty) -> String {
    let is_upward = matches!(sign, Sign::More | Sign::AtLeast);
    let is_lower = is_upward == (certainty == Certainty::Sure);
    let (bound, excludes) =
        if is_lower { ("lower", "excludes_low") } else { ("upper", "excludes_high") };
    let own =
        format!("CASE WHEN assumed = 1 AND {column} IS NOT NULL THEN {column} ELSE {bound} END");
    let mut test = format!("{own} {} {number}", sign.sql());
    // "Over 100" is more than 100, and "under 100" less.
    if certainty == Certainty::Sure && matches!(sign, Sign::More | Sign::Less) {
        test = format!(
            "({test} OR ({bound} = {number} AND (SELECT w_q.{excludes} FROM qualifiers AS w_q WHERE w_q.code = qualifier) = 1))"
        );
    }
    if certainty == Certainty::Possible {
        test = format!("({test} OR ({bound} IS NULL AND coalesce(lower, upper) IS NOT NULL))");
    }
    test
}
