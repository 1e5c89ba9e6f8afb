//! The rows of a worksheet: its cells put together, with the value of each merged area in all its
//! cells.

use super::areas::{Area, Areas};
use super::convert::convert;
use super::converted::Converted;
use super::sheet::Cell;
use super::workbook::Workbook;
use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::table::records::RowReader;
use crate::intake::table::survey::ColumnSeen;
use crate::intake::text::amounts::Notation;
use crate::intake::unit::{Raw, Sink, Unit};
use crate::model::{Column, SourcePos, quoted};
use std::collections::HashMap;

/// The largest number of columns over which a heading is spread. A header has far fewer fields.
const MAX_SPREAD: usize = 256;

/// A reader of the rows of a worksheet.
pub(in crate::intake::table) struct Rows<'a> {
    workbook: &'a Workbook,
    settings: &'a Settings,
    codes: &'a dyn Codes,
    merged: Areas<()>,
    links: Areas<String>,
    /// The signs of the numbers that each column holds as text.
    seen: Vec<ColumnSeen>,
    header: Vec<String>,
    /// The row of the header, from 0.
    header_row: u32,
    row_reader: Option<RowReader>,
    /// The columns that hold fields.
    fields: Vec<(usize, &'static Column)>,
    /// The first cell of each merged area that reaches the current row and a field, by that cell's
    /// position, with the last row of the area.
    held: HashMap<(u32, usize), (u32, Cell)>,
    /// True if the value of a formula was read.
    pub(in crate::intake::table) read_formula: bool,
    /// True if no more rows are to be read.
    pub(in crate::intake::table) ended: bool,
}

/// A row as it is passed to the row reader.
#[derive(Default)]
struct Assembled {
    texts: Vec<String>,
    /// The positions of the cells that are stored as numbers, with their notation.
    numbers: Vec<(usize, Notation)>,
    faults: Vec<(usize, String)>,
    /// The texts of refused cells in the file of rejected rows.
    rejected: Vec<(usize, String)>,
    remarks: Vec<(usize, String)>,
    lost_links: Vec<(usize, String)>,
}

impl Assembled {
    /// Sets a cell of the row.
    fn set(&mut self, column: usize, cell: Converted) {
        if self.texts.len() <= column {
            self.texts.resize(column + 1, String::new());
        }
        self.texts[column] = cell.text;
        if cell.number {
            self.numbers.push((column, Notation { per_cent: cell.per_cent, ..Notation::STORED }));
        }
        self.rejected.extend(cell.rejected.map(|text| (column, text)));
        self.faults.extend(cell.fault.map(|why| (column, why)));
        self.remarks.extend(cell.remarks.into_iter().map(|what| (column, what)));
        self.lost_links.extend(cell.lost_link.map(|target| (column, target)));
    }
}

impl<'a> Rows<'a> {
    pub(in crate::intake::table) fn new(
        workbook: &'a Workbook,
        merged: Areas<()>,
        links: Areas<String>,
        seen: Vec<ColumnSeen>,
        settings: &'a Settings,
        codes: &'a dyn Codes,
    ) -> Self {
        Rows {
            workbook,
            settings,
            codes,
            merged,
            links,
            seen,
            header: Vec::new(),
            header_row: 0,
            row_reader: None,
            fields: Vec::new(),
            held: HashMap::new(),
            read_formula: false,
            ended: false,
        }
    }

    /// Returns true if the header has been read.
    pub(in crate::intake::table) fn has_header(&self) -> bool {
        self.row_reader.is_some()
    }

    /// Returns the columns that hold fields, with their names in the header.
    pub(in crate::intake::table) fn fields(&self) -> impl Iterator<Item = (usize, &str)> {
        self.fields.iter().map(|(n, _)| (*n, self.header[*n].as_str()))
    }

