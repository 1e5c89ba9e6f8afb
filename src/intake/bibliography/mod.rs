//! Bibliographies (BibTeX, CSL-JSON, RIS, NBIB, Zotero's CSV): conversion of entries to sources, and what the formats share.

pub(super) mod bibtex;
pub(super) mod csl;
pub(super) mod tagged;
mod written_date;
pub(super) mod zotero_csv;

use crate::intake::text::lines::offset_pos;
use crate::intake::text::prose;
use crate::intake::unit::{Raw, Unit};
use crate::model::{Value, quoted};
use written_date::{WrittenDate, read_written_date};

/// A bibliography entry while it is read: its unit and the fields of its source.
struct SourceEntry {
    pub(super) unit: Unit,
    fields: Vec<(&'static str, Value)>,
    /// Dates that were not understood, for the note.
    dates_in_words: Vec<String>,
}

impl SourceEntry {
    /// An empty entry that begins at a byte offset.
    pub(super) fn new(offset: usize, raw: String) -> Self {
        SourceEntry {
            unit: Unit::new(offset_pos(offset), Raw::Text(raw)),
            fields: Vec::new(),
            dates_in_words: Vec::new(),
        }
    }

    /// Sets a field of the source; `Null` where the text is missing or blank.
    pub(super) fn set(&mut self, name: &'static str, text: Option<&str>) {
        self.fields.push((name, prose::text_value(text)));
    }

    /// Sets a date field. Words that say more than is understood go to the note, with a remark.
    fn set_date(&mut self, name: &'static str, date: Option<&str>, offset: usize) {
        let Some(text) = date else { return };
        let (date, what) = match read_written_date(text) {
            WrittenDate::Whole(date) => return self.set(name, Some(&date)),
            WrittenDate::Year(year) => {
                (Some(year), "of it the year is read; its words are in the note")
            }
            WrittenDate::Unread => (None, "its words are in the note"),
        };
        self.set(name, date.as_deref());
        self.dates_in_words.push(format!("{name}: {text}"));
        let text = quoted(text);
        self.add_remark(
            offset,
            format!("{name}: {text} is not a date that this program can read; {what}"),
        );
    }

    /// Sets the address, or adds a remark when the text is not a web address.
    fn set_url(&mut self, url: Option<&str>, offset: usize) {
        let Some(given) = url.filter(|url| !url.trim().is_empty()) else { return };
        match prose::parse_web_address(given) {
            Some(url) => self.set("url", Some(&url)),
            None => {
                let what = format!("url: {} is not a web address; left out", quoted(given));
                self.add_remark(offset, what);
            }
        }
    }

    /// Sets the language from a tag or an English name, or adds a remark when the text is neither.
    fn set_language(&mut self, text: Option<&str>, offset: usize) {
        let Some(given) = text.filter(|text| !text.trim().is_empty()) else { return };
        match parse_language(given) {
            Some(tag) => self.set("language", Some(&tag)),
            None => {
                let what = format!("language: {} is not a language tag; left out", quoted(given));
                self.add_remark(offset, what);
            }
        }
    }

    /// Adds a remark.
    pub(super) fn add_remark(&mut self, offset: usize, what: impl Into<String>) {
        self.unit.remarks.push((offset_pos(offset), what.into()));
    }

    /// Adds a problem.
    pub(super) fn add_problem(&mut self, offset: usize, what: impl Into<String>) {
        self.unit.add_problem(&offset_pos(offset), what);
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| *known == name)?.1.as_text()
    }

    /// Puts the words of dates that were not understood behind the note.
    fn keep_words_of_dates(&mut self) {
        if self.dates_in_words.is_empty() {
            return;
        }
        let mut lines = std::mem::take(&mut self.dates_in_words);
        lines.splice(0..0, self.text("note").map(str::to_owned));
        self.fields.retain(|(name, _)| *name != "note");
        self.set("note", Some(&lines.join("\n")));
    }

    /// Finishes the unit, with its source under the given key.
    pub(super) fn finish_with_key(mut self, key: &str) -> Unit {
        self.keep_words_of_dates();
        let pos = self.unit.pos.clone();
        self.fields.insert(0, ("key", key.into()));
        self.unit.add_record("source", &pos, &self.fields);
        self.unit.cited = true;
        self.finish()
    }

    /// Finishes the unit, with its source under a key generated from `name`, or from the title and
    /// year.
    pub(super) fn finish_with_proposed_key(mut self, name: Option<&str>) -> Unit {
        self.keep_words_of_dates();
        let pos = self.unit.pos.clone();
        let title = self.text("title").unwrap_or_default();
        let year = self.text("published").and_then(|date| date.get(..4)).unwrap_or_default();
        let year = if year.bytes().all(|b| b.is_ascii_digit()) { year } else { "" };
        let own = format!("{title} {year}");
        self.unit.add_with_proposed_key("source", name.unwrap_or(&own), &pos, &self.fields);
        self.finish()
    }

    /// Returns the unit with its problems and without a source.
    fn into_rejected(self) -> Unit {
        self.unit
    }

    fn finish(mut self) -> Unit {
        self.unit.reject_invalid_values();
        self.unit
    }
}

/// Language names of the LaTeX package babel, and English names, with their BCP 47 tags.
const LANGUAGES: [(&str, &str); 46] = [
    ("english", "en"),
    ("american", "en-US"),
    ("usenglish", "en-US"),
    ("british", "en-GB"),
    ("ukenglish", "en-GB"),
    ("french", "fr"),
    ("francais", "fr"),
    ("german", "de"),
    ("ngerman", "de"),
    ("austrian", "de-AT"),
    ("naustrian", "de-AT"),
    ("spanish", "es"),
    ("italian", "it"),
    ("portuguese", "pt"),
    ("brazilian", "pt-BR"),
    ("brazil", "pt-BR"),
    ("russian", "ru"),
    ("arabic", "ar"),
    ("persian", "fa"),
    ("farsi", "fa"),
    ("ukrainian", "uk"),
    ("belarusian", "be"),
    ("bulgarian", "bg"),
    ("catalan", "ca"),
    ("chinese", "zh"),
    ("croatian", "hr"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("estonian", "et"),
    ("finnish", "fi"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("indonesian", "id"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("pashto", "ps"),
    ("polish", "pl"),
    ("romanian", "ro"),
    ("serbian", "sr"),
    ("swedish", "sv"),
    ("turkish", "tr"),
];

/// Returns the BCP 47 tag of a language stated as a tag, an English name or a babel name.
pub(super) fn parse_language(text: &str) -> Option<String> {
    let name = text.trim().to_ascii_lowercase();
    let name = name.strip_prefix("lang").unwrap_or(&name);
    let found = LANGUAGES.iter().find(|(known, _)| *known == name);
    found.map(|(_, tag)| (*tag).to_owned()).or_else(|| prose::parse_language_tag(text))
}

#[cfg(test)]
mod tests {
    use super::parse_language;

    #[test]
    fn languages() {
        for (text, tag) in
            [("ngerman", "de"), ("Farsi", "fa"), ("langfrench", "fr"), ("pt_BR", "pt-BR")]
        {
            assert_eq!(parse_language(text).as_deref(), Some(tag), "{text}");
        }
        assert_eq!(parse_language("English and French"), None);
    }
}
