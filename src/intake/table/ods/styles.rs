//! The styles of an OpenDocument workbook, as far as they bear on what a cell says.

use crate::intake::table::xlsx::format::{NumberFormat, words_beside_date};
use crate::intake::table::xlsx::marks::Marks;
use crate::intake::table::xlsx::package::{Package, Xml, attribute, is};
use crate::intake::table::xlsx::shown::TextFormat;
use crate::intake::table::xlsx::workbook::Style;
use quick_xml::events::{BytesStart, Event};
use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};
use std::rc::Rc;

/// The part that holds the worksheets, with styles of its own.
pub(super) const CONTENT: &str = "content.xml";

/// The longest chain of styles of which each inherits from the next.
const MAX_PARENTS: usize = 32;

/// A style as the file states it.
#[derive(Default)]
struct Stated {
    parent: Option<String>,
    data: Option<String>,
    marks: Marks,
}

/// The styles of a workbook.
#[derive(Default)]
pub(super) struct Styles {
    /// The styles of cells; the first is that of a cell without one.
    pub(super) cells: Vec<Style>,
    /// The positions of the styles of cells by their names.
    by_name: HashMap<String, usize>,
    /// The marks of the styles of texts.
    texts: HashMap<String, Marks>,
    /// The marks of the cells as a whole that are raised or lowered.
    cell_marks: HashMap<usize, Marks>,
    /// The styles of hidden worksheets.
    hidden: HashSet<String>,
}

/// The styles as they are read.
#[derive(Default)]
struct Reading {
    cells: HashMap<String, Stated>,
    texts: HashMap<String, Stated>,
    dates: HashMap<String, NumberFormat>,
    text_formats: HashMap<String, TextFormat>,
    hidden: HashSet<String>,
}

impl Styles {
    /// Reads the styles of a workbook.
    pub(super) fn read<R: Read + Seek>(package: &mut Package<R>) -> Result<Self, String> {
        let mut reading = Reading::default();
        for path in ["styles.xml", CONTENT] {
            match package.part(path)? {
                Some(xml) => reading.read_part(xml)?,
                None if path == CONTENT => return Err(format!("it has no part {CONTENT}")),
                None => {}
            }
        }
        Ok(reading.resolve())
    }

    /// Returns the position of the style of cells with this name; 0 if there is none.
    pub(super) fn position(&self, name: &str) -> usize {
        self.by_name.get(name).copied().unwrap_or(0)
    }

    /// Returns the marks of the whole text of a cell with this style.
    pub(super) fn cell_marks(&self, style: usize) -> Marks {
        self.cell_marks.get(&style).copied().unwrap_or_default()
    }

    /// Returns the marks of a style of texts.
    pub(super) fn text_marks(&self, name: &str) -> Marks {
        self.texts.get(name).copied().unwrap_or_default()
    }

    /// Returns true if worksheets with this style are hidden.
    pub(super) fn is_hidden(&self, name: &str) -> bool {
        self.hidden.contains(name)
    }
}

