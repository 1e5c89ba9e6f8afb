//! Published fact-checks (schema.org ClaimReview), read as claims with a verdict.
//!
//! The rules: one unit per review, wherever it is in the document. The assessor is the `author` as
//! published, who may be a person; the publisher becomes the outlet. The published wording of the
//! verdict is kept beside the status that it maps to (`ratings`). A date without a time means the
//! last second of that day, and so does a time without a zone; without a date the moment is not
//! stated. A review without a rating gives a claim without a verdict. An address of the claim that
//! equals the address of the review is ignored: the claim was not made there.

pub(super) mod fact_check_api;
pub(super) mod jsonld;
mod microdata;
pub(super) mod page;
mod places;
pub(super) mod ratings;
mod verdict;

use crate::intake::document::field::Codes;
use crate::intake::document::tree::{self, Node, Tree};
use crate::intake::text::dates::{ParsedDate, parse_date};
use crate::intake::text::lines::offset_pos;
use crate::intake::text::prose::{self, text_value};
use crate::intake::unit::{Raw, Unit};
use crate::model::SourcePos;
use jsonld::ObjectIndex;
use std::collections::BTreeSet;

/// Returns true when a document contains a ClaimReview.
pub(super) fn is_claimreview(root: &Node) -> bool {
    let mut found = false;
    jsonld::visit_objects(root, &mut |node| found |= jsonld::states_type(node, "ClaimReview"));
    found
}

/// Reads the reviews of a document, one unit each.
pub(super) fn read_reviews(root: &Node, codes: &dyn Codes) -> Vec<Unit> {
    let objects = ObjectIndex::new(root);
    let mut units = Vec::new();
    let statuses = codes.of("statuses");
    jsonld::visit_objects(root, &mut |node| {
        if jsonld::states_type(node, "ClaimReview") && !objects.is_reference(node) {
            let raw = Raw::Text(tree::to_json(node).to_string());
            let mut review = Review {
                objects: &objects,
                node,
                pos: offset_pos(node.at),
                unit: Unit::new(offset_pos(node.at), raw),
                statuses: &statuses,
            };
            review.read();
            review.unit.reject_invalid_values();
            units.push(review.unit);
        }
    });
    units
}

/// A review while it is read.
struct Review<'a> {
    pub(super) objects: &'a ObjectIndex<'a>,
    pub(super) node: &'a Node,
    pub(super) pos: SourcePos,
    pub(super) unit: Unit,
    pub(super) statuses: &'a [String],
}

/// A person or body named in a review; it becomes a source.
struct Party {
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) url: Option<String>,
    /// Further facts: a role, more addresses.
    pub(super) note: Option<String>,
}

