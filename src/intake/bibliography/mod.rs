//! An entry of a bibliography on its way to a source, whatever the format it came in.

pub(super) mod bibtex;
pub(super) mod csl;

use super::text::prose;
use super::unit::{Raw, Unit};
use crate::intake::text::lines::at;
use crate::model::{Value, check_date, quoted};

/// One entry while it is read: the unit it becomes and the fields of its source.
struct Reference {
    pub(super) unit: Unit,
    fields: Vec<(&'static str, Value)>,
}

impl Reference {
    /// A reference that begins at a byte offset.
    pub(super) fn new(offset: usize, raw: String) -> Self {
        Reference { unit: Unit::new(at(offset), Raw::Text(raw)), fields: Vec::new() }
    }

    /// Sets a field of the source where there is text for it.
    pub(super) fn set(&mut self, name: &'static str, text: Option<&str>) {
        self.fields.push((name, prose::value(text)));
    }

    /// Sets a date field; what is not a date is a remark.
    fn set_date(&mut self, name: &'static str, date: Option<&str>, offset: usize) {
        match date.map(|date| (date, check_date(date))) {
            None => {}
            Some((date, Ok(()))) => self.set(name, Some(date)),
            Some((date, Err(_))) => self.remark(
                offset,
                format!(
                    "{name}: {} is not a date that this program can read; left out",
                    quoted(date)
                ),
            ),
        }
    }

    /// Sets the address; what is not one of the web is a remark.
    fn set_url(&mut self, url: Option<&str>, offset: usize) {
        let Some(given) = url.filter(|url| !url.trim().is_empty()) else { return };
        match prose::web(given) {
            Some(url) => self.set("url", Some(&url)),
            None => {
                let what = format!("url: {} is not an address of the web; left out", quoted(given));
                self.remark(offset, what);
            }
        }
    }

    /// Sets the language from a tag or an English name; what is neither is a remark.
    fn set_language(&mut self, text: Option<&str>, offset: usize) {
        let Some(given) = text.filter(|text| !text.trim().is_empty()) else { return };
        match language(given) {
            Some(tag) => self.set("language", Some(&tag)),
            None => {
                let what = format!("language: {} is not a language tag; left out", quoted(given));
                self.remark(offset, what);
            }
        }
    }

    /// Notes what a person should know.
    pub(super) fn remark(&mut self, offset: usize, what: impl Into<String>) {
        self.unit.remarks.push((at(offset), what.into()));
    }

    /// Notes what is wrong.
    pub(super) fn problem(&mut self, offset: usize, what: impl Into<String>) {
        self.unit.problem(&at(offset), what);
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| *known == name)?.1.as_text()
    }

    /// The unit, its source under the given key.
    pub(super) fn keyed(mut self, key: &str) -> Unit {
        let pos = self.unit.pos.clone();
        self.fields.insert(0, ("key", key.into()));
        self.unit.add("source", &pos, &self.fields);
        self.unit.cited = true;
        self.done()
    }

    /// The unit, its source under a key proposed from a name, or from the title and the year.
    pub(super) fn proposed(mut self, name: Option<&str>) -> Unit {
        let pos = self.unit.pos.clone();
        let title = self.text("title").unwrap_or_default();
        let year = self.text("published").and_then(|date| date.get(..4)).unwrap_or_default();
        let year = if year.bytes().all(|b| b.is_ascii_digit()) { year } else { "" };
        let own = format!("{title} {year}");
        self.unit.propose("source", name.unwrap_or(&own), &pos, &self.fields);
        self.done()
    }

    /// The unit as it is, with its problems and without a source.
    fn rejected(self) -> Unit {
        self.unit
    }

    fn done(mut self) -> Unit {
        prose::last_look(&mut self.unit);
        self.unit
    }
}

/// Languages as babel and people name them.
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

/// The tag for a language given as a tag or by its English or babel name.
pub(super) fn language(text: &str) -> Option<String> {
    let name = text.trim().to_ascii_lowercase();
    let name = name.strip_prefix("lang").unwrap_or(&name);
    let found = LANGUAGES.iter().find(|(known, _)| *known == name);
    found.map(|(_, tag)| (*tag).to_owned()).or_else(|| prose::language(text))
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn languages() {
        for (text, tag) in
            [("ngerman", "de"), ("Farsi", "fa"), ("langfrench", "fr"), ("pt_BR", "pt-BR")]
        {
            assert_eq!(language(text).as_deref(), Some(tag), "{text}");
        }
        assert_eq!(language("English and French"), None);
    }
}
