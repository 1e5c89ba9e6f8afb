//! Bibliographies in BibTeX and BibLaTeX, read as sources. Each entry is parsed alone, so that a
//! broken entry is one rejected unit and not the end of the file.

use super::parse_language;
use crate::intake::text::latex;
use crate::intake::text::lines::offset_pos;
use crate::intake::text::prose::{fold_blanks, parse_web_address, text_value};
use crate::intake::unit::{Raw, Unit};
use crate::model::{SourcePos, Value, check_date, check_key};
use biblatex::{Bibliography, ChunksExt, Entry, RawBibliography};

/// Reads the entries of a bibliography, one unit each; text between entries is a comment.
pub(in crate::intake) fn read_entries(text: &str) -> Vec<Unit> {
    let pieces = split_entries(text);
    let word = |piece: &str| {
        piece[1..].split(['{', '(']).next().unwrap_or_default().trim().to_ascii_lowercase()
    };
    // Abbreviations (@string) apply to the whole file. Only literal ones are used: the parser does
    // not terminate on an abbreviation that refers to itself.
    let literal = |piece: &str| {
        let value = piece.split_once('=').map_or("", |(_, value)| value.trim_start());
        value.starts_with(['{', '"']) && !piece.contains('#')
    };
    let strings: String = pieces
        .iter()
        .filter(|(_, piece)| word(piece) == "string" && literal(piece))
        .map(|(_, piece)| format!("{piece}\n"))
        .collect();
    let entries: Vec<Unit> = pieces
        .iter()
        .filter(|(_, piece)| !["string", "comment", "preamble"].contains(&word(piece).as_str()))
        .map(|(offset, piece)| read_entry(*offset, piece, &strings))
        .collect();
    if !entries.is_empty() {
        return entries;
    }
    let mut unit = Unit::new(offset_pos(0), Raw::Whole);
    unit.add_problem(
        &offset_pos(0),
        "there is no entry in it; an entry begins with @article{ or the like",
    );
    vec![unit]
}

/// Splits a file into pieces, each from an `@word{` at the start of a line to the next, with byte
/// offsets.
fn split_entries(text: &str) -> Vec<(usize, &str)> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let blank = line.len() - line.trim_start().len();
        let rest = line.trim_start();
        if let Some(after) = rest.strip_prefix('@') {
            let word = after.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            if word.len() < after.len() && word.trim_start().starts_with(['{', '(']) {
                starts.push(offset + blank);
            }
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| (*start, &text[*start..end])).collect()
}

/// The deepest nesting of braces that is parsed; the parser recurses once per level.
const MAX_BRACE_DEPTH: usize = 60;
/// The greatest number of braces that is parsed; the parser takes quadratic time in it.
const MAX_BRACES: usize = 2000;
/// Fields that refer to other entries. They are ignored: the parser does not terminate on an entry
/// that refers to itself.
const CROSS_REFERENCE_FIELDS: [&str; 4] = ["crossref", "xref", "xdata", "ids"];

