//! Bibliographies in the CSV that Zotero exports, read as sources, one unit per item.
//!
//! The kinds are those of the item types of Zotero's schema (zotero.org/support/dev/web_api/v3/types_and_fields).
//! Columns that are not read are named where an item has something in them, but for the key and the dates of
//! the library itself, which say nothing of the source.

use super::SourceEntry;
use crate::intake::unit::Unit;
use crate::model::quoted;

/// The headings by which the export is recognised.
pub(in crate::intake) const COLUMNS: [&str; 5] =
    ["Key", "Item Type", "Publication Year", "Author", "Access Date"];

/// The kind of source for each item type.
const KIND_BY_TYPE: [(&str, &str); 35] = [
    ("artwork", "image"),
    ("audioRecording", "audio"),
    ("bill", "report"),
    ("blogPost", "post"),
    ("book", "book"),
    ("bookSection", "book"),
    ("case", "report"),
    ("conferencePaper", "report"),
    ("dataset", "dataset"),
    ("dictionaryEntry", "book"),
    ("document", "report"),
    ("email", "report"),
    ("encyclopediaArticle", "book"),
    ("film", "video"),
    ("forumPost", "post"),
    ("hearing", "report"),
    ("instantMessage", "post"),
    ("interview", "report"),
    ("journalArticle", "article"),
    ("letter", "report"),
    ("magazineArticle", "article"),
    ("manuscript", "report"),
    ("map", "image"),
    ("newspaperArticle", "article"),
    ("patent", "report"),
    ("podcast", "audio"),
    ("preprint", "article"),
    ("presentation", "report"),
    ("radioBroadcast", "broadcast"),
    ("report", "report"),
    ("statute", "report"),
    ("thesis", "report"),
    ("tvBroadcast", "broadcast"),
    ("videoRecording", "video"),
    ("webpage", "page"),
];

/// The columns that are read, or say nothing of the source.
const READ: [&str; 19] = [
    "Key",
    "Item Type",
    "Publication Year",
    "Author",
    "Title",
    "Publication Title",
    "DOI",
    "ISBN",
    "ISSN",
    "Url",
    "Date",
    "Date Added",
    "Date Modified",
    "Access Date",
    "Publisher",
    "Language",
    "Rights",
    "Notes",
    "Library Catalog",
];

/// An item: its byte offset, and its cells by heading.
struct Item<'a> {
    at: usize,
    header: &'a csv::StringRecord,
    cells: csv::StringRecord,
}

impl Item<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        let position = self.header.iter().position(|heading| heading.trim() == column)?;
        self.cells.get(position).map(str::trim).filter(|cell| !cell.is_empty())
    }
}

/// Reads the items of an export, one unit each.
pub(in crate::intake) fn read_entries(text: &str) -> Vec<Unit> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let mut units = Vec::new();
    let mut cells = csv::StringRecord::new();
    while reader.read_record(&mut cells).unwrap_or(false) {
        #[expect(clippy::cast_possible_truncation, reason = "an offset in a text in memory")]
        let at = cells.position().map_or(0, |position| position.byte() as usize);
        #[expect(clippy::cast_possible_truncation, reason = "an offset in a text in memory")]
        let end = reader.position().byte() as usize;
        let raw = text.get(at..end).unwrap_or_default().trim().to_owned();
        let item = Item { at, header: &header, cells: cells.clone() };
        units.push(read_item(&item, raw));
    }
    if units.is_empty() {
        let mut entry = SourceEntry::new(0, String::new());
        entry.add_problem(0, "there is no item in it, only the headings");
        units.push(entry.into_rejected());
    }
    units
}

