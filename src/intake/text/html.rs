//! HTML: decoding of a page, its tags, and the JSON-LD scripts in it.

use encoding_rs::{Encoding, WINDOWS_1252};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use std::borrow::Cow;

/// The number of bytes at the start of a page that are searched for its encoding.
const MAX_HEAD_BYTES: usize = 4096;

/// Decodes a page: by its byte order mark, as UTF-8 where it is valid, by the `charset` in its
/// head, or else as Windows-1252, as browsers do.
pub(in crate::intake) fn decode_page(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let encoding =
        find_stated_encoding(&bytes[..bytes.len().min(MAX_HEAD_BYTES)]).unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0
}

/// Decodes a page whose encoding is told outside of it, which goes before all but its byte order mark; as
/// [`decode_page`] where it is not, or is not known.
pub(in crate::intake) fn decode_page_as<'a>(bytes: &'a [u8], label: Option<&str>) -> Cow<'a, str> {
    let told = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match told.filter(|_| Encoding::for_bom(bytes).is_none()) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
        None => decode_page(bytes),
    }
}

/// Finds the encoding that the head of a page states: `charset=…`.
fn find_stated_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.to_ascii_lowercase();
    let word = b"charset";
    let ends = head.windows(word.len()).enumerate().filter(|(_, part)| part == word);
    ends.map(|(at, _)| &head[at + word.len()..]).find_map(|rest| {
        let skipped = |byte: &&u8| b" \t\r\n=\"'".contains(*byte);
        let label: Vec<u8> = rest
            .iter()
            .skip_while(skipped)
            .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:.".contains(*byte))
            .copied()
            .collect();
        Encoding::for_label(&label)
    })
}

/// Tokenizes a page; spans are byte offsets.
pub(in crate::intake) fn tokenize(text: &str) -> impl Iterator<Item = Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).filter_map(Result::ok)
}

/// Returns the trimmed text of an attribute; `None` where it is empty.
pub(in crate::intake) fn attribute_text(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    let text = String::from_utf8_lossy(&value.value).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Returns the content of every `<script type="application/ld+json">` with its byte offset, without
/// the comment or CDATA markers that some pages wrap it in.
pub(in crate::intake) fn json_ld_scripts(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for token in tokenize(text) {
        match token {
            Token::StartTag(tag) => {
                let kind = attribute_text(&tag, "type").unwrap_or_default().to_ascii_lowercase();
                let ld = kind.split(';').next().map(str::trim) == Some("application/ld+json");
                open = (**tag.name == *b"script" && ld).then(|| (tag.span.end, String::new()));
            }
            Token::String(part) => {
                if let Some((_, script)) = &mut open {
                    script.push_str(&String::from_utf8_lossy(&part.value));
                }
            }
            Token::EndTag(_) => found.extend(open.take()),
            _ => {}
        }
    }
    found.extend(open);
    found.into_iter().map(|(at, script)| unwrap_script(at, &script)).collect()
}

fn unwrap_script(at: usize, script: &str) -> (usize, String) {
    const BEFORE: [&str; 5] = ["<!--", "<![CDATA[", "//", "/*", "*/"];
    const AFTER: [&str; 6] = ["-->", "]]>", "//", "/*", "*/", ";"];
    let mut rest = script.trim_start();
    while let Some(inner) = BEFORE.iter().find_map(|mark| rest.strip_prefix(mark)) {
        rest = inner.trim_start();
    }
    let at = at + (script.len() - rest.len());
    rest = rest.trim_end();
    while let Some(inner) = AFTER.iter().find_map(|mark| rest.strip_suffix(mark)) {
        rest = inner.trim_end();
    }
    (at, rest.to_owned())
}

/// Decodes the character references (`&amp;`) that JSON-LD often contains by mistake.
pub(in crate::intake) fn decode_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let spelt = text.replace('<', "&lt;");
    tokenize(&spelt)
        .filter_map(|token| match token {
            Token::String(part) => Some(String::from_utf8_lossy(&part.value).into_owned()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{decode_entities, decode_page, json_ld_scripts};

    #[test]
    fn finds_json_ld_and_where() {
        let text = "<p>é<script>{}</script>\n<script type='application/ld+json'>\n//<![CDATA[\n{\"a\": 1}\n//]]>\n</script>\
                    <script type=\"Application/LD+JSON; charset=utf-8\"><!-- [1] --></script>";
        let found = json_ld_scripts(text);
        assert_eq!(
            found.iter().map(|(_, s)| s.as_str()).collect::<Vec<_>>(),
            ["{\"a\": 1}", "[1]"]
        );
        for (at, script) in found {
            assert!(text[at..].starts_with(&script), "{at} {script}");
        }
    }

    #[test]
    fn reads_what_is_not_utf_8() {
        assert_eq!(decode_page(b"<meta charset=iso-8859-7>\xe1"), "<meta charset=iso-8859-7>α");
        assert_eq!(decode_page(b"caf\xe9 \x93x\x94"), "café “x”");
        assert_eq!(decode_page(b"\xff\xfea\0"), "a");
        assert_eq!(decode_entities("A &amp; B &#8217; <b>"), "A & B ’ <b>");
    }
}
