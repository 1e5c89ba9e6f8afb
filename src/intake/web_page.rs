//! What a saved web page says of itself: the fields of a source that can be filled from it.
//!
//! JSON-LD comes first, then OpenGraph, then the other names of `<meta>`, then HTML's own. What the
//! page does not say stays out; its description is not taken.

use crate::intake::text::html::{attribute, scripts, tokens, without_entities};
use crate::model::check_date;
use html5gum::Token;
use serde_json::{Map, Value as Json};

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The kind of source: article, video, review or page.
    pub kind: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The publication that carries it.
    pub outlet: Option<String>,
    /// The body behind that.
    pub publisher: Option<String>,
    /// Where it is on the web.
    pub url: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// The day, month or year of publication (EDTF).
    pub published: Option<String>,
}

impl Page {
    /// What it says, by the names of a source's fields.
    pub fn fields(self) -> Vec<(&'static str, String)> {
        let all = [
            ("kind", self.kind),
            ("title", self.title),
            ("author", self.author),
            ("outlet", self.outlet),
            ("publisher", self.publisher),
            ("url", self.url),
            ("language", self.language),
            ("published", self.published),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// Reads a page.
pub fn page(text: &str) -> Page {
    let head = head(text);
    let graph = graph(text);
    let thing = graph.thing();
    let ld = |name: &str| thing.and_then(|thing| thing.get(name));
    let ld_text = |name: &str| ld(name).and_then(|value| graph.name(value));
    let meta = |names: &[&str]| names.iter().find_map(|name| head.meta(name));
    let kind = graph.kind().or_else(|| match head.meta("og:type")?.to_ascii_lowercase().as_str() {
        "article" => Some("article"),
        og if og == "video" || og.starts_with("video.") => Some("video"),
        _ => None,
    });
    let page_of = ld("url").or_else(|| ld("mainEntityOfPage")).and_then(|value| match value {
        Json::Object(object) => object.get("@id").or_else(|| object.get("url"))?.as_str(),
        value => value.as_str(),
    });
    let dated = [
        ld("datePublished").and_then(Json::as_str).map(str::to_owned),
        ld("uploadDate").and_then(Json::as_str).map(str::to_owned),
        meta(&["article:published_time", "og:published_time", "video:release_date"]),
        meta(&["citation_publication_date", "citation_date", "citation_online_date"]),
        meta(&["dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "date"]),
        head.time.clone(),
    ];
    let person = |value: String| (!is_address(&value)).then_some(value);
    Page {
        kind: Some(kind.unwrap_or("page").to_owned()),
        title: ld_text("headline")
            .or_else(|| ld_text("name"))
            .or_else(|| meta(&["og:title", "twitter:title", "dc.title", "citation_title"]))
            .or_else(|| head.title.clone()),
        author: ld_text("author")
            .or_else(|| meta(&["article:author", "og:article:author"]).and_then(person))
            .or_else(|| head.all("citation_author"))
            .or_else(|| head.all("dc.creator"))
            .or_else(|| meta(&["author"])),
        outlet: meta(&["og:site_name", "citation_journal_title", "application-name"]),
        publisher: ld_text("publisher")
            .or_else(|| meta(&["article:publisher"]).and_then(person))
            .or_else(|| meta(&["dc.publisher", "citation_publisher"])),
        url: page_of
            .map(str::to_owned)
            .into_iter()
            .chain(head.meta("og:url"))
            .chain(head.canonical.clone())
            .chain(meta(&["twitter:url", "citation_public_url"]))
            .find(|url| is_address(url)),
        language: ld_text("inLanguage")
            .or_else(|| meta(&["og:locale", "dc.language", "citation_language"]))
            .or_else(|| head.language.clone())
            .map(|language| language.replace('_', "-"))
            .filter(|tag| tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')),
        published: dated.into_iter().flatten().find_map(|text| day(&text)),
    }
}

fn is_address(text: &str) -> bool {
    let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    plain && (text.starts_with("http://") || text.starts_with("https://"))
}

/// The day, or the month or year, with which a date of the web begins: `2021-06-28T09:00+04:30`,
/// `2021/6/28`, `20210628`. The day is the page's own, whatever the time zone.
fn day(text: &str) -> Option<String> {
    let text = text.trim().split(['T', ' ']).next()?;
    let parts: Vec<&str> = match text.len() {
        8 if text.bytes().all(|b| b.is_ascii_digit()) => {
            vec![&text[..4], &text[4..6], &text[6..]]
        }
        _ => text.split(['-', '/']).collect(),
    };
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if parts.len() > 3 || parts[0].len() != 4 || !parts.iter().all(digits) {
        return None;
    }
    let padded: Vec<String> = parts.iter().map(|part| format!("{part:0>2}")).collect();
    Some(padded.join("-")).filter(|date| check_date(date).is_ok())
}

/// Text in one line, without control characters; nothing where it is blank.
fn line(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// What the tags of a page say.
#[derive(Default)]
struct Head {
    metas: Vec<(String, String)>,
    title: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
    time: Option<String>,
}

impl Head {
    fn meta(&self, name: &str) -> Option<String> {
        self.metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone())
    }

    fn all(&self, name: &str) -> Option<String> {
        let all = self.metas.iter().filter(|(known, _)| known == name);
        let all: Vec<&str> = all.map(|(_, content)| content.as_str()).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

fn head(text: &str) -> Head {
    let mut head = Head::default();
    let mut title: Option<String> = None;
    for token in tokens(text) {
        match token {
            Token::StartTag(tag) => match tag.name.as_slice() {
                b"meta" => {
                    let name = ["property", "name", "itemprop"]
                        .into_iter()
                        .find_map(|kind| attribute(&tag, kind));
                    let content = attribute(&tag, "content").and_then(|text| line(&text));
                    if let (Some(name), Some(content)) = (name, content) {
                        head.metas.push((name.to_ascii_lowercase(), content));
                    }
                }
                b"html" if head.language.is_none() => head.language = attribute(&tag, "lang"),
                b"title" if head.title.is_none() => title = Some(String::new()),
                b"link" if head.canonical.is_none() => {
                    let rel = attribute(&tag, "rel").unwrap_or_default().to_ascii_lowercase();
                    if rel.split_whitespace().any(|word| word == "canonical") {
                        head.canonical = attribute(&tag, "href");
                    }
                }
                b"time" if head.time.is_none() => head.time = attribute(&tag, "datetime"),
                _ => {}
            },
            Token::String(part) => {
                if let Some(title) = &mut title {
                    title.push_str(&String::from_utf8_lossy(&part.value));
                }
            }
            Token::EndTag(_) => {
                if let Some(text) = title.take() {
                    head.title = line(&text);
                }
            }
            _ => {}
        }
    }
    head
}

/// The objects of a page's JSON-LD.
struct Graph(Vec<Map<String, Json>>);

fn graph(text: &str) -> Graph {
    let mut graph = Graph(Vec::new());
    for (_, script) in scripts(text) {
        // A line break inside a string is wrong, and common.
        let read = serde_json::from_str(&script)
            .or_else(|_| serde_json::from_str(&script.replace(|c: char| c.is_control(), " ")));
        if let Ok(value) = read {
            graph.add(value);
        }
    }
    graph
}

impl Graph {
    fn add(&mut self, value: Json) {
        match value {
            Json::Array(values) => values.into_iter().for_each(|value| self.add(value)),
            Json::Object(mut object) => {
                let inner = object.remove("@graph");
                self.0.push(object);
                inner.into_iter().for_each(|value| self.add(value));
            }
            _ => {}
        }
    }

    fn is(object: &Map<String, Json>, fits: impl Fn(&str) -> bool) -> bool {
        let types = match object.get("@type") {
            Some(Json::Array(types)) => types.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        types
            .iter()
            .filter_map(Json::as_str)
            .any(|name| fits(name.rsplit(['/', ':']).next().unwrap_or(name)))
    }

    fn is_article(name: &str) -> bool {
        name.ends_with("Article") || name.ends_with("BlogPosting") || name == "SocialMediaPosting"
    }

    /// The object that is the page itself.
    fn thing(&self) -> Option<&Map<String, Json>> {
        let first = |fits: fn(&str) -> bool| self.0.iter().find(|object| Self::is(object, fits));
        first(Self::is_article)
            .or_else(|| first(|name| name == "Report"))
            .or_else(|| first(|name| name == "VideoObject"))
            .or_else(|| first(|name| name == "WebPage"))
    }

    fn kind(&self) -> Option<&'static str> {
        let any = |fits: fn(&str) -> bool| self.0.iter().any(|object| Self::is(object, fits));
        if any(|name| name == "ClaimReview") {
            Some("review")
        } else if any(Self::is_article) {
            Some("article")
        } else if any(|name| name == "Report") {
            Some("report")
        } else {
            any(|name| name == "VideoObject").then_some("video")
        }
    }

    /// A text, or the name of a thing, or those of several.
    fn name(&self, value: &Json) -> Option<String> {
        match value {
            Json::String(text) => line(&without_entities(text)).filter(|text| !is_address(text)),
            Json::Array(values) => {
                let mut names: Vec<String> = Vec::new();
                for name in values.iter().filter_map(|value| self.one(value)) {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                (!names.is_empty()).then(|| names.join(", "))
            }
            value => self.one(value),
        }
    }

    fn one(&self, value: &Json) -> Option<String> {
        let object = match value {
            Json::Object(object) => object,
            Json::String(_) => return self.name(value),
            _ => return None,
        };
        let own = object.get("name").or_else(|| object.get("alternateName"));
        let named = own.or_else(|| {
            // A reference to another object of the page.
            let id = object.get("@id")?;
            self.0.iter().find(|other| other.get("@id") == Some(id))?.get("name")
        });
        named.and_then(Json::as_str).and_then(|text| line(&without_entities(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::{day, page};
    use proptest::prelude::*;

    #[test]
    fn days() {
        assert_eq!(day("2021-06-28T23:00:00-07:00").as_deref(), Some("2021-06-28"));
        assert_eq!(day("2021/6/8").as_deref(), Some("2021-06-08"));
        assert_eq!(day("20210608").as_deref(), Some("2021-06-08"));
        assert_eq!(day("2021-06").as_deref(), Some("2021-06"));
        for bad in ["", "28 June 2021", "2021-13-01", "06/28/2021", "2021-06-31", "é", "2021-06-0é"]
        {
            assert_eq!(day(bad), None, "{bad}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn garbage_is_no_trouble(
            parts in proptest::collection::vec(prop_oneof![
                Just("<script type=\"application/ld+json\">".to_owned()),
                Just("</script>".to_owned()), Just("<!--".to_owned()), Just("{\"@type\":".to_owned()),
                Just("\"NewsArticle\",\"author\":[{}]}".to_owned()), Just("<title>".to_owned()),
                Just("<meta property='og:title' content=".to_owned()), Just("&#xD800;&".to_owned()),
                ".{0,12}",
            ], 0..30)
        ) {
            let _ = page(&parts.concat());
        }
    }
}
