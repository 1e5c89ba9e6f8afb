//! Options that would read a table which was not understood, found from its headings and from what its
//! cells hold. They are a proposal for a person to look at; nothing is read by them unasked.

use super::derived::coordinates_in;
use super::look::{Look, best_of_range, end_of_range, title_of, words_of};
use super::nothing::{asks_for_name, names_nothing};
use super::several::{SIGNS, can_hold_names};
use super::shell::quote_for_shell;
use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::text::dates::{DateFault, DatesSeen, read_date};
use crate::model::{
    AmountFault, Column, Grouping, RowPart, Signs, SignsSeen, TableOption, Type, Value, check_key,
    find_column, is_nothing_stated, note_signs, read_amount, split_coordinates,
};
use std::collections::BTreeSet;

/// Options that would read a table, and what a person should look at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    additions: Vec<Assumed<TableOption>>,
    notes: Vec<Assumed<String>>,
}

/// A part of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Assumed<T> {
    part: T,
    /// True if it gives new records a kind.
    names_kind: bool,
}

impl Proposal {
    /// Returns true if there is nothing to add to the options that were given.
    pub fn is_empty(&self) -> bool {
        self.additions.is_empty()
    }

    /// The assumptions, a sentence each.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        self.notes.iter().map(|note| note.part.as_str())
    }

    /// The proposal without the kinds of new sources, speakers and places, for a table that names none.
    pub fn without_kinds(&self) -> Self {
        let mut without = self.clone();
        without.additions.retain(|addition| !addition.names_kind);
        without.notes.retain(|note| !note.names_kind);
        without
    }

    /// The options as they are typed into a shell.
    pub fn command_line(&self) -> String {
        let option = |addition: &Assumed<TableOption>| {
            let (flag, value) = addition.part.words();
            format!("{flag} {}", quote_for_shell(&value))
        };
        self.additions.iter().map(option).collect::<Vec<_>>().join(" ")
    }

    /// The settings with what is proposed.
    pub fn applied(&self, settings: &Settings) -> Settings {
        let mut settings = settings.clone();
        self.additions.iter().for_each(|addition| settings.apply(addition.part.clone()));
        settings
    }

    fn add(&mut self, addition: TableOption) {
        self.additions.push(Assumed { part: addition, names_kind: false });
    }

    fn note(&mut self, note: String) {
        self.notes.push(Assumed { part: note, names_kind: false });
    }

    fn add_kind(&mut self, field: &str, kind: &str, note: String) {
        let addition = TableOption::Set(field.to_owned(), kind.to_owned());
        self.additions.push(Assumed { part: addition, names_kind: true });
        self.notes.push(Assumed { part: note, names_kind: true });
    }
}

/// Headings that people write, and the field that is probably meant, by words in lower case.
const LIKELY: [(&str, &[&str]); 12] = [
    (
        "text",
        &[
            "claim",
            "claims",
            "statement",
            "what was said",
            "what was claimed",
            "what happened",
            "what is claimed",
            "news",
            "description",
            "event description",
            "summary",
            "details",
            "assertion",
            "allegation",
            "fact",
            "claim text",
        ],
    ),
    (
        "speaker_title",
        &[
            "who says it",
            "who said it",
            "who says so",
            "who said so",
            "who",
            "claimant",
            "claimed by",
            "stated by",
            "said by",
            "speaker",
            "speaker name",
            "name of speaker",
            "according to",
        ],
    ),
    (
        "title",
        &[
            "where reported",
            "reported in",
            "reported by",
            "reported where",
            "source name",
            "source title",
            "article",
            "publication title",
            "medium",
            "media",
            "reference",
            "where published",
            "news item",
        ],
    ),
    (
        "url",
        &[
            "link",
            "source link",
            "web",
            "website",
            "web address",
            "address",
            "href",
            "strike link",
            "article link",
            "article url",
        ],
    ),
    (
        "happened",
        &[
            "date",
            "day",
            "when",
            "event date",
            "incident date",
            "date of incident",
            "date of event",
            "when did it happen",
        ],
    ),
    (
        "published",
        &[
            "date published",
            "publication date",
            "published on",
            "date of publication",
            "date reported",
        ],
    ),
    (
        "place",
        &[
            "where",
            "place name",
            "location name",
            "city",
            "town",
            "village",
            "village local area",
            "site",
            "place of event",
        ],
    ),
    ("value", &["number", "count", "how many", "figure", "amount", "total", "quantity"]),
    (
        "verdict",
        &[
            "verdict",
            "rating",
            "ruling",
            "conclusion",
            "finding",
            "grading",
            "truth",
            "result",
            "fact check",
        ],
    ),
    (
        "because",
        &[
            "reason",
            "reasons",
            "why",
            "explanation",
            "justification",
            "rationale",
            "because",
            "grounds",
        ],
    ),
    ("claim_note", &["note", "notes", "comment", "comments", "remark", "remarks"]),
    ("quote", &["quote", "quotation", "exact words", "in their words"]),
];

