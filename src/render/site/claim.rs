//! All about one claim: who says it through whom, where, how many, what was judged, what disagrees.

use super::chain::chain;
use super::components::{
    Links, badge, figure_words, language, origins, place, shown, source, text, when,
};
use crate::model::publication::{Claim, Figure, Mention, Snapshot, Verdict};
use maud::{Markup, html};

/// Figures that a claim's figures disagree with, shown at most.
const PAIRS: usize = 20;

/// The line that goes with a claim wherever it is named: status, origins, when and where.
pub(super) fn caveats(book: &Snapshot, links: Links, claim: &Claim) -> Markup {
    html! {
        p class="caveats" {
            (badge(book, &claim.status)) " "
            span class="kind" { (shown(&claim.kind)) } " · "
            (origins(claim)) " · "
            @match &claim.happened {
                Some(date) => { span class="day" { (when(date)) } }
                None => { "day not stated" }
            }
            @if let Some(due) = &claim.due { " · due " (when(due)) }
            @for (n, at) in claim.places.iter().enumerate() {
                @if n == 0 { " · " } @else { ", " }
                (shown(&at.relation)) " " (place(book, links, &at.place))
            }
        }
    }
}

/// A heading inside a claim: on a page of its own it stands below the title, else below the claim.
fn heading(links: Links, words: &str) -> Markup {
    match links {
        Links::Page => html! { h4 { (words) } },
        Links::Site(_) => html! { h2 { (words) } },
    }
}

/// Everything on record about a claim.
pub(super) fn record(book: &Snapshot, links: Links, claim: &Claim) -> Markup {
    html! {
        @if let Some(note) = &claim.note { p class="note" dir="auto" { (shown(note)) } }
        @if !claim.places.is_empty() && claim.places.iter().any(|at| at.words.is_some()) {
            (heading(links, "Where"))
            ul {
                @for at in &claim.places {
                    li {
                        (shown(&at.relation)) " " (place(book, links, &at.place))
                        @if let Some(words) = &at.words { " (“" (text(words)) "”)" }
                    }
                }
            }
        }
        (heading(links, "Who says it"))
        @if claim.mentions.is_empty() { p { "No source is on record." } }
        ul class="mentions" { @for said in &claim.mentions { (mention(book, links, said)) } }
        (chain(book, links, claim))
        @if !claim.figures.is_empty() {
            (heading(links, "Figures"))
            ul class="bars" { @for figure in &claim.figures { li { (claim_figure(book, links, figure)) } } }
        }
        (heading(links, "Verdicts"))
        @if claim.verdicts.is_empty() { p { "Nobody has assessed it yet." } }
        ol class="verdicts" { @for one in &claim.verdicts { (verdict(book, links, one)) } }
        @let against = disagreements(book, links, claim);
        @if let Some(against) = against { (against) }
    }
}

fn mention(book: &Snapshot, links: Links, said: &Mention) -> Markup {
    let about = book.sources.get(&said.source);
    html! {
        li {
            @if let Some(speaker) = &said.speaker {
                (source(book, links, speaker))
                @if let Some(body) = book.bodies.get(speaker) { ", for " (source(book, links, body)) "," }
                " in "
            }
            (source(book, links, &said.source))
            @if let Some(date) = about.and_then(|about| about.published.as_ref()) { " (" (when(date)) ")" }
            " " strong { (shown(&said.stance)) } " it"
            @if let Some(hedge) = &said.hedge { ", as " (shown(hedge)) }
            @if let Some(locator) = &said.locator { ", " (text(locator)) }
            @if let Some(day) = &said.said_on { ", said on " (when(day)) }
            "."
            @if let Some(quote) = &said.quote {
                blockquote dir="auto" lang=[language(about.and_then(|about| about.language.as_deref()))] { (shown(quote)) }
            }
            @if let Some(note) = &said.note { p class="note" dir="auto" { (shown(note)) } }
        }
    }
}

fn claim_figure(book: &Snapshot, links: Links, figure: &Figure) -> Markup {
    // Its words are in the language of a source; of which one is known only where all share it.
    let mut languages = figure.sources.iter().map(|key| book.sources.get(key)?.language.as_deref());
    let first = languages.next().flatten();
    let language = first.filter(|_| languages.all(|other| other == first));
    html! {
        a href=(links.to("measure", &figure.measure)) { (text(&figure.counts)) } ": "
        strong { (figure_words(&figure.words)) }
        @if let Some(said) = &figure.said { " (“" bdi lang=[super::components::language(language)] { (shown(said)) } "”)" }
        ", which can mean " (figure.format_bounds())
        @if figure.assumed { " (a tolerance is assumed)" }
        @if figure.as_of.is_none() { ", for no stated time" }
        "."
        @if let Some(note) = &figure.note { p class="note" dir="auto" { (shown(note)) } }
    }
}

fn verdict(book: &Snapshot, links: Links, verdict: &Verdict) -> Markup {
    html! {
        li class=[verdict.holds.then_some("holds")] {
            (badge(book, &verdict.status)) " by " (source(book, links, &verdict.assessor)) ", "
            time datetime=(shown(&verdict.at)) { (shown(verdict.at.get(..10).unwrap_or(&verdict.at))) }
            @if verdict.holds { " (holds now)" }
            @if let Some(word) = &verdict.verdict { ", in its words “" (text(word)) "”" }
            @if let Some(credibility) = &verdict.credibility { ", credibility: " (shown(credibility)) }
            p dir="auto" { (shown(&verdict.because)) }
            @if !verdict.evidence.is_empty() {
                p class="evidence" {
                    "Evidence: "
                    @for (n, (what, key, title)) in verdict.evidence.iter().enumerate() {
                        @if n > 0 { "; " }
                        a href=(links.to(if what == "source" { "source" } else { "claim" }, key)) { (text(title)) }
                    }
                }
            }
        }
    }
}

/// What else is on record that bears on it: declared links, and figures that do not agree.
fn disagreements(book: &Snapshot, links: Links, claim: &Claim) -> Option<Markup> {
    // A claim without a figure is in no pair; asking only then keeps large archives quick.
    let pairs: Vec<_> = match claim.figures.is_empty() {
        true => Vec::new(),
        false => book.conflicts_for_claim(&claim.key),
    };
    if claim.links.is_empty() && pairs.is_empty() {
        return None;
    }
    let other =
        |key: &str, words: &str| html! { a href=(links.to("claim", key)) { (text(words)) } };
    Some(html! {
        (heading(links, "What bears on it"))
        ul class="against" {
            @for link in &claim.links {
                li class=[link.conflict.then_some("conflict")] {
                    (shown(&link.relation)) ": " (other(&link.claim, &link.text)) " " (badge(book, &link.status))
                    @if let Some(note) = &link.note { p class="note" dir="auto" { (shown(note)) } }
                }
            }
            @if pairs.len() > PAIRS { li { "Its figures disagree with " (pairs.len()) " others; the widest apart:" } }
            @for pair in pairs.into_iter().take(PAIRS) {
                @let (mine, theirs) = if pair.one.claim == claim.key { (&pair.one, &pair.other) } else { (&pair.other, &pair.one) };
                li class="conflict" {
                    (shown(&pair.finding)) " in " a href=(links.to("measure", &pair.measure.0)) { (text(&pair.measure.1)) }
                    ": " (figure_words(&mine.words)) " against " a href=(links.to("claim", &theirs.claim)) { (figure_words(&theirs.words)) } " "
                    (badge(book, &theirs.status)) " (" (text(&pair.why)) ")"
                }
            }
        }
    })
}