fn read_item(item: &Item<'_>, raw: String) -> Unit {
    let mut source = SourceEntry::new(item.at, raw);
    if item.cells.len() != item.header.len() {
        let what = format!(
            "this row has {} cells, and the header {}",
            item.cells.len(),
            item.header.len()
        );
        source.add_problem(item.at, what);
        return source.into_rejected();
    }
    let Some(title) = item.get("Title") else {
        source.add_problem(item.at, "this item has no title");
        return source.into_rejected();
    };
    source.set("title", Some(title));
    let ty = item.get("Item Type").unwrap_or_default();
    let kind = KIND_BY_TYPE.iter().find(|(known, _)| *known == ty).map(|(_, kind)| *kind);
    if kind.is_none() {
        let what = format!("no kind of source is known for {}; recorded as a page", quoted(ty));
        source.add_remark(item.at, format!("Item Type: {what}"));
    }
    source.set("kind", Some(kind.unwrap_or("page")));
    source.set("author", item.get("Author"));
    source.set("outlet", item.get("Publication Title"));
    source.set("publisher", item.get("Publisher"));
    source.set_url(item.get("Url"), item.at);
    let mut numbers =
        ["DOI", "ISBN", "ISSN"].into_iter().filter_map(|name| Some((name, item.get(name)?)));
    source.set("identifier", numbers.next().map(|(_, number)| number));
    for (name, number) in numbers {
        source.add_remark(
            item.at,
            format!("{name}: {number} is left out, beside another identifier"),
        );
    }
    source.set_language(item.get("Language"), item.at);
    source.set("rights", item.get("Rights"));
    source.set("note", item.get("Notes"));
    source.set_date("published", item.get("Date").or(item.get("Publication Year")), item.at);
    if source.text("published").is_none() {
        // Zotero finds the year in words that it keeps as they are typed.
        source.fields.retain(|(name, _)| *name != "published");
        source
            .set("published", item.get("Publication Year").filter(|_| item.get("Date").is_some()));
    }
    // A moment in UTC; the day is kept.
    let accessed = item.get("Access Date").map(|text| text.split(' ').next().unwrap_or(text));
    source.set_date("retrieved", accessed, item.at);
    let unread: Vec<&str> = item
        .header
        .iter()
        .map(str::trim)
        .filter(|name| !READ.contains(name) && item.get(name).is_some())
        .collect();
    if !unread.is_empty() {
        source.add_remark(item.at, format!("not read: {}", unread.join(", ")));
    }
    source.finish_with_proposed_key(None)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::read_entries;
    use crate::intake::unit::Unit;

    const HEADER: &str = "\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"DOI\",\"ISBN\",\
                          \"Url\",\"Date\",\"Access Date\",\"Pages\",\"Notes\"\n";

    fn read(rows: &str) -> Vec<Unit> {
        read_entries(&format!("{HEADER}{rows}"))
    }

    fn field(unit: &Unit, name: &str) -> Option<String> {
        unit.records[0].text(name).map(str::to_owned)
    }

    #[test]
    fn an_item_is_a_source_with_its_words_and_days() {
        let units = read(
            "A1,newspaperArticle,2021,\"Byrd, Ann; Cole, Bob\",\"A \"\"flood\"\"\nin town\",10.1/x,,\
             https://t.example/a,2021-06-30,2021-07-01 05:13:26,,Seen\n\
             B2,webpage,2019,,Floods,,978-1,,Summer 2019,,12-19,\n",
        );
        assert_eq!(units.len(), 2);
        for (name, value) in [
            ("title", "A \"flood\"\nin town"),
            ("kind", "article"),
            ("author", "Byrd, Ann; Cole, Bob"),
            ("identifier", "10.1/x"),
            ("url", "https://t.example/a"),
            ("published", "2021-06-30"),
            ("retrieved", "2021-07-01"),
            ("note", "Seen"),
        ] {
            assert_eq!(field(&units[0], name).as_deref(), Some(value), "{name}");
        }
        assert!(units[0].remarks.is_empty() && units[0].problems.is_empty());
        assert_eq!(field(&units[1], "published").as_deref(), Some("2019-22"));
        assert_eq!(field(&units[1], "identifier").as_deref(), Some("978-1"));
        assert_eq!(field(&units[1], "retrieved"), None);
        assert_eq!(units[1].remarks[0].1, "not read: Pages");
    }

    #[test]
    fn what_is_not_understood_is_said() {
        let units = read(
            "A,hologram,2020,,Light,10.1/x,978-1,not a link,before the flood of 2020,,,\n\
             B,book,,,,,,,,,,\nC,book\n",
        );
        let remarks: Vec<&str> = units[0].remarks.iter().map(|(_, what)| what.as_str()).collect();
        for part in [
            "\"hologram\"; recorded as a page",
            "not a web address",
            "ISBN: 978-1 is left out",
            "published: \"before",
        ] {
            assert!(remarks.iter().any(|what| what.contains(part)), "{part}: {remarks:?}");
        }
        assert_eq!(field(&units[0], "published").as_deref(), Some("2020"));
        assert!(field(&units[0], "note").unwrap().contains("before the flood"));
        assert!(units[1].problems[0].1.contains("no title"));
        assert!(units[2].problems[0].1.contains("has 2 cells, and the header 12"));
        assert!(read("")[0].problems[0].1.contains("no item"));
    }
}
