//! The package of a workbook: a zip archive of XML parts, which refer to each other by
//! relationships.

use crate::intake::text::allowance::{Allowance, Limited};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{BufReader, Read, Seek, SeekFrom};
use zip::ZipArchive;
use zip::read::ZipFile;

/// The largest number of relationships of a part. A worksheet has one for each hyperlink, and a
/// spreadsheet program holds 65,530 of these.
const MAX_RELATIONSHIPS: usize = 200_000;

/// A workbook file.
pub(in crate::intake::table) struct Package<R> {
    zip: ZipArchive<R>,
    /// The position of each part, by its path in lower case.
    parts: HashMap<String, usize>,
}

/// A reference from a part to another part or to an address outside.
pub(in crate::intake::table) struct Relationship {
    pub(in crate::intake::table) id: String,
    /// The last segment of its type, such as `worksheet`.
    pub(in crate::intake::table) kind: String,
    /// The path of the part, or the address.
    pub(in crate::intake::table) target: String,
    /// True for an address outside the package.
    pub(in crate::intake::table) external: bool,
}

impl<R: Read + Seek> Package<R> {
    /// Opens a package.
    pub(in crate::intake::table) fn open(mut input: R) -> Result<Self, String> {
        let mut start = [0; 8];
        let encrypted = input.read_exact(&mut start).is_ok()
            && start == [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        if encrypted {
            return Err(
                "it has a password, or is an older .xls, which `--as xls` reads; save it as \
                        .xlsx without a password"
                    .to_owned(),
            );
        }
        input.seek(SeekFrom::Start(0)).map_err(|error| error.to_string())?;
        let zip = ZipArchive::new(input).map_err(|error| error.to_string())?;
        let mut parts = HashMap::new();
        for (position, name) in zip.file_names().enumerate() {
            let name = name.map_err(|error| error.to_string())?;
            // Some programs write backslashes, and parts differ by more than case.
            parts.insert(name.replace('\\', "/").to_ascii_lowercase(), position);
        }
        Ok(Package { zip, parts })
    }

    /// Opens a part; `None` if there is none with this path.
    pub(in crate::intake::table) fn part(
        &mut self,
        path: &str,
    ) -> Result<Option<Xml<ZipFile<'_, R>>>, String> {
        let Some(position) = self.parts.get(&path.to_ascii_lowercase()) else { return Ok(None) };
        let file = self.zip.by_index(*position).map_err(|error| error.to_string())?;
        Ok(Some(Xml::new(file)))
    }

    /// Reads the relationships of a part; an empty path stands for the package itself.
    pub(in crate::intake::table) fn relationships(
        &mut self,
        of: &str,
    ) -> Result<Vec<Relationship>, String> {
        let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
        let path = format!("{folder}/_rels/{name}.rels");
        let mut found = Vec::new();
        let Some(mut xml) = self.part(path.trim_start_matches('/'))? else { return Ok(found) };
        loop {
            match xml.next()? {
                Event::Start(element) if is(&element, "Relationship") => {
                    let text =
                        |name| Ok::<_, String>(attribute(&element, name)?.unwrap_or_default());
                    let external = text("TargetMode")? == "External";
                    let target = text("Target")?;
                    let target = if external { target } else { resolve_path(folder, &target) };
                    let kind = text("Type")?.rsplit('/').next().unwrap_or_default().to_owned();
                    found.push(Relationship { id: text("Id")?, kind, target, external });
                }
                Event::Eof => return Ok(found),
                _ => {}
            }
            if found.len() > MAX_RELATIONSHIPS {
                return Err(format!("{path} holds more than {MAX_RELATIONSHIPS} relationships"));
            }
        }
    }
}

/// Resolves the target of a relationship against the folder of its part.
fn resolve_path(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = Vec::new();
    let base = if target.starts_with('/') { "" } else { folder };
    for segment in base.split('/').chain(target.split('/')) {
        match segment {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            segment => path.push(segment),
        }
    }
    path.join("/")
}

/// An XML part, read event by event. An empty element is an opening and a closing one.
pub(in crate::intake::table) struct Xml<R> {
    reader: quick_xml::Reader<BufReader<Limited<R>>>,
    buffer: Vec<u8>,
    /// Of one event: a tag, or the text between two.
    allowance: Allowance,
}

/// The bytes of a text, beyond which no cell is read: four for each of a million characters.
const MAX_TEXT: usize = 4_000_000;

/// The message for a part that is too large.
const TOO_LARGE: &str = "a cell holds more than a million characters";

/// Refuses a text that has become too long for a cell.
pub(in crate::intake::table) fn check_length(text: &str) -> Result<(), String> {
    if text.len() > MAX_TEXT { Err(TOO_LARGE.to_owned()) } else { Ok(()) }
}

