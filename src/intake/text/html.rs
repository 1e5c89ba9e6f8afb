//! HTML as others wrote it: its text whatever the encoding, its tags, its JSON-LD.

use encoding_rs::{Encoding, WINDOWS_1252};
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use std::borrow::Cow;

/// Bytes of a page within which it says its encoding.
const HEAD: usize = 4096;

/// A page's text: by its byte order mark; as UTF-8 where it is that; by what its head says; else as
/// Windows-1252, as browsers do.
pub fn page_text(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let encoding = stated(&bytes[..bytes.len().min(HEAD)]).unwrap_or(WINDOWS_1252);
    encoding.decode_without_bom_handling(bytes).0
}

/// The encoding that the head of a page states: `charset=…`.
fn stated(head: &[u8]) -> Option<&'static Encoding> {
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

/// What a page is made of; spans are byte offsets.
pub(in crate::intake) fn tokens(text: &str) -> impl Iterator<Item = Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(text, emitter).filter_map(Result::ok)
}

/// An attribute of a tag, as text without blanks around it.
pub(in crate::intake) fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    let text = String::from_utf8_lossy(&value.value).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// The contents of every `<script type="application/ld+json">`, each with the byte offset at which
/// it begins, without the comment or CDATA marks that some pages wrap it in.
pub(in crate::intake) fn scripts(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for token in tokens(text) {
        match token {
            Token::StartTag(tag) => {
                let kind = attribute(&tag, "type").unwrap_or_default().to_ascii_lowercase();
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
    found.into_iter().map(|(at, script)| unwrapped(at, &script)).collect()
}

fn unwrapped(at: usize, script: &str) -> (usize, String) {
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

/// A text in which `&amp;` and the like are spelt out, as JSON-LD often has them by mistake.
pub(in crate::intake) fn without_entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let spelt = text.replace('<', "&lt;");
    tokens(&spelt)
        .filter_map(|token| match token {
            Token::String(part) => Some(String::from_utf8_lossy(&part.value).into_owned()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{page_text, scripts, without_entities};

    #[test]
    fn finds_json_ld_and_where() {
        let text = "<p>é<script>{}</script>\n<script type='application/ld+json'>\n//<![CDATA[\n{\"a\": 1}\n//]]>\n</script>\
                    <script type=\"Application/LD+JSON; charset=utf-8\"><!-- [1] --></script>";
        let found = scripts(text);
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
        assert_eq!(page_text(b"<meta charset=iso-8859-7>\xe1"), "<meta charset=iso-8859-7>α");
        assert_eq!(page_text(b"caf\xe9 \x93x\x94"), "café “x”");
        assert_eq!(page_text(b"\xff\xfea\0"), "a");
        assert_eq!(without_entities("A &amp; B &#8217; <b>"), "A & B ’ <b>");
    }
}
