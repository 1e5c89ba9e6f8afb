//! The cells of a worksheet, in order, and what it lists beside them.

use super::bytes::u16_at;
use super::globals::Globals;
use super::id;
use super::links::{Target, read_target};
use super::record::{Kind, Record, Substream};
use super::value::{is_left_to_calculate, read_cell};
use crate::intake::table::xlsx::MAX_NAMED;
use crate::intake::table::xlsx::areas::{Area, Listed, MAX_LINKS, MAX_MERGED};
use crate::intake::table::xlsx::sheet::{COLUMNS, Cell, Worksheet, format_reference};
use std::collections::HashMap;

/// The number of columns of a worksheet in this format.
const MAX_COLUMNS: u16 = 256;

/// The place of a cell in the worksheet and in the stream.
#[derive(Clone, Copy)]
struct Place {
    row: u16,
    column: u16,
    /// The position of the cell in a record that holds several.
    nth: u16,
    /// True if the cell has a style alone.
    blank: bool,
    offset: u32,
}

/// A worksheet.
#[derive(Default)]
pub(super) struct Page {
    /// The cells that hold something, in order.
    places: Vec<Place>,
    pub(super) listed: Listed,
    /// The rows that say whether they are hidden.
    rows: HashMap<u16, bool>,
    /// True if the others are hidden.
    others_hidden: bool,
    pub(super) comments: bool,
    /// The first cells behind which a link was not understood, and the number of all.
    pub(super) unread_links: (Vec<String>, usize),
    /// True if the program that wrote the file left formulas for the next one to calculate.
    pub(super) uncalculated: bool,
}

impl Page {
    /// Reads the worksheet at a place of the stream.
    pub(super) fn read(stream: &[u8], offset: usize) -> Result<Self, String> {
        let mut page = Page::default();
        let mut records = Substream::open(stream, offset, Kind::Worksheet)?;
        while let Some(record) = records.next()? {
            page.add(&record, stream)?;
        }
        page.listed.merged.sort();
        page.listed.links.sort();
        let position = |place: &Place| (place.row, place.column);
        page.places.sort_unstable_by_key(|place| (position(place), place.offset, place.nth));
        let twice = page.places.windows(2).find(|pair| position(&pair[0]) == position(&pair[1]));
        if let Some([place, _]) = twice {
            let cell = format_reference(u32::from(place.row), usize::from(place.column));
            return Err(format!(
                "the cell {cell} stands in it twice; open it in a spreadsheet program and save it"
            ));
        }
        page.places.retain(|place| !place.blank);
        Ok(page)
    }

    fn add(&mut self, record: &Record<'_>, stream: &[u8]) -> Result<(), String> {
        let data = record.data;
        match record.id {
            id::MULTIPLE_RK => self.add_cells(record, data.len().saturating_sub(6) / 6)?,
            id::MULTIPLE_BLANK => self.add_cells(record, data.len().saturating_sub(6) / 2)?,
            id::FORMULA => {
                self.uncalculated |= is_left_to_calculate(data)?;
                self.add_cells(record, 1)?;
            }
            id::BLANK => self.add_cells(record, 1)?,
            number if is_value(number) => self.add_cells(record, 1)?,
            id::ROW => _ = self.rows.insert(u16_at(data, 0)?, u16_at(data, 12)? & 0x20 != 0),
            id::DEFAULT_ROW_HEIGHT => self.others_hidden = u16_at(data, 0)? & 0x02 != 0,
            id::COLUMN_INFO => {
                let (first, last) = (u16_at(data, 0)?, u16_at(data, 2)?);
                if u16_at(data, 8)? & 0x01 != 0 && self.listed.hidden_columns.len() < COLUMNS {
                    self.listed.hidden_columns.push((usize::from(first), usize::from(last)));
                }
            }
            id::MERGED_CELLS => {
                for n in 0..usize::from(u16_at(data, 0)?) {
                    let area = read_area(data, 2 + n * 8)?;
                    self.listed.merged.add(area, (), MAX_MERGED, "merged areas")?;
                }
            }
            id::HYPERLINK => {
                let area = read_area(data, 0)?;
                let mut bytes = record.bytes(stream);
                bytes.skip(8)?;
                match read_target(bytes) {
                    Ok(Target::Address(target)) => {
                        self.listed.links.add(area, target, MAX_LINKS, "hyperlinks")?;
                    }
                    Ok(Target::Inside) => {}
                    Ok(Target::Unknown) | Err(_) => {
                        self.unread_links.1 += 1;
                        if self.unread_links.1 <= MAX_NAMED {
                            let (row, column) = area.first;
                            self.unread_links.0.push(format_reference(row, column));
                        }
                    }
                }
            }
            id::NOTE => self.comments = true,
            _ => {}
        }
        Ok(())
    }

