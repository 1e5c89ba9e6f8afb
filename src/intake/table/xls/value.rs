//! The value of a cell, as one of several records holds it.

use super::bytes::{Bytes, f64_at, u16_at, u32_at};
use super::globals::Globals;
use super::id;
use super::links::formula_text;
use super::record::Record;
use crate::intake::table::xlsx::sheet::{Cell, CellKind};

/// The largest number up to which every whole number is one of 64 bits.
const LAST_EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads the cell of a record; of several, the one at the position `nth`. Its row and its column are
/// left at 0.
pub(super) fn read_cell(
    stream: &[u8],
    record: &Record<'_>,
    nth: usize,
    globals: &Globals,
) -> Result<Cell, String> {
    let data = record.data;
    if record.id == id::MULTIPLE_RK {
        let at = 4 + nth * 6;
        return Ok(number(rk(u32_at(data, at + 2)?), usize::from(u16_at(data, at)?)));
    }
    let style = usize::from(u16_at(data, 4)?);
    match record.id {
        id::NUMBER => Ok(number(f64_at(data, 6)?, style)),
        id::RK => Ok(number(rk(u32_at(data, 6)?), style)),
        id::BOOLEAN_OR_ERROR => {
            let value = u16_at(data, 6)?.to_le_bytes();
            Ok(if value[1] == 0 { boolean(value[0], style) } else { error(value[0], style) })
        }
        id::LABEL_SST => {
            let position = u32_at(data, 6)?;
            let found = usize::try_from(position).ok().and_then(|n| globals.texts.get(n));
            Ok(match found {
                Some((text, runs)) => {
                    let marked = globals.marked(text, runs, style);
                    Cell { marked, ..self::text(text.to_owned(), style) }
                }
                // The text is not there.
                None => Cell {
                    kind: CellKind::Shared,
                    style,
                    value: Some(position.to_string()),
                    ..Cell::default()
                },
            })
        }
        id::LABEL | id::RICH_STRING => {
            let mut bytes = record.bytes(stream);
            bytes.skip(6)?;
            let length = bytes.u16()?;
            let (text, mut runs) = bytes.text(length)?;
            if record.id == id::RICH_STRING {
                let count = bytes.u16()?;
                runs = bytes.runs(count)?;
            }
            let marked = globals.marked(&text, &runs, style);
            Ok(Cell { marked, ..self::text(text, style) })
        }
        id::FORMULA => read_formula(stream, record, style, globals),
        _ => Ok(Cell { style, ..Cell::default() }),
    }
}

/// Reads the last value of a formula.
fn read_formula(
    stream: &[u8],
    record: &Record<'_>,
    style: usize,
    globals: &Globals,
) -> Result<Cell, String> {
    let data = record.data;
    let special = u16_at(data, 12)? == 0xffff;
    let (kind, value) = (u16_at(data, 6)?.to_le_bytes()[0], u16_at(data, 8)?.to_le_bytes()[0]);
    // Programs that do not calculate write 0 or nothing where a value is to be.
    let absent = !globals.calculated || is_left_to_calculate(data)?;
    let mut cell = match (special, kind) {
        (false, _) => {
            let value = f64_at(data, 6)?;
            let mut cell = number(value, style);
            if value == 0.0 && absent {
                cell.value = None;
            }
            cell
        }
        (true, 0) => match formula_string(stream, record)? {
            Some(text) => {
                let marked = globals.marked(&text, &[], style);
                Cell { marked, ..self::text(text, style) }
            }
            None => Cell { kind: CellKind::Text, style, ..Cell::default() },
        },
        (true, 1) => boolean(value, style),
        (true, 2) => error(value, style),
        (true, 3) if absent => Cell { kind: CellKind::Text, style, ..Cell::default() },
        (true, 3) => text(String::new(), style),
        (true, other) => {
            return Err(format!("a formula in it has a value of the unknown kind {other}"));
        }
    };
    let length = usize::from(u16_at(data, 20)?);
    let tokens = data.get(22..).and_then(|rest| rest.get(..length));
    cell.formula = Some(formula_text(tokens.unwrap_or_default()));
    Ok(cell)
}

