//! The verdicts as schema.org ClaimReview (JSON-LD), which search engines and fact-check databases
//! read.

use super::json::{Object, ObjectList, is_plain_date};
use super::options::ExportOutcome;
use super::selection::Selection;
use crate::error::Result;
use crate::store::{Appearance, Party, Reader, Review, appearances, reviews};
use serde_json::Value as Json;
use std::io::Write;

/// Writes the current verdict on each claim, if it has words for readers. `base` is the address of
/// the page on which the claims are published.
pub(super) fn write(
    db: &Reader,
    selection: &Selection,
    base: Option<&str>,
    out: &mut dyn Write,
) -> Result<ExportOutcome> {
    let head = "{\"@context\":\"https://schema.org\",\"@graph\":[";
    let mut list = ObjectList::begin(out, head, "]}")?;
    let (mut pageless, mut left_out) = (0, 0);
    reviews(db, |review| {
        if !selection.includes_key(&review.claim) {
            return Ok(());
        }
        let Some(word) = &review.word else {
            left_out += 1;
            return Ok(());
        };
        let page = match base {
            Some(base) => Some(format!("{base}#claim/{}", review.claim)),
            None => review.page.clone(),
        };
        pageless += usize::from(page.is_none());
        let mut rating = Object::typed("Rating");
        if let Some(value) = review.rating {
            rating = rating.with("ratingValue", value).with("bestRating", 5).with("worstRating", 1);
        }
        let object = Object::typed("ClaimReview")
            .with("url", page)
            .with("claimReviewed", review.text.as_str())
            .with("author", assessor_object(&review.assessor))
            .with("datePublished", review.at.as_deref())
            .with("itemReviewed", claim_object(&review, &appearances(db, &review.claim)?))
            .with("reviewRating", rating.with("alternateName", word.as_str()));
        list.push(object.into_map())
    })?;
    Ok(ExportOutcome::Reviews { reviews: list.end()?, pageless, left_out })
}

/// Builds the reviewed claim: its authors, its date and its appearances.
fn claim_object(review: &Review, mentions: &[Appearance]) -> Object {
    let mut authors: Vec<Json> = Vec::new();
    let mut works: Vec<Json> = Vec::new();
    let mut dated = !mentions.is_empty();
    let mut first: Option<&str> = None;
    for mention in mentions {
        if let Some(author) = speaker_object(&mention.party).map(Json::from)
            && !authors.contains(&author)
        {
            authors.push(author);
        }
        if let Some(work) = work_object(mention).map(Json::from)
            && !works.contains(&work)
        {
            works.push(work);
        }
        // The earliest of several mentions is known only when each is dated to the day.
        match mention.said_on.as_deref().filter(|date| is_plain_date(date)) {
            Some(date) if mentions.len() == 1 || date.len() == 10 => {
                first = Some(first.map_or(date, |first| first.min(date)));
            }
            _ => dated = false,
        }
    }
    let published = |mention: &Appearance| {
        mention.published.clone().filter(|date| is_plain_date(date) && date.len() == 10)
    };
    let linked: Vec<&Appearance> = mentions.iter().filter(|m| m.url.is_some()).collect();
    let known = linked.iter().all(|mention| published(mention).is_some());
    let earliest = linked.iter().filter(|_| known).min_by_key(|mention| published(mention));
    Object::typed("Claim")
        .with("name", review.text.as_str())
        .with("author", one_or_list(authors))
        .with("datePublished", first.filter(|_| dated))
        .with("firstAppearance", earliest.and_then(|mention| work_object(mention)).map(Json::from))
        .with("appearance", one_or_list(works))
}

/// Builds the document of a mention, if it has an address.
fn work_object(mention: &Appearance) -> Option<Object> {
    let url = mention.url.as_deref()?;
    let published = mention.published.as_deref().filter(|date| is_plain_date(date));
    let work = Object::typed("CreativeWork").with("url", url).with("name", mention.title.as_str());
    Some(work.with("datePublished", published))
}

/// Builds the person or organisation that states a claim: for a document its outlet, else its
/// author, if either is named.
fn speaker_object(party: &Party) -> Option<Object> {
    let (kind, name) = match (party.kind.as_str(), &party.outlet, &party.author) {
        ("organisation", _, _) => ("Organization", &party.title),
        ("person" | "unnamed", _, _) => ("Person", &party.title),
        (_, Some(outlet), _) => {
            return Some(Object::typed("Organization").with("name", outlet.as_str()));
        }
        (_, None, Some(author)) => ("Person", author),
        (_, None, None) => return None,
    };
    Some(Object::typed(kind).with("name", name.as_str()).with("url", party.url.as_deref()))
}

/// Builds the author of a verdict. ClaimReview requires one, so a document without outlet and
/// author is named by its title.
fn assessor_object(party: &Party) -> Object {
    speaker_object(party).unwrap_or_else(|| {
        Object::typed("Organization")
            .with("name", party.title.as_str())
            .with("url", party.url.as_deref())
    })
}

fn one_or_list(mut list: Vec<Json>) -> Json {
    match list.len() {
        0 => Json::Null,
        1 => list.swap_remove(0),
        _ => Json::Array(list),
    }
}