    /// Adds the cells of a record, of which it holds `count`.
    fn add_cells(&mut self, record: &Record<'_>, count: usize) -> Result<(), String> {
        let (row, first) = (u16_at(record.data, 0)?, u16_at(record.data, 2)?);
        let offset = u32::try_from(record.offset).map_err(|error| error.to_string())?;
        let blank = matches!(record.id, id::BLANK | id::MULTIPLE_BLANK);
        for nth in 0..u16::try_from(count).map_err(|error| error.to_string())? {
            let column = first.saturating_add(nth);
            if column >= MAX_COLUMNS {
                return Err("a cell lies beyond IV65536".to_owned());
            }
            self.places.push(Place { row, column, nth, blank, offset });
        }
        Ok(())
    }
}

/// Returns true for a record that holds the value of one cell.
fn is_value(number: u16) -> bool {
    matches!(
        number,
        id::NUMBER
            | id::RK
            | id::LABEL_SST
            | id::LABEL
            | id::RICH_STRING
            | id::BOOLEAN_OR_ERROR
            | id::FORMULA
    )
}

/// Reads an area of cells: its first and last row, and its first and last column.
fn read_area(data: &[u8], at: usize) -> Result<Area, String> {
    let number = |n: usize| u16_at(data, at + n * 2);
    let (first_row, last_row, first, last) = (number(0)?, number(1)?, number(2)?, number(3)?);
    if first_row > last_row || first > last {
        return Err("an area of cells in it ends before it begins".to_owned());
    }
    // Where an area is all of a row, some programs write a larger number.
    let last = last.min(MAX_COLUMNS - 1).max(first);
    Ok(Area {
        first: (u32::from(first_row), usize::from(first)),
        last: (u32::from(last_row), usize::from(last)),
    })
}

/// Returns true if a worksheet has a cell with a value or a formula.
pub(super) fn has_content(stream: &[u8], offset: usize) -> Result<bool, String> {
    let mut records = Substream::open(stream, offset, Kind::Worksheet)?;
    while let Some(record) = records.next()? {
        if is_value(record.id) || record.id == id::MULTIPLE_RK {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns the cell A1 of a worksheet, if it has a value.
pub(super) fn first_cell(
    stream: &[u8],
    offset: usize,
    globals: &Globals,
) -> Result<Option<Cell>, String> {
    let mut records = Substream::open(stream, offset, Kind::Worksheet)?;
    while let Some(record) = records.next()? {
        if is_value(record.id) && u16_at(record.data, 0)? == 0 && u16_at(record.data, 2)? == 0 {
            return read_cell(stream, &record, 0, globals).map(Some);
        }
    }
    Ok(None)
}

/// A reader of the cells of a worksheet.
pub(super) struct Cells<'a> {
    stream: &'a [u8],
    globals: &'a Globals,
    page: &'a Page,
    next: usize,
    hidden: bool,
}

impl<'a> Cells<'a> {
    pub(super) fn new(stream: &'a [u8], globals: &'a Globals, page: &'a Page) -> Self {
        Cells { stream, globals, page, next: 0, hidden: false }
    }
}

impl Worksheet for Cells<'_> {
    fn next(&mut self) -> Result<Option<Cell>, String> {
        let Some(place) = self.page.places.get(self.next) else { return Ok(None) };
        self.next += 1;
        let offset = usize::try_from(place.offset).map_err(|error| error.to_string())?;
        let record = Record::at(self.stream, offset)?;
        let cell = read_cell(self.stream, &record, usize::from(place.nth), self.globals)?;
        let hidden = self.page.rows.get(&place.row).copied();
        self.hidden = hidden.unwrap_or(self.page.others_hidden);
        Ok(Some(Cell { row: u32::from(place.row), column: usize::from(place.column), ..cell }))
    }

    fn is_row_hidden(&self) -> bool {
        self.hidden
    }
}
