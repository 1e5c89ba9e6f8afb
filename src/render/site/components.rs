//! What every part of a page is put together from: names that link, words of a status, dates.

use crate::model::publication::Snapshot;
use crate::render::visible;
use maud::{Markup, html};
use std::borrow::Cow;

/// Where links lead.
#[derive(Clone, Copy, Debug)]
pub enum Links {
    /// Everything is on one page.
    Page,
    /// A page each; the way from here to the folder of the site, such as `../`.
    Site(&'static str),
}

impl Links {
    /// The address of a claim, source, place or measure.
    pub(super) fn to(self, what: &str, key: &str) -> String {
        match self {
            Links::Page => format!("#{what}/{key}"),
            Links::Site(root) => format!("{root}{what}/{key}.html"),
        }
    }
}

/// Text that may run in either direction and may not turn what stands around it.
pub(super) fn text(text: &str) -> Markup {
    html! { bdi { (shown(text)) } }
}

/// The same for attributes and for elements that set their direction themselves.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    visible(text)
}

/// A status as a word on a coloured ground; the word alone says it all.
pub(super) fn badge(book: &Snapshot, code: &str) -> Markup {
    html! { span class={ "badge s-" (class_of(code)) } { (shown(book.status_label(code))) } }
}

/// A code of a list that a desk may add to, as the name of a class.
pub(super) fn class_of(code: &str) -> String {
    code.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

/// A source by its title, with a link to what is said of it.
pub(super) fn source(book: &Snapshot, links: Links, key: &str) -> Markup {
    let unnamed = book.sources.get(key).is_some_and(|source| !source.named);
    html! {
        a href=(links.to("source", key)) { (text(book.source_title(key))) }
        @if unnamed { " (unnamed)" }
    }
}

/// A place by its name, with a link.
pub(super) fn place(book: &Snapshot, links: Links, key: &str) -> Markup {
    let name = book.places.get(key).map_or(key, |place| &place.name);
    html! { a href=(links.to("place", key)) { (text(name)) } }
}

/// A link to the web; anything that is no web address is shown as text.
pub(super) fn outside(url: &str, word: Option<&str>) -> Markup {
    let web = ["http://", "https://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let word = word.unwrap_or(url);
    // One with blanks or with signs that cannot be seen is no address that a reader should follow.
    let clean = shown(url) == url && !url.contains(char::is_whitespace);
    html! {
        @if web && clean {
            a href=(url) rel="noreferrer nofollow" { (text(word)) }
        } @else {
            (text(url))
        }
    }
}

/// The language of a text as an attribute, where it has the form of a language tag.
pub(super) fn language(tag: Option<&str>) -> Option<&str> {
    tag.filter(|tag| !tag.is_empty() && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
}

/// A number of things: `1 claim`, `2 claims`.
pub(super) fn count(number: u64, word: &str) -> String {
    let number_said = crate::model::publication::format_number(number as f64);
    if number == 1 { format!("1 {word}") } else { format!("{number_said} {word}s") }
}

/// The origins of a claim in words, as `report corroboration` has them.
pub(super) fn origins(claim: &crate::model::publication::Claim) -> String {
    let origins = claim.graph.origins();
    let unnamed = origins.iter().filter(|key| claim.graph.unnamed.contains(**key)).count();
    let told = count(claim.count_supporting_mentions() as u64, "mention");
    let mut said = format!("{told}, {}", count(origins.len() as u64, "independent origin"));
    match (origins.len(), unnamed) {
        (_, 0) => {}
        (1, _) => said.push_str(", unnamed"),
        (_, 1) => said.push_str(", 1 of them unnamed"),
        (_, some) => said.push_str(&format!(", {some} of them unnamed and perhaps the same")),
    }
    let against = claim.graph.mentions.len() - claim.count_supporting_mentions();
    if against > 0 {
        said.push_str(&format!("; contested by {}", count(against as u64, "mention")));
    }
    said
}

/// A figure in words, its long whole numbers in groups of three.
pub(super) fn figure_words(words: &str) -> Markup {
    let mut said = String::with_capacity(words.len() + 8);
    let mut rest = words;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(at);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        said.push_str(before);
        // Digits after a point are a fraction, and those with an e a power of ten.
        let whole = !before.ends_with('.') && !digits[end..].starts_with('e');
        match digits[..end].parse::<f64>() {
            Ok(number) if whole && (5..=15).contains(&end) => {
                said.push_str(&crate::model::publication::format_number(number))
            }
            _ => said.push_str(&digits[..end]),
        }
        rest = &digits[end..];
    }
    said.push_str(rest);
    text(&said)
}

/// A date as stated (EDTF) in words: an interval, open or unknown ends, and how sure it is.
pub(super) fn when(stated: &str) -> String {
    let one = |text: &str| {
        let bare = text.trim_end_matches(['?', '~', '%']);
        match &text[bare.len()..] {
            "" => bare.to_owned(),
            "?" => format!("{bare} (uncertain)"),
            "~" => format!("about {bare}"),
            _ => format!("about {bare} (uncertain)"),
        }
    };
    let said = match stated.split_once('/') {
        None => one(stated),
        Some(("" | "..", to)) => format!("until {}", one(to)),
        Some((from, "" | "..")) => format!("since {}", one(from)),
        Some((from, to)) => format!("{} to {}", one(from), one(to)),
    };
    shown(&said).into_owned()
}

/// Text cut to so many characters, with an ellipsis where something was left out.
pub(super) fn cut(text: &str, most: usize) -> String {
    let shown = shown(text);
    if shown.chars().count() <= most {
        return shown.into_owned();
    }
    let kept: String = shown.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{figure_words, when};

    #[test]
    fn groups_digits() {
        let said = figure_words("nearly 11000 out of 0.33333, 2021-06-28, 837000000000 USD, 1e10")
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
        assert_eq!(all.map(when), said);
    }
}
