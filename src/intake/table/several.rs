//! Several names in one cell: "Agency; Project". Nothing says whether that is one name or two, so the
//! user does: `--split source=";"` makes several sources of it, `--split source=` one.

use super::cell::Cell;
use crate::model::{Column, RowPart, SourcePos, quoted};

/// The signs that people put between names. A cell with one of them may hold several.
pub(super) const SIGNS: [&str; 8] = [";", "；", "؛", " | ", " / ", " + ", "、", "\n"];

/// The parts of a row of which a cell can name several.
const PARTS: [RowPart; 3] = [RowPart::Source, RowPart::Speaker, RowPart::Location];

/// The fields of those parts that are of one alone, which several cannot share.
const OWN: [&str; 12] = [
    "key",
    "url",
    "archived_url",
    "identifier",
    "sha256",
    "author",
    "geonames",
    "wikidata",
    "iso_3166",
    "ocha_pcode",
    "lat",
    "lon",
];

/// The fields of a mention that are of one source alone.
const OF_ONE_SOURCE: [&str; 2] = ["locator", "quote"];

/// Returns true for a column whose cells may hold several names.
pub(super) fn can_hold_names(column: &Column) -> bool {
    PARTS.contains(&column.part)
}

/// Returns why a name is refused that may be several.
pub(super) fn describe_several(cell: &Cell<'_>) -> Option<String> {
    if cell.split.is_some() || !can_hold_names(cell.column) {
        return None;
    }
    let sign = SIGNS.into_iter().find(|sign| cell.text.trim().contains(sign))?;
    let column = match &cell.pos {
        SourcePos::Cell(_, name) => name.as_str(),
        _ => cell.column.name,
    };
    let shown = sign.replace('\n', "\\n");
    Some(format!(
        "{} may be one name or several; `--split {column}=\"{shown}\"` makes several of it, \
         `--split {column}=` one",
        quoted(cell.text.trim())
    ))
}

/// The rows that a row stands for: itself, and one more for each further name of a cell that the user
/// splits. A further row says of the claim who else states it, or where else it is.
///
/// # Errors
/// Fails where columns of one part are split into different numbers of names, where both sources and
/// speakers are several, or where several would share what tells one from another.
pub(super) fn rows_of<'a>(given: &[Cell<'a>]) -> Result<Vec<Vec<Cell<'a>>>, (SourcePos, String)> {
    let numbers =
        [RowPart::Source, RowPart::Speaker, RowPart::Location].map(|part| number_of(given, part));
    let [sources, speakers, places] = numbers;
    let (sources, speakers, places) = (sources?, speakers?, places?);
    if let (Some((pos, _)), Some(_)) = (&sources, &speakers) {
        let what = "sources and speakers of this row are several, and nothing says which belong \
                    together; give each a row of its own";
        return Err((pos.clone(), what.to_owned()));
    }
    let mut rows = vec![row_with(given, None)];
    for (part, number) in
        [(RowPart::Source, sources), (RowPart::Speaker, speakers), (RowPart::Location, places)]
    {
        let number = number.map_or(1, |(_, number)| number);
        rows.extend((1..number).map(|n| row_with(given, Some((part, n)))));
    }
    Ok(rows)
}

/// The cells of a row with the first of the names in each; of a further row, with name `n` of a part.
fn row_with<'a>(given: &[Cell<'a>], further: Option<(RowPart, usize)>) -> Vec<Cell<'a>> {
    let kept = |cell: &&Cell<'a>| {
        further.is_none_or(|(part, _)| belongs_to_further_row(part, cell.column.part))
    };
    let one = |cell: &Cell<'a>| {
        let names = names_in(cell);
        let n = further.map_or(0, |(part, n)| if part == cell.column.part { n } else { 0 });
        let text = names.get(n).or(names.first()).copied().unwrap_or(cell.text);
        Cell { text, ..cell.clone() }
    };
    given.iter().filter(kept).map(one).collect()
}

/// The position of the first cell of a part that names several, and how many.
fn number_of(
    given: &[Cell<'_>],
    part: RowPart,
) -> Result<Option<(SourcePos, usize)>, (SourcePos, String)> {
    let own = || given.iter().filter(|cell| cell.column.part == part);
    let mut found: Option<(SourcePos, usize)> = None;
    for cell in own() {
        let number = names_in(cell).len();
        match &found {
            _ if number < 2 => {}
            None => found = Some((cell.pos.clone(), number)),
            Some((_, other)) if *other == number => {}
            Some((_, other)) => {
                let what = format!("this holds {number} names, and another column {other}");
                return Err((cell.pos.clone(), what));
            }
        }
    }
    let shared = own().find(|cell| names_in(cell).len() < 2 && OWN.contains(&cell.column.field));
    let is_of_one = |cell: &&Cell<'_>| {
        let is_said = cell.column.part == RowPart::Mention && part == RowPart::Source;
        is_said && OF_ONE_SOURCE.contains(&cell.column.field)
    };
    let Some((pos, number)) = found else { return Ok(None) };
    if let Some(cell) = shared {
        let what = format!(
            "this cannot be of {number} at once; give each a row of its own, or split this column too"
        );
        return Err((cell.pos.clone(), what));
    }
    match given.iter().find(is_of_one) {
        Some(cell) => {
            let what =
                format!("this cannot be in {number} sources at once; give each a row of its own");
            Err((cell.pos.clone(), what))
        }
        None => Ok(Some((pos, number))),
    }
}

/// The names in a cell: one, unless the user splits it.
fn names_in<'a>(cell: &Cell<'a>) -> Vec<&'a str> {
    match cell.split.filter(|sign| !sign.is_empty()) {
        Some(sign) => {
            let sign = if sign == "\\n" { "\n" } else { sign };
            cell.text.split(sign).map(str::trim).filter(|name| !name.is_empty()).collect()
        }
        None => vec![cell.text],
    }
}

/// Returns true for the cells that a further row needs: those of the claim, and of what it names anew.
fn belongs_to_further_row(split: RowPart, part: RowPart) -> bool {
    match part {
        RowPart::Claim => true,
        RowPart::Source | RowPart::Speaker | RowPart::Mention => split != RowPart::Location,
        RowPart::Location | RowPart::Place => split == RowPart::Location,
        _ => false,
    }
}
