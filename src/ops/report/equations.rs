//! The report `tie-outs`: every equation of the archive, evaluated within the bounds of its
//! figures. SQL cannot evaluate an expression, so the program computes this one report.

use crate::error::Result;
use crate::model::{Answer, Equation, Interval, Operand, Quantity, ReportHeader, Table, Value};
use crate::store::{FoundFigure, Lookup, WrittenEquation, equations, figures_for};
use std::collections::BTreeMap;

/// The name of the report.
pub(in crate::ops) const NAME: &str = "tie-outs";
pub(in crate::ops) const TITLE: &str = "Figures that must tie out";
pub(super) const QUESTION: &str =
    "Do the equations between figures hold, within what the figures can mean?";

/// The columns that answer the question.
const SHOW: [&str; 5] = ["equation", "result", "left", "right", "why"];
/// Options that ask something in particular.
const EXAMPLES: [&str; 3] = [
    "--where result=fails",
    "--where \"result!=holds\" --record",
    "--columns equation,expression --wide",
];

/// The name and the meaning of each column.
pub(in crate::ops) const COLUMNS: [(&str, &str); 10] = [
    ("equation", "Key of the equation."),
    ("title", "What it says, in a few words."),
    ("expression", "As written: keys of figures, numbers and one of = ~ < > <= >=."),
    ("result", "holds, fails, or cannot tell."),
    ("left", "What the left side can be; not stated where it cannot be worked out."),
    ("right", "What the right side can be."),
    ("gap", "How far the sides are apart where they do not meet, in their unit."),
    ("why", "What the result depends on, or why there is none."),
    ("figures", "The figures in it, each with its words and the verdict on its claim."),
    ("note", "Your note."),
];

/// Its description, as the other reports have it in their SQL.
pub(super) fn header() -> ReportHeader {
    let owned = |(name, meaning): &(&str, &str)| ((*name).to_owned(), (*meaning).to_owned());
    ReportHeader {
        name: NAME.to_owned(),
        title: TITLE.to_owned(),
        question: Some(QUESTION.to_owned()),
        columns: COLUMNS.iter().map(owned).collect(),
        show: SHOW.map(str::to_owned).to_vec(),
        words: Vec::new(),
        exact: Vec::new(),
        order: Vec::new(),
        order_is_whole: false,
        lists: Vec::new(),
        examples: EXAMPLES.map(str::to_owned).to_vec(),
        doubt: false,
        chart: None,
        sql: String::new(),
    }
}

/// The figures of an equation by key; `Err` says why a key does not name one figure.
type Figures = BTreeMap<String, std::result::Result<FoundFigure, String>>;

/// Evaluates every equation.
pub(in crate::ops) fn compute_rows(db: &dyn Lookup) -> Result<Table> {
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let mut table = Table::new(&names);
    for written in equations(db)? {
        let row = compute_row(db, &written)?;
        table.rows.push(row);
    }
    Ok(table)
}

fn compute_row(db: &dyn Lookup, written: &WrittenEquation) -> Result<Vec<Value>> {
    let (verdict, known) = match Equation::parse(&written.expression) {
        Ok(equation) => {
            let mut known = Figures::new();
            for key in equation.keys() {
                known.insert(key.to_owned(), single_figure(figures_for(db, key)?, key));
            }
            (evaluate(&equation, &known), known)
        }
        Err(why) => (Evaluation::unknown(why), Figures::new()),
    };
    let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
    let figures: Vec<String> = known
        .values()
        .flatten()
        .map(|figure| {
            format!("{}: {} ({}, {})", figure.key, figure.words, figure.claim, figure.status)
        })
        .collect();
    Ok(vec![
        Value::from(written.key.as_str()),
        text(written.title.clone()),
        Value::from(written.expression.as_str()),
        Value::from(match verdict.answer {
            Answer::Holds => "holds",
            Answer::Fails => "fails",
            Answer::Depends => "cannot tell",
        }),
        text(verdict.left.as_ref().map(bounds_in_words)),
        text(verdict.right.as_ref().map(bounds_in_words)),
        verdict.gap.map_or(Value::Null, number_value),
        text(verdict.why),
        text((!figures.is_empty()).then(|| figures.join("; "))),
        text(written.note.clone()),
    ])
}

/// Returns the single figure that a key names.
fn single_figure(figures: Vec<FoundFigure>, key: &str) -> std::result::Result<FoundFigure, String> {
    let mut figures = figures.into_iter();
    match (figures.next(), figures.next()) {
        (None, _) => Err(format!("no figure, and no measure with a figure, has the key {key}")),
        (Some(_), Some(_)) => {
            Err(format!("several figures are on the measure {key}; name the one that is meant"))
        }
        (Some(figure), None) if figure.withdrawn.is_some() => {
            Err(format!("{key} belongs to the claim {}, which was withdrawn", figure.claim))
        }
        (Some(figure), None) => Ok(figure),
    }
}

/// The result of evaluating an equation.
struct Evaluation {
    answer: Answer,
    left: Option<Interval>,
    right: Option<Interval>,
    gap: Option<f64>,
    why: Option<String>,
}

impl Evaluation {
    fn unknown(why: String) -> Self {
        Evaluation { answer: Answer::Depends, left: None, right: None, gap: None, why: Some(why) }
    }
}

