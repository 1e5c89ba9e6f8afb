//! Addresses behind cells (MS-OSHARED 2.3.7), and formulas that make one.

use super::bytes::{Bytes, u16_at, utf16_until_zero};

/// The identifiers of the kinds of addresses, as they stand in the file.
const URL: [u8; 16] = *b"\xe0\xc9\xea\x79\xf9\xba\xce\x11\x8c\x82\x00\xaa\x00\x4b\xa9\x0b";
const FILE: [u8; 16] = *b"\x03\x03\x00\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46";
/// The most folders by which a path goes up.
const MAX_UP: usize = 256;

/// The link of a record.
#[derive(Debug, PartialEq)]
pub(super) enum Target {
    Address(String),
    /// A place in the workbook.
    Inside,
    /// Something that is not read.
    Unknown,
}

/// Reads what stands behind the area of a hyperlink.
pub(super) fn read_target(mut bytes: Bytes<'_>) -> Result<Target, String> {
    // An identifier and a version.
    bytes.skip(20)?;
    let flags = bytes.u32()?;
    let has = |bit: u32| flags & (1 << bit) != 0;
    for _ in [4, 7].into_iter().filter(|bit| has(*bit)) {
        // The text that is displayed, and the frame.
        bytes.link_text()?;
    }
    let target = match () {
        () if has(8) => Some(bytes.link_text()?),
        () if has(0) => match read_moniker(&mut bytes)? {
            Some(target) => Some(target),
            None => return Ok(Target::Unknown),
        },
        () => None,
    };
    let place = if has(3) { Some(bytes.link_text()?) } else { None };
    let place = place.filter(|place| !place.is_empty());
    Ok(match (target.filter(|target| !target.is_empty()), place) {
        (None, _) => Target::Inside,
        (Some(target), None) => Target::Address(target),
        (Some(target), Some(place)) => Target::Address(format!("{target}#{place}")),
    })
}

/// Reads an address; `None` for one of another kind.
fn read_moniker(bytes: &mut Bytes<'_>) -> Result<Option<String>, String> {
    let kind = bytes.take(16)?;
    if kind == URL {
        let length = usize::try_from(bytes.u32()?).map_err(|error| error.to_string())?;
        return Ok(Some(utf16_until_zero(&bytes.take(length)?)));
    }
    if kind != FILE {
        return Ok(None);
    }
    let up = usize::from(bytes.u16()?);
    let length = usize::try_from(bytes.u32()?).map_err(|error| error.to_string())?;
    let short = bytes.take(length)?;
    bytes.skip(24)?;
    let path = match bytes.u32()? {
        0 => {
            let end = short.iter().position(|byte| *byte == 0).unwrap_or(short.len());
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&short[..end]).0.into_owned()
        }
        _ => {
            let length = usize::try_from(bytes.u32()?).map_err(|error| error.to_string())?;
            bytes.skip(2)?;
            utf16_until_zero(&bytes.take(length)?)
        }
    };
    if up > MAX_UP {
        return Ok(None);
    }
    let is_whole = path.starts_with("\\\\") || path.as_bytes().get(1) == Some(&b':');
    let before = if is_whole { "file:///".to_owned() } else { "../".repeat(up) };
    Ok(Some(before + &path))
}

/// Returns the text of a formula as far as it makes a link: `HYPERLINK("https://example.org",…)`, or
/// `HYPERLINK(…)` where the address is calculated. It is empty for another formula.
///
/// The formula is read by its tokens (MS-XLS 2.2.2), of which the last calls the function.
pub(super) fn formula_text(tokens: &[u8]) -> String {
    const FUNCTION: u16 = 359;
    let Some((arguments, call)) = tokens.split_last_chunk::<4>() else { return String::new() };
    let is_call = matches!(call[0], 0x22 | 0x42 | 0x62);
    if !is_call || u16_at(call, 2).is_ok_and(|number| number & 0x7fff != FUNCTION) {
        return String::new();
    }
    let first = read_literal(arguments);
    let address = first.filter(|(_, rest)| match call[1] & 0x7f {
        1 => rest.is_empty(),
        // What is displayed is one value: a text, a number or a cell.
        _ => {
            let size = match rest.first() {
                Some(0x1e) => 3,
                Some(0x1f) => 9,
                Some(0x24 | 0x44 | 0x64) => 5,
                Some(0x17) => return read_literal(rest).is_some_and(|(_, rest)| rest.is_empty()),
                _ => return false,
            };
            rest.len() == size
        }
    });
    match address {
        Some((address, _)) => format!("HYPERLINK(\"{}\",…)", address.replace('"', "\"\"")),
        None => "HYPERLINK(…)".to_owned(),
    }
}

