//! The reviews of a web page: in its JSON-LD, in its microdata, or in both.
//!
//! A review in the microdata that is in the JSON-LD too, of the same claim at the same address, is read from
//! the JSON-LD. Where the two give different verdicts, it is refused; other differences are remarked.

use super::jsonld::{self, ObjectIndex};
use super::microdata;
use crate::intake::document::field::Codes;
use crate::intake::document::json;
use crate::intake::document::tree::{Node, OffsetProblem, Tree};
use crate::intake::text::html::json_ld_scripts;
use crate::intake::text::lines::offset_pos;
use crate::intake::text::prose;
use crate::intake::unit::Unit;
use crate::model::{canonical_address, fold_name, quoted};

/// The reviews of a page.
#[derive(Default)]
pub(in crate::intake) struct PageReviews {
    /// A unit for each review.
    pub(in crate::intake) units: Vec<Unit>,
    /// Problems that belong to no review.
    pub(in crate::intake) problems: Vec<OffsetProblem>,
    /// Remarks that belong to no review.
    pub(in crate::intake) remarks: Vec<OffsetProblem>,
}

/// Reads the reviews of a page. `address` is that of the page, where it is known.
pub(in crate::intake) fn read_page_reviews(
    html: &str,
    address: Option<&str>,
    codes: &dyn Codes,
) -> PageReviews {
    let mut found = PageReviews::default();
    let mut linked = Vec::new();
    for (offset, script) in json_ld_scripts(html) {
        let (root, problems) = json::parse_json_lenient(&script, offset);
        if problems.is_empty() {
            found.units.extend(super::read_reviews(&root, codes));
            linked.push(root);
        } else if script.contains("ClaimReview") {
            found.problems.extend(problems);
        }
    }
    let microdata = microdata::read_microdata(html, address);
    found.problems.extend(microdata.problems);
    found.remarks.extend(microdata.remarks);
    for review in &microdata.reviews {
        let Some(twin) = linked.iter().find_map(|root| compare_with_twin(review, root)) else {
            found.units.extend(super::read_reviews(review, codes));
            continue;
        };
        let pos = offset_pos(twin.at);
        if let Some(unit) = found.units.iter_mut().find(|unit| unit.pos == pos) {
            unit.problems.extend(twin.problems.into_iter().map(|what| (pos.clone(), what)));
            unit.remarks.extend(twin.remarks.into_iter().map(|what| (pos.clone(), what)));
        }
    }
    if microdata::has_rdfa_review(html) {
        let what = "this page has a ClaimReview in RDFa, which is not read; write it as JSON-LD";
        match found.units.is_empty() && found.problems.is_empty() {
            true => found.problems.push((0, what.to_owned())),
            false => found.remarks.push((0, what.to_owned())),
        }
    }
    found
}

/// Returns true when the microdata of a page states a ClaimReview.
pub(in crate::intake) fn has_review(html: &str) -> bool {
    !microdata::read_microdata(html, None).reviews.is_empty()
}

/// The review in JSON-LD that is the same as one in microdata.
struct Twin {
    at: usize,
    problems: Vec<String>,
    remarks: Vec<String>,
}

/// Finds the review in a document that is the same as this one in microdata, and compares them.
fn compare_with_twin(review: &Node, root: &Node) -> Option<Twin> {
    let (own, objects) = (ObjectIndex::new(review), ObjectIndex::new(root));
    let (claim, url) = (claim_of(&own, review)?, url_of(&own, review));
    let mut twin: Option<&Node> = None;
    jsonld::visit_objects(root, &mut |node| {
        let is_review = jsonld::states_type(node, "ClaimReview") && !objects.is_reference(node);
        if twin.is_none() && is_review {
            let same_claim = claim_of(&objects, node).as_ref() == Some(&claim);
            let other = url_of(&objects, node);
            let same_page = url.is_none() || other.is_none() || url == other;
            twin = (same_claim && same_page).then_some(node);
        }
    });
    let node = twin?;
    let mut differences = Vec::new();
    compare(review, node, &objects, "", &mut differences);
    let (mut problems, mut remarks) = (Vec::new(), Vec::new());
    for Difference { path, text, other } in differences {
        let text = quoted(&prose::truncate(&text, 80));
        match other.map(|other| quoted(&prose::truncate(&other, 80))) {
            Some(other) if path.starts_with("reviewRating") => problems.push(format!(
                "{path}: the JSON-LD of this page says {other} and its microdata {text} of one review; \
                 import the one that holds as JSON-LD"
            )),
            Some(other) => remarks.push(format!(
                "{path}: the JSON-LD of this page says {other}, which is read, and its microdata {text}"
            )),
            None => remarks.push(format!("{path}: {text} is in the microdata alone, and not read")),
        }
    }
    Some(Twin { at: node.at, problems, remarks })
}

