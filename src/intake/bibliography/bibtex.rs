//! Bibliographies in BibTeX and BibLaTeX, read as sources. Each entry is parsed alone, so that a
//! broken entry is one rejected unit and not the end of the file.

use super::parse_language;
use super::written_date::{WrittenDate, read_parts, read_written_date};
use crate::intake::text::latex;
use crate::intake::text::lines::offset_pos;
use crate::intake::text::prose::{fold_blanks, parse_web_address, text_value};
use crate::intake::unit::{Raw, Unit};
use crate::model::{SourcePos, Value, check_key};
use biblatex::{Bibliography, ChunksExt, Entry, Pair, RawBibliography, RawChunk};
use std::borrow::Cow;
use std::collections::HashMap;

/// Reads the entries of a bibliography, one unit each; text between entries is a comment.
pub(in crate::intake) fn read_entries(text: &str) -> Vec<Unit> {
    let pieces: Vec<(usize, Cow<'_, str>)> =
        split_entries(text).into_iter().map(|(offset, piece)| (offset, in_braces(piece))).collect();
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
    let by_key: HashMap<String, &str> =
        pieces.iter().filter_map(|(_, piece)| Some((key_of(piece)?, &**piece))).collect();
    let entries: Vec<Unit> = pieces
        .iter()
        .filter(|(_, piece)| !["string", "comment", "preamble"].contains(&word(piece).as_str()))
        .map(|(offset, piece)| read_entry(*offset, piece, &strings, &by_key))
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

/// An entry in parentheses, `@misc(key, …)`, with braces in their place: the parser knows no others.
fn in_braces(piece: &str) -> Cow<'_, str> {
    let open = piece.find(['{', '(']).filter(|at| piece[*at..].starts_with('('));
    let (Some(open), Some(close)) = (open, piece.rfind(')')) else { return Cow::Borrowed(piece) };
    let (start, inside, rest) = (&piece[..open], &piece[open + 1..close], &piece[close + 1..]);
    Cow::Owned(format!("{start}{{{inside}}}{rest}"))
}

/// The key of an entry in lower case.
fn key_of(piece: &str) -> Option<String> {
    let (_, rest) = piece.split_once('{')?;
    let (key, _) = rest.split_once(',')?;
    Some(key.trim().to_lowercase())
}

/// The entry that another refers to by `crossref`, without the references of its own.
fn find_parent(key: &str, strings: &str, by_key: &HashMap<String, &str>) -> Option<Entry> {
    let piece = by_key.get(key)?;
    let is_small = piece.matches('{').count() <= MAX_BRACES && piece.len() < 1 << 16;
    let text = latex::replace_dotless_letters(&format!("{strings}{piece}"));
    let mut raw = RawBibliography::parse(&text).ok().filter(|_| is_small)?;
    for entry in &mut raw.entries {
        entry.v.fields.retain(|field| {
            !CROSS_REFERENCE_FIELDS.iter().any(|name| field.key.v.eq_ignore_ascii_case(name))
        });
    }
    Bibliography::from_raw(raw).ok()?.into_vec().pop()
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

fn read_entry(offset: usize, piece: &str, strings: &str, by_key: &HashMap<String, &str>) -> Unit {
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
    let mut raws: HashMap<String, String> = HashMap::new();
    let mut crossref: Option<String> = None;
    let parsed = RawBibliography::parse(&text_of).and_then(|mut raw| {
        for entry in &mut raw.entries {
            raws = verbatim_fields(&entry.v.fields);
            for (n, field) in entry.v.fields.iter().enumerate() {
                let later = &entry.v.fields[n + 1..];
                if later.iter().any(|other| other.key.v.eq_ignore_ascii_case(field.key.v)) {
                    let what = format!("{} is given twice; the last is taken", field.key.v);
                    unit.remarks.push((pos.clone(), what));
                }
            }
            entry.v.fields.retain(|field| {
                let other = CROSS_REFERENCE_FIELDS
                    .iter()
                    .any(|name| field.key.v.eq_ignore_ascii_case(name));
                let followed = field.key.v.eq_ignore_ascii_case("crossref");
                if followed {
                    crossref = field.value.v.iter().find_map(|chunk| match &chunk.v {
                        RawChunk::Normal(key) => Some(key.trim().to_lowercase()),
                        RawChunk::Abbreviation(_) => None,
                    });
                } else if other {
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
            let at = offset + error.span.start.saturating_sub(strings.len()).min(piece.len());
            unit.add_problem(&offset_pos(at), format!("not BibTeX: {}", error.kind));
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
    let address = |name: &str| {
        raws.get(name).map(|raw| latex::verbatim(raw)).or_else(|| field_text(&entry, &[name]))
    };
    let url = ["url", "howpublished"].into_iter().find_map(address);
    let url = url.and_then(|url| parse_web_address(&url));
    for name in ["url", "howpublished"] {
        if let (None, Some(stated)) = (&url, address(name)) {
            unit.remarks
                .push((pos.clone(), format!("{name} {stated:?} is not a web address; left out")));
        }
    }
    let tag = field_text(&entry, &["langid", "language"]).and_then(|name| parse_language(&name));
    let mut in_words: Vec<String> = Vec::new();
    let mut date = |name: &str, written: Option<(String, WrittenDate)>| -> Option<String> {
        let (words, written) = written?;
        let (date, what) = match written {
            WrittenDate::Whole(date) => return Some(date),
            WrittenDate::Year(year) => {
                (Some(year), "of it the year is read; its words are in the note")
            }
            WrittenDate::Unread => (None, "its words are in the note"),
        };
        unit.remarks.push((pos.clone(), format!("{name} {words:?} is not a date; {what}")));
        in_words.push(format!("{name}: {words}"));
        date
    };
    let stated = |name: &str| {
        // The parser takes the sign of EDTF for "about" as a blank.
        let text =
            raws.get(name).map(|raw| fold_blanks(raw)).or_else(|| field_text(&entry, &[name]))?;
        Some((text.clone(), read_written_date(&text)))
    };
    // What an entry does not state, the volume or issue that it is a part of does.
    let parent = crossref.as_deref().and_then(|key| find_parent(key, strings, by_key));
    let mut inherited: Vec<&str> = Vec::new();
    let mut of_parent = |field: &'static str, names: &[&str]| {
        let found = parent.as_ref().and_then(|parent| field_text(parent, names));
        inherited.extend(found.as_ref().map(|_| field));
        found
    };
    let outlet = field_text(&entry, &["journaltitle", "journal", "booktitle", "eventtitle"])
        .or_else(|| of_parent("outlet", &["booktitle", "journaltitle", "journal", "title"]));
    let publishers = ["publisher", "institution", "organization", "school"];
    let publisher = field_text(&entry, &publishers).or_else(|| of_parent("publisher", &publishers));
    let own_date = stated("date").or_else(|| classic_date(&entry));
    let written = own_date.or_else(|| {
        let parent = parent.as_ref()?;
        let text = field_text(parent, &["date"]);
        let found = text
            .map(|text| (text.clone(), read_written_date(&text)))
            .or_else(|| classic_date(parent));
        inherited.extend(found.as_ref().map(|_| "date"));
        found
    });
    let published = date("date", written);
    let retrieved = date("urldate", stated("urldate"));
    let note: Vec<String> = field_text(&entry, &["note"]).into_iter().chain(in_words).collect();
    let note = note.join("\n");
    let fields = [
        ("kind", Value::from(source_kind(&entry.entry_type.to_string()))),
        ("title", Value::from(title.as_str())),
        ("author", text_value(authors(&entry).as_deref())),
        ("outlet", text_value(outlet.as_deref())),
        ("publisher", text_value(publisher.as_deref())),
        ("url", text_value(url.as_deref())),
        (
            "identifier",
            text_value(["doi", "isbn", "eprint"].into_iter().find_map(address).as_deref()),
        ),
        ("language", text_value(tag.as_deref())),
        ("published", text_value(published.as_deref())),
        ("retrieved", text_value(retrieved.as_deref())),
        ("note", text_value(Some(&note))),
    ];
    let remark = match (&crossref, &parent, inherited.is_empty()) {
        (Some(key), None, _) => {
            Some(format!("crossref: no entry of this file has the key {key:?}"))
        }
        (Some(key), Some(_), false) => {
            Some(format!("crossref: {} taken from {key}", inherited.join(" and ")))
        }
        _ => None,
    };
    unit.remarks.extend(remark.map(|what| (pos.clone(), what)));
    let unread = unread_fields(&entry);
    if !unread.is_empty() {
        unit.remarks.push((pos.clone(), format!("not read: {}", unread.join(", "))));
    }
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

/// The groups of fields of which the first that an entry has is read.
const READ: [&[&str]; 9] = [
    &["title"],
    &["author"],
    &["journaltitle", "journal", "booktitle", "eventtitle"],
    &["publisher", "institution", "organization", "school"],
    &["url", "howpublished"],
    &["doi", "isbn", "eprint"],
    &["langid", "language"],
    &["date", "year"],
    &["urldate"],
];

/// The fields of an entry that are not read, in order.
fn unread_fields(entry: &Entry) -> Vec<&str> {
    let is_there =
        |name: &&str| entry.get(name).is_some_and(|text| !text.format_verbatim().trim().is_empty());
    let mut read: Vec<&str> = vec!["note"];
    read.extend(READ.iter().filter_map(|group| group.iter().copied().find(is_there)));
    // The month and the day of a year are read with it.
    if read.contains(&"year") {
        read.extend(["month", "day"]);
    }
    let mut unread: Vec<&str> =
        entry.fields.keys().map(String::as_str).filter(|name| !read.contains(name)).collect();
    // A year beside a date that begins with it says nothing more.
    let date = entry.get("date").map(ChunksExt::format_verbatim).unwrap_or_default();
    let year = entry.get("year").map(ChunksExt::format_verbatim).unwrap_or_default();
    unread.retain(|name| *name != "year" || !date.starts_with(year.trim()));
    unread
}

/// The fields whose text is not that of a document but an address or a date, as it stands in the file.
fn verbatim_fields(fields: &[Pair<'_>]) -> HashMap<String, String> {
    const NAMES: [&str; 7] = ["url", "howpublished", "doi", "isbn", "eprint", "date", "urldate"];
    let mut raws = HashMap::new();
    for field in fields {
        let name = field.key.v.to_ascii_lowercase();
        let mut text = String::new();
        let is_plain = field.value.v.iter().all(|chunk| match &chunk.v {
            RawChunk::Normal(plain) => {
                text.push_str(plain);
                true
            }
            RawChunk::Abbreviation(_) => false,
        });
        if is_plain && NAMES.contains(&name.as_str()) && !text.trim().is_empty() {
            raws.insert(name, text.trim().to_owned());
        }
    }
    raws
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
        .filter(|name| !name.is_empty())
        // "and others" is no name, and says that there are more.
        .map(|name| if name == "others" { "et al.".to_owned() } else { name })
        .collect();
    if names.is_empty() { Some(stated) } else { Some(names.join("; ")) }
}

/// Returns the date of the fields year, month and day of classic BibTeX, and their words.
fn classic_date(entry: &Entry) -> Option<(String, WrittenDate)> {
    let year = field_text(entry, &["year"])?;
    let (month, day) = (field_text(entry, &["month"]), field_text(entry, &["day"]));
    let words: Vec<&str> =
        [day.as_deref(), month.as_deref(), Some(year.as_str())].into_iter().flatten().collect();
    Some((words.join(" "), read_parts(&year, month.as_deref(), day.as_deref())))
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

    #[test]
    fn addresses_and_dates_stand_as_written() {
        let file = r"@online{a, title={T}, url={https://e.example/~j/a--b_c\%20\~{}{id}}, doi={10.1/a--b}, date={1723~}}
@misc(b, title={In (parentheses)}, author={A, B and others}, year={2-7 December 2007})
@string(p = {Post})
@article{c, title={U}, journal=p, year=2007, month={Spring}, note={N}}
@book{d, title={V}, year={in press}}";
        let units = read_entries(file);
        let found: Vec<String> = units.iter().map(said).collect();
        assert_eq!(
            found,
            [
                "key=a|kind=page|title=T|url=https://e.example/~j/a--b_c%20~{id}|identifier=10.1/a--b|published=1723~",
                "key=b|kind=page|title=In (parentheses)|author=B A; et al.|published=2007-12-02/2007-12-07",
                "key=c|kind=article|title=U|outlet=Post|published=2007-21|note=N",
                "key=d|kind=book|title=V|note=date: in press",
            ]
        );
        assert!(units[3].remarks[0].1.contains("its words are in the note"));
    }

    #[test]
    fn a_part_has_what_its_volume_states() {
        let file = "@inproceedings{a, title={Part}, crossref={Vol}}\n\
            @proceedings{Vol, title={Proceedings}, publisher={Press}, year=2020, crossref={a}}\n\
            @inbook{b, title={Own}, booktitle={Mine}, publisher={Me}, year=1999, crossref={vol}}\n\
            @misc{c, title={Lost}, crossref={nowhere}}";
        let units = read_entries(file);
        assert_eq!(
            said(&units[0]),
            "key=a|kind=report|title=Part|outlet=Proceedings|publisher=Press|published=2020"
        );
        assert_eq!(units[0].remarks[0].1, "crossref: outlet and publisher and date taken from vol");
        assert_eq!(
            said(&units[2]),
            "key=b|kind=book|title=Own|outlet=Mine|publisher=Me|published=1999"
        );
        assert!(units[2].remarks.is_empty());
        assert!(units[3].remarks[0].1.contains("no entry of this file has the key \"nowhere\""));
    }

    #[test]
    fn what_is_not_read_is_named() {
        let units = read_entries(
            "@article{a, title={T}, title={U}, journal={J}, booktitle={B}, editor={E}, year=2020, month=may, isbn={1}}\n\
             @misc{b, title={V}, date={2020-05}, year=2020}\n@misc{c, title={W}, date={2020-05}, year=2019}",
        );
        let remarks =
            |n: usize| units[n].remarks.iter().map(|(_, what)| what.as_str()).collect::<Vec<_>>();
        assert_eq!(
            remarks(0),
            ["title is given twice; the last is taken", "not read: booktitle, editor"]
        );
        assert_eq!(remarks(1), [""; 0]);
        assert_eq!(remarks(2), ["not read: year"]);
    }

    #[test]
    fn a_fault_has_its_line() {
        let units = read_entries("@misc{a, title={A}}\n@misc{b,\n title={B}\n year={2001}}\n");
        let (pos, what) = &units[1].problems[0];
        assert_eq!(format!("{pos:?}"), format!("{:?}", crate::intake::text::lines::offset_pos(41)));
        assert_eq!(what, "not BibTeX: expected comma");
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
