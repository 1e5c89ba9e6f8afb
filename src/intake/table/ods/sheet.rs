//! The cells of a worksheet in OpenDocument, read one by one. Rows and cells that are alike stand in the
//! file once, with their number.

use super::paragraphs::Paragraphs;
use super::styles::{CONTENT, Styles};
use crate::intake::table::xlsx::areas::{Area, Listed, MAX_MERGED};
use crate::intake::table::xlsx::number::format_duration;
use crate::intake::table::xlsx::package::{Package, Xml, attribute, ends_within, is};
use crate::intake::table::xlsx::sheet::{COLUMNS, Cell, CellKind, ROWS, Worksheet};
use crate::intake::table::xlsx::workbook::Sheet;
use crate::model::NOT_READ;
use quick_xml::events::{BytesStart, Event};
use std::io::{Read, Seek};
use zip::read::ZipFile;

/// The most bytes of texts that a worksheet repeats. Few bytes may stand for as many as there are cells.
const MAX_REPEATED: usize = 64 << 20;
/// The bytes that a repeated cell costs besides its texts.
const CELL_COST: usize = 64;
/// The largest number of worksheets of a workbook.
const MAX_SHEETS: usize = 10_000;

/// The content of a worksheet.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Content {
    /// No cell with something in it.
    Nothing,
    /// The first cell says that it is not to be read.
    Guide,
    /// Anything else.
    Cells,
}

/// Lists the worksheets of a workbook, and what is in each.
pub(super) fn list<R: Read + Seek>(
    package: &mut Package<R>,
    styles: &Styles,
) -> Result<(Vec<Sheet>, Vec<Content>), String> {
    let mut xml = content(package)?;
    let (mut sheets, mut contents) = (Vec::new(), Vec::new());
    while let Some((name, style)) = next_table(&mut xml)? {
        if sheets.len() == MAX_SHEETS {
            return Err(format!("it has more than {MAX_SHEETS} worksheets"));
        }
        let content = find_content(&mut xml)?;
        let hidden = styles.is_hidden(&style);
        sheets.push(Sheet { name, path: CONTENT.to_owned(), hidden });
        contents.push(content);
    }
    Ok((sheets, contents))
}

fn content<R: Read + Seek>(package: &mut Package<R>) -> Result<Xml<ZipFile<'_, R>>, String> {
    let mut xml = package.part(CONTENT)?.ok_or_else(|| format!("it has no part {CONTENT}"))?;
    loop {
        match xml.next()? {
            Event::Start(element) if is(&element, "spreadsheet") => return Ok(xml),
            Event::Eof => return Err("it holds no <spreadsheet>".to_owned()),
            _ => {}
        }
    }
}

/// Goes on to the next worksheet, and returns its name and style.
fn next_table<R: Read>(xml: &mut Xml<R>) -> Result<Option<(String, String)>, String> {
    loop {
        match xml.next()? {
            Event::Start(element) if is(&element, "table") => {
                let name = attribute(&element, "name")?.unwrap_or_default();
                let style = attribute(&element, "style-name")?.unwrap_or_default();
                // A copy of what another file holds.
                if name.starts_with("'file:") {
                    xml.skip("table")?;
                    continue;
                }
                return Ok(Some((name, style)));
            }
            // What was changed, and tables behind links, are no worksheets.
            Event::Start(element) if is(&element, "tracked-changes") => {
                xml.skip("tracked-changes")?;
            }
            Event::Start(element) if is(&element, "dde-links") => xml.skip("dde-links")?,
            Event::End(element) if element.local_name().as_ref() == "spreadsheet" => {
                return Ok(None);
            }
            Event::Eof => return Err(ends_within("spreadsheet")),
            _ => {}
        }
    }
}

/// Reads the rest of a worksheet. Returns what is in it.
fn find_content<R: Read>(xml: &mut Xml<R>) -> Result<Content, String> {
    let (mut depth, mut found, mut is_guide, mut cells) = (1, false, false, 0);
    while depth > 0 {
        match xml.next()? {
            Event::Start(element) if is(&element, "table") => depth += 1,
            Event::Start(element) if is(&element, "annotation") => xml.skip("annotation")?,
            Event::Start(element) if is(&element, "shapes") => xml.skip("shapes")?,
            Event::Start(element) if is_cell(&element) => {
                cells += 1;
                found |= attribute(&element, "value-type")?.is_some()
                    || attribute(&element, "formula")?.is_some();
            }
            Event::Start(element) if is(&element, "p") => {
                let mut text = String::new();
                xml.read_text("p", &mut text)?;
                found |= !text.trim().is_empty();
                is_guide |= cells == 1 && text == NOT_READ;
            }
            Event::End(element) if element.local_name().as_ref() == "table" => depth -= 1,
            Event::Eof => return Err(ends_within("table")),
            _ => {}
        }
    }
    Ok(match (is_guide, found) {
        (true, _) => Content::Guide,
        (_, true) => Content::Cells,
        _ => Content::Nothing,
    })
}