/// A value in microdata that the JSON-LD does not have.
struct Difference {
    /// The names that lead to it: `reviewRating.alternateName`.
    path: String,
    text: String,
    /// The value in JSON-LD.
    other: Option<String>,
}

/// Compares an object in microdata with one in JSON-LD.
fn compare<'a>(
    node: &Node,
    other: &'a Node,
    objects: &ObjectIndex<'a>,
    path: &str,
    found: &mut Vec<Difference>,
) {
    let Tree::Table(entries) = &node.tree else { return };
    for entry in entries.iter().filter(|entry| !entry.name.starts_with('@')) {
        let path = match path {
            "" => entry.name.clone(),
            path => format!("{path}.{}", entry.name),
        };
        // A bare text in place of an object is its name.
        let others = match objects.property(other, &entry.name) {
            Some(others) => others.items(),
            None if entry.name == "name" && !matches!(other.tree, Tree::Table(_)) => other.items(),
            None => &[],
        };
        for value in entry.node.items() {
            let text = jsonld::to_plain_text(value);
            let same = others.iter().find(|other| {
                let name = || objects.property_text(other, "name");
                let theirs = jsonld::to_plain_text(other).or_else(name);
                is_same(text.as_deref(), theirs.as_deref())
            });
            match (&value.tree, same.or(others.first())) {
                (Tree::Table(_), Some(other)) => compare(value, other, objects, &path, found),
                (Tree::Table(_), None) => {
                    let text = text.unwrap_or_else(|| "an object".to_owned());
                    found.push(Difference { path: path.clone(), text, other: None });
                }
                _ if same.is_some() => {}
                (_, first) => {
                    if let Some(text) = text {
                        let other = first.and_then(jsonld::to_plain_text);
                        found.push(Difference { path: path.clone(), text, other });
                    }
                }
            }
        }
    }
}

/// Returns true when two texts say the same: in the form in which names are compared, as numbers, or as
/// addresses of one page.
fn is_same(text: Option<&str>, other: Option<&str>) -> bool {
    let (Some(text), Some(other)) = (text, other) else { return false };
    let number = |text: &str| text.trim().parse::<f64>().ok();
    let numbers = || number(text).is_some_and(|one| number(other) == Some(one));
    let address = |text: &str| canonical_address(text);
    let addresses = || address(text).is_some_and(|one| address(other) == Some(one));
    fold_name(text) == fold_name(other) || numbers() || addresses()
}

/// Returns the claim of a review in the form in which names are compared.
fn claim_of<'a>(objects: &ObjectIndex<'a>, node: &'a Node) -> Option<String> {
    let stated = objects.property_text(node, "claimReviewed");
    let item = || objects.property(node, "itemReviewed")?.items().first();
    let named = || {
        let names = ["claimReviewed", "text", "name"].into_iter();
        item().and_then(|item| names.filter_map(|name| objects.property_text(item, name)).next())
    };
    stated.or_else(named).map(|text| fold_name(&text))
}

/// Returns the canonical address of a review.
fn url_of<'a>(objects: &ObjectIndex<'a>, node: &'a Node) -> Option<String> {
    let urls = objects.property_urls(node, "url");
    urls.iter().find_map(|url| canonical_address(url))
}

#[cfg(test)]
mod tests {
    use super::{PageReviews, read_page_reviews};
    use crate::intake::document::field::Codes;
    use crate::intake::document::json;
    use crate::intake::unit::Unit;
    use crate::model::Record;
    use proptest::prelude::*;

    struct Known;
    impl Codes for Known {
        fn of(&self, _: &str) -> Vec<String> {
            let all = "refuted misleading disputed confirmed corroborated inconclusive unverified";
            all.split(' ').map(str::to_owned).collect()
        }
    }

    fn read(html: &str) -> PageReviews {
        read_page_reviews(html, Some("https://c.example/checks/1"), &Known)
    }

    /// The values of records with their parts, without positions.
    fn values(unit: &Unit) -> Vec<String> {
        fn one(record: &Record, found: &mut Vec<String>) {
            let texts =
                record.kind.fields.iter().map(|field| (field.name, record.text(field.name)));
            found.push(format!("{} {:?}", record.kind.word, texts.collect::<Vec<_>>()));
            record.parts.iter().for_each(|part| one(part, found));
        }
        let mut found = Vec::new();
        unit.records.iter().for_each(|record| one(record, &mut found));
        found
    }

