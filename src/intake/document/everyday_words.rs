//! Everyday words for what a code list calls otherwise. A message that refuses such a word names the code.

/// The everyday words for the codes of a list, separated by `|`: the list, the code and the words. A word may
/// stand for several codes.
#[rustfmt::skip]
const EVERYDAY_WORDS: &[(&str, &str, &str)] = &[
    ("source_kinds", "article",
        "news|newspaper|newspaper article|news article|news story|story|feature|wire|wire story|dispatch|op ed\
        |opinion|editorial|column|blog|blog post|magazine|interview"),
    ("source_kinds", "report",
        "press release|press statement|statement|communique|communiqué|announcement|bulletin|briefing|document\
        |official document|study|paper|letter|email|e mail|memo|minutes|court document|judgment|law|decree|log\
        |situation report|sitrep|pdf"),
    ("source_kinds", "review", "fact check|factcheck|debunk"),
    ("source_kinds", "post",
        "tweet|social media|social media post|facebook|facebook post|twitter|telegram|telegram post|message\
        |whatsapp|whatsapp message|instagram|reddit|thread|toot|comment"),
    ("source_kinds", "page", "website|web site|web page|webpage|site|wiki|wikipedia"),
    ("source_kinds", "book", "chapter|monograph|ebook|e book"),
    ("source_kinds", "dataset", "data|database|spreadsheet|statistics|register"),
    ("source_kinds", "video", "film|footage|clip|youtube|youtube video|tiktok|documentary|interview"),
    ("source_kinds", "image", "photo|photograph|picture|map|satellite image|screenshot|drawing"),
    ("source_kinds", "audio", "recording|voice message|podcast|phone call|interview"),
    ("source_kinds", "broadcast",
        "radio|tv|television|news programme|newscast|programme|program|interview"),
    ("source_kinds", "person",
        "witness|eyewitness|official|spokesman|spokeswoman|spokesperson|minister|politician|journalist|reporter\
        |expert|doctor|resident"),
    ("source_kinds", "organisation",
        "organization|agency|news agency|ministry|government|company|council|authority|police|army|ngo|outlet\
        |publisher|institution|group"),
    ("source_kinds", "unnamed",
        "anonymous|anonymous source|confidential source|insider|witness|eyewitness|official"),
    ("dimensions", "people", "person|persons|human|humans|individuals|casualties|victims|headcount"),
    ("dimensions", "money", "cost|price|sum|currency|euro|euros|dollar|dollars"),
    ("dimensions", "share", "percent|per cent|percentage|fraction|proportion"),
    ("dimensions", "objects", "object|thing|things|item|items|houses|homes|buildings|vehicles|weapons"),
    ("dimensions", "duration", "time|hours|days|weeks|months|years"),
    ("dimensions", "distance", "length|height|depth|width|metres|meters|kilometres|km"),
    ("dimensions", "events", "event|incident|incidents|attacks|strikes"),
    ("growths", "constant", "fixed number|total"),
    ("growths", "level", "stock|snapshot|current number"),
    ("growths", "cumulative", "total|running total|sum"),
    ("growths", "per_period", "rate|flow|daily number|monthly number|yearly number"),
    ("growths", "per_event", "event|single event|incident"),
];

/// The codes of a list for which people use this word.
pub(super) fn codes_for_word(table: &str, word: &str) -> Vec<&'static str> {
    let plain = word.trim().to_lowercase().replace(['_', '-'], " ");
    let is_meant = |(list, _, words): &&(&str, &'static str, &str)| {
        *list == table && words.split('|').any(|known| known == plain)
    };
    EVERYDAY_WORDS.iter().filter(is_meant).map(|(_, code, _)| *code).collect()
}

#[cfg(test)]
mod tests {
    use super::{EVERYDAY_WORDS, codes_for_word};
    use std::collections::BTreeSet;

    #[test]
    fn an_everyday_word_stands_for_codes_of_its_list() {
        assert_eq!(codes_for_word("source_kinds", " Press-Release"), ["report"]);
        assert_eq!(
            codes_for_word("source_kinds", "interview"),
            ["article", "video", "audio", "broadcast"]
        );
        assert_eq!(codes_for_word("growths", "event"), ["per_event"]);
        assert_eq!(codes_for_word("dimensions", "event"), ["events"]);
        assert!(codes_for_word("source_kinds", "press").is_empty(), "a part of a word");
        assert!(codes_for_word("statuses", "tweet").is_empty());
    }

    #[test]
    fn every_word_is_written_as_it_is_compared_and_once_for_a_code() {
        let mut seen = BTreeSet::new();
        let migrations = [
            include_str!("../../../migrations/V2__codes.sql"),
            include_str!("../../../migrations/V14__events.sql"),
        ];
        for (list, code, words) in EVERYDAY_WORDS {
            let is_code = |text: &&str| text.contains(&format!("  ('{code}', '"));
            assert!(migrations.iter().any(is_code), "{list} {code}");
            for word in words.split('|') {
                assert_eq!(word, word.trim().to_lowercase().replace(['_', '-'], " "), "{list}");
                assert_ne!(word, code.replace('_', " "), "{list}: it is the code");
                assert!(seen.insert((list, code, word)), "{list} {code} {word}");
            }
        }
    }
}
