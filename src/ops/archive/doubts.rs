//! Doubts that need more than SQL: numbers in words, and names that are nearly one.

use crate::error::Result;
use crate::model::{fold_loosely, numbers_in, ordinals_in, quoted};
use crate::store::{Finding, Reader, named_figures, names};
use std::collections::HashMap;

/// Figures whose number is not among those of their own words: `said` holds "350" and the value is 35.
pub(super) fn said_numbers(db: &Reader) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for figure in named_figures(db)? {
        let Some(said) = &figure.said else { continue };
        let stated = [numbers_in(said).concat(), ordinals_in(said)].concat();
        let missing = figure.numbers.iter().find(|number| !is_among(**number, &stated));
        if let (Some(number), false) = (missing, stated.is_empty()) {
            let finding = format!("it says {}, and its words are {}", shown(*number), quoted(said));
            found.push(Finding { table: "figures".to_owned(), key: figure.key, finding });
        }
    }
    Ok(found)
}

/// Figures that are not the one number in the text of their claim.
pub(super) fn claim_numbers(db: &Reader) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for figure in named_figures(db)? {
        // Where the words of the source are kept, they tell; a claim with several figures has several
        // numbers.
        if figure.said.is_some() || figure.siblings > 1 {
            continue;
        }
        let stated = numbers_in(&figure.claim_text);
        let [one] = stated.as_slice() else { continue };
        if !figure.numbers.iter().any(|number| is_among(*number, one)) {
            let finding = format!(
                "it says {}, and its claim {}",
                shown(figure.numbers[0]),
                quoted(&figure.claim_text)
            );
            found.push(Finding { table: "figures".to_owned(), key: figure.key, finding });
        }
    }
    Ok(found)
}

/// Sources and places whose names differ by accents, signs or spaces alone.
pub(super) fn near_names(db: &Reader) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for table in ["sources", "locations"] {
        let mut first: HashMap<(String, String), (String, String)> = HashMap::new();
        for (key, kind, name, folded) in names(db, table)? {
            let loose = (kind, fold_loosely(&name));
            match first.get(&loose) {
                // One spelling may be of two: another date, another place around it.
                Some((_, other)) if *other == folded => {}
                Some((other, _)) => {
                    let finding = format!("it may be {other}: its name is {}", quoted(&name));
                    found.push(Finding { table: table.to_owned(), key, finding });
                }
                None => {
                    first.insert(loose, (key, folded));
                }
            }
        }
    }
    Ok(found)
}

/// Returns true if a number is one of several, or one of them in another scale of words.
fn is_among(number: f64, stated: &[f64]) -> bool {
    stated.iter().any(|other| is_same(number, *other))
}

/// Formats a number, a whole one without decimals.
fn shown(number: f64) -> String {
    number.to_string()
}

fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}
