//! Conditions such as `status=disputed,reported` on the columns of a report, for `report --where` and
//! `export --where`: `status` has codes, `claim` keys, `happened` dates, and `value` is known within bounds.

use super::filter::ReportFilter;
use super::vocabulary::{Vocabulary, Words};
use crate::error::{Error, Result};
use crate::model::{check_date, days_of, parse_number, quoted};
use crate::store::{Answers, Condition, Conditions, Sign, Test};

/// The signs of conditions. At the same place the longer one wins, so that <= is not read as <.
const SIGNS: [&str; 7] = ["!=", "<=", ">=", "=", "<", ">", "~"];

/// Parses conditions, and checks their columns and the codes, keys and names in them. A former key stands
/// for the present one, and a name for the key. With `any`, one of them is enough.
pub(super) fn build_conditions(
    db: &dyn Answers,
    report: &ReportFilter,
    texts: &[String],
    any: bool,
    today: &str,
) -> Result<Conditions> {
    let vocabulary = Vocabulary { db, report };
    let all: Result<Vec<_>> =
        texts.iter().map(|text| build_condition(&vocabulary, text, today)).collect();
    Ok(Conditions { all: all?, any })
}

/// Builds the condition that a text such as `COL=VALUE` states; `today` stands for a day.
fn build_condition(vocabulary: &Vocabulary<'_>, text: &str, today: &str) -> Result<Condition> {
    let first = SIGNS
        .iter()
        .filter_map(|sign| text.find(sign).map(|at| (at, *sign)))
        .min_by_key(|(at, sign)| (*at, std::cmp::Reverse(sign.len())));
    let Some((at, sign)) = first else {
        return Err(Error::Refused {
            what: format!("{text:?} is not a condition"),
            hint: "write COLUMN=VALUE; also !=, <, <=, >, >= and ~ (contains); an empty VALUE \
                   means not stated"
                .to_owned(),
        });
    };
    let column = vocabulary.report.column(text[..at].trim())?;
    let value = text[at + sign.len()..].trim();
    let value = if value == "today" { today } else { value };
    let words = vocabulary.words_of(&column);
    let mut negated = sign == "!=";
    let tests = match sign {
        "=" | "!=" if value.is_empty() => {
            negated = sign == "=";
            vec![Test::Stated]
        }
        "=" | "!=" => equal_tests(vocabulary, &column, words, value)?,
        "~" => vec![Test::Contains(value.to_owned())],
        _ if value.is_empty() => {
            return Err(Error::Refused {
                what: format!("the condition {} compares with nothing", quoted(text)),
                hint: format!("write a value after {sign}, or {column}= for what is not stated"),
            });
        }
        sign => {
            let sign = match sign {
                "<" => Sign::Less,
                "<=" => Sign::AtMost,
                ">" => Sign::More,
                _ => Sign::AtLeast,
            };
            vec![order_test(vocabulary, &column, words, sign, value)?]
        }
    };
    let claims = vocabulary.report.header.claims_of(&column);
    let holds = vocabulary.report.type_of(&column);
    Ok(Condition { column, tests, negated, holds, claims, text: text.to_owned() })
}

/// The tests for `=`, one of which must hold.
fn equal_tests(
    vocabulary: &Vocabulary<'_>,
    column: &str,
    words: Words,
    value: &str,
) -> Result<Vec<Test>> {
    let parts = || value.split(',').map(str::trim).filter(|part| !part.is_empty());
    let day_test = |part: &str| match words {
        Words::Moments => Ok(Test::Falls(days(column, part)?)),
        _ => Ok(Test::Meets(part.to_owned(), days(column, part)?)),
    };
    match words {
        Words::Keys(tables) => vocabulary.key_tests(column, &tables, value),
        Words::Codes(tables, own) => {
            parts().map(|part| vocabulary.code_test(column, &tables, &own, part)).collect()
        }
        Words::Moments if is_moment(value) => Ok(vec![Test::Is(value.to_owned())]),
        Words::Dates | Words::Moments => parts().map(day_test).collect(),
        Words::Others if value.contains('*') => Ok(vec![Test::Matches(value.to_owned())]),
        Words::Others if value.contains(',') && parts().all(|part| parse_number(part).is_ok()) => {
            check_grouping(column, value)?;
            Ok(parts().map(|part| Test::Is(part.to_owned())).collect())
        }
        Words::Others => Ok(vec![Test::Is(value.to_owned())]),
    }
}

/// The test for `<`, `<=`, `>` and `>=`.
fn order_test(
    vocabulary: &Vocabulary<'_>,
    column: &str,
    words: Words,
    sign: Sign,
    value: &str,
) -> Result<Test> {
    match words {
        Words::Dates => Ok(Test::Lies(sign, value.to_owned(), days(column, value)?)),
        Words::Moments if !is_moment(value) => Ok(Test::FallsBeside(sign, days(column, value)?)),
        _ if column == "value"
            && vocabulary.report.has(&["lower", "upper", "assumed", "qualifier"]) =>
        {
            check_grouping(column, value)?;
            let number = parse_number(value).map_err(|_| Error::Refused {
                what: format!("{column} cannot be compared with {}", quoted(value)),
                hint: "write a number, such as 100000 or 0.5".to_owned(),
            })?;
            Ok(Test::Bounded(sign, number))
        }
        _ => {
            check_grouping(column, value)?;
            Ok(Test::Compares(sign, value.to_owned()))
        }
    }
}

/// Returns true for a moment to the second, which is compared as it stands.
fn is_moment(value: &str) -> bool {
    value.contains('T')
}

/// The days that a date in a condition can mean.
fn days(column: &str, value: &str) -> Result<(Option<String>, Option<String>)> {
    let refuse = |what| Error::Refused {
        what: format!("{column} is a date, and {what}"),
        hint: format!("`{column}~TEXT` finds dates that are written with it"),
    };
    check_date(value).and_then(|()| days_of(value)).map_err(refuse)
}

/// Refuses digits with a comma before the last three: they may be one number or two.
fn check_grouping(column: &str, value: &str) -> Result<()> {
    let groups: Vec<&str> = value.trim_start_matches('-').split(',').collect();
    let is_grouped = groups.len() > 1
        && (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|group| group.len() == 3)
        && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_digit()));
    if !is_grouped {
        return Ok(());
    }
    Err(Error::Refused {
        what: format!("{column}: {} may be one number or several", quoted(value)),
        hint: format!("write the number without commas, {}", groups.concat()),
    })
}
