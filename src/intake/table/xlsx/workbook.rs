//! The parts that the worksheets of a workbook share: the list of worksheets, the shared strings
//! and the styles of cells.

use super::format::{NumberFormat, builtin_code};
use super::package::{Package, attribute, flag, is, is_on};
use super::sheet::{Cell, CellKind};
use super::shown::TextFormat;
use quick_xml::events::Event;
use std::collections::HashMap;
use std::io::{Read, Seek};

/// The statements of a workbook outside its worksheets.
#[derive(Default)]
pub(in crate::intake::table) struct Workbook {
    pub(in crate::intake::table) sheets: Vec<Sheet>,
    pub(in crate::intake::table) strings: Strings,
    pub(in crate::intake::table) styles: Vec<Style>,
    /// True if days are counted from 1904-01-01.
    pub(in crate::intake::table) from_1904: bool,
    /// True if the program that wrote the file left the formulas for the next one to calculate.
    pub(in crate::intake::table) uncalculated: bool,
}

/// A style of cells, as far as it bears on what a cell says.
#[derive(Clone)]
pub(in crate::intake::table) struct Style {
    pub(in crate::intake::table) format: NumberFormat,
    /// The display of a text, if it is not the text alone.
    pub(in crate::intake::table) text: Option<TextFormat>,
    /// True if the cell is struck through.
    pub(in crate::intake::table) struck: bool,
}

impl Style {
    pub(in crate::intake::table) fn parse(code: &str) -> Self {
        let (format, text) = (NumberFormat::parse(code), TextFormat::parse(code));
        Style { format, text, struck: false }
    }
}

/// A worksheet in the list of the workbook.
pub(in crate::intake::table) struct Sheet {
    pub(in crate::intake::table) name: String,
    /// The path of its part.
    pub(in crate::intake::table) path: String,
    pub(in crate::intake::table) hidden: bool,
}

/// The texts of the cells, each stored once.
#[derive(Default)]
pub(in crate::intake::table) struct Strings {
    text: String,
    /// The end of each text in `text`.
    ends: Vec<usize>,
    /// The texts of which a part is raised, lowered or struck through, with marks on it.
    marked: HashMap<usize, String>,
}

impl Strings {
    /// Returns the text with this number.
    pub(in crate::intake::table) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }

    /// Returns the text of a cell with marks on what is raised, lowered or struck through; `None` if
    /// there is nothing of the kind.
    pub(in crate::intake::table) fn marked<'a>(&'a self, cell: &'a Cell) -> Option<&'a str> {
        match cell.kind {
            CellKind::Shared => {
                let number = cell.value.as_deref()?.trim().parse().ok()?;
                self.marked.get(&number).map(String::as_str)
            }
            _ => cell.marked.as_deref(),
        }
    }
}

impl Workbook {
    /// Reads the parts that the worksheets share.
    pub(in crate::intake::table) fn read<R: Read + Seek>(
        package: &mut Package<R>,
    ) -> Result<Self, String> {
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
        workbook.styles = read_styles(package, &part("styles"))?;
        Ok(workbook)
    }
}

/// The bytes of all shared strings, which are held in memory.
const MAX_STRINGS: usize = 256 << 20;

fn read_strings<R: Read + Seek>(package: &mut Package<R>, path: &str) -> Result<Strings, String> {
    let mut strings = Strings::default();
    let Some(mut xml) = package.part(path)? else { return Ok(strings) };
    loop {
        match xml.next()? {
            Event::Start(element) if is(&element, "si") => {
                let text = xml.read_string("si")?;
                strings.text.push_str(&text.text);
                if strings.text.len() > MAX_STRINGS {
                    return Err("its cells share more than 256 MB of text".to_owned());
                }
                if let Some(marked) = text.marked {
                    strings.marked.insert(strings.ends.len(), marked);
                }
                strings.ends.push(strings.text.len());
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

fn read_styles<R: Read + Seek>(package: &mut Package<R>, path: &str) -> Result<Vec<Style>, String> {
    let mut custom: HashMap<u32, Style> = HashMap::new();
    let mut struck_fonts: Vec<bool> = Vec::new();
    let mut styles = Vec::new();
    let Some(mut xml) = package.part(path)? else { return Ok(styles) };
    let (mut in_fonts, mut in_cell_styles) = (false, false);
    loop {
        match xml.next()? {
            Event::Start(element) if is(&element, "numFmt") => {
                let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok());
                if let (Some(id), Some(code)) = (id, attribute(&element, "formatCode")?) {
                    custom.entry(id).or_insert_with(|| Style::parse(&code));
                }
            }
            Event::Start(element) if is(&element, "fonts") => in_fonts = true,
            Event::End(element) if element.local_name().as_ref() == "fonts" => in_fonts = false,
            Event::Start(element) if in_fonts && is(&element, "font") => struck_fonts.push(false),
            Event::Start(element) if in_fonts && is(&element, "strike") => {
                if let Some(struck) = struck_fonts.last_mut() {
                    *struck = is_on(&element)?;
                }
            }
            Event::Start(element) if is(&element, "cellXfs") => in_cell_styles = true,
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                in_cell_styles = false;
            }
            Event::Start(element) if in_cell_styles && is(&element, "xf") => {
                let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse().ok());
                let id = id.unwrap_or(0);
                let style = custom.get(&id).cloned();
                let style = style.unwrap_or_else(|| Style::parse(builtin_code(id)));
                let font = attribute(&element, "fontId")?.and_then(|id| id.parse::<usize>().ok());
                let struck = font.and_then(|font| struck_fonts.get(font)) == Some(&true);
                styles.push(Style { struck, ..style });
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}