fn is_cell(element: &BytesStart<'_>) -> bool {
    is(element, "table-cell") || is(element, "covered-table-cell")
}

/// Returns the number in an attribute; 1 if there is none.
fn count(element: &BytesStart<'_>, name: &str) -> Result<usize, String> {
    let number = |text: String| {
        text.trim().parse().map_err(|_| format!("{text:?} is no number of cells ({name})"))
    };
    attribute(element, name)?.map_or(Ok(1), number)
}

/// A range of columns.
struct Column {
    first: usize,
    last: usize,
    /// The position of the style of its cells.
    style: usize,
    hidden: bool,
}

/// A reader of the cells of a worksheet that hold something or begin a merged area, in the order of the
/// file.
pub(super) struct Cells<'a, R: Read> {
    xml: Xml<ZipFile<'a, R>>,
    styles: &'a Styles,
    columns: Vec<Column>,
    /// The first column that no element has described.
    described: usize,
    /// The cells of the last row that was read, with the area that each begins, and the position of the
    /// next.
    row: Vec<(Cell, Option<Area>)>,
    next: usize,
    /// The number of the row that comes next, and how often the last one is still to be repeated.
    number: usize,
    again: usize,
    hidden: bool,
    repeated: usize,
    comments: bool,
}

impl<'a, R: Read + Seek> Cells<'a, R> {
    /// Opens a worksheet by its position.
    pub(super) fn open(
        package: &'a mut Package<R>,
        styles: &'a Styles,
        position: usize,
    ) -> Result<Self, String> {
        let mut xml = content(package)?;
        for _ in 0..position {
            next_table(&mut xml)?;
            xml.skip("table")?;
        }
        next_table(&mut xml)?.ok_or("it is not there")?;
        Ok(Cells {
            xml,
            styles,
            columns: Vec::new(),
            described: 0,
            row: Vec::new(),
            next: 0,
            number: 0,
            again: 0,
            hidden: false,
            repeated: 0,
            comments: false,
        })
    }
}