/// Evaluates both sides; the figures in `exact` have the stated number as both bounds.
fn evaluate_sides(
    equation: &Equation,
    known: &Figures,
    exact: &[&str],
) -> (std::result::Result<Quantity, String>, std::result::Result<Quantity, String>) {
    let operand = |key: &str| -> std::result::Result<Operand, String> {
        let figure = known.get(key).ok_or_else(|| format!("no figure {key}"))?.clone()?;
        let mut operand = figure.operand;
        if let Some(stated) = operand.stated.filter(|_| exact.contains(&key)) {
            operand.bounds = Interval::exactly(stated);
        }
        if operand.bounds.lower == f64::NEG_INFINITY && operand.bounds.upper == f64::INFINITY {
            return Err(format!("no number is stated for {key}"));
        }
        Ok(operand)
    };
    (equation.left.evaluate(&operand), equation.right.evaluate(&operand))
}

/// Compares both sides; `Err` says why they cannot be compared.
fn compare_sides(
    equation: &Equation,
    left: &Quantity,
    right: &Quantity,
) -> std::result::Result<Answer, String> {
    Quantity::common_unit(left, right)?;
    Ok(equation.holds(&left.bounds, &right.bounds))
}

/// Evaluates an equation and explains the result.
fn evaluate(equation: &Equation, known: &Figures) -> Evaluation {
    let (left, right) = evaluate_sides(equation, known, &[]);
    let asked = match (&left, &right) {
        (Ok(left), Ok(right)) => compare_sides(equation, left, right),
        (Err(why), _) | (_, Err(why)) => Err(why.clone()),
    };
    let bounds =
        |side: &std::result::Result<Quantity, String>| side.as_ref().ok().map(|s| s.bounds);
    let (left, right) = (bounds(&left), bounds(&right));
    let keys_where = |test: fn(&Operand) -> bool| -> Vec<&str> {
        let figures = known.iter().filter_map(|(key, f)| f.as_ref().ok().map(|f| (key, f)));
        let fit = figures.filter(|(_, f)| f.operand.stated.is_some() && test(&f.operand));
        fit.map(|(key, _)| key.as_str()).collect()
    };
    let open = keys_where(|operand| operand.bounds.is_open());
    let loose = keys_where(|operand| operand.bounds.is_open() || operand.assumed);
    let (answer, why) = match asked {
        Ok(Answer::Fails) => {
            let apart = left.zip(right).map(|(l, r)| l.gap(&r)).filter(|gap| *gap > 0.0);
            (Answer::Fails, apart.map(|gap| format!("fails by {}", format_number(gap))))
        }
        Ok(Answer::Holds) => {
            // The result may depend on a bound that only an assumed tolerance gives.
            let depends = !loose.is_empty()
                && evaluate_exact(equation, known, &loose).is_none_or(|(a, _)| a != Answer::Holds);
            let why = depends
                .then(|| format!("holds with the tolerance assumed for {}", loose.join(", ")));
            (Answer::Holds, why)
        }
        other => {
            let why = match other {
                Err(why) => why,
                _ if !open.is_empty() => format!("{} is open at one end", open.join(", ")),
                _ => "it depends on where within their bounds the numbers are".to_owned(),
            };
            let more =
                [&open, &loose].into_iter().filter(|keys| !keys.is_empty()).find_map(|keys| {
                    let (answer, values) = evaluate_exact(equation, known, keys)?;
                    let word = match answer {
                        Answer::Holds => "holds",
                        Answer::Fails => "fails",
                        Answer::Depends => return None,
                    };
                    Some(format!(
                        "; {word} only if {} is taken as exact: {values}",
                        keys.join(", ")
                    ))
                });
            (Answer::Depends, Some(why + &more.unwrap_or_default()))
        }
    };
    let gap = left.zip(right).map(|(l, r)| l.gap(&r)).filter(|gap| *gap > 0.0 && gap.is_finite());
    Evaluation { answer, left, right, gap, why }
}

/// Evaluates the equation with some figures taken as exact; returns the answer and both sides in
/// words.
fn evaluate_exact(
    equation: &Equation,
    known: &Figures,
    exact: &[&str],
) -> Option<(Answer, String)> {
    let (left, right) = evaluate_sides(equation, known, exact);
    let (left, right) = (left.ok()?, right.ok()?);
    let answer = compare_sides(equation, &left, &right).ok()?;
    Some((
        answer,
        format!("{} against {}", bounds_in_words(&left.bounds), bounds_in_words(&right.bounds)),
    ))
}

/// Formats bounds in words.
fn bounds_in_words(bounds: &Interval) -> String {
    let (lower, upper) = (bounds.lower, bounds.upper);
    match (lower.is_infinite(), upper.is_infinite()) {
        (true, true) => "anything".to_owned(),
        (true, false) if bounds.excludes_upper => format!("under {}", format_number(upper)),
        (true, false) => format!("at most {}", format_number(upper)),
        (false, true) if bounds.excludes_lower => format!("over {}", format_number(lower)),
        (false, true) => format!("at least {}", format_number(lower)),
        _ if lower == upper => format_number(lower),
        _ => format!("{} to {}", format_number(lower), format_number(upper)),
    }
}

/// Formats a number with four decimals, or a small one with four significant digits.
fn format_number(number: f64) -> String {
    let text = if number != 0.0 && number.abs() < 0.01 {
        format!("{number:.3e}")
    } else {
        format!("{number:.4}")
    };
    match text.contains('.') && !text.contains('e') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn number_value(number: f64) -> Value {
    crate::model::parse_number(&format_number(number)).unwrap_or(Value::Real(number))
}
