//! The documents in which a reviewed claim was made, and their speakers.

use super::{Review, jsonld};
use crate::intake::document::tree::Node;
use crate::intake::text::dates::ParsedDate;
use crate::intake::text::lines::offset_pos;
use crate::intake::text::prose::{self, text_value};
use crate::model::Value;

impl<'a> Review<'a> {
    /// Adds the documents in which the claim was made, its speakers, and the mentions that link
    /// them.
    pub(super) fn add_appearances(&mut self, claim: &str, text: &str, review: Option<&str>) {
        let items =
            self.objects.property(self.node, "itemReviewed").map(Node::items).unwrap_or_default();
        if items.is_empty() {
            let what = "itemReviewed: where the claim was made is not stated".to_owned();
            self.unit.remarks.push((self.pos.clone(), what));
        }
        for item in items {
            self.add_appearance(claim, text, review, item);
        }
    }

    pub(super) fn add_appearance(
        &mut self,
        claim: &str,
        text: &str,
        review: Option<&str>,
        item: &'a Node,
    ) {
        let pos = offset_pos(item.at);
        let date = self.read_date(item, &["datePublished"]);
        let mut speakers = self.read_parties(item, "author", review);
        let names: Vec<String> = speakers.iter().map(|(party, _)| party.title.clone()).collect();
        // Address, its object in the document, and the index of its speaker, when it belongs to
        // one.
        let mut places: Vec<(String, &Node, Option<usize>)> = Vec::new();
        let mut note = |urls: Vec<String>, node: &'a Node, of: Option<usize>| {
            for url in urls.iter().filter_map(|url| prose::parse_web_address(url)) {
                if Some(url.as_str()) != review && places.iter().all(|(known, ..)| *known != url) {
                    places.push((url, node, of));
                }
            }
            places.len()
        };
        let bare = jsonld::as_text(item).map(str::to_owned);
        note(bare.into_iter().collect(), item, None);
        let mut known = note(self.objects.property_urls(item, "url"), item, None);
        for name in ["firstAppearance", "appearance"] {
            for node in self.objects.property(item, name).map(Node::items).unwrap_or_default() {
                match jsonld::as_text(node) {
                    Some(url) => known = note(vec![url.to_owned()], item, None),
                    None => known = note(self.objects.property_urls(node, "url"), node, None),
                }
            }
        }
        // `sameAs` of a speaker: many publishers put the address of the reviewed post here, others
        // a profile of the speaker.
        for (n, (party, author)) in speakers.iter_mut().enumerate() {
            let urls = self
                .objects
                .property_urls(author, "sameAs")
                .into_iter()
                .filter_map(|u| prose::parse_web_address(&u));
            for url in urls {
                if is_profile(&url, known > 0) {
                    party.add_address(url);
                } else {
                    note(vec![url], item, Some(n));
                }
            }
        }
        let named = |node: &'a Node| {
            let names = ["name", "headline"].into_iter();
            let mut found = names.filter_map(|name| self.objects.property_text(node, name));
            found.find(|name| name != text)
        };
        let mut sources = Vec::new();
        for (url, node, of) in &places {
            let names = of.map_or_else(|| names.join(", "), |n| names[n].clone());
            let kind = source_kind_of_host(&prose::address_host(url).unwrap_or_default());
            let label = match kind {
                "video" => "Video",
                "post" => "Post",
                _ => "Page",
            };
            let title =
                named(node).or_else(|| named(item)).unwrap_or_else(|| match names.as_str() {
                    "" => format!("{label} on {}", prose::address_host(url).unwrap_or_default()),
                    names => format!("{label} by {names}"),
                });
            sources.push((kind, title, Some(url.clone()), *node, *of));
        }
        if sources.is_empty() {
            let title = named(item).unwrap_or_else(|| match names.join(", ").as_str() {
                // A source of this claim alone: nothing says that two were made at one place.
                "" => format!("Where this was said is not stated: {}", prose::truncate(text, 150)),
                names => {
                    format!("Where {names} said this is not stated: {}", prose::truncate(text, 150))
                }
            });
            sources.push(("page", title, None, item, None));
        }
        let mut keys: Vec<String> = Vec::new();
        for (mut party, author) in speakers {
            if is_crowd(&party.title) {
                party.kind = "unnamed";
            }
            let key = self.add_party(&party, &offset_pos(author.at));
            keys.push(key);
        }
        for (kind, title, url, node, of) in sources {
            let own = (!std::ptr::eq(node, item)).then(|| self.read_date(node, &["datePublished"]));
            let said = own.flatten().or_else(|| date.clone());
            let published = text_value(said.as_ref().map(|date| date.date.as_str()));
            let said = said.as_ref().map(ParsedDate::with_time_of_day);
            let said = text_value(said.as_deref());
            // The author and the outlet of a document, not those of what is said in it.
            let of_work = |name| {
                let parties = match std::ptr::eq(node, item) {
                    true => Vec::new(),
                    false => self.read_parties(node, name, review),
                };
                parties.into_iter().map(|(party, _)| party.title).collect::<Vec<_>>().join(", ")
            };
            let (author, outlet) = (of_work("author"), of_work("publisher"));
            let fields = [
                ("kind", kind.into()),
                ("title", title.as_str().into()),
                ("author", text_value(Some(&author))),
                ("outlet", text_value(Some(&outlet))),
                ("url", text_value(url.as_deref())),
                ("published", published),
            ];
            let source = self.unit.add_with_proposed_key("source", &title, &pos, &fields);
            let mention = |speaker: Value| {
                [
                    ("claim", claim.into()),
                    ("source", source.as_str().into()),
                    ("speaker", speaker),
                    ("stance", "asserts".into()),
                    ("said_on", said.clone()),
                ]
            };
            if keys.is_empty() {
                self.unit.add_record("mention", &pos, &mention(Value::Null));
            }
            for (_, key) in keys.iter().enumerate().filter(|(n, _)| of.is_none_or(|of| of == *n)) {
                self.unit.add_record("mention", &pos, &mention(key.as_str().into()));
            }
        }
    }
}