impl<R: Read> Cells<'_, R> {
    /// Returns the next cell, and adds the merged area that it begins to a list.
    pub(super) fn next_into(
        &mut self,
        listed: Option<&mut Listed>,
    ) -> Result<Option<Cell>, String> {
        while self.next == self.row.len() {
            if self.again > 0 && !self.row.is_empty() {
                self.again -= 1;
                self.next = 0;
                for (cell, area) in &mut self.row {
                    cell.row += 1;
                    if let Some(area) = area {
                        (area.first.0, area.last.0) = (area.first.0 + 1, area.last.0 + 1);
                    }
                }
            } else if !self.read_row()? {
                return Ok(None);
            }
        }
        let (cell, area) = &self.row[self.next];
        self.next += 1;
        if let (Some(listed), Some(area)) = (listed, area) {
            listed.merged.add(*area, (), MAX_MERGED, "merged areas")?;
        }
        Ok(Some(cell.clone()))
    }

    /// Returns true if a comment was passed over.
    pub(super) fn has_comments(&self) -> bool {
        self.comments
    }

    /// Returns the first and last column of each range of hidden columns.
    pub(super) fn hidden_columns(&self) -> Vec<(usize, usize)> {
        let hidden = self.columns.iter().filter(|column| column.hidden);
        hidden.map(|column| (column.first, column.last)).collect()
    }

    /// Reads the next row. Returns false behind the last.
    fn read_row(&mut self) -> Result<bool, String> {
        self.row.clear();
        (self.next, self.again) = (0, 0);
        loop {
            match self.xml.next()? {
                Event::Start(element) if is(&element, "table-column") => {
                    let number = count(&element, "number-columns-repeated")?;
                    let style = attribute(&element, "default-cell-style-name")?;
                    let hidden = is_hidden(&element)?;
                    let (first, last) =
                        (self.described, self.described.saturating_add(number.saturating_sub(1)));
                    self.described = last.saturating_add(1);
                    if first < COLUMNS {
                        let style = style.map_or(0, |name| self.styles.position(&name));
                        self.columns.push(Column { first, last, style, hidden });
                    }
                }
                Event::Start(element) if is(&element, "table-row") => {
                    let number = count(&element, "number-rows-repeated")?;
                    self.hidden = is_hidden(&element)?;
                    let style = attribute(&element, "default-cell-style-name")?;
                    let style = style.map(|name| self.styles.position(&name));
                    self.read_cells(number, style)?;
                    self.number = self.number.saturating_add(number);
                    self.again = number.saturating_sub(1);
                    if number == 0 {
                        self.row.clear();
                    }
                    return Ok(true);
                }
                // Drawings on the worksheet are not read.
                Event::Start(element) if is(&element, "shapes") => self.xml.skip("shapes")?,
                Event::End(element) if element.local_name().as_ref() == "table" => {
                    return Ok(false);
                }
                Event::Eof => return Err(ends_within("table")),
                _ => {}
            }
        }
    }

    /// Reads the cells of a row that stands for `rows` rows.
    fn read_cells(&mut self, rows: usize, row_style: Option<usize>) -> Result<(), String> {
        let mut column = 0_usize;
        loop {
            match self.xml.next()? {
                Event::Start(element) if is_cell(&element) => {
                    let number = count(&element, "number-columns-repeated")?;
                    let covered = is(&element, "covered-table-cell");
                    let span = match covered {
                        true => (1, 1),
                        false => (
                            count(&element, "number-rows-spanned")?,
                            count(&element, "number-columns-spanned")?,
                        ),
                    };
                    let named = attribute(&element, "style-name")?;
                    let named = named.map(|name| self.styles.position(&name));
                    let of_column = || {
                        let is_in = |range: &&Column| (range.first..=range.last).contains(&column);
                        self.columns.iter().find(is_in).map(|range| range.style)
                    };
                    let style = named.or(row_style).or_else(of_column).unwrap_or(0);
                    let stated = Stated::read(&element)?;
                    let cell = self.read_content(stated, style)?;
                    self.push(cell, span, column, number, rows)?;
                    column = column.saturating_add(number);
                }
                Event::End(element) if element.local_name().as_ref() == "table-row" => {
                    return Ok(());
                }
                Event::Eof => return Err(ends_within("table-row")),
                _ => {}
            }
        }
    }

    /// Reads the content of a cell whose opening has been read.
    fn read_content(&mut self, stated: Stated, style: usize) -> Result<Cell, String> {
        let mut paragraphs = Paragraphs::default();
        loop {
            match self.xml.next()? {
                Event::Start(element) if super::paragraphs::is_paragraph(&element) => {
                    let outer = self.styles.cell_marks(style);
                    paragraphs.read(&mut self.xml, self.styles, outer)?;
                }
                Event::Start(element) => {
                    self.comments |= is(&element, "annotation");
                    // Comments, drawings and tables in a cell are not its text.
                    let name = element.local_name().as_ref().to_owned();
                    self.xml.skip(&name)?;
                }
                Event::End(element)
                    if matches!(
                        element.local_name().as_ref(),
                        "table-cell" | "covered-table-cell"
                    ) =>
                {
                    self.comments |= paragraphs.comment;
                    return stated.into_cell(paragraphs, style);
                }
                Event::Eof => return Err(ends_within("table-cell")),
                _ => {}
            }
        }
    }

    /// Appends a cell to the row as often as it is repeated, unless there is nothing in it.
    fn push(
        &mut self,
        cell: Cell,
        span: (usize, usize),
        column: usize,
        number: usize,
        rows: usize,
    ) -> Result<(), String> {
        let holds = cell.formula.is_some()
            || !cell.links.is_empty()
            || cell.value.as_ref().is_some_and(|value| !value.is_empty());
        let is_merged = span.0 > 1 || span.1 > 1;
        if !holds && !is_merged || number == 0 || rows == 0 {
            return Ok(());
        }
        let (last_row, last_column) = (
            self.number.saturating_add(rows).saturating_add(span.0),
            column.saturating_add(number).saturating_add(span.1),
        );
        // An area may end one behind the last cell here.
        if last_row > ROWS as usize + 1 || last_column > COLUMNS + 1 {
            return Err("a cell lies beyond XFD1048576".to_owned());
        }
        let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let links = cell.links.iter().map(String::len).sum::<usize>();
        let cost = CELL_COST + length(&cell.value) * 3 + length(&cell.formula) + links;
        let copies = number.saturating_mul(rows) - 1;
        self.repeated = self.repeated.saturating_add(cost.saturating_mul(copies));
        if self.repeated > MAX_REPEATED {
            return Err(
                "it repeats more cells than can be read; save it as .xlsx or .csv".to_owned()
            );
        }
        let row = u32::try_from(self.number).map_err(|error| error.to_string())?;
        for column in column..column + number {
            let area = is_merged.then(|| Area {
                first: (row, column),
                last: (
                    row + u32::try_from(span.0.saturating_sub(1)).unwrap_or(0),
                    column + span.1.saturating_sub(1),
                ),
            });
            self.row.push((Cell { row, column, ..cell.clone() }, area));
        }
        Ok(())
    }
}