/// Reads the text with which tokens begin, and returns what follows.
fn read_literal(tokens: &[u8]) -> Option<(String, &[u8])> {
    let rest = tokens.strip_prefix(b"\x17")?;
    let (length, flags) = (*rest.first()?, *rest.get(1)?);
    let size = usize::from(length) * if flags & 1 == 0 { 1 } else { 2 };
    let (own, rest) = rest.get(1..)?.split_at_checked(1 + size)?;
    let (text, _) = Bytes::new(vec![own]).text(u16::from(length)).ok()?;
    Some((text, rest))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{FILE, Target, URL, formula_text, read_target};
    use crate::intake::table::xls::bytes::Bytes;

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect()
    }

    fn counted(text: &str) -> Vec<u8> {
        let length = u32::try_from(text.encode_utf16().count() + 1).unwrap();
        [&length.to_le_bytes()[..], &wide(text)].concat()
    }

    /// Reads a link with these flags.
    fn target(flags: u32, rest: &[&[u8]]) -> Result<Target, String> {
        let head = [&[0; 20][..], &flags.to_le_bytes()].concat();
        read_target(Bytes::new(vec![&head, &rest.concat()]))
    }

    #[test]
    fn an_address_is_found_among_what_stands_beside_it() {
        let url = wide("https://a.example/b");
        let length = u32::try_from(url.len()).unwrap().to_le_bytes();
        let address = |text: &str| Ok(Target::Address(text.to_owned()));
        assert_eq!(target(0x03, &[&URL, &length, &url]), address("https://a.example/b"));
        let (shown, frame, place) = (counted("here"), counted("_blank"), counted("p"));
        let all: [&[u8]; 6] = [&shown, &frame, &URL, &length, &url, &place];
        assert_eq!(target(0x9b, &all), address("https://a.example/b#p"));
        assert_eq!(target(0x101, &[&counted("x.html")]), address("x.html"));
        assert_eq!(target(0x08, &[&counted("Sheet1!A1")]), Ok(Target::Inside));
        assert_eq!(target(0x01, &[&[7; 16], &[0; 99]]), Ok(Target::Unknown));
        assert!(target(0x03, &[&URL, &[0xff; 4], &url]).is_err());
    }

    #[test]
    fn a_path_is_an_address_too() {
        let file = |up: u16, short: &str, long: &str| {
            let head = [&FILE[..], &up.to_le_bytes()].concat();
            let length = u32::try_from(short.len() + 1).unwrap().to_le_bytes();
            let long = &wide(long)[..long.len() * 2];
            let size = u32::try_from(long.len()).unwrap();
            let rest: Vec<u8> = match size {
                0 => vec![0; 4],
                _ => [&(size + 6).to_le_bytes()[..], &size.to_le_bytes(), &[3, 0], long].concat(),
            };
            target(1, &[&head, &length, short.as_bytes(), b"\0", &[0; 24], &rest])
        };
        let address = |text: &str| Ok(Target::Address(text.to_owned()));
        assert_eq!(file(2, "a.pdf", ""), address("../../a.pdf"));
        assert_eq!(file(0, "C:\\LONGNA~1", "C:\\long name"), address("file:///C:\\long name"));
        assert_eq!(file(300, "a.pdf", ""), Ok(Target::Unknown));
    }

    #[test]
    fn a_formula_makes_a_link_by_its_last_token() {
        let call = |arguments: u8| [0x42, arguments, 0x67, 0x01];
        let text = b"\x17\x03\0a\"b";
        for (tokens, formula) in [
            ([&text[..], &call(1)].concat(), "HYPERLINK(\"a\"\"b\",…)"),
            ([text, &text[..], &call(2)].concat(), "HYPERLINK(\"a\"\"b\",…)"),
            ([text, &[0x44, 0, 0, 0, 0][..], &call(2)].concat(), "HYPERLINK(\"a\"\"b\",…)"),
            ([text, &[0x44, 0, 0, 0, 0, 0x08][..], &call(1)].concat(), "HYPERLINK(…)"),
            ([&[0x44, 0, 0, 0, 0][..], &call(1)].concat(), "HYPERLINK(…)"),
            ([&text[..], &[0x42, 1, 0x68, 0x01]].concat(), ""),
            (Vec::new(), ""),
        ] {
            assert_eq!(formula_text(&tokens), formula, "{tokens:?}");
        }
    }
}
