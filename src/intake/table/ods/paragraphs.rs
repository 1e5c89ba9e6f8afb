//! The text of a cell: its paragraphs, with marks on what is raised, lowered or struck through, and the
//! addresses behind its links.

use super::styles::Styles;
use crate::intake::table::xlsx::marks::Marks;
use crate::intake::table::xlsx::package::{Xml, attribute, check_length, ends_within, is};
use quick_xml::events::Event;
use std::io::Read;

/// The most spaces that one element stands for. A cell holds no more characters.
const MAX_SPACES: usize = 32_767;
/// The deepest nesting of spans and links.
const MAX_DEPTH: usize = 64;

/// The text of a cell.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Paragraphs {
    /// The text, with a line for each paragraph; `None` if there is none.
    pub(super) text: Option<String>,
    /// The text with marks.
    pub(super) marked: String,
    /// The addresses behind its links, each once.
    pub(super) links: Vec<String>,
    /// True if there is a comment in it.
    pub(super) comment: bool,
}

impl Paragraphs {
    /// Reads a paragraph whose opening has been read. `outer` are the marks of the cell.
    pub(super) fn read<R: Read>(
        &mut self,
        xml: &mut Xml<R>,
        styles: &Styles,
        outer: Marks,
    ) -> Result<(), String> {
        let text = match &mut self.text {
            Some(text) => {
                text.push('\n');
                self.marked.push('\n');
                text
            }
            None => self.text.insert(String::new()),
        };
        // The marks of the open elements, and the text that was read since the last change of them.
        let mut open: Vec<Marks> = vec![outer];
        let (mut part, mut blank) = (String::new(), true);
        let mut end_part = |part: &mut String, marks: Option<&Marks>, marked: &mut String| {
            text.push_str(part);
            marked.push_str(&marks.copied().unwrap_or_default().apply(part));
            part.clear();
        };
        loop {
            check_length(&part)?;
            match xml.next()? {
                Event::Text(piece) => push_collapsed(&piece.xml10_content(), &mut part, &mut blank),
                Event::CData(piece) => {
                    push_collapsed(&piece.xml10_content(), &mut part, &mut blank)
                }
                Event::GeneralRef(entity) => {
                    let found = entity.resolve_char_ref().map_err(|error| error.to_string())?;
                    match (found, quick_xml::escape::resolve_xml_entity(&entity)) {
                        (Some(found), _) => part.push(found),
                        (None, Some(found)) => part.push_str(found),
                        (None, None) => return Err(format!("&{};: no such entity", &*entity)),
                    }
                    blank = false;
                }
                Event::Start(element) => match element.local_name().as_ref() {
                    "s" => {
                        let count = attribute(&element, "c")?;
                        let count = count.map_or(Some(1), |count| count.parse::<usize>().ok());
                        let count = count.filter(|count| *count <= MAX_SPACES);
                        let count = count.ok_or("a text has more spaces than a cell holds")?;
                        part.extend(std::iter::repeat_n(' ', count));
                        blank = false;
                    }
                    "tab" => {
                        part.push('\t');
                        blank = false;
                    }
                    "line-break" => {
                        part.push('\n');
                        blank = true;
                    }
                    "annotation" => {
                        self.comment = true;
                        xml.skip("annotation")?;
                    }
                    // The reading of a word above it, notes and drawings are not its text.
                    name @ ("ruby-text" | "note" | "frame" | "custom-shape") => {
                        let name = name.to_owned();
                        xml.skip(&name)?;
                    }
                    "span" | "a" => {
                        if open.len() > MAX_DEPTH {
                            return Err("the text of a cell is nested too deeply".to_owned());
                        }
                        if let Some(target) = attribute(&element, "href")?
                            // A place in the workbook is no address.
                            && !target.starts_with('#')
                            && !self.links.contains(&target)
                        {
                            self.links.push(target);
                        }
                        let name = attribute(&element, "style-name")?.unwrap_or_default();
                        end_part(&mut part, open.last(), &mut self.marked);
                        let marks = styles.text_marks(&name);
                        open.push(marks.or(open.last().copied().unwrap_or_default()));
                    }
                    _ => {}
                },
                Event::End(element) if matches!(element.local_name().as_ref(), "span" | "a") => {
                    end_part(&mut part, open.last(), &mut self.marked);
                    open.pop();
                }
                Event::End(element) if element.local_name().as_ref() == "p" => {
                    end_part(&mut part, open.last(), &mut self.marked);
                    return Ok(());
                }
                Event::Eof => return Err(ends_within("p")),
                _ => {}
            }
        }
    }

    /// Returns the text with marks, if there are any.
    pub(super) fn marked(&self) -> Option<String> {
        (self.text.as_deref() != Some(&self.marked)).then(|| self.marked.clone())
    }
}

/// Appends a text whose runs of white space count as one blank, and as none at the start (ODF 1.3, part
/// 3, 6.1.2). `blank` is true if the text so far ends with one.
fn push_collapsed(piece: &str, text: &mut String, blank: &mut bool) {
    for sign in piece.chars() {
        match sign {
            ' ' | '\t' | '\r' | '\n' => {
                if !std::mem::replace(blank, true) {
                    text.push(' ');
                }
            }
            sign => {
                text.push(sign);
                *blank = false;
            }
        }
    }
}

/// Returns true for an element that holds a paragraph of a cell.
pub(super) fn is_paragraph(element: &quick_xml::events::BytesStart<'_>) -> bool {
    is(element, "p") || is(element, "h")
}