impl Reading {
    fn read_part<R: Read>(&mut self, mut xml: Xml<R>) -> Result<(), String> {
        // The family and the name of the style that is being read.
        let mut current: Option<(String, String)> = None;
        loop {
            match xml.next()? {
                // The styles stand before the worksheets.
                Event::Start(element) if is(&element, "body") => return Ok(()),
                Event::Start(element) if is(&element, "style") || is(&element, "default-style") => {
                    let text =
                        |name| Ok::<_, String>(attribute(&element, name)?.unwrap_or_default());
                    // A cell without a style has that which is called so.
                    let family = text("family")?;
                    let name = match is(&element, "style") {
                        true => text("name")?,
                        false => String::new(),
                    };
                    let is_default = |name: &String| name.is_empty();
                    let stated = Stated {
                        parent: attribute(&element, "parent-style-name")?
                            .or_else(|| (!is_default(&name)).then(String::new)),
                        data: attribute(&element, "data-style-name")?,
                        marks: Marks::default(),
                    };
                    match family.as_str() {
                        "table-cell" => _ = self.cells.insert(name.clone(), stated),
                        "text" => _ = self.texts.insert(name.clone(), stated),
                        _ => {}
                    }
                    current = Some((family, name));
                }
                Event::End(element) if element.local_name().as_ref() == "style" => current = None,
                Event::Start(element) if is(&element, "text-properties") => {
                    let Some((family, name)) = &current else { continue };
                    let stated = match family.as_str() {
                        "table-cell" => self.cells.get_mut(name),
                        "text" => self.texts.get_mut(name),
                        _ => None,
                    };
                    if let Some(stated) = stated {
                        stated.marks = read_marks(&element)?;
                    }
                }
                Event::Start(element) if is(&element, "table-properties") => {
                    let is_hidden = attribute(&element, "display")?.is_some_and(|it| it == "false");
                    if let (true, Some((_, name))) = (is_hidden, &current) {
                        self.hidden.insert(name.clone());
                    }
                }
                Event::Start(element) if is(&element, "date-style") => {
                    let name = attribute(&element, "name")?.unwrap_or_default();
                    let format = read_date_style(&mut xml)?;
                    self.dates.insert(name, format);
                }
                Event::Start(element) if is(&element, "text-style") => {
                    let name = attribute(&element, "name")?.unwrap_or_default();
                    if let Some(format) = read_text_style(&mut xml)? {
                        self.text_formats.insert(name, format);
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn resolve(self) -> Styles {
        let plain = Style { format: NumberFormat::General, text: None, struck: false };
        let mut styles = Styles { cells: vec![plain], hidden: self.hidden, ..Styles::default() };
        // The style that a cell without one has.
        for name in std::iter::once("Default").chain(self.cells.keys().map(String::as_str)) {
            if styles.by_name.contains_key(name) {
                continue;
            }
            let (marks, data) = inherited(&self.cells, name);
            let named = |name: &String| self.dates.get(name).cloned();
            let style = Style {
                format: data.as_ref().and_then(named).unwrap_or(NumberFormat::General),
                text: data.as_ref().and_then(|name| self.text_formats.get(name).cloned()),
                struck: marks.struck == Some(true),
            };
            let position = match name {
                "Default" => 0,
                _ => styles.cells.len(),
            };
            match position {
                0 => styles.cells[0] = style,
                _ => styles.cells.push(style),
            }
            if marks.position.flatten().is_some() {
                styles.cell_marks.insert(position, Marks { struck: None, ..marks });
            }
            styles.by_name.insert(name.to_owned(), position);
        }
        let texts = self.texts.keys().map(|name| (name.clone(), inherited(&self.texts, name).0));
        styles.texts = texts.collect();
        styles
    }
}

/// Returns what a style says by itself or by the styles that it inherits from: its marks and the name
/// of its data style.
fn inherited(all: &HashMap<String, Stated>, name: &str) -> (Marks, Option<String>) {
    let (mut marks, mut data) = (Marks::default(), None);
    let mut next = Some(name.to_owned());
    for _ in 0..MAX_PARENTS {
        let Some(stated) = next.as_ref().and_then(|name| all.get(name)) else { break };
        marks = marks.or(stated.marks);
        data = data.or_else(|| stated.data.clone());
        next.clone_from(&stated.parent);
    }
    (marks, data)
}

/// Reads the marks of the properties of a text.
fn read_marks(element: &BytesStart<'_>) -> Result<Marks, String> {
    let position = attribute(element, "text-position")?.map(|text| {
        let first = text.split_whitespace().next().unwrap_or_default();
        let percent = first.strip_suffix('%').and_then(|number| number.parse::<f64>().ok());
        match (first, percent) {
            ("super", _) => Some('^'),
            ("sub", _) => Some('_'),
            (_, Some(height)) if height > 0.0 => Some('^'),
            (_, Some(height)) if height < 0.0 => Some('_'),
            _ => None,
        }
    });
    let line = match attribute(element, "text-line-through-style")? {
        Some(style) => Some(style),
        None => attribute(element, "text-line-through-type")?,
    };
    Ok(Marks { position, struck: line.map(|style| style != "none") })
}

/// Reads a style of dates, whose opening has been read.
fn read_date_style<R: Read>(xml: &mut Xml<R>) -> Result<NumberFormat, String> {
    let (mut day, mut month, mut year) = (false, false, false);
    let (mut before, mut behind, mut begun) = (String::new(), String::new(), false);
    loop {
        match xml.next()? {
            Event::Start(element) if is(&element, "text") => {
                let mut text = String::new();
                xml.read_text("text", &mut text)?;
                behind.push_str(&text);
            }
            Event::Start(element) => {
                let is_part = match element.local_name().as_ref() {
                    "day" => std::mem::replace(&mut day, true) || day,
                    "month" => std::mem::replace(&mut month, true) || month,
                    "year" => std::mem::replace(&mut year, true) || year,
                    "era" | "day-of-week" | "week-of-year" | "quarter" | "hours" | "minutes"
                    | "seconds" | "am-pm" => true,
                    _ => false,
                };
                if is_part {
                    let text = std::mem::take(&mut behind);
                    if !begun {
                        before = text;
                    }
                    begun = true;
                }
            }
            Event::End(element) if element.local_name().as_ref() == "date-style" => {
                let words = words_beside_date([before, behind]).map(Rc::from);
                return Ok(NumberFormat::Date { whole_day: day && month && year, words });
            }
            Event::Eof => return Err("it ends within <date-style>".to_owned()),
            _ => {}
        }
    }
}

/// Reads a style of texts, whose opening has been read.
fn read_text_style<R: Read>(xml: &mut Xml<R>) -> Result<Option<TextFormat>, String> {
    let mut code = String::new();
    loop {
        match xml.next()? {
            Event::Start(element) if is(&element, "text") => {
                let mut text = String::new();
                xml.read_text("text", &mut text)?;
                // A code in which every sign stands for itself.
                code.extend(text.chars().flat_map(|sign| ['\\', sign]));
            }
            Event::Start(element) if is(&element, "text-content") => code.push('@'),
            Event::End(element) if element.local_name().as_ref() == "text-style" => {
                return Ok(if code.is_empty() { None } else { TextFormat::parse(&code) });
            }
            Event::Eof => return Err("it ends within <text-style>".to_owned()),
            _ => {}
        }
    }
}
