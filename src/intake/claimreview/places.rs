//! Where a reviewed claim was made, and by whom.

use super::Review;
use super::jsonld;
use crate::intake::document::tree::Node;
use crate::intake::text::lines::at;
use crate::intake::text::prose;
use crate::intake::text::prose::value;
use crate::model::Value;

impl<'a> Review<'a> {
    /// Where the claim was made, and by whom.
    pub(super) fn appearances(&mut self, claim: &str, text: &str, review: Option<&str>) {
        let items = self.graph.get(self.node, "itemReviewed").map(Node::each).unwrap_or_default();
        if items.is_empty() {
            let what = "itemReviewed: where the claim was made is not stated".to_owned();
            self.unit.remarks.push((self.pos.clone(), what));
        }
        for item in items {
            self.item(claim, text, review, item);
        }
    }

    fn item(&mut self, claim: &str, text: &str, review: Option<&str>, item: &'a Node) {
        let pos = at(item.at);
        let date = self.date(item, &["datePublished"]);
        let mut speakers = self.parties(item, "author", review);
        let names: Vec<String> = speakers.iter().map(|(party, _)| party.title.clone()).collect();
        // An address, the object that stands for it, and the one speaker it is of, if it is of one.
        let mut places: Vec<(String, &Node, Option<usize>)> = Vec::new();
        let mut note = |urls: Vec<String>, node: &'a Node, of: Option<usize>| {
            for url in urls.iter().filter_map(|url| prose::web(url)) {
                if Some(url.as_str()) != review && places.iter().all(|(known, ..)| *known != url) {
                    places.push((url, node, of));
                }
            }
            places.len()
        };
        let bare = jsonld::text(item).map(str::to_owned);
        note(bare.into_iter().collect(), item, None);
        let mut known = note(self.graph.urls(item, "url"), item, None);
        for name in ["firstAppearance", "appearance"] {
            for node in self.graph.get(item, name).map(Node::each).unwrap_or_default() {
                match jsonld::text(node) {
                    Some(url) => known = note(vec![url.to_owned()], item, None),
                    None => known = note(self.graph.urls(node, "url"), node, None),
                }
            }
        }
        // Where else a speaker is found: many publishers name the post there that is reviewed, others
        // who the speaker is.
        for (n, (party, author)) in speakers.iter_mut().enumerate() {
            let urls = self.graph.urls(author, "sameAs").into_iter().filter_map(|u| prose::web(&u));
            for url in urls {
                if says_who(&url, known > 0) {
                    party.found_at(url);
                } else {
                    note(vec![url], item, Some(n));
                }
            }
        }
        let named = |node: &'a Node| {
            let names = ["name", "headline"].into_iter();
            let mut found = names.filter_map(|name| self.graph.words(node, name));
            found.find(|name| name != text)
        };
        let mut sources = Vec::new();
        for (url, node, of) in &places {
            let names = of.map_or_else(|| names.join(", "), |n| names[n].clone());
            let kind = kind_of_host(&prose::host(url).unwrap_or_default());
            let label = match kind {
                "video" => "Video",
                "post" => "Post",
                _ => "Page",
            };
            let title =
                named(node).or_else(|| named(item)).unwrap_or_else(|| match names.as_str() {
                    "" => format!("{label} on {}", prose::host(url).unwrap_or_default()),
                    names => format!("{label} by {names}"),
                });
            sources.push((kind, title, Some(url.clone()), *node, *of));
        }
        if sources.is_empty() {
            let title = named(item).unwrap_or_else(|| match names.join(", ").as_str() {
                "" => "Where the claim was made: not stated".to_owned(),
                names => format!("Where the claim was made: {names}"),
            });
            sources.push(("page", title, None, item, None));
        }
        let mut keys: Vec<String> = Vec::new();
        for (mut party, author) in speakers {
            if crowd(&party.title) {
                party.kind = "unnamed";
            }
            let key = self.party(&party, &at(author.at));
            keys.push(key);
        }
        for (kind, title, url, node, of) in sources {
            let own = (!std::ptr::eq(node, item)).then(|| self.date(node, &["datePublished"]));
            let said = own.flatten().or_else(|| date.clone());
            let said = value(said.as_ref().map(|date| date.day.as_str()));
            let fields = [
                ("kind", kind.into()),
                ("title", title.as_str().into()),
                ("url", value(url.as_deref())),
                ("published", said.clone()),
            ];
            let source = self.unit.propose("source", &title, &pos, &fields);
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
                self.unit.add("mention", &pos, &mention(Value::Null));
            }
            for (_, key) in keys.iter().enumerate().filter(|(n, _)| of.is_none_or(|of| of == *n)) {
                self.unit.add("mention", &pos, &mention(key.as_str().into()));
            }
        }
    }
}

/// Whether an address says who a speaker is, rather than where the claim was made: an encyclopedia,
/// the front page of a site, or any page where the review says by itself where the claim was made.
fn says_who(url: &str, stated: bool) -> bool {
    let host = prose::host(url).unwrap_or_default();
    let path = url.split_once("://").map_or("", |(_, rest)| rest).split_once('/');
    let front = path.is_none_or(|(_, path)| path.is_empty());
    let under = |site| host == site || host.ends_with(&format!(".{site}"));
    let encyclopedia = under("wikipedia.org") || under("wikidata.org");
    front || encyclopedia || (stated && kind_of_host(&host) == "page")
}

/// What a page on this host is.
fn kind_of_host(host: &str) -> &'static str {
    const VIDEO: [&str; 6] =
        ["youtube.com", "youtu.be", "vimeo.com", "dailymotion.com", "rumble.com", "bitchute.com"];
    const POST: [&str; 23] = [
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
    if VIDEO.iter().any(&under) {
        "video"
    } else if POST.iter().any(under) {
        "post"
    } else {
        "page"
    }
}

/// Whether a name stands for nobody in particular.
fn crowd(name: &str) -> bool {
    const CROWD: [&str; 16] = [
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
    CROWD.contains(&name.to_lowercase().as_str())
}