impl Party {
    /// Adds an address; any after the first goes to the note.
    fn add_address(&mut self, url: String) {
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

/// The properties of a review that are read.
const READ: [&str; 12] = [
    "author",
    "claimReviewed",
    "datePublished",
    "description",
    "headline",
    "inLanguage",
    "itemReviewed",
    "mainEntityOfPage",
    "name",
    "publisher",
    "reviewRating",
    "url",
];

/// The dates of a review that are read where it states no `datePublished`.
const OTHER_DATES: [&str; 2] = ["dateCreated", "dateModified"];

impl<'a> Review<'a> {
    fn read(&mut self) {
        let Some(text) = self.claim_text() else {
            let pos =
                self.objects.property(self.node, "claimReviewed").map_or(self.node.at, |n| n.at);
            let what = "claimReviewed: this review does not say which claim it reviews";
            self.unit.add_problem(&offset_pos(pos), what);
            return;
        };
        if let Some(given) = self.objects.property(self.node, "claimReviewed") {
            let claims: BTreeSet<String> =
                given.items().iter().filter_map(jsonld::to_plain_text).collect();
            if claims.len() > 1 {
                let what = format!(
                    "claimReviewed: this review is of {} claims, and does not say which its verdict is on; \
                     write a review for each",
                    claims.len()
                );
                self.unit.add_problem(&offset_pos(given.at), what);
                return;
            }
        }
        self.remark_unread();
        let url = self.find_url();
        let fields = [("text", text.as_str().into()), ("kind", "unsorted".into())];
        let claim = self.unit.add_with_proposed_key("claim", &text, &self.pos, &fields);
        let date = self.read_date(self.node, &["datePublished", OTHER_DATES[0], OTHER_DATES[1]]);
        let review = self.add_review_source(&text, url.as_deref(), date.as_ref());
        self.add_assessment(&claim, &review, url.as_deref(), date.as_ref());
        self.add_appearances(&claim, &text, url.as_deref());
    }

    /// Names the properties of the review that are not read.
    fn remark_unread(&mut self) {
        let Tree::Table(entries) = &self.node.tree else { return };
        let dated = self.objects.property_text(self.node, "datePublished");
        let dated = dated.is_some_and(|date| parse_date(&date).is_ok());
        let unread: Vec<&str> = entries
            .iter()
            .filter(|entry| !matches!(entry.node.tree, Tree::Null))
            .map(|entry| entry.name.as_str())
            .filter(|name| !name.starts_with('@') && !READ.contains(name))
            .filter(|name| dated || !OTHER_DATES.contains(name))
            .collect();
        if !unread.is_empty() {
            let what = format!("not read: {}", unread.join(", "));
            self.unit.remarks.push((self.pos.clone(), what));
        }
    }

    /// Returns the claim in the words of the review: `claimReviewed`, or the text of the reviewed
    /// Claim.
    fn claim_text(&self) -> Option<String> {
        self.objects.property_text(self.node, "claimReviewed").or_else(|| {
            let item = self.objects.property(self.node, "itemReviewed")?.items().first()?;
            let claim = self.objects.has_type(item, "Claim");
            let names = ["claimReviewed", "text", "name"];
            names
                .into_iter()
                .filter(|_| claim)
                .find_map(|name| self.objects.property_text(item, name))
        })
    }

    fn find_url(&self) -> Option<String> {
        let urls = ["url", "mainEntityOfPage"].into_iter();
        let mut found = urls.flat_map(|name| self.objects.property_urls(self.node, name));
        found.find_map(|url| prose::parse_web_address(&url)).or_else(|| {
            self.node.get("@id").and_then(jsonld::as_text).and_then(prose::parse_web_address)
        })
    }

    /// Reads the first of these properties that is a date; an unreadable one adds a remark.
    pub(super) fn read_date(&mut self, node: &'a Node, names: &[&str]) -> Option<ParsedDate> {
        let mut unread = false;
        for (n, name) in names.iter().enumerate() {
            let Some(given) = self.objects.property(node, name) else { continue };
            let Some(written) = jsonld::to_plain_text(given) else { continue };
            let remark = match parse_date(&written) {
                Ok(read) if n == 0 => return Some(read),
                Ok(read) => {
                    let why = if unread { "cannot be read" } else { "is not given" };
                    let what = format!("{} {why}; the date is {name}", names[0]);
                    self.unit.remarks.push((offset_pos(given.at), what));
                    return Some(read);
                }
                Err(why) => format!("{name}: {why}; left out"),
            };
            self.unit.remarks.push((offset_pos(given.at), remark));
            unread = true;
        }
        None
    }

    /// Reads the parties under a property: objects, or bare names.
    fn read_parties(
        &self,
        node: &'a Node,
        name: &str,
        base: Option<&str>,
    ) -> Vec<(Party, &'a Node)> {
        let nodes = self.objects.property(node, name).map(Node::items).unwrap_or_default();
        let one = |node: &'a Node| {
            let urls = self.objects.property_urls(node, "url");
            let url = urls.iter().find_map(|url| prose::resolve_address(url, base));
            let title = match &node.tree {
                Tree::Table(_) => {
                    self.party_name(node).or_else(|| prose::address_host(url.as_ref()?))?
                }
                _ => jsonld::to_plain_text(node)?,
            };
            let is = |name| self.objects.has_type(node, name);
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
                roles.filter_map(|name| self.objects.property_text(node, name)).collect();
            let note = (!roles.is_empty()).then(|| roles.join(", "));
            Some((Party { kind, title, url, note }, node))
        };
        nodes.iter().filter_map(one).collect()
    }

    /// Returns the name of a person or body: `name`, or `givenName` and `familyName`.
    fn party_name(&self, node: &'a Node) -> Option<String> {
        self.objects.property_text(node, "name").or_else(|| {
            let names = ["givenName", "familyName"].into_iter();
            let names: Vec<String> =
                names.filter_map(|name| self.objects.property_text(node, name)).collect();
            (!names.is_empty()).then(|| names.join(" "))
        })
    }

    fn add_party(&mut self, party: &Party, at: &SourcePos) -> String {
        let fields = [
            ("kind", party.kind.into()),
            ("title", party.title.as_str().into()),
            ("url", text_value(party.url.as_deref())),
            ("note", text_value(party.note.as_deref())),
        ];
        self.unit.add_with_proposed_key("source", &party.title, at, &fields)
    }

    fn add_review_source(
        &mut self,
        claim: &str,
        url: Option<&str>,
        date: Option<&ParsedDate>,
    ) -> String {
        let (objects, node) = (self.objects, self.node);
        let authors = self.read_parties(node, "author", url);
        let named = |person: bool| {
            let those = authors.iter().filter(|(party, _)| (party.kind == "person") == person);
            those.map(|(party, _)| party.title.as_str()).collect::<Vec<_>>().join(", ")
        };
        let publishers = self.read_parties(node, "publisher", url);
        let publisher = publishers.first().map(|(party, _)| party.title.clone());
        let (people, bodies) = (named(true), named(false));
        let title =
            ["name", "headline"].into_iter().find_map(|name| objects.property_text(node, name));
        let title = title.unwrap_or_else(|| format!("Fact-check: {}", prose::truncate(claim, 150)));
        let language = objects.property(node, "inLanguage").and_then(|given| {
            let names = ["alternateName", "name", "@value"].into_iter();
            let inside = names.filter_map(|name| given.get(name).and_then(jsonld::as_text));
            jsonld::as_text(given).into_iter().chain(inside).find_map(prose::parse_language_tag)
        });
        let fields = [
            ("kind", "review".into()),
            ("title", title.as_str().into()),
            ("author", text_value(Some(&people))),
            ("outlet", text_value(publisher.as_deref().or(Some(&bodies)))),
            ("publisher", text_value(publisher.as_deref())),
            ("url", text_value(url)),
            ("language", text_value(language.as_deref())),
            ("published", text_value(date.map(|date| date.date.as_str()))),
        ];
        self.unit.add_with_proposed_key("source", &title, &self.pos, &fields)
    }
}

#[cfg(test)]
mod tests {
    use super::{is_claimreview, read_reviews};
    use crate::intake::document::field::Codes;
    use crate::intake::document::json;
    use crate::intake::unit::{Raw, Unit};
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
        let (root, problems) = json::parse_json(text, 0);
        assert!(problems.is_empty(), "{problems:?}");
        read_reviews(&root, &Known)
    }

