//! The components of pages: links to records, status badges, dates and numbers in words.

use crate::model::publication::{Claim, Snapshot, format_number};
use crate::render::control_chars::show_control_chars;
use crate::render::digits::group_digits;
use maud::{Markup, html};
use std::borrow::Cow;

/// The targets of links.
#[derive(Clone, Copy, Debug)]
pub enum Links {
    /// Anchors on the single page.
    Page,
    /// Pages of a site; the relative path to the folder of the site, such as `../`.
    Site(&'static str),
}

impl Links {
    /// Returns the address of a claim, source, place or measure.
    pub(super) fn to(self, what: &str, key: &str) -> String {
        match self {
            Links::Page => format!("#{what}/{key}"),
            Links::Site(root) => format!("{root}{what}/{key}.html"),
        }
    }
}

/// Renders the anchors of the single page under which earlier publications have an entry.
pub(super) fn former_anchors(snapshot: &Snapshot, what: &'static str, key: &str) -> Markup {
    html! { @for former in snapshot.former_keys(what, key) { span id={ (what) "/" (former) } {} } }
}

/// Renders text in isolation, so that its direction does not affect the text around it.
pub(super) fn bidi_text(text: &str) -> Markup {
    html! { bdi { (shown_text(text)) } }
}

/// Returns text for attributes, and for elements that set their own direction.
pub(super) fn shown_text(text: &str) -> Cow<'_, str> {
    show_control_chars(text)
}

/// Renders a status as its word on a coloured background; the colour adds no information.
pub(super) fn status_badge(snapshot: &Snapshot, code: &str) -> Markup {
    html! { span class={ "badge s-" (code_slug(code)) } { (shown_text(snapshot.status_label(code))) } }
}

/// Renders the status of a claim, and says so where the claim changed since it was judged.
pub(super) fn claim_badge(snapshot: &Snapshot, claim: &str, status: &str) -> Markup {
    html! {
        (status_badge(snapshot, status))
        @if snapshot.stale.contains(claim) { " " span class="stale" { "judged before it changed" } }
    }
}

/// Returns a code as the name of a CSS class or a file; a desk may have added codes of any
/// characters.
pub fn code_slug(code: &str) -> String {
    code.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// Renders the title of a source as a link to its entry.
pub(super) fn source_link(snapshot: &Snapshot, links: Links, key: &str) -> Markup {
    let unnamed = snapshot.sources.get(key).is_some_and(|source| !source.named);
    html! {
        a href=(links.to("source", key)) { (bidi_text(snapshot.source_title(key))) }
        @if unnamed { " (unnamed)" }
    }
}

/// Renders the name of a place as a link to its entry.
pub(super) fn place_link(snapshot: &Snapshot, links: Links, key: &str) -> Markup {
    let name = snapshot.places.get(key).map_or(key, |place| &place.name);
    html! { a href=(links.to("place", key)) { (bidi_text(name)) } }
}

/// Renders a link to a web address; any other address is shown as text.
pub(super) fn web_link(url: &str, word: Option<&str>) -> Markup {
    let web = ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let word = word.unwrap_or(url);
    // A reader should not follow an address with spaces or invisible characters.
    let clean = shown_text(url) == url && !url.contains(char::is_whitespace);
    html! {
        @if web && clean {
            a href=(url) rel="noreferrer nofollow" { (bidi_text(word)) }
        } @else {
            (bidi_text(url))
        }
    }
}

/// Returns the language of a text as an attribute, if it has the form of a language tag.
pub(super) fn language_tag(tag: Option<&str>) -> Option<&str> {
    tag.filter(|tag| !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

/// Formats a number of things: `1 claim`, `2 claims`.
pub(super) fn count_noun(number: u64, word: &str) -> String {
    if number == 1 {
        return format!("1 {word}");
    }
    format!("{} {word}s", self::format_number(number as f64))
}

/// Describes the mentions and origins of a claim, in the words of `report corroboration`.
pub(super) fn origins_in_words(claim: &Claim) -> String {
    let origins = claim.graph.origins();
    let unnamed = origins.iter().filter(|key| claim.graph.unnamed.contains(**key)).count();
    let mentions = count_noun(claim.count_supporting_mentions() as u64, "mention");
    let mut words =
        format!("{mentions}, {}", count_noun(origins.len() as u64, "independent origin"));
    match (origins.len(), unnamed) {
        (_, 0) => {}
        (1, _) => words.push_str(", unnamed"),
        (_, 1) => words.push_str(", 1 of them unnamed"),
        (_, some) => words.push_str(&format!(", {some} of them unnamed and perhaps the same")),
    }
    let against = claim.graph.mentions.len() - claim.count_supporting_mentions();
    if against > 0 {
        words.push_str(&format!("; contested by {}", count_noun(against as u64, "mention")));
    }
    words
}

/// Renders a figure in words, with thousands separators in long whole numbers.
pub(super) fn figure_in_words(words: &str) -> Markup {
    bidi_text(&group_digits(words))
}

/// Formats a date as stated (EDTF) in words: intervals, open or unknown ends, uncertainty.
pub(super) fn date_in_words(stated: &str) -> String {
    let single = |text: &str| {
        let bare = text.trim_end_matches(['?', '~', '%']);
        match &text[bare.len()..] {
            "" => bare.to_owned(),
            "?" => format!("{bare} (uncertain)"),
            "~" => format!("about {bare}"),
            _ => format!("about {bare} (uncertain)"),
        }
    };
    let words = match stated.split_once('/') {
        None => single(stated),
        Some(("" | "..", to)) => format!("until {}", single(to)),
        Some((from, "" | "..")) => format!("since {}", single(from)),
        Some((from, to)) => format!("{} to {}", single(from), single(to)),
    };
    shown_text(&words).into_owned()
}

/// Truncates text to so many characters, with an ellipsis at the end.
pub(super) fn truncate(text: &str, max_chars: usize) -> String {
    let shown = shown_text(text);
    if shown.chars().count() <= max_chars {
        return shown.into_owned();
    }
    let kept: String = shown.chars().take(max_chars.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{date_in_words, figure_in_words};

    #[test]
    fn groups_digits() {
        let said =
            figure_in_words("nearly 11000 out of 0.33333, 2021-06-28, 837000000000 USD, 1e10")
                .into_string();
        assert_eq!(
            said,
            "<bdi>nearly 11,000 out of 0.33333, 2021-06-28, 837,000,000,000 USD, 1e10</bdi>"
        );
    }

    #[test]
    fn says_dates() {
        let all = ["2021", "2021-06-28?", "../2021-09-11", "2002/", "2009/2021-06~", "2021-06-XX"];
        let said = [
            "2021",
            "2021-06-28 (uncertain)",
            "until 2021-09-11",
            "since 2002",
            "2009 to about 2021-06",
            "2021-06-XX",
        ];
        assert_eq!(all.map(date_in_words), said);
    }
}
