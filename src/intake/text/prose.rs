//! Text as other programs publish it, made fit for a field: tags and entities resolved, blanks
//! folded, addresses checked. What is written here says nothing of what a text means.

use crate::intake::unit::Unit;
use crate::model::{Field, Type, Value, check_date, check_key, timestamp};

/// Plain text from text that may hold HTML: entities decoded, tags dropped, blanks folded.
pub(in crate::intake) fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return folded(text);
    }
    let text = tags_apart(text);
    let mut out = String::with_capacity(text.len());
    for token in html5gum::Tokenizer::new(&text).flatten() {
        match token {
            html5gum::Token::String(piece) => out.push_str(&String::from_utf8_lossy(&piece)),
            // A tag parts words where it breaks lines, and joins them where it marks letters.
            html5gum::Token::StartTag(tag) if !INLINE.contains(&&tag.name[..]) => out.push(' '),
            html5gum::Token::EndTag(tag) if !INLINE.contains(&&tag.name[..]) => out.push(' '),
            _ => {}
        }
    }
    folded(&out)
}

/// The text with every `<` that begins no tag of HTML written as `&lt;`: people write "x<y" and
/// "<<Non>>".
fn tags_apart(text: &str) -> String {
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
        let tag = closes && piece.contains('>') && TAGS.contains(&name.as_str());
        out.push_str(if tag || piece.starts_with("!--") { "<" } else { "&lt;" });
        out.push_str(piece);
    }
    out
}

/// The tags that stand in published text.
const TAGS: [&str; 86] = [
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

/// Tags inside words and lines.
const INLINE: [&[u8]; 12] = [
    b"a", b"abbr", b"b", b"em", b"font", b"i", b"mark", b"small", b"span", b"strong", b"sub",
    b"sup",
];

/// The text with every run of blanks as one, none around it, and no NUL.
pub(in crate::intake) fn folded(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c == '\0')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text, cut to so many characters between words, with a mark where it was cut.
pub(in crate::intake) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most.saturating_sub(1)).collect();
    let end = start.rfind(' ').filter(|end| *end > start.len() / 2).unwrap_or(start.len());
    format!("{}…", start[..end].trim_end())
}

/// A value of a field: nothing where there is no text.
pub(in crate::intake) fn value(text: Option<&str>) -> Value {
    text.filter(|text| !text.trim().is_empty()).map_or(Value::Null, Value::from)
}

/// The address, where it is one of the web.
pub(in crate::intake) fn web(text: &str) -> Option<String> {
    let text = text.trim().replace("&amp;", "&");
    // As people write addresses.
    let text = match text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) {
        true => format!("https://{text}"),
        false => text,
    };
    let text = text.as_str();
    let start: String = text.chars().take(8).collect::<String>().to_ascii_lowercase();
    let rest = start.strip_prefix("https://").or_else(|| start.strip_prefix("http://"))?;
    let fine = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    let host = !rest.starts_with('/') && host(text).is_some();
    (fine && host).then(|| text.to_owned())
}

/// The host of an address, without `www.`.
pub(in crate::intake) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// An address as it stands on the page `base`; a bare `/` says nothing.
pub(in crate::intake) fn resolved(url: &str, base: Option<&str>) -> Option<String> {
    let url = url.trim();
    if url.contains("://") {
        return web(url);
    }
    let (scheme, rest) = base?.split_once("://")?;
    if url.starts_with("//") {
        return web(&format!("{scheme}:{url}"));
    }
    let host = rest.split('/').next()?;
    (url.len() > 1 && url.starts_with('/')).then(|| web(&format!("{scheme}://{host}{url}")))?
}

/// A language as a tag: `es`, `pt-BR`; nothing where it is a name or anything else.
pub(in crate::intake) fn language(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next()?;
    let fine = (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    (fine && rest).then_some(tag)
}

/// Turns whatever the file would refuse of a unit into problems: the last look, so that a module
/// that overlooks something rejects one unit and not the whole deed.
pub(in crate::intake) fn last_look(unit: &mut Unit) {
    let mut found = Vec::new();
    for record in &unit.records {
        for (field, given) in record.kind.fields.iter().zip(&record.values) {
            let Some(given) = given else { continue };
            let Value::Text(text) = &given.value else { continue };
            if let Err(why) = look(field, text) {
                found.push((
                    given.pos.clone(),
                    format!("{} of {}: {why}", field.name, record.name()),
                ));
            }
        }
    }
    unit.problems.extend(found);
}

fn look(field: &Field, text: &str) -> Result<(), String> {
    match field.ty {
        Type::Key | Type::Ref(_) => check_key(text),
        Type::Date => check_date(text),
        Type::Time => timestamp(text).map(|_| ()),
        _ if text.trim_matches(' ').is_empty() => Err("this is empty".to_owned()),
        _ if text.contains('\0') => Err("the character U+0000 is in it".to_owned()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, host, language, plain, resolved, web};

    #[test]
    fn plain_text() {
        assert_eq!(plain("Singh&#039;s ideas &amp; plans"), "Singh's ideas & plans");
        assert_eq!(plain("one<br /><br />\r\ntwo <b>th</b>ree"), "one two three");
        assert_eq!(plain("<<Le vaccin tue>> dit <b>Bob</b>"), "<<Le vaccin tue>> dit Bob");
        assert_eq!(plain("si x<y alors <ul><li>un</li></ul> &lt;"), "si x<y alors un <");
        assert_eq!(plain(" a < b, <3 \u{0} "), "a < b, <3");
        assert_eq!(cut("one two three", 9), "one two…");
        assert_eq!(cut("short", 9), "short");
    }

    #[test]
    fn addresses() {
        assert_eq!(web(" https://a.example/x ").as_deref(), Some("https://a.example/x"));
        assert_eq!(
            web("www.a.example/x?a=1&amp;b=2").as_deref(),
            Some("https://www.a.example/x?a=1&b=2")
        );
        for bad in ["/", "ftp://a.example", "https://", "https:///x", "a b", "https://a b", ""] {
            assert_eq!(web(bad), None, "{bad}");
        }
        assert_eq!(host("https://www.A.example:80/x").as_deref(), Some("a.example"));
        let base = Some("https://a.example/p/q");
        assert_eq!(resolved("/by/x", base).as_deref(), Some("https://a.example/by/x"));
        assert_eq!(resolved("//b.example/x", base).as_deref(), Some("https://b.example/x"));
        assert_eq!(resolved("/", base), None);
        assert_eq!(resolved("/by/x", None), None);
    }

    #[test]
    fn languages() {
        assert_eq!(language("pt_BR").as_deref(), Some("pt-BR"));
        assert_eq!(language("English"), None);
        assert_eq!(language(""), None);
    }
}
