//! Metadata of a saved web page: the fields of a source that can be filled from it.
//!
//! In order of precedence: JSON-LD, OpenGraph, other `<meta>` names (Dublin Core, Highwire
//! `citation_`), then HTML's own elements, but `rel=canonical` before the address of OpenGraph. Fields that
//! the page does not state stay empty; its description is ignored. Addresses of different pages are
//! remarked: the one that the file was saved from goes before those that the page states.

use crate::intake::claimreview::page::has_review;
use crate::intake::saved_page::{SavedPage, is_one_page};
use crate::intake::text::html::{attribute_text, decode_entities, json_ld_scripts, tokenize};
use crate::model::{check_date, snapshot};
use html5gum::Token;
use serde_json::{Map, Value as Json};

/// The metadata of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageMetadata {
    /// The kind of source: article, video, report, review or page.
    pub kind: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its authors, joined by commas.
    pub author: Option<String>,
    /// The publication that carries it.
    pub outlet: Option<String>,
    /// The body behind the publication.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The address of the copy in a web archive that was saved.
    pub archived_url: Option<String>,
    /// Its language, as a BCP 47 tag.
    pub language: Option<String>,
    /// The day, month or year of publication (EDTF).
    pub published: Option<String>,
    /// The day on which it was saved (EDTF).
    pub retrieved: Option<String>,
    /// Doubts about these.
    pub remarks: Vec<String>,
}

