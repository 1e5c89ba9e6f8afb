//! Published fact-checks (schema.org ClaimReview), read as claims with a verdict.
//!
//! The rules: one unit per review, wherever it is in the document. The assessor is the `author` as
//! published, who may be a person; the publisher becomes the outlet. The published wording of the
//! verdict is kept beside the status that it maps to (`ratings`). A date without a time means the
//! last second of that day, and so does a time without a zone; without a date the moment is not
//! stated. A review without a rating gives a claim without a verdict. An address of the claim that
//! equals the address of the review is ignored: the claim was not made there. A party without a name is known by
//! its description. Reviews of one page that have no titles of their own are parts of it, and the page is one source:
//! its title is made from its address, and what belongs to one of them (date, author) stays with its verdict. A Claim
//! that stands beside the reviews, and that none of them reviews, is a claim without a
//! verdict.

mod byline;
pub(super) mod fact_check_api;
pub(super) mod jsonld;
mod microdata;
pub(super) mod page;
mod party;
mod places;
mod publication;
pub(super) mod ratings;
mod verdict;

use crate::intake::document::field::Codes;
use crate::intake::document::tree::{self, Node, Tree};
use crate::intake::text::dates::{ParsedDate, parse_date};
use crate::intake::text::lines::offset_pos;
use crate::intake::unit::{Raw, Unit};
use crate::model::SourcePos;
use byline::{SharedPages, find_url, shared_pages};
use jsonld::ObjectIndex;
use std::collections::BTreeSet;

/// Returns true when a document contains a ClaimReview, or claims beside which there could be one.
pub(super) fn is_claimreview(root: &Node) -> bool {
    let mut found = false;
    jsonld::visit_objects(root, &mut |node| found |= jsonld::states_type(node, "ClaimReview"));
    found || !jsonld::unreviewed_claims(root).is_empty()
}

/// Reads the reviews of a document, one unit each.
pub(super) fn read_reviews(root: &Node, codes: &dyn Codes) -> Vec<Unit> {
    let objects = ObjectIndex::new(root);
    let mut units = Vec::new();
    let statuses = codes.of("statuses");
    let shared_pages = shared_pages(root, &objects);
    let mut read = |node, read: fn(&mut Review<'_>)| {
        let raw = Raw::Text(tree::to_json(node).to_string());
        let unit = Unit::new(offset_pos(node.at), raw);
        let mut review = Review {
            objects: &objects,
            node,
            pos: offset_pos(node.at),
            unit,
            statuses: &statuses,
            shared_pages: &shared_pages,
        };
        read(&mut review);
        review.unit.reject_invalid_values();
        units.push(review.unit);
    };
    jsonld::visit_objects(root, &mut |node| {
        if jsonld::states_type(node, "ClaimReview") && !objects.is_reference(node) {
            read(node, |review| review.read());
        }
    });
    for node in jsonld::unreviewed_claims(root) {
        read(node, |review| review.read_claim());
    }
    units
}

