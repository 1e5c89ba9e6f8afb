//! Reads the stored equations, and the figures to which the keys in them refer.

use super::answers::Lookup;
use crate::error::Result;
use crate::model::{Interval, Operand, Value};

/// An equation as the file stores it.
#[derive(Clone, Debug)]
pub struct WrittenEquation {
    /// The equation's key.
    pub key: String,
    /// The expression.
    pub expression: String,
    /// The title.
    pub title: Option<String>,
    /// The user's note.
    pub note: Option<String>,
}

/// All equations, in the order in which they were written.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn equations(db: &dyn Lookup) -> Result<Vec<WrittenEquation>> {
    let sql = "SELECT key, expression, title, note FROM equations ORDER BY id";
    let mut found = Vec::new();
    db.each_row("read the equations", sql, &[], &mut |row| {
        if let [Value::Text(key), Value::Text(expression), title, note] = row {
            found.push(WrittenEquation {
                key: key.clone(),
                expression: expression.clone(),
                title: title.as_text().map(str::to_owned),
                note: note.as_text().map(str::to_owned),
            });
        }
        Ok(())
    })?;
    Ok(found)
}

/// A figure to which a key in an equation may refer.
#[derive(Clone, Debug)]
pub struct FoundFigure {
    /// The figure's key.
    pub key: String,
    /// The number within its bounds.
    pub operand: Operand,
    /// The number in words, with its unit and time.
    pub words: String,
    /// Key of the claim that states the figure.
    pub claim: String,
    /// The current verdict on the claim.
    pub status: String,
    /// The reason for which the claim was withdrawn.
    pub withdrawn: Option<String>,
}

/// The figure with this key. If there is none, the first two figures of the measure with this key
/// whose claims are not withdrawn: two are enough to show that the key is ambiguous.
///
/// # Errors
/// Fails if the archive cannot be read.
pub fn figures_for(db: &dyn Lookup, key: &str) -> Result<Vec<FoundFigure>> {
    let doing = "look a figure up";
    let of_key = "SELECT id FROM figures WHERE key = ?1 UNION ALL
         SELECT row_id FROM aliases WHERE table_name = 'figures' AND alias = ?1 LIMIT 1";
    let mut figure = Value::Null;
    db.each_row(doing, of_key, &[Value::from(key)], &mut |row| {
        figure = row.first().cloned().unwrap_or(Value::Null);
        Ok(())
    })?;
    let mut found = Vec::new();
    let values = [figure, Value::from(key)];
    db.each_row(doing, include_str!("operand.sql"), &values, &mut |row| {
        found.extend(found_figure(row));
        Ok(())
    })?;
    Ok(found)
}

/// The figure in a row of `operand.sql`.
fn found_figure(row: &[Value]) -> Option<FoundFigure> {
    let [
        key,
        stated,
        unit,
        lower,
        upper,
        excludes_lower,
        excludes_upper,
        assumed,
        words,
        claim,
        status,
        withdrawn,
    ] = row
    else {
        return None;
    };
    let text = |value: &Value| value.as_text().map(str::to_owned);
    let flag = |value: &Value| *value == Value::Int(1);
    let mut bounds = Interval::between(lower.as_number(), upper.as_number());
    bounds.excludes_lower = flag(excludes_lower);
    bounds.excludes_upper = flag(excludes_upper);
    Some(FoundFigure {
        key: text(key)?,
        operand: Operand {
            bounds,
            stated: stated.as_number(),
            unit: text(unit)?,
            assumed: flag(assumed),
        },
        words: text(words)?,
        claim: text(claim)?,
        status: text(status)?,
        withdrawn: text(withdrawn),
    })
}