/// Returns true when an address identifies a speaker rather than the place of the claim: an
/// encyclopedia, the front page of a site, or any ordinary page when the review states the place of
/// the claim elsewhere (`stated`).
fn is_profile(url: &str, stated: bool) -> bool {
    let host = prose::address_host(url).unwrap_or_default();
    let path = url.split_once("://").map_or("", |(_, rest)| rest).split_once('/');
    let front = path.is_none_or(|(_, path)| path.is_empty());
    let under = |site| host == site || host.ends_with(&format!(".{site}"));
    let encyclopedia = under("wikipedia.org") || under("wikidata.org");
    front || encyclopedia || (stated && source_kind_of_host(&host) == "page")
}

/// Returns the kind of source that pages on this host are: video, post or page.
fn source_kind_of_host(host: &str) -> &'static str {
    const VIDEO_HOSTS: [&str; 6] =
        ["youtube.com", "youtu.be", "vimeo.com", "dailymotion.com", "rumble.com", "bitchute.com"];
    const POST_HOSTS: [&str; 23] = [
        "facebook.com",
        "fb.com",
        "fb.watch",
        "twitter.com",
        "x.com",
        "t.co",
        "instagram.com",
        "tiktok.com",
        "t.me",
        "telegram.me",
        "telegram.org",
        "whatsapp.com",
        "wa.me",
        "vk.com",
        "ok.ru",
        "weibo.com",
        "linkedin.com",
        "reddit.com",
        "threads.net",
        "bsky.app",
        "truthsocial.com",
        "sharechat.com",
        "line.me",
    ];
    let under = |site: &&str| {
        host.strip_suffix(*site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if VIDEO_HOSTS.iter().any(&under) {
        "video"
    } else if POST_HOSTS.iter().any(under) {
        "post"
    } else {
        "page"
    }
}

/// Returns true for a name that means nobody in particular, such as "social media users".
fn is_crowd(name: &str) -> bool {
    const CROWD_NAMES: [&str; 16] = [
        "sources multiples",
        "multiple sources",
        "various",
        "various sources",
        "unknown",
        "anonymous",
        "social media",
        "social media users",
        "social media posts",
        "viral post",
        "viral posts",
        "facebook users",
        "multiple people",
        "redes sociales",
        "redes sociais",
        "internautes",
    ];
    CROWD_NAMES.contains(&name.to_lowercase().as_str())
}