/// Returns true for a formula that is to be calculated when the workbook is opened. Excel never writes
/// this; programs do that cannot calculate.
pub(super) fn is_left_to_calculate(formula: &[u8]) -> Result<bool, String> {
    Ok(u16_at(formula, 14)? & 0x02 != 0)
}

/// Returns the text that is the value of a formula. It stands in a record behind that of the formula.
fn formula_string(stream: &[u8], formula: &Record<'_>) -> Result<Option<String>, String> {
    let mut next = Record::at(stream, formula.end())?;
    while matches!(next.id, id::ARRAY | id::SHARED_FORMULA | id::TABLE | id::CONTINUE) {
        next = Record::at(stream, next.end())?;
    }
    if next.id != id::STRING {
        return Ok(None);
    }
    let mut bytes: Bytes<'_> = next.bytes(stream);
    let length = bytes.u16()?;
    Ok(Some(bytes.text(length)?.0))
}

/// Returns the number that four bytes stand for (MS-XLS 2.5.217).
fn rk(bits: u32) -> f64 {
    let number = match bits & 0x02 {
        0 => f64::from_bits(u64::from(bits & !0x03) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    if bits & 0x01 == 0 { number } else { number / 100.0 }
}

fn number(number: f64, style: usize) -> Cell {
    if !number.is_finite() {
        return error(0x24, style);
    }
    let value = match number {
        0.0 => "0".to_owned(),
        // Beyond, digits may have been lost before the file was written.
        _ if number.abs() > LAST_EXACT => format!("{number:E}"),
        _ => number.to_string(),
    };
    Cell { kind: CellKind::Number, style, value: Some(value), ..Cell::default() }
}

fn text(value: String, style: usize) -> Cell {
    Cell { kind: CellKind::Text, style, value: Some(value), ..Cell::default() }
}

fn boolean(value: u8, style: usize) -> Cell {
    Cell { kind: CellKind::Boolean, style, value: Some(value.to_string()), ..Cell::default() }
}

fn error(code: u8, style: usize) -> Cell {
    let value = match code {
        0x00 => "#NULL!".to_owned(),
        0x07 => "#DIV/0!".to_owned(),
        0x0f => "#VALUE!".to_owned(),
        0x17 => "#REF!".to_owned(),
        0x1d => "#NAME?".to_owned(),
        0x24 => "#NUM!".to_owned(),
        0x2a => "#N/A".to_owned(),
        0x2b => "#GETTING_DATA".to_owned(),
        other => format!("#{other}"),
    };
    Cell { kind: CellKind::Error, style, value: Some(value), ..Cell::default() }
}

#[cfg(test)]
mod tests {
    use super::{number, rk};

    #[test]
    fn a_number_in_four_bytes_is_a_fraction_or_a_whole_one() {
        for (bits, value) in [
            (0x3ff0_0000, 1.0),
            (0x3ff0_0001, 0.01),
            (0x0000_0006, 1.0),
            (0xffff_fff6, -3.0),
            (0xffff_ff87, -0.31),
            (0x8000_0002, -536_870_912.0),
            (0x0000_0000, 0.0),
        ] {
            assert_eq!(rk(bits), value, "{bits:x}");
        }
    }

    #[test]
    fn a_number_has_its_own_digits_and_an_error_is_none() {
        for (value, text) in [
            (0.1, "0.1"),
            (-0.0, "0"),
            (33.3, "33.3"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (12_345_678_901_234_568.0, "1.2345678901234568E16"),
            (f64::NAN, "#NUM!"),
            (f64::INFINITY, "#NUM!"),
        ] {
            assert_eq!(number(value, 0).value.as_deref(), Some(text));
        }
    }
}
