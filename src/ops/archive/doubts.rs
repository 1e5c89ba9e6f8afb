//! Doubts that need more than SQL: numbers in words, and names that are nearly one.

use crate::error::Result;
use crate::model::{Bound, bounds_in, numbers_in, ordinals_in, quoted};
use crate::ops::near_names::{NearName, near_names};
use crate::store::{Finding, Reader, named_figures};

/// Figures whose number is not among those of their own words: `said` holds "350" and the value is 35.
pub(super) fn said_numbers(db: &Reader) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for figure in named_figures(db)? {
        let Some(said) = &figure.said else { continue };
        let stated = [numbers_in(said).concat(), ordinals_in(said)].concat();
        let words = quoted(said);
        // Words with one open side, or a range, say more than a number does.
        if let [bound] = bounds_in(said).as_slice()
            && Bound::of(&figure.qualifier) != Some(*bound)
        {
            let finding =
                format!("it is {}, and its words are {words}", figure.qualifier.replace('_', " "));
            found.push(Finding { table: "figures".to_owned(), key: figure.key.clone(), finding });
        }
        let missing = figure.numbers.iter().find(|number| !is_among(**number, &stated));
        if let (Some(number), false) = (missing, stated.is_empty()) {
            let finding = format!("it says {}, and its words are {words}", shown(*number));
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

/// Sources and places whose names are nearly one, or that may be several.
pub(super) fn near_names_of(db: &Reader) -> Result<Vec<Finding>> {
    let finding = |near: NearName| Finding {
        table: near.table.to_owned(),
        finding: format!(
            "it may be {}: its name is {}",
            near.others.join(" and "),
            quoted(&near.name)
        ),
        key: near.new,
    };
    Ok(near_names(db)?.into_iter().map(finding).collect())
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
