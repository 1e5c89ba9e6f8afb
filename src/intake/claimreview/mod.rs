//! Published fact-checks (schema.org ClaimReview) as claims with a verdict.
//!
//! Decided: one unit per review, wherever in a document it stands. The assessor is the `author` as
//! published, who may be a person; the publisher is kept as the outlet. The verdict's own words
//! are kept beside the status they stand for (`verdicts`). A day without a time is its last
//! second; a local time is taken as UTC; without a date the moment is left to the import. A review
//! without any rating gives the claim and no verdict. An address of the claim that is the review's
//! own is not where the claim was made.

pub(super) mod jsonld;
mod places;
pub(super) mod ratings;
mod verdict;

use super::document::tree;
use super::text::prose;
use super::unit::{Raw, Unit};
use crate::intake::document::field::Codes;
use crate::intake::document::tree::{Node, Tree};
use crate::intake::text::dates::{When, when};
use crate::intake::text::lines::at;
use crate::intake::text::prose::value;
use crate::model::SourcePos;
use jsonld::Graph;

/// Whether a document holds a review.
pub(super) fn is_claimreview(root: &Node) -> bool {
    let mut found = false;
    jsonld::walk(root, &mut |node| found |= jsonld::typed(node, "ClaimReview"));
    found
}

/// The reviews of a document.
pub(super) fn units(root: &Node, codes: &dyn Codes) -> Vec<Unit> {
    let graph = Graph::new(root);
    let mut units = Vec::new();
    let statuses = codes.of("statuses");
    jsonld::walk(root, &mut |node| {
        if jsonld::typed(node, "ClaimReview") && !graph.points(node) {
            let raw = Raw::Text(tree::json(node).to_string());
            let mut review = Review {
                graph: &graph,
                node,
                pos: at(node.at),
                unit: Unit::new(at(node.at), raw),
                statuses: &statuses,
            };
            review.read();
            prose::last_look(&mut review.unit);
            units.push(review.unit);
        }
    });
    units
}

/// One review while it is read.
struct Review<'a> {
    pub(super) graph: &'a Graph<'a>,
    pub(super) node: &'a Node,
    pub(super) pos: SourcePos,
    pub(super) unit: Unit,
    pub(super) statuses: &'a [String],
}

/// Who is named somewhere: a source.
struct Party {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) url: Option<String>,
    /// What else is said of them: a role, further addresses.
    pub(super) note: Option<String>,
}

impl Party {
    /// Notes an address at which they are found.
    fn found_at(&mut self, url: String) {
        if self.url.is_none() {
            self.url = Some(url);
        } else if self.url.as_ref() != Some(&url) {
            self.note = Some(match self.note.take() {
                Some(note) => format!("{note}; also at {url}"),
                None => format!("Also at {url}"),
            });
        }
    }
}

impl<'a> Review<'a> {
    fn read(&mut self) {
        let Some(text) = self.claim_text() else {
            let pos = self.graph.get(self.node, "claimReviewed").map_or(self.node.at, |n| n.at);
            let what = "claimReviewed: this review does not say which claim it reviews";
            self.unit.problem(&at(pos), what);
            return;
        };
        let url = self.url();
        let fields = [("text", text.as_str().into()), ("kind", "unsorted".into())];
        let claim = self.unit.propose("claim", &text, &self.pos, &fields);
        let date = self.date(self.node, &["datePublished", "dateCreated", "dateModified"]);
        let review = self.document(&text, url.as_deref(), date.as_ref());
        self.assessment(&claim, &review, url.as_deref(), date.as_ref());
        self.appearances(&claim, &text, url.as_deref());
    }

    /// The claim in the words of the review: `claimReviewed`, or what a reviewed Claim says itself.
    fn claim_text(&self) -> Option<String> {
        self.graph.words(self.node, "claimReviewed").or_else(|| {
            let item = self.graph.get(self.node, "itemReviewed")?.each().first()?;
            let claim = self.graph.is(item, "Claim");
            let names = ["claimReviewed", "text", "name"];
            names.into_iter().filter(|_| claim).find_map(|name| self.graph.words(item, name))
        })
    }

    fn url(&self) -> Option<String> {
        let urls = ["url", "mainEntityOfPage"].into_iter();
        let mut found = urls.flat_map(|name| self.graph.urls(self.node, name));
        found
            .find_map(|url| prose::web(&url))
            .or_else(|| self.node.get("@id").and_then(jsonld::text).and_then(prose::web))
    }

    /// The first of these dates that is given; what cannot be read is a remark.
    pub(super) fn date(&mut self, node: &'a Node, names: &[&str]) -> Option<When> {
        let mut unread = false;
        for (n, name) in names.iter().enumerate() {
            let Some(given) = self.graph.get(node, name) else { continue };
            let Some(written) = jsonld::words(given) else { continue };
            let remark = match when(&written) {
                Ok(read) if n == 0 => return Some(read),
                Ok(read) => {
                    let why = if unread { "cannot be read" } else { "is not given" };
                    let what = format!("{} {why}; the date is {name}", names[0]);
                    self.unit.remarks.push((at(given.at), what));
                    return Some(read);
                }
                Err(why) => format!("{name}: {why}; left out"),
            };
            self.unit.remarks.push((at(given.at), remark));
            unread = true;
        }
        None
    }

