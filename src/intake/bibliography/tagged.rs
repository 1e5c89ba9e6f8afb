//! Bibliographies of tagged lines, read as sources: RIS, as reference managers and publishers write it, and
//! NBIB, as PubMed does. One unit per entry.
//!
//! The rules: a tag stands at the start of a line, before `- `; other lines go on with the line before.
//! The date of an RIS entry is `DA` where it has one, else `PY` or `Y1`; of an NBIB entry `DP`. A second
//! address, tags of other facts (abstracts, pages, editors) and what cannot be read are remarked. The
//! lists of tags are those of the RIS specification (Research Information Systems, 2011) and of PubMed's
//! user guide.

use super::SourceEntry;
use crate::intake::text::months::month_of;
use crate::intake::text::prose::parse_web_address;
use crate::intake::unit::Unit;
use crate::model::{check_date, check_key, quoted};

/// The kind of source for each type of RIS.
const KIND_BY_TYPE: [(&str, &str); 44] = [
    ("ABST", "article"),
    ("EJOUR", "article"),
    ("INPR", "article"),
    ("JFULL", "article"),
    ("JOUR", "article"),
    ("MGZN", "article"),
    ("NEWS", "article"),
    ("BOOK", "book"),
    ("CHAP", "book"),
    ("CLSWK", "book"),
    ("DICT", "book"),
    ("EBOOK", "book"),
    ("ECHAP", "book"),
    ("EDBOOK", "book"),
    ("ENCYC", "book"),
    ("SER", "book"),
    ("BILL", "report"),
    ("CASE", "report"),
    ("CONF", "report"),
    ("CPAPER", "report"),
    ("GOVDOC", "report"),
    ("HEAR", "report"),
    ("LEGAL", "report"),
    ("MANSCPT", "report"),
    ("PAMP", "report"),
    ("PAT", "report"),
    ("PCOMM", "report"),
    ("RPRT", "report"),
    ("STAND", "report"),
    ("STAT", "report"),
    ("THES", "report"),
    ("UNBILL", "report"),
    ("UNPB", "report"),
    ("BLOG", "post"),
    ("ELEC", "page"),
    ("WEB", "page"),
    ("DATA", "dataset"),
    ("DBASE", "dataset"),
    ("ART", "image"),
    ("FIGURE", "image"),
    ("MAP", "image"),
    ("MUSIC", "audio"),
    ("SOUND", "audio"),
    ("VIDEO", "video"),
];

/// The two formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Dialect {
    /// RIS: an entry is all from `TY` to `ER`.
    Ris,
    /// NBIB: an entry is all up to a blank line.
    Nbib,
}

/// A tag with its value, and the byte offset of the line.
struct Tagged<'a> {
    at: usize,
    tag: &'a str,
    value: String,
}

/// An entry: its byte offset, its text and its tags.
struct Entry<'a> {
    at: usize,
    text: &'a str,
    tags: Vec<Tagged<'a>>,
}

/// Reads the entries of a bibliography, one unit each.
pub(in crate::intake) fn read_entries(text: &str, dialect: Dialect) -> Vec<Unit> {
    let entries = split_entries(text, dialect);
    if entries.is_empty() {
        let begins = if dialect == Dialect::Ris { "TY  - " } else { "PMID- " };
        let mut entry = SourceEntry::new(0, String::new());
        entry.add_problem(0, format!("there is no entry in it; an entry begins with {begins:?}"));
        return vec![entry.into_rejected()];
    }
    entries.iter().map(|entry| read_entry(entry, dialect)).collect()
}

/// The tag of a line and the rest of it: `TY  - JOUR`, `PMID- 123`.
fn split_tag(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_once('-')?;
    let name = tag.trim_end();
    let is_tag = (2..=4).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && tag.len() <= 4
        && name.starts_with(|c: char| c.is_ascii_uppercase());
    is_tag.then(|| (name, rest.trim()))
}

fn split_entries(text: &str, dialect: Dialect) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let (mut offset, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let at = offset;
        offset += line.len();
        let content = line.trim_end();
        let tagged = split_tag(content);
        match (dialect, &tagged) {
            (Dialect::Ris, Some(("ER", _))) => {
                open = false;
                continue;
            }
            (Dialect::Nbib, _) if content.trim().is_empty() => {
                open = false;
                continue;
            }
            // An entry whose end is missing is over where the next begins.
            (Dialect::Ris, Some(("TY", _))) => open = false,
            _ => {}
        }
        match tagged {
            Some((tag, value)) => {
                if !open {
                    entries.push(Entry { at, text: "", tags: Vec::new() });
                    open = true;
                }
                if let Some(entry) = entries.last_mut() {
                    entry.tags.push(Tagged { at, tag, value: value.to_owned() });
                }
            }
            None if !content.trim().is_empty() && open => {
                if let Some(last) = entries.last_mut().and_then(|entry| entry.tags.last_mut()) {
                    last.value = format!("{} {}", last.value, content.trim()).trim().to_owned();
                }
            }
            None => {}
        }
        if let Some(entry) = entries.last_mut().filter(|_| open) {
            entry.text = &text[entry.at..offset];
        }
    }
    entries
}

