//! Conversion of a cell to the text that its field is read from.

use super::converted::Converted;
use super::format::NumberFormat;
use super::links::{Link, follow_link, parse_link};
use super::number::{format_date, format_duration, format_number, parse_number};
use super::section::{Meaning, compare_display};
use super::sheet::{Cell, CellKind};
use super::workbook::{Style, Workbook};
use crate::intake::text::dates::{DateFault, DateNotation, read_date};
use crate::model::{Column, Type, quoted};

/// Converts a cell for a field; without a field, for the file of rejected rows. `link` is the
/// address of its hyperlink.
pub(super) fn convert(
    cell: &Cell,
    column: Option<&Column>,
    link: Option<&str>,
    workbook: &Workbook,
) -> Converted {
    let ty = column.map_or(Type::Text, |column| column.definition().ty);
    let value = cell.value.as_deref().unwrap_or_default();
    let style = workbook.styles.get(cell.style);
    let mut done = Converted::default();
    match cell.kind {
        CellKind::Text => value.clone_into(&mut done.text),
        CellKind::Shared => {
            match value.trim().parse().ok().and_then(|number| workbook.strings.get(number)) {
                Some(text) => text.clone_into(&mut done.text),
                None if value.is_empty() => {}
                None => {
                    done.text = format!("#{value}");
                    done.refuse("the workbook lacks the text of this cell; enter it again");
                }
            }
        }
        CellKind::Boolean => {
            done.text = match value.trim() {
                "1" => "true".to_owned(),
                "0" => "false".to_owned(),
                other => other.to_lowercase(),
            };
        }
        CellKind::Error => {
            value.clone_into(&mut done.text);
            done.refuse(format!("the cell holds the error {value}; correct it or clear the cell"));
        }
        CellKind::Iso => {
            let (day, time) = value.split_once('T').unwrap_or((value, ""));
            let midnight = time.trim_start_matches("00:00:00").trim_matches(['.', '0']).is_empty();
            done.text = if midnight { day } else { value }.to_owned();
            if let Some(style) = style.filter(|_| ty == Type::Date || cell.shown.is_some()) {
                compare_date(&done.text.clone(), &style.format, ty, &mut done);
            }
            let is_formatted =
                style.is_some_and(|style| matches!(style.format, NumberFormat::Date { .. }));
            if let (Some(shown), false) = (&cell.shown, is_formatted)
                && !shows_day(shown, day)
            {
                compare(shown.trim(), is_textual(ty), &mut done);
            }
        }
        CellKind::Number => convert_number(value, cell, style, ty, workbook.from_1904, &mut done),
    }
    if matches!(cell.kind, CellKind::Text | CellKind::Shared) && !done.text.trim().is_empty() {
        compare_text(style, workbook.strings.marked(cell), is_textual(ty), &mut done);
        if let Some(shown) = &cell.shown {
            compare(shown.trim(), is_textual(ty), &mut done);
        }
    }
    if style.is_some_and(|style| style.struck) && !done.text.trim().is_empty() {
        done.remarks.push("the cell is struck through, and was read all the same".to_owned());
    }
    if is_uncalculated(cell, value, workbook) {
        let formula = cell.formula.as_deref().unwrap_or_default();
        done = Converted { text: format!("={formula}"), ..Converted::default() };
        done.refuse(
            "the cell has a formula and no value; open the workbook in a spreadsheet program and \
             save it",
        );
    }
    let formula = cell.formula.as_deref().and_then(parse_link);
    let own = cell.links.first().map(String::as_str);
    let link = link.or(own).map(|target| Link::To(target.into())).or(formula);
    if let (Some(column), Some(link), None) = (column, link, &done.fault) {
        follow_link(column, link, &mut done);
    }
    if let (Some(_), [_, further @ ..]) = (column, &cell.links[..])
        && !further.is_empty()
    {
        let targets = further.iter().map(|target| quoted(target)).collect::<Vec<_>>().join(", ");
        done.remarks.push(format!("further links behind this cell are not kept: {targets}"));
    }
    if column.is_none() {
        done.fault = None;
        done.remarks.clear();
    }
    done
}

/// Returns true for a formula whose value is not in the file. A text may be empty; and 0 is what
/// some programs write where they leave all formulas to be calculated later.
fn is_uncalculated(cell: &Cell, value: &str, workbook: &Workbook) -> bool {
    let absent = match cell.kind {
        CellKind::Text => cell.value.is_none(),
        _ => value.is_empty(),
    };
    let placeholder = workbook.uncalculated && cell.kind == CellKind::Number && value == "0";
    cell.formula.is_some() && (absent || placeholder)
}

/// Returns true for a field that takes any text.
fn is_textual(ty: Type) -> bool {
    matches!(ty, Type::Text | Type::Key | Type::Ref(_) | Type::RefIn(_))
}

