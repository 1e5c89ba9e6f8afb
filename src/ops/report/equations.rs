//! Whether figures tie out: every equation of the archive, worked out within the bounds of its
//! figures. SQL cannot read an expression, so this one report is made by the program.

use crate::error::Result;
use crate::model::{Answer, Equation, Interval, Operand, Quantity, Table, Value};
use crate::store::{FoundFigure, Handle, WrittenEquation, equations, figures_for};
use std::collections::BTreeMap;

/// Its name among the reports.
pub(super) const NAME: &str = "tie-outs";
pub(super) const TITLE: &str = "Figures that must tie out";
pub(super) const QUESTION: &str =
    "Do the equations between figures hold, within what the figures can mean?";

/// Name and meaning of each column.
pub(in crate::ops) const COLUMNS: [(&str, &str); 10] = [
    ("equation", "Key of the equation."),
    ("title", "What it says, in a few words."),
    ("expression", "As written: keys of figures, numbers and one of = ~ < > <= >=."),
    ("result", "holds, fails, or cannot tell."),
    ("left", "What the left side can be; not stated where it cannot be worked out."),
    ("right", "What the right side can be."),
    ("gap", "How far the sides are apart where they do not meet, in their unit."),
    ("why", "What the result rests on, or why it cannot be told."),
    ("figures", "The figures in it, each with its words and the verdict on its claim."),
    ("note", "A remark by the archive."),
];

type Known = BTreeMap<String, std::result::Result<FoundFigure, String>>;

/// Works every equation out.
pub(in crate::ops) fn rows(db: &Handle) -> Result<Table> {
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let mut table = Table::new(&names);
    for written in equations(db)? {
        let row = row(db, &written)?;
        table.rows.push(row);
    }
    Ok(table)
}

fn row(db: &Handle, written: &WrittenEquation) -> Result<Vec<Value>> {
    let (verdict, known) = match Equation::parse(&written.expression) {
        Ok(equation) => {
            let mut known = Known::new();
            for key in equation.keys() {
                known.insert(key.to_owned(), found(figures_for(db, key)?, key));
            }
            (work_out(&equation, &known), known)
        }
        Err(why) => (Verdict::untold(why), Known::new()),
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
        text(verdict.left.as_ref().map(in_words)),
        text(verdict.right.as_ref().map(in_words)),
        verdict.gap.map_or(Value::Null, number),
        text(verdict.why),
        text((!figures.is_empty()).then(|| figures.join("; "))),
        text(written.note.clone()),
    ])
}

/// The one figure that a key stands for.
fn found(figures: Vec<FoundFigure>, key: &str) -> std::result::Result<FoundFigure, String> {
    let mut figures = figures.into_iter();
    match (figures.next(), figures.next()) {
        (None, _) => Err(format!("no figure, and no measure with a figure, has the key {key}")),
        (Some(_), Some(_)) => {
            Err(format!("several figures are on the measure {key}; name the one that is meant"))
        }
        (Some(figure), None) if figure.withdrawn.is_some() => {
            Err(format!("{key} stands in the claim {}, which was withdrawn", figure.claim))
        }
        (Some(figure), None) => Ok(figure),
    }
}

struct Verdict {
    answer: Answer,
    left: Option<Interval>,
    right: Option<Interval>,
    gap: Option<f64>,
    why: Option<String>,
}

impl Verdict {
    fn untold(why: String) -> Self {
        Verdict { answer: Answer::Depends, left: None, right: None, gap: None, why: Some(why) }
    }
}

/// Both sides, with some figures taken as the very number that is stated.
fn sides(
    equation: &Equation,
    known: &Known,
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

/// Whether it holds with both sides as they are; `Err` says why that cannot be asked.
fn ask(
    equation: &Equation,
    left: &Quantity,
    right: &Quantity,
) -> std::result::Result<Answer, String> {
    Quantity::common_unit(left, right)?;
    Ok(equation.holds(&left.bounds, &right.bounds))
}

fn work_out(equation: &Equation, known: &Known) -> Verdict {
    let (left, right) = sides(equation, known, &[]);
    let asked = match (&left, &right) {
        (Ok(left), Ok(right)) => ask(equation, left, right),
        (Err(why), _) | (_, Err(why)) => Err(why.clone()),
    };
    let bounds =
        |side: &std::result::Result<Quantity, String>| side.as_ref().ok().map(|s| s.bounds);
    let (left, right) = (bounds(&left), bounds(&right));
    let which = |test: fn(&Operand) -> bool| -> Vec<&str> {
        let figures = known.iter().filter_map(|(key, f)| f.as_ref().ok().map(|f| (key, f)));
        let fit = figures.filter(|(_, f)| f.operand.stated.is_some() && test(&f.operand));
        fit.map(|(key, _)| key.as_str()).collect()
    };
    let open = which(|operand| operand.bounds.is_open());
    let loose = which(|operand| operand.bounds.is_open() || operand.assumed);
    let (answer, why) = match asked {
        Ok(Answer::Fails) => {
            let apart = left.zip(right).map(|(l, r)| l.gap(&r)).filter(|gap| *gap > 0.0);
            (Answer::Fails, apart.map(|gap| format!("fails by {}", short(gap))))
        }
        Ok(Answer::Holds) => {
            // A bound that a tolerance made may be all that it rests on.
            let rests = !loose.is_empty()
                && taken(equation, known, &loose).is_none_or(|(a, _)| a != Answer::Holds);
            let why =
                rests.then(|| format!("holds with the tolerance assumed for {}", loose.join(", ")));
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
                    let (answer, values) = taken(equation, known, keys)?;
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
    Verdict { answer, left, right, gap, why }
}

/// The answer, and the sides, when some figures are taken as exact.
fn taken(equation: &Equation, known: &Known, exact: &[&str]) -> Option<(Answer, String)> {
    let (left, right) = sides(equation, known, exact);
    let (left, right) = (left.ok()?, right.ok()?);
    let answer = ask(equation, &left, &right).ok()?;
    Some((answer, format!("{} against {}", in_words(&left.bounds), in_words(&right.bounds))))
}

/// Bounds as people write them.
fn in_words(bounds: &Interval) -> String {
    let (lower, upper) = (bounds.lower, bounds.upper);
    match (lower.is_infinite(), upper.is_infinite()) {
        (true, true) => "anything".to_owned(),
        (true, false) if bounds.excludes_upper => format!("under {}", short(upper)),
        (true, false) => format!("at most {}", short(upper)),
        (false, true) if bounds.excludes_lower => format!("over {}", short(lower)),
        (false, true) => format!("at least {}", short(lower)),
        _ if lower == upper => short(lower),
        _ => format!("{} to {}", short(lower), short(upper)),
    }
}

/// A number to four digits after the point, or to four that say something.
fn short(number: f64) -> String {
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

fn number(number: f64) -> Value {
    crate::model::parse_number(&short(number)).unwrap_or(Value::Real(number))
}