fn read_entry(offset: usize, piece: &str, strings: &str) -> Unit {
    let pos = offset_pos(offset);
    let mut unit = Unit::new(pos.clone(), Raw::Text(piece.trim().to_owned()));
    let mut depth = 0_usize;
    let deepest = piece
        .bytes()
        .map(|byte| {
            depth = match byte {
                b'{' => depth + 1,
                b'}' => depth.saturating_sub(1),
                _ => depth,
            };
            depth
        })
        .max();
    if deepest > Some(MAX_BRACE_DEPTH) || piece.matches('{').count() > MAX_BRACES {
        unit.add_problem(
            &pos,
            format!("it has more than {MAX_BRACES} braces, or braces nested more than {MAX_BRACE_DEPTH} deep"),
        );
        return unit;
    }
    let text_of = latex::replace_dotless_letters(&format!("{strings}{piece}"));
    let parsed = RawBibliography::parse(&text_of).and_then(|mut raw| {
        for entry in &mut raw.entries {
            entry.v.fields.retain(|field| {
                let other = CROSS_REFERENCE_FIELDS
                    .iter()
                    .any(|name| field.key.v.eq_ignore_ascii_case(name));
                if other {
                    let what = format!("{} is not followed", field.key.v);
                    unit.remarks.push((pos.clone(), what));
                }
                !other
            });
        }
        Bibliography::from_raw(raw)
    });
    let entry = match parsed {
        Ok(parsed) => parsed.into_vec().pop(),
        Err(error) => {
            unit.add_problem(&pos, format!("not BibTeX: {error}"));
            return unit;
        }
    };
    let Some(entry) = entry else {
        unit.add_problem(&pos, "not BibTeX: there is no entry here");
        return unit;
    };
    let Some(title) = field_text(&entry, &["title"]) else {
        unit.add_problem(&pos, format!("the entry {:?} has no title", entry.key));
        return unit;
    };
    let field_value = |names: &[&str]| text_value(field_text(&entry, names).as_deref());
    let url = field_text(&entry, &["url", "howpublished"]).and_then(|url| parse_web_address(&url));
    for name in ["url", "howpublished"] {
        if let (None, Some(stated)) = (&url, field_text(&entry, &[name])) {
            unit.remarks
                .push((pos.clone(), format!("{name} {stated:?} is not a web address; left out")));
        }
    }
    let tag = field_text(&entry, &["langid", "language"]).and_then(|name| parse_language(&name));
    let mut date = |names: [&str; 2]| {
        let stated = field_text(&entry, &names[..1]).or_else(|| classic_date(&entry, names[1]))?;
        if check_date(&stated).is_ok() {
            return Some(stated);
        }
        unit.remarks
            .push((pos.clone(), format!("{} {stated:?} is not a date; left out", names[0])));
        None
    };
    let (published, retrieved) = (date(["date", "year"]), date(["urldate", ""]));
    let fields = [
        ("kind", Value::from(source_kind(&entry.entry_type.to_string()))),
        ("title", Value::from(title.as_str())),
        ("author", text_value(authors(&entry).as_deref())),
        ("outlet", field_value(&["journaltitle", "journal", "booktitle", "eventtitle"])),
        ("publisher", field_value(&["publisher", "institution", "organization", "school"])),
        ("url", text_value(url.as_deref())),
        ("identifier", field_value(&["doi", "isbn", "eprint"])),
        ("language", text_value(tag.as_deref())),
        ("published", text_value(published.as_deref())),
        ("retrieved", text_value(retrieved.as_deref())),
        ("note", field_value(&["note"])),
    ];
    let key: String = entry
        .key
        .to_lowercase()
        .chars()
        .map(|c| if matches!(c, '_' | ':' | '.' | '/' | '+') { '-' } else { c })
        .collect();
    add_source(&mut unit, &pos, [Some(key).filter(|key| check_key(key).is_ok())], &title, &fields);
    unit.reject_invalid_values();
    unit
}

/// Adds a source under the first of `names` that is a valid key, or else under a key generated from
/// its title and year.
fn add_source<const N: usize>(
    unit: &mut Unit,
    pos: &SourcePos,
    names: [Option<String>; N],
    title: &str,
    fields: &[(&str, Value)],
) {
    match names.into_iter().flatten().find(|name| check_key(name).is_ok()) {
        Some(key) => {
            let mut given = vec![("key", Value::Text(key))];
            given.extend(fields.iter().cloned());
            unit.add_record("source", pos, &given);
            unit.cited = true;
        }
        None => {
            let published = fields.iter().find(|(name, _)| *name == "published");
            let year = published.and_then(|(_, date)| date.as_text()).and_then(|d| d.get(..4));
            let name = format!("{title} {}", year.unwrap_or_default());
            unit.add_with_proposed_key("source", &name, pos, fields);
        }
    }
}

/// Returns the text of the first of these fields that is not empty, without LaTeX commands.
fn field_text(entry: &Entry, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let stated = entry.get(name)?.format_verbatim();
        let is_address = ["url", "howpublished", "doi", "eprint"].contains(name);
        let text = fold_blanks(&if is_address {
            latex::strip_commands_of_address(&stated)
        } else {
            latex::strip_commands(&stated)
        });
        (!text.is_empty()).then_some(text)
    })
}

fn authors(entry: &Entry) -> Option<String> {
    let stated = field_text(entry, &["author"])?;
    let Ok(people) = entry.author() else { return Some(stated) };
    let names: Vec<String> = people
        .iter()
        .map(|person| {
            let parts = [&person.given_name, &person.prefix, &person.name, &person.suffix];
            fold_blanks(&latex::strip_commands(&parts.map(String::as_str).join(" ")))
        })
        // "and others" is not a name.
        .filter(|name| !name.is_empty() && name != "others")
        .collect();
    if names.is_empty() { Some(stated) } else { Some(names.join("; ")) }
}

/// Returns the date from the fields year, month and day of classic BibTeX. The month may be a
/// number or an English name.
fn classic_date(entry: &Entry, year: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let year = field_text(entry, &[year])?;
    let Some(month) = field_text(entry, &["month"]) else { return Some(year) };
    let short: String = month.to_lowercase().chars().take(3).collect();
    let month = MONTHS
        .iter()
        .position(|name| *name == short)
        .map(|n| n + 1)
        .or_else(|| month.parse().ok().filter(|month| (1..=12).contains(month)));
    let Some(month) = month else { return Some(year) };
    match field_text(entry, &["day"]).and_then(|day| day.parse::<u8>().ok()) {
        Some(day) => Some(format!("{year}-{month:02}-{day:02}")),
        None => Some(format!("{year}-{month:02}")),
    }
}