fn convert_number(
    text: &str,
    cell: &Cell,
    style: Option<&Style>,
    ty: Type,
    from_1904: bool,
    done: &mut Converted,
) {
    let text = text.trim();
    let Some(number) = parse_number(text) else {
        text.clone_into(&mut done.text);
        return;
    };
    let textual = is_textual(ty);
    let format = style.map_or(&NumberFormat::General, |style| &style.format);
    let formatted = match format {
        NumberFormat::Duration => Ok(format_duration(number)),
        // A time of day, such as a position in a recording.
        NumberFormat::Date { .. } if (0.0..1.0).contains(&number) => Ok(format_duration(number)),
        NumberFormat::Date { .. } => {
            format_date(number, from_1904).inspect(|date| compare_date(date, format, ty, done))
        }
        NumberFormat::General | NumberFormat::Sections(_) => {
            done.number = true;
            format_number(text, number, ty != Type::Number)
        }
    };
    match formatted {
        Ok(formatted) => done.text = formatted,
        Err(why) => {
            text.clone_into(&mut done.text);
            done.refuse(why);
        }
    }
    let shown = match (&cell.shown, format) {
        _ if done.fault.is_some() => None,
        (Some(shown), _) => Some(compare_display(shown, number, &done.text)),
        (None, NumberFormat::Sections(sections)) => Some(sections.show(number, &done.text)),
        (None, _) => None,
    };
    if let Some(shown) = shown {
        done.per_cent = shown.per_cent;
        match (shown.meaning, shown.text) {
            (Meaning::Hidden, _) => compare("", textual, done),
            (_, Some(shown)) if textual => compare(&shown, textual, done),
            (Meaning::Other, shown) => compare(&shown.unwrap_or_default(), textual, done),
            (Meaning::Noted(notes), _) if !textual => done.remarks.extend(notes),
            _ => {}
        }
    }
}

/// Refuses a date that its field cannot take as it is, and names what of it is not displayed.
fn compare_date(date: &str, format: &NumberFormat, ty: Type, done: &mut Converted) {
    let NumberFormat::Date { whole_day, words } = format else { return };
    if let (Type::Date, Some(words)) = (ty, words) {
        done.refuse(format!(
            "the date {date} is shown with {}; enter what is meant as text, or give the column a plain \
             date format",
            quoted(words)
        ));
    } else if ty == Type::Time {
        done.refuse(format!(
            "{date} is a date of the spreadsheet, which has no time zone; enter it as text, such as \
             2021-06-28T23:30:00Z or 2021-06-28T23:30:00+04:30"
        ));
    } else if ty == Type::Date && !whole_day && date.len() >= 10 {
        done.remarks.push(format!(
            "a part of the date {date} is not displayed; enter a month as text, such as {}",
            &date[..7]
        ));
    } else if is_textual(ty) {
        done.remarks.push(format!(
            "the cell holds the date {date}; format the column as text if it is none"
        ));
    }
}

/// Returns true if what a cell displays may be this day, in whatever order.
fn shows_day(shown: &str, day: &str) -> bool {
    match read_date(shown, DateNotation::default()) {
        Ok(read) => read.date == day,
        Err(DateFault::Ambiguous(one, other)) => one == day || other == day,
        Err(DateFault::ShortYear) => true,
        Err(DateFault::NotUnderstood | DateFault::WrongWeekday(..)) => false,
    }
}

/// Compares a text with what its cell displays. `marked` is the text with marks on what is raised,
/// lowered or struck through.
fn compare_text(style: Option<&Style>, marked: Option<&str>, textual: bool, done: &mut Converted) {
    if let Some(format) = style.and_then(|style| style.text.as_ref()) {
        compare(&format.show(&done.text), textual, done);
    }
    match marked {
        Some(marked) if textual => done.remarks.push(format!(
            "text that is raised, lowered or struck through was read as plain text: {}",
            quoted(marked)
        )),
        Some(marked) => {
            done.refuse(format!(
                "a part of the text is raised (^), lowered (_) or struck through (~~): {}; enter what \
                 is meant as plain text",
                quoted(marked)
            ));
            done.rejected.get_or_insert(marked.to_owned());
        }
        None => {}
    }
}

/// Names what a cell displays in a field of text, and refuses it in another one, where it is not what
/// the cell holds.
fn compare(shown: &str, textual: bool, done: &mut Converted) {
    let held = done.text.trim();
    if shown == held {
        return;
    }
    match (shown.is_empty(), textual) {
        (true, true) => {
            done.remarks.push(format!("hidden by its format; {held} is what the cell holds"));
        }
        (true, false) => done.refuse(format!(
            "the cell holds {held}, which its format hides; clear the cell, or give the column a plain \
             format"
        )),
        (false, true) => {
            done.remarks.push(format!("shown as {shown}; {held} is what the cell holds"));
        }
        (false, false) => {
            let (held, shown) = (held.to_owned(), shown.to_owned());
            done.refuse(format!(
                "the cell holds {held} and shows {0}; enter {0} as text, or give the column a plain \
                 format",
                quoted(&shown)
            ));
            done.rejected.get_or_insert(shown);
        }
    }
}
