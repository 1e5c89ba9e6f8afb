//! The parts that the worksheets of a workbook share: the list of worksheets, the shared strings
//! and the number formats.

use super::format::{NumberFormat, builtin_format};
use super::package::{Package, attribute, flag, is};
use quick_xml::events::Event;
use std::collections::HashMap;
use std::io::{Read, Seek};

/// What a workbook states outside its worksheets.
#[derive(Default)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<Sheet>,
    pub(super) strings: Strings,
    /// The number format of each cell style.
    pub(super) formats: Vec<NumberFormat>,
    /// True if days are counted from 1904-01-01.
    pub(super) from_1904: bool,
    /// True if the program that wrote the file left the formulas for the next one to calculate.
    pub(super) uncalculated: bool,
}

/// A worksheet in the list of the workbook.
pub(super) struct Sheet {
    pub(super) name: String,
    /// The path of its part.
    pub(super) path: String,
    pub(super) hidden: bool,
}

/// The texts of the cells, each stored once.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    /// The end of each text in `text`.
    ends: Vec<usize>,
}

impl Strings {
    /// Returns the text with this number.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

impl Workbook {
    /// Reads the parts that the worksheets share.
    pub(super) fn read<R: Read + Seek>(package: &mut Package<R>) -> Result<Self, String> {
        let root = package.relationships("")?.into_iter().find(|r| r.kind == "officeDocument");
        let path = root.map_or_else(|| "xl/workbook.xml".to_owned(), |root| root.target);
        let related = package.relationships(&path)?;
        let mut workbook = Workbook::default();
        let Some(mut xml) = package.part(&path)? else {
            return Err(format!("it has no part {path}"));
        };
        loop {
            match xml.next()? {
                Event::Start(element) if is(&element, "sheet") => {
                    let id = attribute(&element, "id")?.unwrap_or_default();
                    // Chart sheets and dialogs have no cells.
                    let part = related.iter().find(|r| r.id == id && r.kind == "worksheet");
                    if let Some(part) = part {
                        let state = attribute(&element, "state")?;
                        workbook.sheets.push(Sheet {
                            name: attribute(&element, "name")?.unwrap_or_default(),
                            path: part.target.clone(),
                            hidden: state.is_some_and(|state| state != "visible"),
                        });
                    }
                }
                Event::Start(element) if is(&element, "workbookPr") => {
                    workbook.from_1904 |= flag(&element, "date1904")?;
                }
                Event::Start(element) if is(&element, "calcPr") => {
                    workbook.uncalculated |= flag(&element, "fullCalcOnLoad")?;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        drop(xml);
        let part = |kind: &str| {
            let part = related.iter().find(|r| r.kind == kind && !r.external);
            part.map_or_else(|| format!("xl/{kind}.xml"), |part| part.target.clone())
        };
        workbook.strings = read_strings(package, &part("sharedStrings"))?;
        workbook.formats = read_formats(package, &part("styles"))?;
        Ok(workbook)
    }
}

fn read_strings<R: Read + Seek>(package: &mut Package<R>, path: &str) -> Result<Strings, String> {
    let mut strings = Strings::default();
    let Some(mut xml) = package.part(path)? else { return Ok(strings) };
    loop {
        match xml.next()? {
            Event::Start(element) if is(&element, "si") => {
                let text = xml.read_string("si")?;
                strings.text.push_str(&text);
                strings.ends.push(strings.text.len());
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

fn read_formats<R: Read + Seek>(
    package: &mut Package<R>,
    path: &str,
) -> Result<Vec<NumberFormat>, String> {
    let mut custom: HashMap<u32, NumberFormat> = HashMap::new();
    let mut formats = Vec::new();
    let Some(mut xml) = package.part(path)? else { return Ok(formats) };
    let mut in_cell_styles = false;
    loop {
        match xml.next()? {
            Event::Start(element) if is(&element, "numFmt") => {
                let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok());
                if let (Some(id), Some(code)) = (id, attribute(&element, "formatCode")?) {
                    custom.entry(id).or_insert_with(|| NumberFormat::parse(&code));
                }
            }
            Event::Start(element) if is(&element, "cellXfs") => in_cell_styles = true,
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                in_cell_styles = false;
            }
            Event::Start(element) if in_cell_styles && is(&element, "xf") => {
                let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok());
                let id = id.unwrap_or(0);
                formats.push(custom.get(&id).cloned().unwrap_or_else(|| builtin_format(id)));
            }
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}