impl<R: Read> Worksheet for Cells<'_, R> {
    fn next(&mut self) -> Result<Option<Cell>, String> {
        self.next_into(None)
    }

    fn is_row_hidden(&self) -> bool {
        self.hidden
    }
}

/// Returns true if a row or a column is hidden, by hand or by a filter.
fn is_hidden(element: &BytesStart<'_>) -> Result<bool, String> {
    Ok(attribute(element, "visibility")?.is_some_and(|state| state != "visible"))
}

/// The attributes of a cell.
#[derive(Default)]
struct Stated {
    kind: Option<String>,
    value: Option<String>,
    formula: Option<String>,
    /// True if a program says that the cell holds an error.
    error: bool,
}

impl Stated {
    fn read(element: &BytesStart<'_>) -> Result<Self, String> {
        let mut stated = Stated::default();
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map_err(|error| error.to_string())?.into_owned();
            let name = attribute.key.local_name();
            match name.as_ref() {
                // LibreOffice states a type of its own beside that of the standard.
                "value-type" if value == "error" => stated.error = true,
                "value-type" if stated.kind.is_none() => stated.kind = Some(value),
                "value" | "date-value" | "time-value" | "boolean-value" | "string-value" => {
                    stated.value = Some(value);
                }
                "formula" => {
                    // `of:=` names the language of the formula.
                    let formula = value.split_once('=').map(|(_, formula)| formula.to_owned());
                    stated.formula = Some(formula.unwrap_or(value));
                }
                _ => {}
            }
        }
        Ok(stated)
    }

    /// Returns the cell that has these attributes and this text.
    fn into_cell(self, paragraphs: Paragraphs, style: usize) -> Result<Cell, String> {
        let marked = paragraphs.marked();
        let Stated { kind, value, formula, error } = self;
        let shown = paragraphs.text;
        let mut cell = Cell { style, formula, links: paragraphs.links, ..Cell::default() };
        let is_error = |text: &String| cell.formula.is_some() && is_error_word(text.trim());
        if error || shown.as_ref().is_some_and(is_error) {
            cell.kind = CellKind::Error;
            cell.value = shown.or_else(|| Some("Err".to_owned()));
            return Ok(cell);
        }
        cell.kind = match kind.as_deref() {
            Some("float" | "percentage" | "currency") => CellKind::Number,
            Some("date") => CellKind::Iso,
            Some("boolean") => CellKind::Boolean,
            Some("string" | "time" | "void") | None => CellKind::Text,
            Some(other) => return Err(format!("a cell has the unknown type {other:?}")),
        };
        if kind.as_deref() == Some("time") {
            let written = value.unwrap_or_default();
            let days = days_of(&written);
            cell.value = Some(days.map_or(written, format_duration));
            return Ok(cell);
        }
        cell.marked = marked;
        if cell.kind == CellKind::Text {
            // The text that is displayed may be another one than the attribute says.
            let differs = value.is_some() && shown.is_some() && value != shown;
            cell.shown = shown.clone().filter(|_| differs);
            cell.value = value.or(shown);
            if kind.is_none() && cell.value.as_ref().is_some_and(String::is_empty) {
                cell.value = None;
            }
        } else {
            (cell.value, cell.shown) = (value, shown);
        }
        Ok(cell)
    }
}

/// Returns true for the words by which spreadsheets name an error.
fn is_error_word(text: &str) -> bool {
    let number = text.strip_prefix("Err:").or_else(|| text.strip_prefix("#ERR"));
    let named = ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"];
    named.contains(&text) || number.is_some_and(|number| number.parse::<u32>().is_ok())
}

/// Returns the days of a duration in ISO 8601, such as `PT04H10M00S`; `None` for another text.
fn days_of(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut rest = text.strip_prefix('P')?;
    let mut days = 0.0;
    let mut in_time = false;
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            (rest, in_time) = (time, true);
            continue;
        }
        let unit = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let number: f64 = rest[..unit].replace(',', ".").parse().ok()?;
        days += number
            * match (&rest[unit..=unit], in_time) {
                ("D", false) => 1.0,
                ("H", true) => 1.0 / 24.0,
                ("M", true) => 1.0 / 1440.0,
                ("S", true) => 1.0 / 86_400.0,
                _ => return None,
            };
        rest = &rest[unit + 1..];
    }
    days.is_finite().then_some(if negative { -days } else { days })
}