impl PageMetadata {
    /// Returns the stated values with the names of the fields of a source.
    pub fn fields(self) -> Vec<(&'static str, String)> {
        let all = [
            ("kind", self.kind),
            ("title", self.title),
            ("author", self.author),
            ("outlet", self.outlet),
            ("publisher", self.publisher),
            ("url", self.url),
            ("archived_url", self.archived_url),
            ("language", self.language),
            ("published", self.published),
            ("retrieved", self.retrieved),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// Reads the metadata of a page.
pub fn read_page(page: &SavedPage) -> PageMetadata {
    let text = &page.html;
    let head = read_head(text);
    let graph = read_graph(text);
    let thing = graph.page_object();
    let ld = |name: &str| thing.and_then(|thing| thing.get(name));
    let ld_text = |name: &str| ld(name).and_then(|value| graph.text_or_name(value));
    let meta = |names: &[&str]| names.iter().find_map(|name| head.first_meta(name));
    let kind =
        graph.kind().or_else(|| has_review(text).then_some("review")).or_else(|| {
            match head.first_meta("og:type")?.to_ascii_lowercase().as_str() {
                "article" => Some("article"),
                og if og == "video" || og.starts_with("video.") => Some("video"),
                _ => None,
            }
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
    let addresses = [
        ("JSON-LD", page_of.map(str::to_owned)),
        ("rel=canonical", head.canonical.clone()),
        ("og:url", head.first_meta("og:url")),
        ("twitter:url", head.first_meta("twitter:url")),
        ("citation_public_url", head.first_meta("citation_public_url")),
    ];
    let stated = addresses.into_iter().filter_map(|(name, url)| {
        let url = url.filter(|url| is_web_address(url))?;
        Some((name, url))
    });
    let mut remarks = page.remarks.clone();
    let (url, archived_url) =
        choose_address(page.url.as_deref(), &stated.collect::<Vec<_>>(), &mut remarks);
    let person = |value: String| (!is_web_address(&value)).then_some(value);
    PageMetadata {
        kind: Some(kind.unwrap_or("page").to_owned()),
        title: ld_text("headline")
            .or_else(|| ld_text("name"))
            .or_else(|| meta(&["og:title", "twitter:title", "dc.title", "citation_title"]))
            .or_else(|| head.title.clone())
            .or_else(|| page.title.as_deref().and_then(to_single_line)),
        author: ld_text("author")
            .or_else(|| meta(&["article:author", "og:article:author"]).and_then(person))
            .or_else(|| head.joined_meta("citation_author"))
            .or_else(|| head.joined_meta("dc.creator"))
            .or_else(|| meta(&["author"])),
        outlet: meta(&["og:site_name", "citation_journal_title", "application-name"]),
        publisher: ld_text("publisher")
            .or_else(|| meta(&["article:publisher"]).and_then(person))
            .or_else(|| meta(&["dc.publisher", "citation_publisher"])),
        url,
        archived_url,
        language: ld_text("inLanguage")
            .or_else(|| meta(&["og:locale", "dc.language", "citation_language"]))
            .or_else(|| head.language.clone())
            .map(|language| language.replace('_', "-"))
            .filter(|tag| tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')),
        published: dated.into_iter().flatten().find_map(|text| parse_day(&text)),
        retrieved: page.saved.as_ref().map(|saved| saved.day.clone()),
        remarks,
    }
}

/// Chooses the address of a page from the one that it was saved from and those that it states, each with the
/// name of what states it. Returns it with the address of the copy in a web archive, if one was saved.
fn choose_address(
    saved: Option<&str>,
    stated: &[(&str, String)],
    remarks: &mut Vec<String>,
) -> (Option<String>, Option<String>) {
    let copy = saved.and_then(snapshot);
    let saved = copy.as_ref().map(|copy| copy.address.as_str()).or(saved);
    let saved = saved.map(|url| ("it was saved from", url));
    let named: Vec<(String, &str)> =
        stated.iter().map(|(name, url)| (format!("its {name} is"), url.as_str())).collect();
    let mut all = named.iter().map(|(what, url)| (what.as_str(), *url)).collect::<Vec<_>>();
    // Of one page, the address that the page states has no traces of the way to it.
    let at_odds =
        saved.filter(|(_, url)| !all.first().is_some_and(|(_, first)| is_one_page(first, url)));
    if let Some(saved) = at_odds {
        all.insert(0, saved);
    }
    let first = all.first().copied();
    if let Some((what, url)) = first {
        for (other, another) in all.iter().filter(|(_, other)| !is_one_page(url, other)) {
            remarks.push(format!(
                "the page has several addresses: {what} {url}, which is taken, and {other} {another}; --url \
                 gives another"
            ));
        }
    }
    (first.map(|(_, url)| url.to_owned()), copy.map(|copy| copy.archived))
}

fn is_web_address(text: &str) -> bool {
    let single_word = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    single_word && (text.starts_with("http://") || text.starts_with("https://"))
}

/// Parses the day, month or year at the start of a date such as `2021-06-28T09:00+04:30`,
/// `2021/6/28` or `20210628`. The day is taken as written, without conversion of the time zone.
fn parse_day(text: &str) -> Option<String> {
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

/// Joins a text to one line without control characters; `None` where it is blank.
fn to_single_line(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Metadata in the tags of a page.
#[derive(Default)]
struct Head {
    metas: Vec<(String, String)>,
    title: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
    time: Option<String>,
}

impl Head {
    fn first_meta(&self, name: &str) -> Option<String> {
        self.metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone())
    }

    fn joined_meta(&self, name: &str) -> Option<String> {
        let all = self.metas.iter().filter(|(known, _)| known == name);
        let all: Vec<&str> = all.map(|(_, content)| content.as_str()).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

fn read_head(text: &str) -> Head {
    let mut head = Head::default();
    let mut title: Option<String> = None;
    for token in tokenize(text) {
        match token {
            Token::StartTag(tag) => match tag.name.as_slice() {
                b"meta" => {
                    let name = ["property", "name", "itemprop"]
                        .into_iter()
                        .find_map(|kind| attribute_text(&tag, kind));
                    let content =
                        attribute_text(&tag, "content").and_then(|text| to_single_line(&text));
                    if let (Some(name), Some(content)) = (name, content) {
                        head.metas.push((name.to_ascii_lowercase(), content));
                    }
                }
                b"html" if head.language.is_none() => head.language = attribute_text(&tag, "lang"),
                b"title" if head.title.is_none() => title = Some(String::new()),
                b"link" if head.canonical.is_none() => {
                    let rel = attribute_text(&tag, "rel").unwrap_or_default().to_ascii_lowercase();
                    if rel.split_whitespace().any(|word| word == "canonical") {
                        head.canonical = attribute_text(&tag, "href");
                    }
                }
                b"time" if head.time.is_none() => head.time = attribute_text(&tag, "datetime"),
                _ => {}
            },
            Token::String(part) => {
                if let Some(title) = &mut title {
                    title.push_str(&String::from_utf8_lossy(&part.value));
                }
            }
            Token::EndTag(_) => {
                if let Some(text) = title.take() {
                    head.title = to_single_line(&text);
                }
            }
            _ => {}
        }
    }
    head
}

/// The JSON-LD objects of a page.
struct JsonLdObjects(Vec<Map<String, Json>>);

fn read_graph(text: &str) -> JsonLdObjects {
    let mut graph = JsonLdObjects(Vec::new());
    for (_, script) in json_ld_scripts(text) {
        // An unescaped line break inside a string is invalid, and common.
        let read = serde_json::from_str(&script)
            .or_else(|_| serde_json::from_str(&script.replace(|c: char| c.is_control(), " ")));
        if let Ok(value) = read {
            graph.add(value);
        }
    }
    graph
}

impl JsonLdObjects {
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

    fn has_type(object: &Map<String, Json>, is_wanted: impl Fn(&str) -> bool) -> bool {
        let types = match object.get("@type") {
            Some(Json::Array(types)) => types.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        types
            .iter()
            .filter_map(Json::as_str)
            .any(|name| is_wanted(name.rsplit(['/', ':']).next().unwrap_or(name)))
    }

    fn is_article(name: &str) -> bool {
        name.ends_with("Article") || name.ends_with("BlogPosting") || name == "SocialMediaPosting"
    }

    /// Returns the object that describes the page itself.
    fn page_object(&self) -> Option<&Map<String, Json>> {
        let first = |is_wanted: fn(&str) -> bool| {
            self.0.iter().find(|object| Self::has_type(object, is_wanted))
        };
        first(Self::is_article)
            .or_else(|| first(|name| name == "Report"))
            .or_else(|| first(|name| name == "VideoObject"))
            .or_else(|| first(|name| name == "WebPage"))
    }

    fn kind(&self) -> Option<&'static str> {
        let any = |is_wanted: fn(&str) -> bool| {
            self.0.iter().any(|object| Self::has_type(object, is_wanted))
        };
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

    /// Returns a text, the name of an object, or the names in a list of these.
    fn text_or_name(&self, value: &Json) -> Option<String> {
        match value {
            Json::String(text) => {
                to_single_line(&decode_entities(text)).filter(|text| !is_web_address(text))
            }
            Json::Array(values) => {
                let mut names: Vec<String> = Vec::new();
                for name in values.iter().filter_map(|value| self.object_name(value)) {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
                (!names.is_empty()).then(|| names.join(", "))
            }
            value => self.object_name(value),
        }
    }

    fn object_name(&self, value: &Json) -> Option<String> {
        let object = match value {
            Json::Object(object) => object,
            Json::String(_) => return self.text_or_name(value),
            _ => return None,
        };
        let own = object.get("name").or_else(|| object.get("alternateName"));
        let named = own.or_else(|| {
            // A reference to another object of the page.
            let id = object.get("@id")?;
            self.0.iter().find(|other| other.get("@id") == Some(id))?.get("name")
        });
        named.and_then(Json::as_str).and_then(|text| to_single_line(&decode_entities(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::{parse_day, read_page};
    use crate::intake::saved_page::open_page;
    use proptest::prelude::*;

    #[test]
    fn days() {
        assert_eq!(parse_day("2021-06-28T23:00:00-07:00").as_deref(), Some("2021-06-28"));
        assert_eq!(parse_day("2021/6/8").as_deref(), Some("2021-06-08"));
        assert_eq!(parse_day("20210608").as_deref(), Some("2021-06-08"));
        assert_eq!(parse_day("2021-06").as_deref(), Some("2021-06"));
        for bad in ["", "28 June 2021", "2021-13-01", "06/28/2021", "2021-06-31", "é", "2021-06-0é"]
        {
            assert_eq!(parse_day(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_address_is_one_word_of_http() {
        let url = |href: &str| {
            let page = format!(
                "<link rel=canonical href='{href}'><meta property=og:url content='https://n.example/2'>"
            );
            read(&page).url
        };
        for good in ["https://n.example/1", "http://n.example/1"] {
            assert_eq!(url(good).as_deref(), Some(good));
        }
        for bad in ["https://n.example/a b", "ftp://n.example/1", "/1"] {
            assert_eq!(url(bad).as_deref(), Some("https://n.example/2"), "{bad}");
        }
    }

    fn read(html: &str) -> super::PageMetadata {
        read_page(&open_page(html.as_bytes()).unwrap())
    }

    #[test]
    fn addresses_of_different_pages_are_named() {
        let of = |saved: &str, canonical: &str, og: &str| {
            let page = read(&format!(
                "<!-- saved from url=(0010){saved} --><html><link rel=canonical href='{canonical}'>\
                 <meta property=og:url content='{og}'>"
            ));
            (page.url, page.archived_url, page.remarks)
        };
        let url = |text: &str| Some(text.to_owned());
        let (a, b) = ("https://n.example/a", "https://n.example/b");
        // One page: the address that it states.
        let tracked = "https://n.example/a?utm_source=x";
        assert_eq!(of(tracked, a, tracked), (url(a), None, vec![]));
        assert_eq!(of(a, "", ""), (url(a), None, vec![]));
        let (taken, _, remarks) = of("", a, b);
        assert_eq!(taken, url(a));
        assert!(
            remarks[0].contains("rel=canonical is https://n.example/a, which is taken"),
            "{remarks:?}"
        );
        assert!(remarks[0].contains("og:url is https://n.example/b"), "{remarks:?}");
        let (taken, _, remarks) = of(b, a, "");
        assert_eq!(taken, url(b));
        assert!(
            remarks[0].contains("saved from https://n.example/b, which is taken"),
            "{remarks:?}"
        );
        let copy = "https://web.archive.org/web/20210701000000/https://n.example/a";
        assert_eq!(of(copy, a, ""), (url(a), url(copy), vec![]));
        assert_eq!(of(copy, "", ""), (url(a), url(copy), vec![]));
    }

    #[test]
    fn the_day_of_saving_and_the_kind_are_read() {
        let page = read(
            "<!--\n Page saved with SingleFile \n url: https://n.example/a \n saved date: Thu Jul 01 2021 05:13:26 GMT+0200\n-->\
             <html><div itemscope itemtype='http://schema.org/ClaimReview'></div>",
        );
        assert_eq!(page.retrieved.as_deref(), Some("2021-07-01"));
        assert_eq!(page.kind.as_deref(), Some("review"));
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
            let _ = read(&parts.concat());
        }
    }
}
