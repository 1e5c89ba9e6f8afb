//! MHTML (RFC 2557): a page and its parts in one message.

use mailparse::{MailHeaderMap, ParsedMail, parse_mail};

/// The page in a message.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) html: Vec<u8>,
    pub(super) charset: Option<String>,
    /// The other pages in it, mostly frames, each with its charset.
    pub(super) frames: Vec<(Vec<u8>, Option<String>)>,
    pub(super) subject: Option<String>,
    pub(super) date: Option<String>,
    /// The addresses of the page: that of the message, then that of its part.
    pub(super) addresses: Vec<String>,
}

/// Reads a message. The page is the part that `start` names, else the first (RFC 2387).
///
/// # Errors
/// Fails where the message is damaged or holds no page; the message is the reason.
pub(super) fn read_mhtml(bytes: &[u8]) -> Result<Message, String> {
    let whole = parse_mail(bytes).map_err(|why| format!("this is not MHTML: {why}"))?;
    let root = find_root(&whole)?;
    let mut message = Message {
        html: decode(root)?,
        charset: charset_of(root),
        subject: header(&whole, "Subject"),
        date: header(&whole, "Date"),
        ..Message::default()
    };
    let stated = [
        header(&whole, "Snapshot-Content-Location"),
        header(&whole, "Content-Location"),
        header(root, "Content-Location").filter(|place| !is_name_of_part(place)),
    ];
    message.addresses = stated.into_iter().flatten().collect();
    for part in whole.parts().filter(|part| is_html(part) && !std::ptr::eq(*part, root)) {
        message.frames.push((decode(part)?, charset_of(part)));
    }
    Ok(message)
}

/// Finds the part that is the page.
fn find_root<'a, 'b>(whole: &'a ParsedMail<'b>) -> Result<&'a ParsedMail<'b>, String> {
    let mut root = whole;
    while root.ctype.mimetype.starts_with("multipart/") {
        let named = root.ctype.params.get("start").map(|name| name.trim());
        let found = match named {
            Some(name) => root
                .subparts
                .iter()
                .find(|part| header(part, "Content-ID").as_deref() == Some(name))
                .ok_or_else(|| {
                    format!("the page of this MHTML is its part {name}, which is not in it")
                })?,
            None => root.subparts.first().ok_or("this MHTML has no part")?,
        };
        root = found;
    }
    match is_html(root) {
        true => Ok(root),
        false => Err(format!("the first part of this MHTML is {}, no page", root.ctype.mimetype)),
    }
}

fn is_html(part: &ParsedMail<'_>) -> bool {
    matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml")
}

fn charset_of(part: &ParsedMail<'_>) -> Option<String> {
    part.ctype.params.get("charset").cloned()
}

/// Returns true for `cid:…`, by which the parts of a message refer to each other.
fn is_name_of_part(place: &str) -> bool {
    place.get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("cid:"))
}

fn header(part: &ParsedMail<'_>, name: &str) -> Option<String> {
    let value = part.headers.get_first_value(name)?.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

/// Decodes the bytes of a part.
fn decode(part: &ParsedMail<'_>) -> Result<Vec<u8>, String> {
    const KNOWN: [&str; 5] = ["7bit", "8bit", "binary", "base64", "quoted-printable"];
    if let Some(name) = header(part, "Content-Transfer-Encoding")
        && !KNOWN.contains(&name.to_ascii_lowercase().as_str())
    {
        return Err(format!("a page in this MHTML is encoded as {name}, which is not read"));
    }
    part.get_body_raw().map_err(|why| format!("a page in this MHTML cannot be decoded: {why}"))
}