/// Words of headings and texts by which figures count people.
const OF_PEOPLE: [&str; 22] = [
    "people",
    "person",
    "persons",
    "killed",
    "injured",
    "dead",
    "deaths",
    "wounded",
    "victims",
    "civilians",
    "children",
    "women",
    "men",
    "displaced",
    "arrested",
    "detained",
    "missing",
    "attended",
    "casualties",
    "fatalities",
    "morts",
    "blessés",
];

/// Words of headings whose cells say what happened.
const OF_KIND: [&str; 8] =
    ["type", "kind", "event", "incident", "strike", "attack", "category", "action"];

/// A proposal while it is made.
struct Maker<'a> {
    settings: &'a Settings,
    codes: &'a dyn Codes,
    looks: Vec<Look<'a>>,
    /// The field of each column, with the measure of its figure; empty for a column that is passed over.
    fields: Vec<Option<(String, Option<String>)>>,
    /// True where the first row is data, and the headings are made up.
    is_headless: bool,
    made: Proposal,
}

/// Returns true if the first row of a table looks like a row of data: a cell of it is a sentence with its full
/// stop, an address or a number, and none is the name of a field.
fn looks_like_data(header: &[String]) -> bool {
    let is_datum = |cell: &String| {
        let cell = cell.trim();
        let is_sentence = cell.ends_with('.') && cell.split_whitespace().count() >= 3;
        let is_number = !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        is_sentence || is_number || cell.starts_with("http://") || cell.starts_with("https://")
    };
    let is_name = |cell: &String| {
        find_column(cell).is_some()
            || LIKELY.iter().any(|(_, all)| all.contains(&words_of(cell).as_str()))
    };
    header.iter().any(is_datum) && !header.iter().any(is_name)
}

/// Proposes options for a table from its header and some of its rows. `settings` are the options that were
/// given; the proposal is what to add to them.
pub(in crate::intake) fn propose(
    header: &[String],
    rows: &[Vec<String>],
    literal_quotes: bool,
    settings: &Settings,
    codes: &dyn Codes,
) -> Proposal {
    let mut made = Proposal::default();
    let is_given = settings.header.is_some();
    let is_data = !is_given && looks_like_data(header);
    let (names, mut all): (Vec<String>, Vec<Vec<String>>);
    let (header, rows) = match is_data {
        true => {
            all = vec![header.to_vec()];
            all.extend(rows.iter().cloned());
            names = (1..=header.len()).map(|n| format!("c{n}")).collect::<Vec<_>>();
            made.add(TableOption::Header(names.clone()));
            made.note("the first row would be data, not headings".to_owned());
            (names.as_slice(), all.as_slice())
        }
        false => (header, rows),
    };
    if literal_quotes && !settings.literal_quotes {
        made.add(TableOption::LiteralQuotes);
        made.note("quotation marks would be text".to_owned());
    }
    let looks: Vec<Look<'_>> =
        header.iter().enumerate().map(|(n, heading)| Look::of(heading, n, rows)).collect();
    let fields = vec![None; looks.len()];
    let mut maker = Maker { settings, codes, looks, fields, is_headless: is_data, made };
    maker.take_known();
    maker.find_ranges();
    maker.find_by_heading();
    maker.take_note_as_text();
    maker.find_by_cells();
    maker.pass_over_rest();
    maker.name_kinds();
    maker.name_measures(rows);
    maker.name_grouping();
    maker.name_century();
    maker.name_not_stated(rows);
    maker.give_reasons(rows);
    maker.split_names();
    maker.made
}

