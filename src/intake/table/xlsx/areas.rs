//! The areas of a worksheet that are listed after its cells: merged cells and hyperlinks.

use super::package::{Xml, attribute, flag, is};
use super::sheet::{COLUMNS, format_reference, parse_reference};
use quick_xml::events::Event;
use std::collections::HashMap;
use std::io::Read;

/// The largest number of merged areas of a worksheet: one for each of its rows.
pub(in crate::intake::table) const MAX_MERGED: usize = 1_048_576;
/// The largest number of hyperlinks of a worksheet: what a spreadsheet program holds.
pub(in crate::intake::table) const MAX_LINKS: usize = 65_530;

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::intake::table) struct Area {
    pub(in crate::intake::table) first: (u32, usize),
    pub(in crate::intake::table) last: (u32, usize),
}

impl Area {
    /// Parses a reference such as `A1:B2` or `A1`.
    fn parse(text: &str) -> Result<Self, String> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (first, last) = (parse_reference(first)?, parse_reference(last)?);
        match first.0 <= last.0 && first.1 <= last.1 {
            true => Ok(Area { first, last }),
            false => Err(format!("{text:?} is no area of cells")),
        }
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let reference = |(row, column)| format_reference(row, column);
        write!(f, "{}:{}", reference(self.first), reference(self.last))
    }
}

/// What a worksheet lists beside its cells.
#[derive(Default)]
pub(in crate::intake::table) struct Listed {
    pub(in crate::intake::table) merged: Areas<()>,
    /// The address behind each hyperlink.
    pub(in crate::intake::table) links: Areas<String>,
    /// The first and last column of each range of hidden columns.
    pub(in crate::intake::table) hidden_columns: Vec<(usize, usize)>,
}

impl Listed {
    /// Reads the lists of a worksheet. `targets` are the addresses of its relationships by id.
    pub(in crate::intake::table) fn read<R: Read>(
        mut xml: Xml<R>,
        targets: &HashMap<String, String>,
    ) -> Result<Self, String> {
        let mut listed = Listed::default();
        loop {
            match xml.next()? {
                Event::Start(element) if is(&element, "sheetData") => xml.skip("sheetData")?,
                Event::Start(element) if is(&element, "col") && flag(&element, "hidden")? => {
                    let end = |name| {
                        let text = attribute(&element, name)?.unwrap_or_default();
                        Ok::<usize, String>(text.parse::<usize>().unwrap_or(0).saturating_sub(1))
                    };
                    // One element for each column at most.
                    if listed.hidden_columns.len() < COLUMNS {
                        listed.hidden_columns.push((end("min")?, end("max")?));
                    }
                }
                Event::Start(element) if is(&element, "mergeCell") => {
                    let area = Area::parse(&attribute(&element, "ref")?.unwrap_or_default())?;
                    listed.merged.add(area, (), MAX_MERGED, "merged areas")?;
                }
                Event::Start(element) if is(&element, "hyperlink") => {
                    let id = attribute(&element, "id")?.unwrap_or_default();
                    // A link without an address leads to a place in the workbook.
                    let Some(target) = targets.get(&id) else { continue };
                    let location = attribute(&element, "location")?;
                    let target = match location.filter(|place| !place.is_empty()) {
                        Some(place) => format!("{target}#{place}"),
                        None => target.clone(),
                    };
                    let area = Area::parse(&attribute(&element, "ref")?.unwrap_or_default())?;
                    listed.links.add(area, target, MAX_LINKS, "hyperlinks")?;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        listed.merged.sort();
        listed.links.sort();
        Ok(listed)
    }
}

/// Areas with what they stand for, looked up while the rows are read in order. An area is spread
/// over its columns when its first row is reached, and never over its rows.
pub(in crate::intake::table) struct Areas<T> {
    list: Vec<(Area, T)>,
    next: usize,
    /// The position in the list of the last area that reached each column.
    columns: Vec<u32>,
}

impl<T> Default for Areas<T> {
    fn default() -> Self {
        Areas { list: Vec::new(), next: 0, columns: Vec::new() }
    }
}

/// A column that no area has reached.
const NONE: u32 = u32::MAX;

impl<T> Areas<T> {
    pub(in crate::intake::table) fn add(
        &mut self,
        area: Area,
        what: T,
        most: usize,
        noun: &str,
    ) -> Result<(), String> {
        if self.list.len() == most {
            return Err(format!("it has more than {most} {noun}"));
        }
        self.list.push((area, what));
        Ok(())
    }

    pub(in crate::intake::table) fn sort(&mut self) {
        self.list.sort_by_key(|(area, _)| area.first);
        if !self.list.is_empty() {
            self.columns = vec![NONE; COLUMNS];
        }
    }

    /// Goes on to a row. Stops at an area that overlaps with an earlier one and returns both; the
    /// earlier one keeps its cells, and another call goes on behind them.
    pub(in crate::intake::table) fn advance(&mut self, row: u32) -> Option<(Area, Area)> {
        let mut overlap = None;
        while let Some((area, _)) = self.list.get(self.next).filter(|(area, _)| area.first.0 <= row)
        {
            let area = *area;
            let position = u32::try_from(self.next).unwrap_or(NONE);
            self.next += 1;
            if area.last.0 < row {
                continue;
            }
            for column in area.first.1..=area.last.1.min(COLUMNS - 1) {
                if let Some((other, _)) = self.get(row, column) {
                    overlap = overlap.or(Some((*other, area)));
                } else if let Some(place) = self.columns.get_mut(column) {
                    *place = position;
                }
            }
            if overlap.is_some() {
                return overlap;
            }
        }
        None
    }

    /// Returns the area that holds a cell of the current row, with what it stands for.
    pub(in crate::intake::table) fn get(&self, row: u32, column: usize) -> Option<&(Area, T)> {
        let position = *self.columns.get(column)?;
        self.list.get(position as usize).filter(|(area, _)| area.last.0 >= row)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Area, Areas};

    #[test]
    fn areas_are_found_row_by_row_and_do_not_overlap() {
        let mut areas = Areas::default();
        for (n, text) in ["B2:C4", "A1:A2", "B5:XFD1048576", "D4:D4"].iter().enumerate() {
            areas.add(Area::parse(text).unwrap(), n, 4, "areas").unwrap();
        }
        let full = areas.add(Area::parse("A1:B1").unwrap(), 4, 4, "areas");
        assert_eq!(full.unwrap_err(), "it has more than 4 areas");
        areas.sort();
        let mut found = Vec::new();
        for row in [0, 1, 2, 4, 1000] {
            assert_eq!(areas.advance(row), None);
            found.push((0..4).map(|c| areas.get(row, c).map(|(_, n)| *n)).collect::<Vec<_>>());
        }
        assert_eq!(found[0], [Some(1), None, None, None]);
        assert_eq!(found[1], [Some(1), Some(0), Some(0), None]);
        assert_eq!(found[2], [None, Some(0), Some(0), None]);
        assert_eq!(found[3], [None, Some(2), Some(2), Some(2)]);
        assert_eq!(found[4], found[3]);
    }

    #[test]
    fn overlapping_areas_are_reported() {
        let mut areas = Areas::default();
        for text in ["A1:B3", "B3:C3"] {
            areas.add(Area::parse(text).unwrap(), (), 4, "areas").unwrap();
        }
        areas.sort();
        assert_eq!(areas.advance(0), None);
        let (one, other) = areas.advance(2).unwrap();
        assert_eq!((one.to_string(), other.to_string()), ("A1:B3".into(), "B3:C3".into()));
        assert!(Area::parse("B2:A1").is_err() && Area::parse("").is_err());
    }
}