    fn words(unit: &Unit) -> Vec<&str> {
        unit.problems.iter().chain(&unit.remarks).map(|(_, what)| what.as_str()).collect()
    }

    const JSON: &str = r#"{"@type": "ClaimReview", "url": "https://c.example/checks/1",
        "claimReviewed": "He said \"no\" to x<y & z.", "datePublished": "2022-01-28", "inLanguage": "en",
        "author": {"@type": "Organization", "name": "Checkers", "url": "https://c.example/about"},
        "reviewRating": {"@type": "Rating", "ratingValue": "1", "bestRating": "5", "worstRating": "1",
                         "alternateName": "False"},
        "itemReviewed": {"@type": "Claim", "datePublished": "2022-01-24", "author": {"@type": "Person",
            "name": "Bob", "sameAs": "https://s.example/post/1"},
            "appearance": ["https://v.example/2", "https://v.example/3"]}, "image": "https://c.example/i.png"}"#;

    const MICRODATA: &str = "<body><article itemscope itemtype='https://schema.org/ClaimReview' itemref='by'>
        <link itemprop=url href='/checks/1'><p itemprop=claimReviewed>He <b>said</b> \"no\" to x&lt;y &amp; z.
        <p><time itemprop=datePublished datetime='2022-01-28'>Friday</time>
        <meta itemprop='inLanguage' content=en>
        <div itemprop=reviewRating itemscope itemtype='https://schema.org/Rating'>
          <data itemprop=ratingValue value=1>one</data> of <span itemprop=bestRating>5</span>
          <meta itemprop=worstRating content=1><b itemprop=alternateName>False</b></div>
        <div itemprop=itemReviewed itemscope itemtype='https://schema.org/Claim'>
          <span itemprop=datePublished content='2022-01-24'>last Monday</span>
          <div itemprop=author itemscope itemtype='https://schema.org/Person'><span itemprop=name>Bob</span>
            <a itemprop=sameAs href='https://s.example/post/1'>post</a></div>
          <video itemprop=appearance src='https://v.example/2'></video>
          <a itemprop=appearance href='https://v.example/3'>there</a></div>
        <img itemprop=image src='/i.png'></article>
        <div id=by itemprop=author itemscope itemtype='https://schema.org/Organization'>
          <span itemprop=name>Checkers</span><a itemprop=url href='../about'>About</a></div>";

    fn in_script(json: &str) -> String {
        format!("<script type='application/ld+json'>{json}</script>")
    }

    #[test]
    fn a_review_in_microdata_is_read_as_in_json_ld() {
        let (root, _) = json::parse_json(JSON, 0);
        let [linked] = &super::super::read_reviews(&root, &Known)[..] else { panic!() };
        for (from, to) in [
            ("", ""),
            ("https://schema.org/", "http://schema.org/"),
            ("https://schema.org/", "HTTPS://www.schema.org/"),
            ("https://schema.org/ClaimReview", "https://schema.org/ClaimReview#this"),
            ("https://schema.org/ClaimReview", "https://schema.org/#ClaimReview"),
            ("itemprop=claimReviewed", "itemprop='https://schema.org/claimReviewed'"),
        ] {
            let page = read(&if from.is_empty() {
                MICRODATA.to_owned()
            } else {
                MICRODATA.replace(from, to)
            });
            let [unit] = &page.units[..] else { panic!("{to}") };
            assert_eq!(values(unit), values(linked), "{to}");
            assert_eq!(words(unit), words(linked), "{to}");
            assert_eq!((page.problems.len(), page.remarks.len()), (0, 0), "{to}");
        }
    }

    #[test]
    fn a_review_in_both_is_one_and_differences_are_told() {
        let both = |json: &str| read(&format!("{}{MICRODATA}", in_script(json)));
        let page = both(JSON);
        let [unit] = &page.units[..] else { panic!() };
        assert_eq!(words(unit), ["not read: image"]);
        // Another verdict is refused.
        let page = both(&JSON.replace("\"False\"", "\"True\""));
        let [unit] = &page.units[..] else { panic!() };
        let [(_, what)] = &unit.problems[..] else { panic!("{:?}", unit.problems) };
        assert!(what.contains("reviewRating.alternateName") && what.contains("\"True\""), "{what}");
        // Another date, and what the JSON-LD does not have, are remarked.
        let page =
            both(&JSON.replace("2022-01-28", "2022-01-27").replace("\"name\": \"Bob\",", ""));
        let [unit] = &page.units[..] else { panic!() };
        assert_eq!(unit.problems, []);
        let words = words(unit).join("; ");
        assert!(
            words.contains("datePublished: the JSON-LD of this page says \"2022-01-27\""),
            "{words}"
        );
        assert!(
            words.contains("itemReviewed.author.name: \"Bob\" is in the microdata alone"),
            "{words}"
        );
        // Another claim, or another address, is another review.
        for (from, to) in [("said", "wrote"), ("checks/1", "checks/2")] {
            assert_eq!(both(&JSON.replace(from, to)).units.len(), 2, "{to}");
        }
        // An object that another one of the document describes.
        let author =
            r#"{"@type": "Organization", "name": "Checkers", "url": "https://c.example/about"}"#;
        let graph = JSON.replace(author, r##"{"@id": "#us"}"##);
        let named = author.replace("{\"@type\"", "{\"@id\": \"#us\", \"@type\"");
        let page = both(&format!("[{graph}, {named}]"));
        let [unit] = &page.units[..] else { panic!() };
        assert_eq!(self::words(unit), ["not read: image"]);
    }

    #[test]
    fn several_reviews_stand_beside_each_other_and_in_other_items() {
        let one = "<div itemscope itemtype='http://schema.org/ClaimReview'><p itemprop=claimReviewed>A</div>";
        let page = read(&format!(
            "{one}<div itemscope itemtype='http://schema.org/WebPage'><div itemprop=review itemscope \
             itemtype='http://schema.org/ClaimReview'><p itemprop=claimReviewed>B<p>C</div></div>"
        ));
        let claims: Vec<Option<&str>> =
            page.units.iter().map(|unit| unit.records[0].text("text")).collect();
        assert_eq!(claims, [Some("A"), Some("B")]);
        // Without itemscope, or of another type, none.
        for other in [one.replace("itemscope ", ""), one.replace("ClaimReview", "ClaimReviewed")] {
            assert_eq!(read(&other).units.len(), 0, "{other}");
        }
    }

    #[test]
    fn references_in_rings_and_to_nothing_are_told() {
        let item = |more: &str| {
            read(&format!(
                "<div id=a itemscope itemtype='http://schema.org/ClaimReview' {more}><p itemprop=claimReviewed>A</p>\
                 <div itemprop=about itemscope id=b itemref=c></div></div><div id=c itemprop=x itemscope itemref=b></div>"
            ))
        };
        let page = item("itemref=gone");
        assert!(page.remarks[0].1.contains("\"gone\""), "{:?}", page.remarks);
        assert!(page.problems[0].1.contains("refers to itself"), "{:?}", page.problems);
        // Each item stands twice in the one before it.
        let many: String = (0..60)
            .map(|n| format!("<i id=n{n} itemprop=a itemscope itemref='n{0} m{0}'></i><i id=m{n} itemprop=a itemscope itemref='n{0} m{0}'></i>", n + 1))
            .collect();
        let page = read(&format!(
            "<p itemscope itemtype='http://schema.org/ClaimReview' itemref=n0></p>{many}"
        ));
        assert!(page.problems[0].1.contains("in rings"), "{:?}", page.problems);
        let deep = "<p itemprop=a itemscope><b>".replace('p', "div").repeat(100);
        let page = read(&format!("<div itemscope itemtype='http://schema.org/ClaimReview'>{deep}"));
        assert!(!page.units.is_empty());
    }

    #[test]
    fn rdfa_is_named() {
        let rdfa = "<div vocab='https://schema.org/' typeof='ClaimReview'></div>";
        assert!(read(rdfa).problems[0].1.contains("RDFa"));
        let page = read(&format!("{rdfa}{MICRODATA}"));
        assert_eq!((page.units.len(), page.problems.len()), (1, 0));
        assert!(page.remarks[0].1.contains("RDFa"));
        assert_eq!(read("<p typeof='schema:Person'>ClaimReview</p>").problems.len(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn garbage_is_no_trouble(
            parts in proptest::collection::vec(prop_oneof![
                Just("<div itemscope itemtype='https://schema.org/ClaimReview'".to_owned()),
                Just(" itemref='a b' id=a ".to_owned()), Just(" itemprop='author url'".to_owned()),
                Just("<p itemprop=claimReviewed>".to_owned()), Just("</div>".to_owned()), Just(">".to_owned()),
                Just("<i itemscope id=b itemprop=itemReviewed itemref=a>".to_owned()), Just("<base href=".to_owned()),
                Just("<a itemprop=url href='//".to_owned()), Just(in_script(JSON)), ".{0,12}",
            ], 0..30)
        ) {
            for unit in read(&parts.concat()).units {
                prop_assert!(!unit.problems.is_empty() || !unit.records.is_empty());
            }
        }
    }
}
