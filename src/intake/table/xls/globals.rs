//! The parts that the worksheets of a workbook share: their list, the texts of cells and their styles.

use super::bytes::{Bytes, Run, u16_at, u32_at};
use super::id;
use super::record::{Kind, Record, Substream};
use crate::intake::table::xlsx::format::builtin_code;
use crate::intake::table::xlsx::marks::Marks;
use crate::intake::table::xlsx::workbook::{Sheet, Style, Workbook};
use std::collections::HashMap;

/// The statements of a workbook outside its worksheets.
#[derive(Default)]
pub(super) struct Globals {
    /// The worksheets, the styles of cells and the first day.
    pub(super) workbook: Workbook,
    /// The place of each worksheet in the stream.
    pub(super) offsets: Vec<usize>,
    pub(super) texts: Texts,
    /// True if the program that wrote the file calculates formulas. Excel has said so since 2000.
    pub(super) calculated: bool,
    fonts: Vec<Marks>,
    /// The font of each style of cells.
    style_fonts: Vec<u16>,
}

/// The texts of the cells, each stored once.
#[derive(Default)]
pub(super) struct Texts {
    text: String,
    /// The end of each text in `text`.
    ends: Vec<usize>,
    /// The changes of the font in the texts that have any.
    runs: HashMap<usize, Vec<Run>>,
}

impl Texts {
    /// Returns the text with this number, and the changes of its font.
    pub(super) fn get(&self, number: usize) -> Option<(&str, &[Run])> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        let runs = self.runs.get(&number).map(Vec::as_slice).unwrap_or_default();
        Some((self.text.get(start..end)?, runs))
    }

    fn read(&mut self, mut bytes: Bytes<'_>) -> Result<(), String> {
        bytes.skip(4)?;
        let count = bytes.u32()?;
        for _ in 0..count {
            let length = bytes.u16()?;
            let (text, runs) = bytes.text(length)?;
            self.text.push_str(&text);
            if !runs.is_empty() {
                self.runs.insert(self.ends.len(), runs);
            }
            self.ends.push(self.text.len());
        }
        Ok(())
    }
}

impl Globals {
    /// Reads the first substream of a workbook.
    pub(super) fn read(stream: &[u8]) -> Result<Self, String> {
        let mut globals = Globals::default();
        let mut formats: HashMap<u16, String> = HashMap::new();
        // The number format and the font of each style of cells.
        let mut styles: Vec<(u16, u16)> = Vec::new();
        let mut records = Substream::open(stream, 0, Kind::Globals)?;
        while let Some(record) = records.next()? {
            match record.id {
                id::FILE_PASS => {
                    return Err("it has a password; open it in a spreadsheet program and save it \
                                without one"
                        .to_owned());
                }
                id::DATE_1904 => globals.workbook.from_1904 = u16_at(record.data, 0)? == 1,
                id::RECALCULATION => globals.calculated = true,
                id::FONT => globals.fonts.push(read_font(record.data)?),
                id::FORMAT => {
                    let mut bytes = record.bytes(stream);
                    let (number, length) = (bytes.u16()?, bytes.u16()?);
                    let (code, _) = bytes.text(length)?;
                    formats.entry(number).or_insert(code);
                }
                id::XF => styles.push((u16_at(record.data, 2)?, u16_at(record.data, 0)?)),
                id::BOUND_SHEET => globals.add_sheet(&record, stream)?,
                id::SHARED_STRINGS => globals.texts.read(record.bytes(stream))?,
                _ => {}
            }
        }
        let mut parsed: HashMap<u16, Style> = HashMap::new();
        for (format, font) in styles {
            let style = parsed.entry(format).or_insert_with(|| match formats.get(&format) {
                Some(code) => Style::parse(code),
                None => Style::parse(builtin_code(u32::from(format))),
            });
            let struck = globals.font(font).struck == Some(true);
            globals.workbook.styles.push(Style { struck, ..style.clone() });
            globals.style_fonts.push(font);
        }
        Ok(globals)
    }

    /// Returns the marks of a font. The fonts are counted without a fifth one, which never is.
    fn font(&self, number: u16) -> Marks {
        let position = match number {
            0..=3 => Some(usize::from(number)),
            4 => None,
            _ => Some(usize::from(number) - 1),
        };
        position.and_then(|position| self.fonts.get(position)).copied().unwrap_or_default()
    }

    /// Returns a text with marks on what is raised, lowered or struck through; `None` if there is
    /// nothing of the kind. That a cell is struck through as a whole is said by its style.
    pub(super) fn marked(&self, text: &str, runs: &[Run], style: usize) -> Option<String> {
        let whole = self.style_fonts.get(style).map(|font| self.font(*font));
        let whole = Marks { struck: None, ..whole.unwrap_or_default() };
        let (mut marked, mut piece, mut marks) = (String::new(), String::new(), whole);
        let (mut runs, mut units) = (runs.iter().peekable(), 0);
        for sign in text.chars() {
            while let Some(run) = runs.next_if(|run| usize::from(run.first) <= units) {
                marked.push_str(&marks.apply(&piece));
                piece.clear();
                marks = self.font(run.font);
            }
            piece.push(sign);
            units += sign.len_utf16();
        }
        marked.push_str(&marks.apply(&piece));
        (marked != text).then_some(marked)
    }

    fn add_sheet(&mut self, record: &Record<'_>, stream: &[u8]) -> Result<(), String> {
        let state = u16_at(record.data, 4)?;
        // Chart sheets, macro sheets and modules are no worksheets.
        if state >> 8 != 0 {
            return Ok(());
        }
        let offset = u32_at(record.data, 0)?;
        let mut bytes = record.bytes(stream);
        bytes.skip(6)?;
        let length = bytes.u8()?;
        let (name, _) = bytes.text(u16::from(length))?;
        self.offsets.push(usize::try_from(offset).map_err(|error| error.to_string())?);
        self.workbook.sheets.push(Sheet { name, path: String::new(), hidden: state & 0x03 != 0 });
        Ok(())
    }
}

/// Reads what a font says of the place of a text and of a line through it.
fn read_font(data: &[u8]) -> Result<Marks, String> {
    let position = match u16_at(data, 8)? {
        1 => Some('^'),
        2 => Some('_'),
        _ => None,
    };
    Ok(Marks { position: Some(position), struck: Some(u16_at(data, 2)? & 0x08 != 0) })
}