    fn field<'a>(unit: &'a Unit, word: &str, name: &str) -> Vec<Option<&'a str>> {
        unit.records.iter().filter(|r| r.kind.word == word).map(|r| r.text(name)).collect()
    }

    #[test]
    fn what_is_not_read_is_named_and_two_claims_are_refused() {
        let unit = |more: &str| {
            let text = format!(
                r#"{{"@type": "ClaimReview", "url": "https://c.example/1", "author": "Desk",
                    "reviewRating": {{"alternateName": "False"}}, "itemReviewed": null, {more}}}"#
            );
            let [unit] = &read(&text)[..] else { panic!() };
            let words = |found: &[(crate::model::SourcePos, String)]| -> Vec<String> {
                found.iter().map(|(_, what)| what.clone()).collect()
            };
            (words(&unit.problems), words(&unit.remarks))
        };
        let dated = r#""claimReviewed": "X", "datePublished": "2022-01-28""#;
        let nowhere = "itemReviewed: where the claim was made is not stated";
        assert_eq!(unit(dated), (vec![], vec![nowhere.to_owned()]));
        let more =
            format!(r#"{dated}, "reviewBody": "Y", "dateModified": "2022-02-01", "image": null"#);
        assert_eq!(unit(&more).1, ["not read: reviewBody, dateModified", nowhere]);
        let (_, remarks) = unit(r#""claimReviewed": ["X", "X"], "dateModified": "2022-02-01""#);
        assert_eq!(remarks, ["datePublished is not given; the date is dateModified", nowhere]);
        let (problems, _) = unit(r#""claimReviewed": ["X", "Y"], "datePublished": "2022-01-28""#);
        assert!(problems[0].contains("of 2 claims"), "{problems:?}");
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
        let (root, _) = json::parse_json(text, 0);
        assert!(is_claimreview(&root));
        let [unit] = &read(text)[..] else { panic!() };
        assert_eq!(unit.problems, []);
        let [(_, remark)] = &unit.remarks[..] else { panic!() };
        assert!(remark.contains("states no zone"), "{remark}");
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
        assert_eq!(field(unit, "assessment", "at"), [Some("2022-01-28T23:59:59Z")]);
        assert_eq!(
            field(unit, "assessment", "because"),
            [Some("Published verdict: \"Faux / False\" (1 on a scale from 1 to 5). No dam. None.")]
        );
        let assessment = unit.records.iter().find(|r| r.kind.word == "assessment").unwrap();
        assert_eq!(assessment.parts.len(), 1);
        assert_eq!(field(unit, "mention", "said_on"), [Some("2022-01-24"); 2]);
    }

    #[test]
    fn a_review_is_kept_as_it_was_for_the_rejects() {
        let text = r#"{"@type":"ClaimReview","claimReviewed":"X","n":[1.5,true,null]}"#;
        let units = read(&format!("[{text}]"));
        assert_eq!(units[0].raw, Raw::Text(text.to_owned()));
    }

    #[test]
    fn a_page_of_the_speaker_is_where_the_claim_was_made_unless_another_is_stated() {
        let urls = |stated: &str| {
            let author = r#"{"name": "Bob", "sameAs": "https://b.example/said"}"#;
            let units = read(&format!(
                r#"{{"@type": "ClaimReview", "claimReviewed": "X", "url": "https://c.example/1",
                    "itemReviewed": {{"@type": "Claim", "author": {author}{stated}}}}}"#
            ));
            let kinds = field(&units[0], "source", "kind").into_iter().flatten();
            let urls = field(&units[0], "source", "url").into_iter().map(Option::unwrap_or_default);
            let mut found: Vec<String> = kinds.zip(urls).map(|(k, u)| format!("{k} {u}")).collect();
            found.retain(|text| text.contains("b.example") || text.contains("t.example"));
            found
        };
        assert_eq!(urls(""), ["page https://b.example/said"]);
        let stated = urls(r#", "firstAppearance": "https://t.example/1""#);
        assert!(stated.contains(&"page https://t.example/1".to_owned()), "{stated:?}");
        assert!(!stated.contains(&"page https://b.example/said".to_owned()), "{stated:?}");
    }

    #[test]
    fn a_verdict_that_the_archive_does_not_list_is_inconclusive() {
        struct Few;
        impl Codes for Few {
            fn of(&self, _: &str) -> Vec<String> {
                ["confirmed", "inconclusive"].map(str::to_owned).to_vec()
            }
        }
        let (root, _) = json::parse_json(
            r#"{"@type": "ClaimReview", "claimReviewed": "X",
                "reviewRating": {"alternateName": "False"}}"#,
            0,
        );
        let units = read_reviews(&root, &Few);
        assert_eq!(field(&units[0], "assessment", "status"), [Some("inconclusive")]);
        assert_eq!(field(&units[0], "assessment", "verdict"), [Some("False")]);
    }

    #[test]
    fn wordings_that_say_the_opposite_are_inconclusive() {
        for (rating, status, remark) in [
            (
                r#"{"alternateName": ["False", "True"]}"#,
                "inconclusive",
                "both that the claim is true",
            ),
            (
                r#"{"alternateName": "True", "name": "False"}"#,
                "inconclusive",
                "\"False\" is left out",
            ),
            (
                r#"{"alternateName": "True", "name": "Our rating"}"#,
                "confirmed",
                "\"Our rating\" is left out",
            ),
            (
                r#"{"alternateName": "True", "ratingValue": 1, "worstRating": 1, "bestRating": 5}"#,
                "confirmed",
                "the rating 1 (1 to 5) says the opposite of the words",
            ),
            (
                r#"{"alternateName": "False", "ratingValue": 1, "worstRating": 1, "bestRating": 5}"#,
                "refuted",
                "",
            ),
            (r#"{"alternateName": ["Faux", "False"]}"#, "refuted", ""),
        ] {
            let units = read(&format!(
                r#"{{"@type": "ClaimReview", "claimReviewed": "X", "url": "https://c.example/1", "author": "Desk",
                    "datePublished": "2023-05-04", "reviewRating": {rating},
                    "itemReviewed": {{"@type": "Claim", "url": "https://t.example/1", "author": {{"name": "Bob"}}}}}}"#
            ));
            assert_eq!(field(&units[0], "assessment", "status"), [Some(status)], "{rating}");
            let remarks: Vec<&str> =
                units[0].remarks.iter().map(|(_, what)| what.as_str()).collect();
            assert!(remarks.join("; ").contains(remark), "{rating}: {remarks:?}");
            assert_eq!(remarks.is_empty(), remark.is_empty(), "{rating}: {remarks:?}");
        }
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