impl<R: Read> Xml<R> {
    fn new(input: R) -> Self {
        let allowance = Allowance::new(MAX_TEXT as u64);
        let input = allowance.limit(input, TOO_LARGE);
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(input));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Xml { reader, buffer: Vec::new(), allowance }
    }

    /// Returns the next event.
    pub(in crate::intake::table) fn next(&mut self) -> Result<Event<'_>, String> {
        self.buffer.clear();
        self.allowance.renew();
        self.reader.read_event_into(&mut self.buffer).map_err(|error| match error {
            // What is too large says so itself.
            quick_xml::Error::Io(error) => error.to_string(),
            error => error.to_string(),
        })
    }

    /// Skips the rest of an element whose opening has been read. `name` is its name without prefix.
    pub(in crate::intake::table) fn skip(&mut self, name: &str) -> Result<(), String> {
        let mut depth = 1;
        while depth > 0 {
            match self.next()? {
                Event::Start(element) if is(&element, name) => depth += 1,
                Event::End(element) if element.local_name().as_ref() == name => depth -= 1,
                Event::Eof => return Err(ends_within(name)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Appends the text of an element whose opening has been read to `text`.
    pub(in crate::intake::table) fn read_text(
        &mut self,
        name: &str,
        text: &mut String,
    ) -> Result<(), String> {
        loop {
            check_length(text)?;
            match self.next()? {
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(entity) => {
                    let found = match entity.resolve_char_ref() {
                        Ok(found) => found,
                        Err(error) => return Err(error.to_string()),
                    };
                    match (found, quick_xml::escape::resolve_xml_entity(&entity)) {
                        (Some(found), _) => text.push(found),
                        (None, Some(found)) => text.push_str(found),
                        (None, None) => return Err(format!("&{};: no such entity", &*entity)),
                    }
                }
                Event::End(element) if element.local_name().as_ref() == name => return Ok(()),
                Event::Eof => return Err(ends_within(name)),
                _ => {}
            }
        }
    }

    /// Reads the text of a string item (`si` or `is`): its runs, without phonetic guides.
    pub(in crate::intake::table) fn read_string(&mut self, name: &str) -> Result<RichText, String> {
        let (mut whole, mut marked) = (String::new(), String::new());
        let (mut before, mut behind) = ("", "");
        loop {
            match self.next()? {
                Event::Start(element) if is(&element, "rPh") => self.skip("rPh")?,
                Event::Start(element) if is(&element, "r") => (before, behind) = ("", ""),
                Event::Start(element) if is(&element, "vertAlign") => {
                    match attribute(&element, "val")?.as_deref() {
                        Some("superscript") => before = "^",
                        Some("subscript") => before = "_",
                        _ => {}
                    }
                }
                Event::Start(element) if is(&element, "strike") && is_on(&element)? => {
                    (before, behind) = ("~~", "~~");
                }
                Event::Start(element) if is(&element, "t") => {
                    let preserve = attribute(&element, "space")?.is_some_and(|s| s == "preserve");
                    let mut text = String::new();
                    self.read_text("t", &mut text)?;
                    let text = match preserve {
                        true => text.as_str(),
                        false => text.trim_matches([' ', '\t', '\r', '\n']),
                    };
                    let text = unescape(text);
                    whole.push_str(&text);
                    check_length(&whole)?;
                    marked.push_str(&match text.trim().is_empty() {
                        true => text,
                        false => format!("{before}{text}{behind}"),
                    });
                }
                Event::End(element) if element.local_name().as_ref() == name => {
                    let marked = (marked != whole).then_some(marked);
                    return Ok(RichText { text: whole, marked });
                }
                Event::Eof => return Err(ends_within(name)),
                _ => {}
            }
        }
    }
}

/// The text of a string item.
pub(in crate::intake::table) struct RichText {
    pub(in crate::intake::table) text: String,
    /// The text with `^` before what is raised, `_` before what is lowered, and what is struck
    /// through between `~~`; `None` if there is nothing of the kind.
    pub(in crate::intake::table) marked: Option<String>,
}

/// The message that a part ends too early.
pub(in crate::intake::table) fn ends_within(name: &str) -> String {
    format!("it ends within <{name}>")
}

/// Returns true if an element has this name; prefixes are not compared.
pub(in crate::intake::table) fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.local_name().as_ref() == name
}

/// Returns the value of an attribute; prefixes are not compared.
pub(in crate::intake::table) fn attribute(
    element: &BytesStart<'_>,
    name: &str,
) -> Result<Option<String>, String> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.key.local_name().as_ref() == name {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            return value.map(|value| Some(value.into_owned())).map_err(|error| error.to_string());
        }
    }
    Ok(None)
}

/// Returns true if a Boolean attribute is set.
pub(in crate::intake::table) fn flag(element: &BytesStart<'_>, name: &str) -> Result<bool, String> {
    Ok(attribute(element, name)?.is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on")))
}

/// Returns true if the presence of an element switches something on, as `<strike/>` does.
pub(in crate::intake::table) fn is_on(element: &BytesStart<'_>) -> Result<bool, String> {
    Ok(attribute(element, "val")?.is_none() || flag(element, "val")?)
}

/// Replaces the escapes of a spreadsheet text: `_x000D_` is the UTF-16 code unit U+000D, and
/// `_x005F_` an underscore that begins no escape.
pub(in crate::intake::table) fn unescape(text: &str) -> String {
    let mut done = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let mut units = Vec::new();
        let mut end = at;
        while let Some(unit) = rest.get(end..).and_then(escaped_unit) {
            units.push(unit);
            end += 7;
        }
        done.push_str(&rest[..at]);
        if units.is_empty() {
            done.push_str("_x");
            end = at + 2;
        }
        let decoded = char::decode_utf16(units);
        done.extend(decoded.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        rest = &rest[end..];
    }
    done.push_str(rest);
    done
}

/// Returns the code unit of the escape with which a text begins.
fn escaped_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    all.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{resolve_path, unescape};

    #[test]
    fn escapes_are_code_units() {
        for (text, meant) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDCF7_", "\u{1f4f7}"),
            ("_xD83D_", "\u{fffd}"),
            ("_x_x00_x000g_", "_x_x00_x000g_"),
            ("__x0041__", "_A_"),
            ("é_x00e9", "é_x00e9"),
        ] {
            assert_eq!(unescape(text), meant, "{text}");
        }
    }

    #[test]
    fn a_target_is_relative_to_the_folder_of_its_part_or_absolute() {
        for (folder, target, path) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../tables/./t.xml", "xl/tables/t.xml"),
            ("", "xl\\workbook.xml", "xl/workbook.xml"),
            ("", "../../x", "x"),
        ] {
            assert_eq!(resolve_path(folder, target), path, "{folder} {target}");
        }
    }
}