fn source_kind(entry_type: &str) -> &'static str {
    match entry_type.to_ascii_lowercase().as_str() {
        "article" | "suppperiodical" | "periodical" | "newspaper" => "article",
        "book" | "inbook" | "incollection" | "collection" | "booklet" | "bookinbook"
        | "reference" | "inreference" | "mvbook" | "suppbook" | "mvcollection"
        | "suppcollection" | "mvreference" => "book",
        "report" | "techreport" | "thesis" | "phdthesis" | "mastersthesis" | "inproceedings"
        | "conference" | "proceedings" | "mvproceedings" | "unpublished" | "manual"
        | "legislation" | "patent" | "standard" | "jurisdiction" | "legal" | "letter" => "report",
        "dataset" => "dataset",
        "video" | "movie" => "video",
        "image" | "artwork" => "image",
        "audio" | "music" => "audio",
        "review" => "review",
        _ => "page",
    }
}

#[cfg(test)]
mod tests {
    use super::{read_entries, source_kind};
    use crate::intake::unit::Unit;
    use proptest::prelude::*;

    fn said(unit: &Unit) -> String {
        let record = &unit.records[0];
        let fields = record.kind.fields.iter().zip(&record.values);
        let stated = fields.filter_map(|(field, given)| Some((field.name, given.as_ref()?)));
        stated.map(|(name, given)| format!("{name}={}", given.value)).collect::<Vec<_>>().join("|")
    }

    const FILE: &str = r#"% Encoding: UTF-8
@string{vp = {Valley Post}}
@comment{jabref-meta: databaseType:biblatex;}
@article{roe_roads_2021,
  title = {Roads {Closed} in the {R}\"ost\"a valley},
  author = {Roe, Ann and van Dyk, Jan},
  journal = vp,
  date = {2021-06-28},
  urldate = {2021-07-01},
  url = {https://v.example/1},
  langid = {english},
}
@article{broken, title = {No end
@techreport{UN:2020,
  title = {Protection of civilians},
  institution = {United Nations},
  year = 2020, month = feb,
}
"#;

    #[test]
    fn the_type_of_an_entry_decides_the_kind_of_its_source() {
        for (entry_types, kind) in [
            ("article Periodical", "article"),
            ("book inbook mvreference", "book"),
            ("techreport MastersThesis letter", "report"),
            ("dataset", "dataset"),
            ("video movie", "video"),
            ("image artwork", "image"),
            ("audio music", "audio"),
            ("review", "review"),
            ("online misc anything", "page"),
        ] {
            for entry_type in entry_types.split(' ') {
                assert_eq!(source_kind(entry_type), kind, "{entry_type}");
            }
        }
    }

    #[test]
    fn one_broken_entry_is_one_problem() {
        let units = read_entries(FILE);
        assert_eq!(units.len(), 3);
        assert_eq!(
            said(&units[0]),
            "key=roe-roads-2021|kind=article|title=Roads Closed in the Röstä valley|author=Ann Roe; Jan van Dyk|outlet=Valley Post|url=https://v.example/1|language=en|published=2021-06-28|retrieved=2021-07-01"
        );
        assert_eq!(units[1].problems.len(), 1, "{:?}", units[1]);
        assert_eq!(
            said(&units[2]),
            "key=un-2020|kind=report|title=Protection of civilians|publisher=United Nations|published=2020-02"
        );
    }

    #[test]
    fn what_goes_round_in_a_circle_ends() {
        for text in [
            "@string{a = a}\n@book{k, title = a, year = 2020}",
            "@string{a = b}\n@string{b = a # a}\n@book{k, title = a}",
            "@book{k, title = {T}, crossref = {k}, xdata = {k}, ids = {k,\\a{\\a{x}}}}",
        ] {
            assert_eq!(read_entries(text).len(), 1, "{text}");
        }
        let deep = format!("@book{{k, title = {}{}}}", "{".repeat(5000), "}".repeat(5000));
        assert_eq!(read_entries(&deep)[0].problems.len(), 1);
        let wide = format!("@book{{k, title = {{{}}}}}", "{a}".repeat(50_000));
        assert_eq!(read_entries(&wide)[0].problems.len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,200}", at in 0..FILE.len(), cut in 0..40usize) {
            let _ = read_entries(&text);
            let _ = read_entries(&format!("@article{{k, title = {{{text}}}, author = {{{text}}}, date = {{{text}}}}}"));
            let bytes = FILE.as_bytes();
            let end = (at + cut).min(bytes.len());
            let _ = read_entries(&String::from_utf8_lossy(&[&bytes[..at], &bytes[end..]].concat()));
        }
    }
}