    /// The parties under a name: objects, or bare names.
    fn parties(&self, node: &'a Node, name: &str, base: Option<&str>) -> Vec<(Party, &'a Node)> {
        let nodes = self.graph.get(node, name).map(Node::each).unwrap_or_default();
        let one = |node: &'a Node| {
            let urls = self.graph.urls(node, "url");
            let url = urls.iter().find_map(|url| prose::resolved(url, base));
            let title = match &node.tree {
                Tree::Table(_) => self.name_of(node).or_else(|| prose::host(url.as_ref()?))?,
                _ => jsonld::words(node)?,
            };
            let is = |name| self.graph.is(node, name);
            let body = [
                "Organization",
                "NewsMediaOrganization",
                "GovernmentOrganization",
                "NGO",
                "PoliticalParty",
                "Corporation",
            ];
            let kind = if is("Person") {
                "person"
            } else if body.into_iter().any(is) {
                "organisation"
            } else {
                "unnamed"
            };
            let roles = ["jobTitle", "affiliation"].into_iter();
            let roles: Vec<String> =
                roles.filter_map(|name| self.graph.words(node, name)).collect();
            let note = (!roles.is_empty()).then(|| roles.join(", "));
            Some((Party { kind, title, url, note }, node))
        };
        nodes.iter().filter_map(one).collect()
    }

    /// The name of a person or body, in one piece or two.
    fn name_of(&self, node: &'a Node) -> Option<String> {
        self.graph.words(node, "name").or_else(|| {
            let names = ["givenName", "familyName"].into_iter();
            let names: Vec<String> =
                names.filter_map(|name| self.graph.words(node, name)).collect();
            (!names.is_empty()).then(|| names.join(" "))
        })
    }

    fn party(&mut self, party: &Party, at: &SourcePos) -> String {
        let fields = [
            ("kind", party.kind.into()),
            ("title", party.title.as_str().into()),
            ("url", value(party.url.as_deref())),
            ("note", value(party.note.as_deref())),
        ];
        self.unit.propose("source", &party.title, at, &fields)
    }

    fn document(&mut self, claim: &str, url: Option<&str>, date: Option<&When>) -> String {
        let (graph, node) = (self.graph, self.node);
        let authors = self.parties(node, "author", url);
        let named = |person: bool| {
            let those = authors.iter().filter(|(party, _)| (party.kind == "person") == person);
            those.map(|(party, _)| party.title.as_str()).collect::<Vec<_>>().join(", ")
        };
        let publishers = self.parties(node, "publisher", url);
        let publisher = publishers.first().map(|(party, _)| party.title.clone());
        let (people, bodies) = (named(true), named(false));
        let title = ["name", "headline"].into_iter().find_map(|name| graph.words(node, name));
        let title = title.unwrap_or_else(|| format!("Fact-check: {}", prose::cut(claim, 150)));
        let language = graph.get(node, "inLanguage").and_then(|given| {
            let names = ["alternateName", "name", "@value"].into_iter();
            let inside = names.filter_map(|name| given.get(name).and_then(jsonld::text));
            jsonld::text(given).into_iter().chain(inside).find_map(prose::language)
        });
        let fields = [
            ("kind", "review".into()),
            ("title", title.as_str().into()),
            ("author", value(Some(&people))),
            ("outlet", value(publisher.as_deref().or(Some(&bodies)))),
            ("publisher", value(publisher.as_deref())),
            ("url", value(url)),
            ("language", value(language.as_deref())),
            ("published", value(date.map(|date| date.day.as_str()))),
        ];
        self.unit.propose("source", &title, &self.pos, &fields)
    }
}

#[cfg(test)]
mod tests {
    use super::{is_claimreview, units};
    use crate::intake::document::json;
    use crate::intake::{Codes, Unit};
    use crate::model::{check_date, check_key};
    use proptest::prelude::*;

    struct Known;
    impl Codes for Known {
        fn of(&self, _: &str) -> Vec<String> {
            let all = "refuted misleading disputed confirmed corroborated inconclusive unverified";
            all.split(' ').map(str::to_owned).collect()
        }
    }

    fn read(text: &str) -> Vec<Unit> {
        let (root, problems) = json::tree(text, 0);
        assert!(problems.is_empty(), "{problems:?}");
        units(&root, &Known)
    }

