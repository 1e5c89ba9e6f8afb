//! The checked claims as schema.org ClaimReview (JSON-LD), which search engines and fact-check databases
//! read.
//!
//! The rules: a review says that someone checked a claim, so a verdict that says that nobody did makes none. A
//! review has the address of its page, and a rating in words; the number is on the scale that is written beside
//! it, or is left out. An author is a person or a body that is known as one; somebody unnamed has a description in
//! place of a name. Where several speakers stated the claim, each has a claim of his own, so that what was said
//! by whom, where, stays together.

use super::json::{Object, ObjectList, is_plain_date};
use super::options::{ExportOutcome, Options};
use super::selection::Selection;
use crate::error::{Error, Result, count};
use crate::model::canonical_address;
use crate::store::{Appearance, Party, Reader, Review, appearances, reviews};
use serde_json::Value as Json;
use std::io::Write;

/// The scale of the column `claimreview_rating` of the table `statuses`.
const SCALE: (i64, i64) = (1, 5);
/// The most claims that a message names.
const MAX_NAMED: usize = 3;

/// Writes the current verdict on each claim that was checked. With `all`, writes the other claims as claims that
/// are not reviewed.
pub(super) fn write(
    db: &Reader,
    selection: &Selection,
    options: &Options,
    out: &mut dyn Write,
) -> Result<ExportOutcome> {
    let base = options.base_url.as_deref();
    check_pages(db, selection, base)?;
    let head = "{\"@context\":\"https://schema.org\",\"@graph\":[";
    let mut list = ObjectList::begin(out, head, "]}")?;
    let (mut written, mut unchecked, mut unworded) = (0, 0, 0);
    reviews(db, |review| {
        if !selection.includes_key(&review.claim) {
            return Ok(());
        }
        let claims = || -> Result<Vec<Json>> {
            Ok(claim_objects(&review.text, &appearances(db, &review.claim)?))
        };
        if let Some(word) = checked_word(&review) {
            written += 1;
            let object = review_object(&review, word, page_of(&review, base), claims()?);
            return list.push(object.into_map());
        }
        *(if review.is_check { &mut unworded } else { &mut unchecked }) += 1;
        if options.all {
            for claim in claims()? {
                if let Json::Object(claim) = claim {
                    list.push(claim)?;
                }
            }
        }
        Ok(())
    })?;
    list.end()?;
    Ok(ExportOutcome::Reviews { reviews: written, unchecked, unworded, all: options.all })
}

/// Returns the words of the verdict on a claim as it stands; `None` where it was not checked.
fn checked_word(review: &Review) -> Option<&str> {
    review.word.as_deref().filter(|_| review.is_check)
}

/// Returns the address of a review: that of the page on which it was published, else the entry of the claim on the
/// page at `base`.
fn page_of(review: &Review, base: Option<&str>) -> Option<String> {
    review.page.clone().or_else(|| Some(format!("{}#claim/{}", base?, review.claim)))
}

/// Refuses reviews without the address of a page, which is required.
fn check_pages(db: &Reader, selection: &Selection, base: Option<&str>) -> Result<()> {
    if let Some(base) = base {
        if canonical_address(base).is_none() || base.contains('#') {
            return Err(Error::Refused {
                what: format!("{base:?} is not the address of a page"),
                hint:
                    "write it with https:// and without #, such as https://desk.example/claims.html"
                        .to_owned(),
            });
        }
        return Ok(());
    }
    let mut pageless: Vec<String> = Vec::new();
    reviews(db, |review| {
        let is_written = selection.includes_key(&review.claim) && checked_word(&review).is_some();
        if is_written && review.page.is_none() {
            pageless.push(review.claim);
        }
        Ok(())
    })?;
    if pageless.is_empty() {
        return Ok(());
    }
    let named = pageless[..pageless.len().min(MAX_NAMED)].join(", ");
    let more = match pageless.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Err(Error::Refused {
        what: format!(
            "cannot write {}: the archive does not have the page on which they are published ({named}{more})",
            count(pageless.len(), "review")
        ),
        hint: "give the address of the page on which you publish them: --base-url URL; each is then at \
               URL#claim/KEY, as on a page made by `onrecord publish`"
            .to_owned(),
    })
}

fn review_object(review: &Review, word: &str, page: Option<String>, claims: Vec<Json>) -> Object {
    let mut rating = Object::typed("Rating");
    if let Some(value) = review.rating.filter(|value| (SCALE.0..=SCALE.1).contains(value)) {
        rating = rating
            .with("ratingValue", value)
            .with("bestRating", SCALE.1)
            .with("worstRating", SCALE.0);
    }
    let author = review.assessor.as_ref().and_then(assessor_object).map(Json::from);
    Object::typed("ClaimReview")
        .with("url", page)
        .with("claimReviewed", review.text.as_str())
        .with("author", author)
        .with("datePublished", review.at.as_deref())
        .with("itemReviewed", one_or_list(claims))
        .with("reviewRating", rating.with("alternateName", word))
}