impl Entry<'_> {
    /// The values under tags, those of the first tag that has any.
    fn all(&self, tags: &[&str]) -> Vec<&Tagged<'_>> {
        for tag in tags {
            let found: Vec<_> =
                self.tags.iter().filter(|t| t.tag == *tag && !t.value.is_empty()).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn first(&self, tags: &[&str]) -> Option<&Tagged<'_>> {
        self.all(tags).into_iter().next()
    }

    /// The values of tags that are read once, from the second on, with the byte offset of their lines.
    fn further_values(&self, dialect: Dialect) -> Vec<(&str, usize, &str)> {
        let once: &[&str] = match dialect {
            Dialect::Ris => &[
                "TY", "TI", "T1", "CT", "T2", "JO", "JF", "PB", "DO", "LA", "DA", "PY", "Y1", "Y2",
                "ID",
            ],
            Dialect::Nbib => &["PMID", "TI", "JT", "DP", "LA", "PB"],
        };
        let mut further = Vec::new();
        for tag in once {
            let values = self.tags.iter().filter(|t| t.tag == *tag && !t.value.is_empty());
            further.extend(values.skip(1).map(|t| (t.tag, t.at, t.value.as_str())));
        }
        if dialect == Dialect::Nbib {
            // Other identifiers than the DOI that is read.
            let mut ids = self.tags.iter().filter(|t| ["LID", "AID"].contains(&t.tag));
            let doi = ids.clone().find(|t| t.value.ends_with("[doi]")).map(|t| t.value.as_str());
            let others = ids.by_ref().filter(|t| Some(t.value.as_str()) != doi);
            further.extend(others.map(|t| (t.tag, t.at, t.value.as_str())));
        }
        further
    }

    fn text(&self, tags: &[&str]) -> Option<&str> {
        self.first(tags).map(|tagged| tagged.value.as_str())
    }
}

/// The tags that are read, by dialect.
const READ_OF_RIS: [&str; 24] = [
    "TY", "ER", "TI", "T1", "CT", "BT", "AU", "A1", "T2", "JO", "JF", "JA", "PB", "UR", "LK", "DO",
    "SN", "LA", "DA", "PY", "Y1", "Y2", "N1", "ID",
];
const READ_OF_NBIB: [&str; 14] =
    ["PMID", "TI", "BTI", "FAU", "AU", "CN", "JT", "TA", "DP", "LID", "AID", "LA", "PB", "OWN"];

fn read_entry(entry: &Entry<'_>, dialect: Dialect) -> Unit {
    let mut source = SourceEntry::new(entry.at, entry.text.trim().to_owned());
    let titles: &[&str] = match dialect {
        Dialect::Ris => &["TI", "T1", "CT", "BT"],
        Dialect::Nbib => &["TI", "BTI"],
    };
    let Some(title) = entry.text(titles) else {
        source.add_problem(entry.at, "this entry has no title");
        return source.into_rejected();
    };
    source.set("title", Some(title));
    let key = match dialect {
        Dialect::Ris => read_ris(entry, &mut source),
        Dialect::Nbib => read_nbib(entry, &mut source),
    };
    for (tag, at, value) in entry.further_values(dialect) {
        source.add_remark(at, format!("{tag}: a second value is left out: {}", quoted(value)));
    }
    let read: &[&str] = if dialect == Dialect::Ris { &READ_OF_RIS } else { &READ_OF_NBIB };
    let mut unread: Vec<&str> = entry.tags.iter().map(|tagged| tagged.tag).collect();
    unread.retain(|tag| !read.contains(tag));
    unread.sort_unstable();
    unread.dedup();
    if !unread.is_empty() {
        source.add_remark(entry.at, format!("not read: {}", unread.join(", ")));
    }
    match key.filter(|key| check_key(key).is_ok()) {
        Some(key) => source.finish_with_key(&key),
        None => source.finish_with_proposed_key(None),
    }
}