/// A review while it is read.
struct Review<'a> {
    pub(super) objects: &'a ObjectIndex<'a>,
    pub(super) node: &'a Node,
    pub(super) pos: SourcePos,
    pub(super) unit: Unit,
    pub(super) statuses: &'a [String],
    /// The pages that have several reviews, by canonical address.
    shared_pages: &'a SharedPages,
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
        let url = find_url(self.objects, self.node);
        let fields = [("text", text.as_str().into()), ("kind", "unsorted".into())];
        let claim = self.unit.add_with_proposed_key("claim", &text, &self.pos, &fields);
        let date = self.read_date(self.node, &["datePublished", OTHER_DATES[0], OTHER_DATES[1]]);
        let review = self.add_review_source(&text, url.as_deref(), date.as_ref());
        self.add_assessment(&claim, &review, url.as_deref(), date.as_ref());
        self.add_appearances(&claim, &text, url.as_deref());
    }

    /// Reads a claim that nobody reviewed: the node is the claim itself.
    fn read_claim(&mut self) {
        let names = ["text", "name"].into_iter();
        let found = names.filter_map(|name| self.objects.property_text(self.node, name)).next();
        let Some(text) = found else {
            self.unit
                .add_problem(&self.pos.clone(), "name: this claim does not say what is claimed");
            return;
        };
        let fields = [("text", text.as_str().into()), ("kind", "unsorted".into())];
        let claim = self.unit.add_with_proposed_key("claim", &text, &self.pos, &fields);
        self.add_appearance(&claim, &text, None, self.node);
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
    fn reviews_of_one_page_are_one_source_unless_they_have_titles() {
        let sources = |reviews: &str| {
            let units = read(&format!(r#"{{"@graph": [{reviews}]}}"#));
            let titles: Vec<String> = units
                .iter()
                .flat_map(|unit| field(unit, "source", "title").into_iter().flatten())
                .filter(|title| title.contains("act-check") || title.contains("Title"))
                .map(str::to_owned)
                .collect();
            let places =
                units.iter().flat_map(|unit| &unit.records).flat_map(|record| &record.parts);
            let places: Vec<String> =
                places.map(|part| part.text("locator").unwrap_or_default().to_owned()).collect();
            (titles, places.join(" "))
        };
        let review = |claim: &str, more: &str| {
            format!(
                r#"{{"@type": "ClaimReview", "claimReviewed": "{claim}", "author": "Desk",
                    "reviewRating": {{"alternateName": "False"}}, {more}}}"#
            )
        };
        let one = |place: &str| format!(r#""url": "https://c.example/p{place}""#);
        let pair = format!("{}, {}", review("X", &one("#x")), review("Y", &one("#y")));
        let page = "Fact-checks on c.example/p".to_owned();
        assert_eq!(sources(&pair), (vec![page.clone(); 2], "#x #y".to_owned()));
        let alone = review("X", &one("#x"));
        assert_eq!(sources(&alone), (vec!["Fact-check: X".to_owned()], String::new()));
        let entry = review("X", &one("#claim/x"));
        assert_eq!(sources(&entry), (vec![page], "#claim/x".to_owned()));
        let titled = review("X", &format!(r##"{}, "name": "Title""##, one("#claim/x")));
        assert_eq!(sources(&titled), (vec!["Title".to_owned()], String::new()));
    }

    #[test]
    fn a_claim_beside_the_reviews_has_no_verdict_unless_it_is_theirs() {
        let text = r##"{"@graph": [
            {"@type": "ClaimReview", "claimReviewed": "X", "url": "https://c.example/1", "author": "Desk",
             "itemReviewed": {"@id": "#x"}},
            {"@type": "Claim", "@id": "#x", "name": "X", "author": {"@type": "Person", "name": "Bob"}},
            {"@type": "Claim", "name": "Y",
             "author": {"@type": "Person", "description": "A security source"},
             "appearance": {"url": "https://t.example/1", "name": "So it is", "author": {"name": "Ann Roe"},
                            "publisher": {"name": "The Tabloid"}}},
            {"@type": "Claim", "author": "Bob"}]}"##;
        let units = read(text);
        assert_eq!(units.len(), 3, "{units:?}");
        assert_eq!(field(&units[1], "claim", "text"), [Some("Y")]);
        assert_eq!(field(&units[1], "assessment", "status"), []);
        assert_eq!(field(&units[1], "source", "kind"), [Some("unnamed"), Some("page")]);
        assert_eq!(field(&units[1], "source", "title")[0], Some("A security source"));
        assert_eq!(field(&units[1], "source", "author"), [None, Some("Ann Roe")]);
        assert_eq!(field(&units[1], "source", "outlet"), [None, Some("The Tabloid")]);
        assert_eq!(units[2].problems[0].1, "name: this claim does not say what is claimed");
        let (root, _) = json::parse_json(r#"[{"@type": "Claim", "name": "Y"}]"#, 0);
        assert!(is_claimreview(&root));
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
