//! Normalisation of published text for the fields of records: markup, blanks, addresses and
//! language tags.

use crate::model::Value;

/// Converts a text that may contain HTML to plain text: decodes entities, drops tags, folds blanks.
pub(in crate::intake) fn strip_html(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return fold_blanks(text);
    }
    let text = escape_stray_brackets(text);
    let mut out = String::with_capacity(text.len());
    for token in html5gum::Tokenizer::new(&text).flatten() {
        match token {
            html5gum::Token::String(piece) => out.push_str(&String::from_utf8_lossy(&piece)),
            // A block tag separates words; an inline tag does not.
            html5gum::Token::StartTag(tag) if !is_inline(&tag.name) => out.push(' '),
            html5gum::Token::EndTag(tag) if !is_inline(&tag.name) => out.push(' '),
            _ => {}
        }
    }
    fold_blanks(&out)
}

/// Escapes every `<` that does not begin an HTML tag: people write `x<y` and `<<Non>>`.
fn escape_stray_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split('<');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let name = piece.strip_prefix('/').unwrap_or(piece);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let (name, after) = name.split_at(end);
        let name = name.to_ascii_lowercase();
        let closes = after.is_empty()
            || after.starts_with(['>', '/'])
            || after.starts_with(char::is_whitespace);
        let tag = closes && piece.contains('>') && HTML_TAGS.contains(&name.as_str());
        out.push_str(if tag || piece.starts_with("!--") { "<" } else { "&lt;" });
        out.push_str(piece);
    }
    out
}

/// The HTML tags that occur in published text.
const HTML_TAGS: [&str; 86] = [
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "s",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Inline tags, which may occur inside a word.
const INLINE_TAGS: [&[u8]; 25] = [
    b"a", b"abbr", b"b", b"bdi", b"bdo", b"cite", b"code", b"data", b"del", b"em", b"font", b"i",
    b"ins", b"link", b"mark", b"meta", b"q", b"s", b"small", b"span", b"strong", b"sub", b"sup",
    b"time", b"u",
];

/// Returns true for an element that does not separate words.
pub(in crate::intake) fn is_inline(name: &[u8]) -> bool {
    INLINE_TAGS.contains(&name)
}

/// Replaces every run of blanks and NULs by one space, and trims the text.
pub(in crate::intake) fn fold_blanks(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\0')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Truncates a text to `most` characters, between words where possible, and appends `…`.
pub(in crate::intake) fn truncate(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = start.rfind(' ').filter(|end| *end > start.len() / 2).unwrap_or(start.len());
    format!("{}…", start[..end].trim_end())
}

/// Converts a text to a field value: `Null` where it is missing or blank.
pub(in crate::intake) fn text_value(text: Option<&str>) -> Value {
    text.filter(|text| !text.trim().is_empty()).map_or(Value::Null, Value::from)
}

/// Returns the text as an `http` or `https` address; `None` where it is not one.
pub(in crate::intake) fn parse_web_address(text: &str) -> Option<String> {
    let text = text.trim().replace("&amp;", "&");
    // An address without its scheme.
    let text = match text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
        true => format!("https://{text}"),
        false => text,
    };
    let text = text.as_str();
    let start: String = text.chars().take(8).collect::<String>().to_ascii_lowercase();
    let rest = start.strip_prefix("https://").or_else(|| start.strip_prefix("http://"))?;
    let well_formed = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    let has_host = !rest.starts_with('/') && address_host(text).is_some();
    (well_formed && has_host).then(|| text.to_owned())
}

/// Returns the host of an address, without `www.`.
pub(in crate::intake) fn address_host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// Resolves an address relative to the page `base`; `None` for a bare `/`, which names no page.
pub(in crate::intake) fn resolve_address(url: &str, base: Option<&str>) -> Option<String> {
    let url = url.trim();
    if url.contains("://") {
        return parse_web_address(url);
    }
    let (scheme, rest) = base?.split_once("://")?;
    if url.starts_with("//") {
        return parse_web_address(&format!("{scheme}:{url}"));
    }
    let host = rest.split('/').next()?;
    (url.len() > 1 && url.starts_with('/'))
        .then(|| parse_web_address(&format!("{scheme}://{host}{url}")))?
}

/// Parses a BCP 47 language tag (`es`, `pt-BR`); `None` for a name or any other text.
pub(in crate::intake) fn parse_language_tag(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let well_formed =
        (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    (well_formed && rest).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::{
        address_host, parse_language_tag, parse_web_address, resolve_address, strip_html, truncate,
    };

    #[test]
    fn plain_text() {
        assert_eq!(strip_html("Singh&#039;s ideas &amp; plans"), "Singh's ideas & plans");
        assert_eq!(strip_html("one<br /><br />\r\ntwo <b>th</b>ree"), "one two three");
        assert_eq!(strip_html("<<Le vaccin tue>> dit <b>Bob</b>"), "<<Le vaccin tue>> dit Bob");
        assert_eq!(strip_html("si x<y alors <ul><li>un</li></ul> &lt;"), "si x<y alors un <");
        assert_eq!(strip_html(" a < b, <3 \u{0} "), "a < b, <3");
        assert_eq!(truncate("one two three", 9), "one two…");
        assert_eq!(truncate("short", 9), "short");
    }

    #[test]
    fn addresses() {
        assert_eq!(
            parse_web_address(" https://a.example/x ").as_deref(),
            Some("https://a.example/x")
        );
        assert_eq!(
            parse_web_address("www.a.example/x?a=1&amp;b=2").as_deref(),
            Some("https://www.a.example/x?a=1&b=2")
        );
        for bad in ["/", "ftp://a.example", "https://", "https:///x", "a b", "https://a b", ""] {
            assert_eq!(parse_web_address(bad), None, "{bad}");
        }
        assert_eq!(address_host("https://www.A.example:80/x").as_deref(), Some("a.example"));
        let base = Some("https://a.example/p/q");
        assert_eq!(resolve_address("/by/x", base).as_deref(), Some("https://a.example/by/x"));
        assert_eq!(resolve_address("//b.example/x", base).as_deref(), Some("https://b.example/x"));
        assert_eq!(resolve_address("/", base), None);
        assert_eq!(resolve_address("/by/x", None), None);
    }

    #[test]
    fn languages() {
        assert_eq!(parse_language_tag("pt_BR").as_deref(), Some("pt-BR"));
        assert_eq!(parse_language_tag("English"), None);
        assert_eq!(parse_language_tag(""), None);
    }
}