    /// Reads a row. Returns true if it was passed to the sink.
    pub(in crate::intake::table) fn push(
        &mut self,
        cells: &[Cell],
        sink: &mut dyn Sink,
    ) -> Result<bool, String> {
        let Some(row) = cells.first().map(|cell| cell.row) else { return Ok(false) };
        if let Some((one, other)) = self.merged.advance(row) {
            return Err(format!("the merged areas {one} and {other} overlap; unmerge one"));
        }
        while self.links.advance(row).is_some() {}
        self.held.retain(|_, (last, _)| *last >= row);
        for cell in cells {
            if let Some((area, ())) = self.merged.get(row, cell.column)
                && area.first == (row, cell.column)
                && self.fields.iter().any(|(n, _)| (area.first.1..=area.last.1).contains(n))
            {
                self.held.insert(area.first, (area.last.0, cell.clone()));
            }
        }
        let line = row as usize + 1;
        let Some(row_reader) = &self.row_reader else {
            let header = self.header(row, cells);
            if header.iter().all(|name| name.trim().is_empty()) {
                return Ok(false);
            }
            self.row_reader = RowReader::new(header.clone(), line, self.settings, &self.seen, sink);
            self.ended = self.row_reader.is_none();
            let field = |n: usize| Some((n, self.row_reader.as_ref()?.column(n)?));
            self.fields = (0..header.len()).filter_map(field).collect();
            (self.header, self.header_row) = (header, row);
            return Ok(false);
        };
        let Some(assembled) = self.assemble(row, cells) else { return Ok(false) };
        let Assembled { texts, numbers, faults, rejected, mut remarks, lost_links } = assembled;
        for (column, target) in lost_links {
            // The row may state the address in another column.
            if !texts.contains(&target) {
                let what = format!("the link to {} behind this cell is not kept", quoted(&target));
                remarks.push((column, what));
            }
        }
        let Some(mut unit) = row_reader.read_row(line, texts, &numbers, self.codes) else {
            return Ok(false);
        };
        let read_formula = cells.iter().filter(|cell| cell.formula.is_some()).any(|cell| {
            row_reader.column(cell.column).is_some()
                && faults.iter().all(|(column, _)| *column != cell.column)
        });
        let place = |(column, what): (usize, String)| {
            let name = self.header.get(column).cloned().unwrap_or_default();
            (SourcePos::Cell(line, name), what)
        };
        if let Raw::Cells(cells) = &mut unit.raw {
            rejected.into_iter().for_each(|(column, text)| cells[column] = text);
        }
        refuse_cells(&mut unit, faults.into_iter().map(place).collect());
        unit.remarks.extend(remarks.into_iter().map(place));
        self.read_formula |= read_formula;
        self.ended = !sink.unit(unit);
        Ok(true)
    }

    /// Returns the names of the columns, with a heading that is merged over several in each.
    fn header(&self, row: u32, cells: &[Cell]) -> Vec<String> {
        let mut header = Assembled::default();
        for cell in cells {
            let heading = convert(cell, None, None, self.workbook);
            let area =
                self.merged.get(row, cell.column).filter(|_| !heading.text.trim().is_empty());
            if let Some((area, ())) = area.filter(|(area, ())| area.first == (row, cell.column)) {
                for column in area.first.1 + 1..=area.last.1.min(area.first.1 + MAX_SPREAD) {
                    let text = heading.text.clone();
                    header.set(column, Converted { text, ..Converted::default() });
                }
            }
            if self.anchor(row, cell.column).is_none() {
                header.set(cell.column, heading);
            }
        }
        header.texts
    }

    /// Returns the merged area that gives a cell its value; `None` for a cell of its own and for
    /// the first cell of an area.
    fn anchor(&self, row: u32, column: usize) -> Option<&Area> {
        let (area, ()) = self.merged.get(row, column)?;
        (area.first != (row, column)).then_some(area)
    }

    /// Puts the cells of a row together; `None` for a row without a value of its own. Such a row
    /// repeats the one above it.
    fn assemble(&self, row: u32, cells: &[Cell]) -> Option<Assembled> {
        let mut done = Assembled::default();
        for cell in cells {
            let position = self.fields.binary_search_by_key(&cell.column, |(n, _)| *n);
            let column = position.ok().map(|position| self.fields[position].1);
            let link = self.links.get(row, cell.column).map(|(_, target)| target.as_str());
            done.set(cell.column, convert(cell, column, link, self.workbook));
        }
        if done.texts.iter().all(|text| text.trim().is_empty()) {
            return None;
        }
        for (n, column) in &self.fields {
            let Some(area) = self.anchor(row, *n) else { continue };
            let own = done.texts.get(*n).filter(|text| !text.trim().is_empty()).cloned();
            done.faults.retain(|(column, _)| column != n);
            done.rejected.retain(|(column, _)| column != n);
            done.remarks.retain(|(column, _)| column != n);
            done.lost_links.retain(|(column, _)| column != n);
            done.numbers.retain(|(column, _)| column != n);
            let mut value = match self.held.get(&area.first) {
                Some((_, cell)) => {
                    let link = self.links.get(row, *n).map(|(_, target)| target.as_str());
                    convert(cell, Some(column), link, self.workbook)
                }
                None => Converted::default(),
            };
            // They are made where the area begins.
            value.remarks.clear();
            value.lost_link = None;
            if area.first.0 <= self.header_row {
                value.fault = Some(format!(
                    "the heading is merged down into this row ({area}); a table has one row of \
                     headings"
                ));
            } else if let Some(own) = own.filter(|own| *own != value.text) {
                value.fault = Some(format!(
                    "the merged area {area} hides the value {} of this cell; unmerge the area, or \
                     clear the cell",
                    quoted(&own)
                ));
            }
            done.set(*n, value);
        }
        Some(done)
    }
}

/// Refuses cells of a row. What is wrong with their text beyond that is not reported.
pub(in crate::intake::table) fn refuse_cells(unit: &mut Unit, faults: Vec<(SourcePos, String)>) {
    unit.problems.retain(|(pos, _)| !faults.iter().any(|(refused, _)| refused == pos));
    unit.problems.extend(faults);
}
