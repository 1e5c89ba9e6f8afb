//! Answers of the Google Fact Check Tools API (`claims:search`), read as the ClaimReview that they were made
//! from. The shape: `claims[]` with `text`, `claimant`, `claimDate` and `claimReview[]`, each of `publisher`
//! (`name`, `site`), `url`, `title`, `reviewDate`, `textualRating` and `languageCode`
//! (developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims).

use crate::intake::document::tree::{Entry, Node, OffsetProblem, Tree};

/// Returns true for an answer of the API.
pub(in crate::intake) fn is_api_answer(root: &Node) -> bool {
    let claims = root.get("claims").map(Node::items).unwrap_or_default();
    claims.iter().any(|claim| claim.get("claimReview").is_some())
}

/// Converts an answer to reviews in ClaimReview. Returns them with remarks: what is not read, and that
/// there are further pages.
pub(in crate::intake) fn to_reviews(root: &Node) -> (Node, Vec<OffsetProblem>) {
    let (mut reviews, mut remarks) = (Vec::new(), Vec::new());
    remark_unread(root, &["claims", "nextPageToken"], &mut remarks);
    if let Some(token) = root.get("nextPageToken").filter(|token| !is_empty(token)) {
        let what =
            "there are further pages of this answer: nextPageToken asks for the next".to_owned();
        remarks.push((token.at, what));
    }
    for claim in root.get("claims").map(Node::items).unwrap_or_default() {
        remark_unread(claim, &["text", "claimant", "claimDate", "claimReview"], &mut remarks);
        let said = claim.get("claimReview").map(Node::items).unwrap_or_default();
        if said.is_empty() {
            remarks.push((claim.at, "this claim has no review, and is left out".to_owned()));
        }
        for review in said {
            reviews.push(to_review(claim, review, &mut remarks));
        }
    }
    (Node { at: root.at, tree: Tree::List(reviews) }, remarks)
}

/// Builds one review.
fn to_review(claim: &Node, review: &Node, remarks: &mut Vec<OffsetProblem>) -> Node {
    const READ: [&str; 6] =
        ["publisher", "url", "title", "reviewDate", "textualRating", "languageCode"];
    remark_unread(review, &READ, remarks);
    let at = review.at;
    let publisher = review.get("publisher").map(|publisher| {
        remark_unread(publisher, &["name", "site"], remarks);
        let name = publisher.get("name").filter(|name| !is_empty(name)).or(publisher.get("site"));
        let address = publisher.get("site").map(site_address);
        object("Organization", publisher.at, [("name", name), ("url", address.as_ref())])
    });
    let rating = review
        .get("textualRating")
        .map(|words| object("Rating", words.at, [("alternateName", Some(words))]));
    let claimant = claim.get("claimant").filter(|claimant| !is_empty(claimant));
    let item = [("author", claimant), ("datePublished", claim.get("claimDate"))];
    let item = object("Claim", claim.at, item);
    let fields = [
        ("claimReviewed", claim.get("text")),
        ("url", review.get("url")),
        ("name", review.get("title")),
        ("datePublished", review.get("reviewDate")),
        ("inLanguage", review.get("languageCode")),
        ("author", publisher.as_ref()),
        ("reviewRating", rating.as_ref()),
        ("itemReviewed", Some(&item)),
    ];
    object("ClaimReview", at, fields)
}

/// The address of a site, which the API states as a host without its scheme.
fn site_address(site: &Node) -> Node {
    let tree = match &site.tree {
        Tree::Text(host) if !host.trim().is_empty() && !host.contains("://") => {
            Tree::Text(format!("https://{}/", host.trim()))
        }
        other => other.clone(),
    };
    Node { at: site.at, tree }
}

/// An object of this type with the fields that are there.
fn object<const N: usize>(of_type: &str, at: usize, fields: [(&str, Option<&Node>); N]) -> Node {
    let named = Node { at, tree: Tree::Text(of_type.to_owned()) };
    let mut entries = vec![Entry { name: "@type".to_owned(), at, node: named }];
    for (name, node) in fields {
        if let Some(node) = node.filter(|node| !matches!(node.tree, Tree::Null)) {
            entries.push(Entry { name: name.to_owned(), at: node.at, node: node.clone() });
        }
    }
    Node { at, tree: Tree::Table(entries) }
}

/// Names the properties of an object that are not read.
fn remark_unread(node: &Node, read: &[&str], remarks: &mut Vec<OffsetProblem>) {
    let Tree::Table(entries) = &node.tree else { return };
    let is_unread = |entry: &&Entry| {
        !read.contains(&entry.name.as_str()) && !matches!(entry.node.tree, Tree::Null)
    };
    let unread: Vec<&str> = entries.iter().filter(is_unread).map(|e| e.name.as_str()).collect();
    if !unread.is_empty() {
        remarks.push((node.at, format!("not read: {}", unread.join(", "))));
    }
}

fn is_empty(node: &Node) -> bool {
    matches!(&node.tree, Tree::Text(text) if text.trim().is_empty())
        || matches!(node.tree, Tree::Null)
}