impl Maker<'_> {
    fn is_taken(&self, field: &str) -> bool {
        let by_column = self.fields.iter().flatten();
        let set = self.settings.set.iter().map(|(name, _)| name.as_str());
        let set = set.filter_map(find_column).map(|column| column.name);
        by_column.into_iter().any(|(taken, measure)| taken == field && measure.is_none())
            || set.into_iter().any(|name| name == field)
    }

    fn column(&self, field: &str) -> Option<usize> {
        self.fields.iter().position(|taken| {
            taken.as_ref().is_some_and(|(name, measure)| name == field && measure.is_none())
        })
    }

    fn has_part(&self, part: RowPart) -> bool {
        let mut taken = self.fields.iter().flatten();
        taken.any(|(field, _)| find_column(field).is_some_and(|column| column.part == part))
    }

    fn map(&mut self, n: usize, field: &str) {
        let heading = self.looks[n].heading.to_owned();
        self.made.add(TableOption::Map(heading, field.to_owned()));
        let (field, measure) = match field.split_once(':') {
            Some((field, measure)) => (field, Some(measure.to_owned())),
            None => (field, None),
        };
        self.fields[n] = Some((field.to_owned(), measure));
    }

    /// Takes the columns whose headings are fields, or are mapped. A key of a claim that is a sentence is
    /// its text, and a verdict in the words of the archive a status.
    fn take_known(&mut self) {
        for n in 0..self.looks.len() {
            let heading = self.looks[n].heading;
            let target = self.settings.target(heading);
            if heading.trim().is_empty() || target.field.trim().is_empty() {
                self.fields[n] = Some((String::new(), None));
                continue;
            }
            if coordinates_in(target.field).is_some_and(|order| {
                self.looks[n].is(|cell| split_coordinates(cell, order).is_ok())
            }) {
                self.fields[n] = Some(("lat".to_owned(), None));
                continue;
            }
            let Some(column) = find_column(target.field) else { continue };
            let (field, measure) = (column.name, target.measure.map(str::to_owned));
            if measure.is_none() && self.is_taken(field) {
                continue;
            }
            if !target.mapped && field == "claim" && self.looks[n].holds_sentences() {
                continue;
            }
            let is_status = |cell: &str| {
                let code = cell.to_lowercase().replace(' ', "_");
                self.codes.has("statuses", &code)
            };
            if !target.mapped && field == "verdict" && self.looks[n].is(is_status) {
                self.map(n, "status");
                continue;
            }
            self.fields[n] = Some((field.to_owned(), measure));
        }
    }

    /// Finds pairs of columns such as MinKilled and MaxKilled.
    fn find_ranges(&mut self) {
        for n in 0..self.looks.len() {
            let words = self.looks[n].words.clone();
            let Some((end, counted)) = end_of_range(&words).filter(|_| self.fields[n].is_none())
            else {
                continue;
            };
            let has_other = self.looks.iter().any(|look| {
                end_of_range(&look.words).is_some_and(|(other, of)| other != end && of == counted)
            });
            if has_other {
                self.map(n, &format!("{end}:{}", title_of(counted)));
            }
        }
        // The number between the two ends is of the same measure.
        for n in 0..self.looks.len() {
            let words = self.looks[n].words.clone();
            let counted = best_of_range(&words);
            let has_ends = self
                .looks
                .iter()
                .any(|look| end_of_range(&look.words).is_some_and(|(_, of)| of == counted));
            if self.fields[n].is_none() && has_ends && self.looks[n].holds_amounts() {
                self.map(n, &format!("value:{}", title_of(counted)));
            }
        }
    }

    fn find_by_heading(&mut self) {
        for n in 0..self.looks.len() {
            if self.fields[n].is_some() {
                continue;
            }
            let words = self.looks[n].words.clone();
            let likely = LIKELY.iter().find(|(_, headings)| headings.contains(&words.as_str()));
            let Some((field, _)) = likely else { continue };
            if !self.is_taken(field) {
                self.map(n, field);
            }
        }
    }

    /// Takes a note that is a sentence for the text of the claim, where the table has no other.
    fn take_note_as_text(&mut self) {
        let is_note = |n: &usize| {
            let name = self.looks[*n].words.as_str();
            let note = self.fields[*n].as_ref().is_some_and(|(field, _)| field == "claim_note");
            (note || ["notes", "note"].contains(&name)) && self.looks[*n].holds_sentences()
        };
        let note = (0..self.looks.len()).find(is_note);
        if let Some(n) = note.filter(|_| !self.is_taken("text") && !self.is_taken("claim")) {
            let heading = self.looks[n].heading.to_owned();
            self.made.additions.retain(
                |addition| !matches!(&addition.part, TableOption::Map(column, _) if *column == heading),
            );
            self.map(n, "text");
        }
    }

    fn find_by_cells(&mut self) {
        for n in 0..self.looks.len() {
            if self.fields[n].is_some() {
                continue;
            }
            let look = &self.looks[n];
            let has_text = self.is_taken("text");
            if !self.is_taken("lat") && look.holds_coordinates() {
                let heading = look.heading.to_owned();
                let example = look.cells.first().copied().unwrap_or_default();
                self.made.note(format!("the first number of {example:?} would be the latitude"));
                self.made.add(TableOption::Map(heading, "lat_lon".to_owned()));
                self.fields[n] = Some(("lat".to_owned(), None));
                continue;
            }
            let is_address = look.words.split(' ').any(|word| word == "address");
            let field = match () {
                () if look.holds_addresses() => Some("url".to_owned()),
                () if look.holds_dates() => Some("happened".to_owned()),
                // A number under no heading counts nobody knows what.
                () if !self.is_headless && look.is_count() => {
                    Some(format!("value:{}", title_of(&look.words)))
                }
                () if !self.is_taken("verdict")
                    && !self.is_taken("status")
                    && look.holds_verdicts() =>
                {
                    Some("verdict".to_owned())
                }
                () if !has_text && !is_address && look.holds_sentences() => Some("text".to_owned()),
                () => None,
            };
            if let Some(field) = field.filter(|field| !self.is_taken(field)) {
                self.map(n, &field);
            }
        }
    }

    fn pass_over_rest(&mut self) {
        for n in 0..self.looks.len() {
            if self.fields[n].is_none() {
                self.made.note(format!("column {:?} would be passed over", self.looks[n].heading));
                self.map(n, "");
            }
        }
        if !self.is_taken("text") && !self.is_taken("claim") && !self.make_text() {
            let what = "no column looks like the text of a claim; --map COLUMN=text names it";
            self.made.note(what.to_owned());
        }
    }

    /// Makes the text of a claim of the cells that say what, where and when, for a table of events without
    /// sentences. Returns false where it has no such cells.
    fn make_text(&mut self) -> bool {
        let heading = |n: Option<usize>| n.map(|n| format!("{{{}}}", self.looks[n].heading.trim()));
        let place = heading(self.column("place").or(self.column("place_name")));
        let day = heading(self.column("happened"));
        let is_what = |n: &usize| {
            let words = &self.looks[*n].words;
            let of_kind = words.split(' ').any(|word| OF_KIND.contains(&word));
            let is_free = self.fields[*n].as_ref().is_some_and(|(field, _)| field.is_empty());
            of_kind && is_free && !self.looks[*n].cells.is_empty()
        };
        let what = heading((0..self.looks.len()).find(is_what));
        let (Some(_), true) = (&day, place.is_some() || what.is_some()) else { return false };
        let parts: Vec<String> = [what, place, day].into_iter().flatten().collect();
        let text = parts.join(", ");
        self.made.note(format!("the text of each claim would be made of its cells: {text}"));
        self.made.add(TableOption::Set("text".to_owned(), text));
        true
    }

    /// Takes the signs for "not stated" in columns of numbers, dates and names.
    fn name_not_stated(&mut self, rows: &[Vec<String>]) {
        let mut signs: Vec<&str> = Vec::new();
        for n in 0..self.looks.len() {
            let field = self.fields[n].as_ref().and_then(|(field, _)| find_column(field));
            let Some(column) = field else { continue };
            let is_name = asks_for_name(column);
            if !is_name && !matches!(column.definition().ty, Type::Number | Type::Date) {
                continue;
            }
            let is_key = |cell: &str| column.field == "key" && check_key(cell).is_ok();
            let says_nothing = |cell: &str| match is_name {
                true => names_nothing(cell) && !is_key(cell),
                false => is_nothing_stated(cell),
            };
            let cells = rows.iter().filter_map(|row| row.get(n)).map(|cell| cell.trim());
            for cell in cells.filter(|cell| !cell.is_empty() && says_nothing(cell)) {
                if !signs.contains(&cell) && !self.settings.na.iter().any(|na| na.trim() == cell) {
                    signs.push(cell);
                }
            }
        }
        for sign in signs {
            self.made.note(format!("{sign:?} would mean that nothing is stated"));
            self.made.add(TableOption::NotStated(sign.to_owned()));
        }
    }

    /// Names the kinds that new sources, speakers and places need.
    fn name_kinds(&mut self) {
        let has =
            |maker: &Self, names: [&str; 2]| names.into_iter().any(|name| maker.is_taken(name));
        let names_only = |maker: &Self, key: &str, title: &str| {
            let cells_are_names = maker
                .column(key)
                .is_some_and(|n| maker.looks[n].cells.iter().any(|cell| check_key(cell).is_err()));
            maker.is_taken(title) || cells_are_names
        };
        let by_address = self.is_taken("url") && !has(self, ["source", "title"]);
        if (by_address || names_only(self, "source", "title")) && !self.is_taken("source_kind") {
            let kind = if self.is_taken("url") { "page" } else { "report" };
            let note = format!("every source would be of the kind {kind}");
            self.made.add_kind("source_kind", kind, note);
        }
        if names_only(self, "speaker", "speaker_title") && !self.is_taken("speaker_kind") {
            let note = "every speaker would be an organisation (person and unnamed are others)";
            self.made.add_kind("speaker_kind", "organisation", note.to_owned());
        }
        if names_only(self, "place", "place_name") && !self.is_taken("place_kind") {
            let column = self.column("place").or(self.column("place_name"));
            let words = column.map(|n| self.looks[n].words.clone()).unwrap_or_default();
            let named = ["city", "town", "village", "district", "province", "country", "region"];
            let kind = named.into_iter().find(|kind| words.split(' ').any(|word| word == *kind));
            let kind = kind.unwrap_or("area");
            let mut note = format!("every place would be of the kind {kind}");
            let with_comma =
                column.and_then(|n| self.looks[n].cells.iter().find(|cell| cell.contains(", ")));
            if let Some(cell) = with_comma {
                note.push_str(&format!(", and {cell:?} the name of one"));
            }
            self.made.add_kind("place_kind", kind, note);
        }
    }

    /// Names the measure of a column of numbers, and what new measures need.
    fn name_measures(&mut self, rows: &[Vec<String>]) {
        let own = self.column("value").or(self.column("low")).or(self.column("high"));
        let named = self.is_taken("measure") || self.is_taken("measure_title");
        let mut titles: Vec<String> =
            self.fields.iter().flatten().filter_map(|(_, m)| m.clone()).collect();
        titles.retain(|title| check_key(title).is_err());
        if let Some(n) = own.filter(|_| !named) {
            let title = title_of(&self.looks[n].words);
            self.made.add(TableOption::Set("measure_title".to_owned(), title.clone()));
            titles.push(title);
        }
        titles.dedup();
        if titles.is_empty() || self.is_taken("dimension") && self.is_taken("growth") {
            return;
        }
        let of_people = |text: &str| {
            let words = words_of(text);
            words.split(' ').any(|word| OF_PEOPLE.contains(&word))
        };
        let in_text = self
            .column("text")
            .is_some_and(|n| rows.iter().filter_map(|row| row.get(n)).any(|text| of_people(text)));
        let people = titles.iter().any(|title| of_people(title)) || in_text;
        let dimension = if people { "people" } else { "objects" };
        let growth = if self.is_taken("happened") { "per_event" } else { "level" };
        for (field, code) in [("dimension", dimension), ("growth", growth)] {
            if !self.is_taken(field) {
                self.made.add(TableOption::Set(field.to_owned(), code.to_owned()));
            }
        }
        let each = if growth == "per_event" { "each of one event" } else { "as levels" };
        self.made.note(format!("{} would count {dimension}, {each}", titles.join(", ")));
    }

    /// Names the sign that groups digits, where numbers with one group of three show one sign alone.
    fn name_grouping(&mut self) {
        if self.settings.signs != Signs::UNKNOWN {
            return;
        }
        let is_amount = |n: &usize| {
            let field = self.fields[*n].as_ref().and_then(|(field, _)| find_column(field));
            field.is_some_and(|column| {
                let field = column.definition();
                field.ty == Type::Number && field.degrees.is_none()
            })
        };
        let (mut signs, mut example) = (BTreeSet::new(), None);
        for n in (0..self.looks.len()).filter(is_amount) {
            let mut seen = SignsSeen::default();
            self.looks[n].cells.iter().for_each(|cell| note_signs(cell, &mut seen));
            let settled = seen.settle(Signs::UNKNOWN);
            for cell in &self.looks[n].cells {
                let Err(AmountFault::Ambiguous(readings)) = read_amount(cell, settled) else {
                    continue;
                };
                for (_, signs_of_it) in readings {
                    let (Some(Grouping::Sign(sign)), Ok(amount)) =
                        (signs_of_it.grouping, read_amount(cell, signs_of_it))
                    else {
                        continue;
                    };
                    signs.insert(sign);
                    let read = [amount.value, amount.low, amount.high];
                    let read: Vec<String> = read.iter().flatten().map(Value::to_string).collect();
                    example
                        .get_or_insert_with(|| format!("{cell:?} would be {}", read.join(" to ")));
                }
            }
        }
        let mut signs = signs.into_iter();
        if let (Some(sign), None, Some(example)) = (signs.next(), signs.next(), example) {
            self.made.add(TableOption::Grouping(Grouping::Sign(sign)));
            self.made.note(example);
        }
    }

    /// Names the century of years with two digits, where the other years show one.
    fn name_century(&mut self) {
        if self.settings.century.is_some() {
            return;
        }
        let is_date = |n: &usize| {
            let field = self.fields[*n].as_ref().and_then(|(field, _)| find_column(field));
            field.is_some_and(|column| column.definition().ty == Type::Date)
        };
        let mut found = None;
        for n in (0..self.looks.len()).filter(is_date) {
            let mut seen = DatesSeen::default();
            self.looks[n].cells.iter().for_each(|cell| seen.note(cell));
            let notation = seen.settle(self.settings.dates, None);
            let is_short = |cell: &&&str| read_date(cell, notation) == Err(DateFault::ShortYear);
            if let (Some(cell), Some(century)) =
                (self.looks[n].cells.iter().find(is_short), seen.century())
            {
                found = Some((
                    century,
                    format!("the year of {cell:?} would be of {century}00 to {century}99"),
                ));
            }
        }
        if let Some((century, note)) = found {
            self.made.add(TableOption::Century(century));
            self.made.note(note);
        }
    }

    /// Gives verdicts without a reason one that says so.
    fn give_reasons(&mut self, rows: &[Vec<String>]) {
        let Some(verdict) = self.column("status").or(self.column("verdict")) else { return };
        let cell =
            |row: &Vec<String>, n: usize| row.get(n).is_some_and(|cell| !cell.trim().is_empty());
        let is_filled = self.settings.fill.iter().any(|(name, _)| name == "because");
        let reason = "The table gives no reason".to_owned();
        match self.column("because") {
            None if !self.is_taken("because") => {
                self.made.add(TableOption::Set("because".to_owned(), reason));
            }
            Some(n) if !is_filled && rows.iter().any(|row| cell(row, verdict) && !cell(row, n)) => {
                self.made.add(TableOption::Fill("because".to_owned(), reason));
                self.made.note("a verdict without a reason would say so".to_owned());
            }
            _ => {}
        }
    }

    /// Says of cells that may hold several names how they would be read.
    fn split_names(&mut self) {
        for n in 0..self.looks.len() {
            let field = self.fields[n].as_ref().map(|(field, _)| field.clone()).unwrap_or_default();
            let Some(column) = find_column(&field).filter(|column| can_hold_names(column)) else {
                continue;
            };
            let heading = self.looks[n].heading.to_owned();
            let is_settled =
                |name: &str| name == heading || find_column(name).is_some_and(|c| c.name == field);
            if self.settings.split.iter().any(|(name, _)| is_settled(name)) {
                continue;
            }
            let held = |sign: &&str| self.looks[n].cells.iter().any(|cell| cell.contains(sign));
            let mut held = SIGNS.into_iter().filter(held);
            let Some(sign) = held.next() else { continue };
            if held.next().is_some() {
                // One option cannot say how cells with different signs are read.
                self.made.note(format!(
                    "{heading:?} holds several signs between names, and stays to be settled"
                ));
                continue;
            }
            let is_list =
                matches!(sign, ";" | "；" | "؛" | "、" | "\n") && !self.has_own_of(column);
            let sign_of_list = if is_list { sign.to_owned() } else { String::new() };
            let what = if is_list { "several names" } else { "one name" };
            self.made.note(format!("a cell of {heading:?} with {sign:?} would be {what}"));
            self.made.add(TableOption::Split(heading, sign_of_list));
        }
    }

    /// Returns true if the table has an address or an identifier for the part of a column, which several
    /// cannot share.
    fn has_own_of(&self, column: &Column) -> bool {
        column.part == RowPart::Source
            && self.has_part(RowPart::Source)
            && ["url", "archived_url", "identifier"].iter().any(|name| self.is_taken(name))
    }
}