/// Joins names by semicolons.
fn join(names: &[&Tagged<'_>]) -> Option<String> {
    let all: Vec<&str> = names.iter().map(|tagged| tagged.value.as_str()).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// Reads the fields of an RIS entry. Returns its citation key.
fn read_ris(entry: &Entry<'_>, source: &mut SourceEntry) -> Option<String> {
    let ty = entry.text(&["TY"]).unwrap_or_default().to_ascii_uppercase();
    let kind = KIND_BY_TYPE.iter().find(|(known, _)| *known == ty).map(|(_, kind)| *kind);
    if kind.is_none() {
        let what =
            format!("TY: no kind of source is known for {}; recorded as a page", quoted(&ty));
        source.add_remark(entry.at, what);
    }
    source.set("kind", Some(kind.unwrap_or("page")));
    let authors =
        entry.tags.iter().filter(|t| ["AU", "A1"].contains(&t.tag) && !t.value.is_empty());
    source.set("author", join(&authors.collect::<Vec<_>>()).as_deref());
    let own_title = entry.text(&["TI", "T1", "CT"]).is_some();
    let outlets: &[&str] =
        if own_title { &["T2", "JF", "JO", "JA", "BT"] } else { &["T2", "JF", "JO", "JA"] };
    source.set("outlet", entry.text(outlets));
    source.set("publisher", entry.text(&["PB"]));
    // Some programs write several into one line; a semicolon may be a part of one.
    let urls_of = |tagged: &Tagged<'_>| -> Vec<(usize, String)> {
        let parts: Vec<&str> = tagged.value.split(';').map(str::trim).collect();
        match parts.iter().all(|part| parse_web_address(part).is_some()) {
            true => parts.iter().map(|part| (tagged.at, (*part).to_owned())).collect(),
            false => vec![(tagged.at, tagged.value.clone())],
        }
    };
    let mut urls = entry.all(&["UR", "LK"]).into_iter().flat_map(urls_of);
    let first = urls.next();
    let at = first.as_ref().map_or(entry.at, |(at, _)| *at);
    source.set_url(first.as_ref().map(|(_, url)| url.as_str()), at);
    for (at, url) in urls {
        source.add_remark(at, format!("UR: a second address is left out: {url}"));
    }
    source.set("identifier", entry.text(&["DO", "SN"]));
    if let (Some(_), Some(number)) = (entry.first(&["DO"]), entry.first(&["SN"])) {
        source.add_remark(number.at, format!("SN: {} is left out, beside DO", number.value));
    }
    source.set_language(entry.text(&["LA"]), entry.first(&["LA"]).map_or(entry.at, |t| t.at));
    let (day, year) = (entry.first(&["DA"]), entry.first(&["PY", "Y1"]));
    let date_of = |tagged: &Tagged<'_>| ris_date(&tagged.value);
    let published =
        match (day.map(|day| (day, date_of(day))), year.map(|year| (year, date_of(year)))) {
            (Some((day, Some(date))), Some((_, Some(other)))) if !date.starts_with(&other[..4]) => {
                let what = format!("DA is {date} and PY {other}; the year is kept");
                source.add_remark(day.at, what);
                Some(other[..4].to_owned())
            }
            (Some((_, Some(date))), Some((_, Some(other)))) if other.len() > date.len() => {
                Some(other)
            }
            (Some((_, Some(date))), _) => Some(date),
            (Some((day, None)), other) => {
                source.add_remark(
                    day.at,
                    format!("DA: {} is not a date; left out", quoted(&day.value)),
                );
                other.and_then(|(_, date)| date)
            }
            (None, Some((_, Some(date)))) => Some(date),
            (None, Some((year, None))) => {
                source.add_remark(
                    year.at,
                    format!("PY: {} is not a date; left out", quoted(&year.value)),
                );
                None
            }
            (None, None) => None,
        };
    source.set("published", published.as_deref());
    if let Some(read) = entry.first(&["Y2"]) {
        match ris_date(&read.value) {
            Some(date) => source.set("retrieved", Some(&date)),
            None => {
                source.add_remark(
                    read.at,
                    format!("Y2: {} is not a date; left out", quoted(&read.value)),
                );
            }
        }
    }
    let notes: Vec<&str> = entry.all(&["N1"]).iter().map(|t| t.value.as_str()).collect();
    source.set("note", Some(notes.join("\n").as_str()).filter(|note| !note.is_empty()));
    entry.text(&["ID"]).map(str::to_lowercase)
}

/// Reads `YYYY/MM/DD/other`, of which all but the year may be missing, or a date in ISO 8601.
fn ris_date(text: &str) -> Option<String> {
    let mut parts = text.split('/').map(str::trim);
    let year = parts.next()?;
    if check_date(text.trim()).is_ok() && !text.contains('/') {
        return Some(text.trim().to_owned());
    }
    let two =
        |part: Option<&str>| part.filter(|part| !part.is_empty()).map(|part| format!("{part:0>2}"));
    let date = match (two(parts.next()), two(parts.next())) {
        (Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        (Some(month), None) => format!("{year}-{month}"),
        (None, None) => year.to_owned(),
        (None, Some(_)) => return None,
    };
    // What a person wrote behind the third slash, such as a season, has no place here.
    (check_date(&date).is_ok() && parts.all(str::is_empty)).then_some(date)
}

/// Reads the fields of an NBIB entry, which has no citation key.
fn read_nbib(entry: &Entry<'_>, source: &mut SourceEntry) -> Option<String> {
    source.set("kind", Some("article"));
    source.set("author", join(&entry.all(&["FAU", "AU", "CN"])).as_deref());
    source.set("outlet", entry.text(&["JT", "TA"]));
    source.set("publisher", entry.text(&["PB"]));
    let doi = entry.tags.iter().filter(|t| ["LID", "AID"].contains(&t.tag));
    let doi = doi.filter_map(|t| t.value.strip_suffix("[doi]")).next().map(str::trim);
    let pmid = entry.text(&["PMID"]).map(|number| format!("PMID {number}"));
    source.set("identifier", doi.or(pmid.as_deref()));
    source.set("note", pmid.as_deref().filter(|_| doi.is_some()));
    source.set_language(entry.text(&["LA"]), entry.first(&["LA"]).map_or(entry.at, |t| t.at));
    if let Some(given) = entry.first(&["DP"]) {
        match nbib_date(&given.value) {
            Some(date) => source.set("published", Some(&date)),
            None => {
                source.add_remark(
                    given.at,
                    format!("DP: {} is not a date; left out", quoted(&given.value)),
                );
            }
        }
    }
    None
}

/// Reads `2021 Jun 28`, `2021 Jun-Jul`, `2021 Spring` or `2021`.
fn nbib_date(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let month = |word: &str| month_of(word).map(|month| format!("{month:02}"));
    let season = |word: &str| {
        let seasons = ["spring", "summer", "autumn", "winter"];
        let word = word.to_lowercase().replace("fall", "autumn");
        seasons.iter().position(|season| *season == word).map(|n| n + 21)
    };
    let date = match words[..] {
        [year] => year.to_owned(),
        [year, part] => match (month(part), part.split_once('-'), season(part)) {
            (Some(month), _, _) => format!("{year}-{month}"),
            (_, Some((first, last)), _) => {
                format!("{year}-{}/{year}-{}", month(first)?, month(last)?)
            }
            (_, _, Some(season)) => format!("{year}-{season}"),
            _ => return None,
        },
        [year, part, day] => format!("{year}-{}-{day:0>2}", month(part)?),
        _ => return None,
    };
    check_date(&date).is_ok().then_some(date)
}

#[cfg(test)]
mod tests {
    use super::{Dialect, nbib_date, read_entries, ris_date, split_tag};

    #[test]
    fn tags_are_told_from_text() {
        assert_eq!(split_tag("TY  - JOUR"), Some(("TY", "JOUR")));
        assert_eq!(split_tag("ER  -"), Some(("ER", "")));
        assert_eq!(split_tag("PMID- 123"), Some(("PMID", "123")));
        for other in ["A - b", "TYPE  - x", "ty  - x", "2A  - x", "no tag here"] {
            assert_eq!(split_tag(other), None, "{other}");
        }
    }

    #[test]
    fn dates_of_both() {
        for (text, date) in [
            ("2021", Some("2021")),
            ("2021///", Some("2021")),
            ("2021/6/", Some("2021-06")),
            ("2021/06/28/", Some("2021-06-28")),
            ("2021-06-28", Some("2021-06-28")),
            ("2021/13/01", None),
            ("2021///Spring", None),
            ("soon", None),
        ] {
            assert_eq!(ris_date(text).as_deref(), date, "{text}");
        }
        for (text, date) in [
            ("2021", Some("2021")),
            ("2021 Jun 8", Some("2021-06-08")),
            ("2021 Jun-Jul", Some("2021-06/2021-07")),
            ("2021 Fall", Some("2021-23")),
            ("2021 Jun 31", None),
            ("the past", None),
        ] {
            assert_eq!(nbib_date(text).as_deref(), date, "{text}");
        }
    }

    #[test]
    fn nothing_that_is_no_entry_is_read() {
        for (text, number) in
            [("", 1), ("hello\nworld", 1), ("TY  - JOUR\nTI  - A\nTY  - BOOK\nTI  - B", 2)]
        {
            assert_eq!(read_entries(text, Dialect::Ris).len(), number, "{text:?}");
        }
    }
}