    fn field<'a>(unit: &'a Unit, word: &str, name: &str) -> Vec<Option<&'a str>> {
        unit.records.iter().filter(|r| r.kind.word == word).map(|r| r.text(name)).collect()
    }

    #[test]
    fn a_review_in_a_graph() {
        let text = r##"{"@graph": [
            {"@type": "Organization", "@id": "#us", "name": "Checkers", "url": "/about"},
            {"@type": ["ClaimReview"], "claimReviewed": "Bob&#039;s <b>dam</b>\nbroke",
             "url": "https://c.example/1", "author": {"@id": "#us"}, "inLanguage": "fr-FR",
             "datePublished": "2022-01-28 18:35", "description": "No dam.<br/>None.",
             "reviewRating": {"ratingValue": "1", "bestRating": "5", "worstRating": 1,
                              "alternateName": ["Faux", "False"]},
             "itemReviewed": {"@type": "Claim", "datePublished": "2022-01-24",
                "url": "https://www.facebook.com/1",
                "author": {"@type": "Organization", "name": ["Bob", "mayor"],
                           "sameAs": ["https://youtu.be/2", "/"]}}}]}"##;
        let (root, _) = json::tree(text, 0);
        assert!(is_claimreview(&root));
        let [unit] = &read(text)[..] else { panic!() };
        assert!(unit.problems.is_empty() && unit.remarks.is_empty(), "{unit:?}");
        assert_eq!(field(unit, "claim", "text"), [Some("Bob's dam broke")]);
        assert_eq!(
            field(unit, "source", "kind"),
            ["review", "organisation", "organisation", "post", "video"].map(Some)
        );
        assert_eq!(field(unit, "source", "url")[1], Some("https://c.example/about"));
        assert_eq!(
            field(unit, "source", "title")[2..4],
            [Some("Bob, mayor"), Some("Post by Bob, mayor")]
        );
        assert_eq!(field(unit, "assessment", "status"), [Some("refuted")]);
        assert_eq!(field(unit, "assessment", "verdict"), [Some("Faux / False")]);
        assert_eq!(field(unit, "assessment", "at"), [Some("2022-01-28T18:35:00Z")]);
        assert_eq!(
            field(unit, "assessment", "because"),
            [Some("Published verdict: \"Faux / False\" (1 on a scale from 1 to 5). No dam. None.")]
        );
        let assessment = unit.records.iter().find(|r| r.kind.word == "assessment").unwrap();
        assert_eq!(assessment.parts.len(), 1);
        assert_eq!(field(unit, "mention", "said_on"), [Some("2022-01-24"); 2]);
    }

    #[test]
    fn odd_ones() {
        let text = r#"{"@type": "DataFeed", "dataFeedElement": [{"item": [
            {"@type": "ClaimReview", "claimReviewed": {"@value": "X fell"}, "author": "Desk",
             "reviewRating": {"ratingValue": -1, "bestRating": "", "alternateName": null},
             "datePublished": "04/05/2023", "dateModified": "20230504", "itemReviewed": null},
            {"@type": "ClaimReview", "claimReviewed": " ", "itemReviewed": {"name": "page"}},
            {"@type": "ClaimReview", "itemReviewed": {"@type": "Claim", "name": "Y rose"},
             "url": "https://y.example/1", "reviewRating": {"alternateName": "Three hats"}}]}]}"#;
        let units = read(text);
        let [minus, empty, other] = &units[..] else { panic!("{units:?}") };
        assert_eq!(field(minus, "assessment", "status"), [Some("inconclusive")]);
        assert_eq!(field(minus, "assessment", "verdict"), [Some("-1")]);
        assert_eq!(field(minus, "assessment", "at"), [Some("2023-05-04T23:59:59Z")]);
        assert_eq!(minus.remarks.len(), 4, "{:?}", minus.remarks);
        assert_eq!(
            empty.problems[0].1,
            "claimReviewed: this review does not say which claim it reviews"
        );
        assert_eq!(field(other, "claim", "text"), [Some("Y rose")]);
        assert!(field(other, "source", "title").contains(&Some("Author not stated (y.example)")));
        assert!(other.remarks.iter().any(|(_, what)| what
            == "verdict \"Three hats\" is not one this program knows; recorded as inconclusive, its \
                words kept"));
    }

    fn anything() -> impl Strategy<Value = serde_json::Value> {
        use serde_json::Value;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<i32>().prop_map(Value::from),
            "\\PC{0,12}|https://[a-z./]{0,9}|[0-9]{4}-[0-9]{2}-[0-9]{2}|ClaimReview|Person|a\u{0}"
                .prop_map(Value::from),
        ];
        let name = "@type|@id|@value|name|url|author|itemReviewed|claimReviewed|reviewRating\
                    |datePublished|alternateName|ratingValue|bestRating|sameAs|appearance";
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::vec((name, inner), 0..8).prop_map(|pairs| {
                    let mut map: serde_json::Map<_, _> = pairs.into_iter().collect();
                    map.entry("@type").or_insert("ClaimReview".into());
                    Value::Object(map)
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn never_what_the_file_refuses(value in anything()) {
            for unit in read(&value.to_string()) {
                for record in &unit.records {
                    let text = |name| record.text(name);
                    prop_assert!(text("key").is_none_or(|key| check_key(key).is_ok()));
                    for name in ["published", "said_on"] {
                        prop_assert!(text(name).is_none_or(|date| check_date(date).is_ok()));
                    }
                }
            }
        }
    }
}