/// Builds the claim as each of its speakers stated it, or as documents state it for themselves.
fn claim_objects(text: &str, mentions: &[Appearance]) -> Vec<Json> {
    let mut speakers: Vec<Option<&Party>> = Vec::new();
    for mention in mentions {
        if !speakers.contains(&mention.speaker.as_ref()) {
            speakers.push(mention.speaker.as_ref());
        }
    }
    if speakers.is_empty() {
        speakers.push(None);
    }
    let first = first_appearance(mentions);
    let of = |speaker: Option<&Party>| {
        let own: Vec<&Appearance> =
            mentions.iter().filter(|mention| mention.speaker.as_ref() == speaker).collect();
        Json::from(claim_object(text, speaker, &own, first))
    };
    speakers.into_iter().map(of).collect()
}

/// Builds the claim of one speaker: its author, its date and its appearances.
fn claim_object(
    text: &str,
    speaker: Option<&Party>,
    mentions: &[&Appearance],
    first: Option<&Appearance>,
) -> Object {
    let mut works: Vec<Json> = Vec::new();
    let mut dated = !mentions.is_empty();
    let mut said: Option<&str> = None;
    for mention in mentions {
        if let Some(work) = work_object(mention).map(Json::from)
            && !works.contains(&work)
        {
            works.push(work);
        }
        // The earliest of several mentions is known only when each is dated to the day.
        match mention.said_on.as_deref().filter(|date| is_plain_date(date)) {
            Some(date) if mentions.len() == 1 || date.len() == 10 => {
                said = Some(said.map_or(date, |said| said.min(date)));
            }
            _ => dated = false,
        }
    }
    let first = first.filter(|first| mentions.contains(first)).and_then(work_object);
    Object::typed("Claim")
        .with("name", text)
        .with("author", speaker.and_then(party_object).map(Json::from))
        .with("datePublished", said.filter(|_| dated))
        .with("firstAppearance", first.map(Json::from))
        .with("appearance", one_or_list(works))
}

/// Returns the earliest of the documents with an address, if each is dated to the day.
fn first_appearance(mentions: &[Appearance]) -> Option<&Appearance> {
    let published = |mention: &Appearance| {
        mention.published.clone().filter(|date| is_plain_date(date) && date.len() == 10)
    };
    let linked: Vec<&Appearance> = mentions.iter().filter(|m| m.url.is_some()).collect();
    let known = linked.iter().all(|mention| published(mention).is_some());
    linked.into_iter().filter(|_| known).min_by_key(|mention| published(mention))
}

/// Builds the document of a mention, if it has an address.
fn work_object(mention: &Appearance) -> Option<Object> {
    let url = mention.url.as_deref()?;
    let published = mention.published.as_deref().filter(|date| is_plain_date(date));
    let named = |kind: &str, name: &Option<String>| {
        name.as_deref().map(|name| Json::from(Object::typed(kind).with("name", name)))
    };
    let work = Object::typed("CreativeWork").with("url", url).with("name", mention.title.as_str());
    let work = work
        .with("author", named("Person", &mention.author))
        .with("publisher", named("Organization", &mention.outlet));
    Some(work.with("datePublished", published))
}

/// Builds a speaker that is known as a person or a body, or described as someone.
fn party_object(party: &Party) -> Option<Object> {
    let title = party.title.as_str();
    let object = match party.kind.as_str() {
        "organisation" => Object::typed("Organization").with("name", title),
        "person" => Object::typed("Person").with("name", title),
        _ if !party.is_named => Object::typed("Person").with("description", title),
        _ => return None,
    };
    Some(object.with("url", party.url.as_deref()))
}

/// Builds the author of a verdict; for a document its outlet, else its author, if either is stated.
fn assessor_object(party: &Party) -> Option<Object> {
    let of_document = || match (&party.outlet, &party.author) {
        (Some(outlet), _) => Some(Object::typed("Organization").with("name", outlet.as_str())),
        (None, Some(author)) => Some(Object::typed("Person").with("name", author.as_str())),
        (None, None) => None,
    };
    party_object(party).or_else(of_document)
}

fn one_or_list(mut list: Vec<Json>) -> Json {
    match list.len() {
        0 => Json::Null,
        1 => list.swap_remove(0),
        _ => Json::Array(list),
    }
}
