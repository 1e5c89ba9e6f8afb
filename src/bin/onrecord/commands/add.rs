use crate::completion;
use crate::exit::Exit;
use crate::output::{report_lack_of_evidence, report_similar, report_tallies};
use crate::{failure, terminal};
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, Subcommand, ValueHint};
use clap_complete::engine::ArgValueCompleter;
use onrecord::error::{Error, Result};
use onrecord::model::{
    ASSESSMENT, CLAIM, EVIDENCE, Field, Kind, LINKS, LOCATION, MEASURE, MENTION, ORIGIN, SOURCE,
    evidence_kinds, kind_of_word,
};
use onrecord::ops::edit::add;
use onrecord::ops::edit::add::{Along, Inside, UnknownName};
use onrecord::ops::edit::{draft, shorthands};
use std::io::IsTerminal;
use std::path::Path;

/// Add one record by flags, or in your editor
///
/// Without --key, the key is made from the title and the year, the text or the name. A key that is
/// taken is refused, unless --update is given: then the fields named by flags are changed and the
/// rest left alone. `onrecord import` loads many records at once.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Change the record that is there already instead of adding one
    #[arg(long, global = true)]
    update: bool,
    /// Fill it in in your editor (VISUAL, else EDITOR), with every field and its meaning at hand
    #[arg(long, global = true)]
    edit: bool,
    #[command(subcommand)]
    record: Record,
}

/// A record described by flags. The flags are generated from the fields of its kind, so that every
/// field has one; clap's derive cannot do that.
#[derive(Debug)]
struct Record {
    kind: &'static Kind,
    fields: Vec<(String, String)>,
    nested: Vec<Inside>,
    along: Vec<Along>,
    /// A saved page, or a URL, to prefill a source from.
    page: Option<String>,
    /// `true` to keep the page as a captured copy.
    attach: bool,
    /// `true` to remove the places of a claim that are not given.
    replace_places: bool,
}

/// A flag that adds a nested record, such as a claim's place.
struct Shortcut {
    flag: &'static str,
    nested: &'static str,
    value: &'static str,
    /// Splits what is given into the fields of the record.
    parse: fn(&str) -> std::result::Result<Fields, String>,
    /// The new record that it names, for a flag that adds one.
    adds: Option<NewRecord>,
    /// Completes the value.
    complete: fn() -> ArgValueCompleter,
    help: &'static str,
}

/// The record that a flag adds along.
#[derive(Clone, Copy)]
struct NewRecord {
    word: &'static str,
    /// Splits what is given into its fields.
    parse: fn(&str) -> std::result::Result<Fields, String>,
}

type Fields = Vec<(String, String)>;

/// The flag of a verdict on the claim, and the heading of all that belongs to it.
const VERDICT: &str = "verdict";
const YOUR_VERDICT: &str = "Your verdict";

/// The flag that removes the places which are not given.
const REPLACE_PLACE: &str = "replace-place";

fn field(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.trim().to_owned())
}

fn location(value: &str) -> std::result::Result<Fields, String> {
    Ok(vec![field("location", value)])
}

fn other_name(value: &str) -> std::result::Result<Fields, String> {
    Ok(vec![field("name", value)])
}

/// Asks for the relation before the colon: which way one source draws on another is never guessed.
fn relation_and_key(value: &str) -> std::result::Result<Fields, String> {
    match value.split_once(':') {
        Some((relation, origin)) => Ok(vec![field("relation", relation), field("origin", origin)]),
        None => Err(format!(
            "say how it draws on it, such as cites:{value}, quotes:{value} or translates:{value}"
        )),
    }
}

/// Splits at the last sign of equality, so that a name may hold one.
fn name_and_rest<'a>(
    value: &'a str,
    example: &str,
) -> std::result::Result<(&'a str, &'a str), String> {
    match value.rsplit_once('=') {
        Some((name, rest)) if !name.trim().is_empty() && !rest.trim().is_empty() => {
            Ok((name, rest))
        }
        _ => Err(format!("write it as in {example}")),
    }
}

fn measure_and_amount(value: &str) -> std::result::Result<Fields, String> {
    let (measure, amount) = name_and_rest(value, "injured=6 or \"crowd=at least 107000\"")?;
    Ok(vec![field("measure", measure), field("value", amount)])
}

fn name_of_place(value: &str) -> std::result::Result<Fields, String> {
    let (name, _) = name_and_rest(value, "Belgrade=city")?;
    Ok(vec![field("location", name)])
}

fn new_place(value: &str) -> std::result::Result<Fields, String> {
    let (name, rest) = name_and_rest(value, "Belgrade=city")?;
    let (kind, within) = rest.split_once(':').unwrap_or((rest, ""));
    let mut fields = vec![field("name", name), field("kind", kind)];
    if !within.trim().is_empty() {
        fields.push(field("within", within));
    }
    Ok(fields)
}

fn source(value: &str) -> std::result::Result<Fields, String> {
    Ok(vec![field("source", value)])
}

fn evidence(value: &str) -> std::result::Result<Fields, String> {
    Ok(vec![field(EVIDENCE.word, value)])
}

fn relation_and_claim(value: &str) -> std::result::Result<Fields, String> {
    match value.split_once(':') {
        Some((relation, claim)) => Ok(vec![field("relation", relation), field("to", claim)]),
        None => Err(format!("say how it bears on it, such as contradicts:{value}")),
    }
}

fn name_of_source(value: &str) -> std::result::Result<Fields, String> {
    let (title, _) = name_and_rest(value, "\"Morning news=article\"")?;
    Ok(vec![field("source", title)])
}

fn name_of_speaker(value: &str) -> std::result::Result<Fields, String> {
    let (title, _) = name_and_rest(value, "\"Ana Petrovic=person\"")?;
    Ok(vec![field("speaker", title)])
}

fn new_source(value: &str) -> std::result::Result<Fields, String> {
    let (title, kind) = name_and_rest(value, "\"Morning news=article\"")?;
    Ok(vec![field("title", title), field("kind", kind)])
}

/// Completes the dimension behind a new title, and the growth behind that.
fn complete_new_measure() -> ArgValueCompleter {
    completion::name_and_codes("dimensions", "growths")
}

const MEASURE_EXAMPLE: &str = "\"People injured=people:level\"";

fn new_measure(value: &str) -> std::result::Result<Fields, String> {
    let (title, rest) = name_and_rest(value, MEASURE_EXAMPLE)?;
    let (dimension, growth) =
        rest.split_once(':').ok_or_else(|| format!("write it as in {MEASURE_EXAMPLE}"))?;
    let (growth, unit) = growth.split_once(':').unwrap_or((growth, ""));
    let mut fields =
        vec![field("title", title), field("dimension", dimension), field("growth", growth)];
    if !unit.trim().is_empty() {
        fields.push(field("unit", unit));
    }
    Ok(fields)
}

const CLAIM_SHORTCUTS: &[Shortcut] = &[
    Shortcut {
        flag: add::PLACE,
        nested: "places",
        value: "[RELATION:]PLACE",
        parse: location,
        adds: None,
        complete: || completion::code_or_key("place_relations", &LOCATION),
        help: "A place where it happened or holds, by its key or name; within:PLACE, near:PLACE, \
               toward:PLACE or unnamed_within:PLACE where it is not simply at it (can be repeated)",
    },
    Shortcut {
        flag: "figure",
        nested: "figure",
        value: "MEASURE=AMOUNT",
        parse: measure_and_amount,
        adds: None,
        complete: || completion::key_and_value(&MEASURE),
        help: "A figure in it: a measure by its key or title, and the amount as it is said, such as \
               injured=6, \"crowd=at least 107000\" or \"damage=dozens of cars\"; \"pumps out=3 of pumps\" \
               is out of the figure that counts the measure pumps (can be repeated)",
    },
    Shortcut {
        flag: add::ALSO,
        nested: "mention",
        value: "SOURCE[=LOCATOR]",
        parse: source,
        adds: None,
        complete: || completion::keys([&SOURCE]),
        help: "A further source that states it, and where in it, such as tarn-courier=¶2 (can be \
               repeated)",
    },
    Shortcut {
        flag: EVIDENCE.word,
        nested: EVIDENCE.word,
        value: "KEY",
        parse: evidence,
        adds: None,
        complete: || completion::keys(evidence_kinds()),
        help: "A source, claim or figure on which the verdict rests, by its key or name, such as the report \
               that bears it out; source:KEY or claim:KEY says which (can be repeated)",
    },
    Shortcut {
        flag: "link",
        nested: LINKS.word,
        value: "RELATION:CLAIM",
        parse: relation_and_claim,
        adds: None,
        complete: || completion::code_and_key("link_relations", &CLAIM),
        help: "A claim on which it bears, such as contradicts:KEY or same_event:KEY (can be repeated)",
    },
    Shortcut {
        flag: add::NEW_PLACE,
        nested: "places",
        value: "NAME=KIND[:WITHIN]",
        parse: name_of_place,
        adds: Some(NewRecord { word: "location", parse: new_place }),
        complete: || completion::name_code_and_key("location_kinds", &LOCATION),
        help: "A place that is added with it, such as Belgrade=city or \"Old mill=site:Belgrade\" (can be \
               repeated). It is at that place, unless --place says how else, or another new place lies \
               within it",
    },
    Shortcut {
        flag: "new-measure",
        nested: "",
        value: "TITLE=DIMENSION:GROWTH[:UNIT]",
        parse: new_measure,
        adds: Some(NewRecord { word: "measure", parse: new_measure }),
        complete: complete_new_measure,
        help: "A measure that is added with it, such as \"People injured=people:per_event\" or \"Repair \
               cost=money:cumulative:EUR\" (can be repeated). GROWTH is level where the number goes up and \
               down, cumulative where it only goes up, per_event or per_period where it counts one event or \
               period, constant where it never changes",
    },
    NEW_SOURCE,
    NEW_SPEAKER,
];

const NEW_SOURCE: Shortcut = Shortcut {
    flag: add::NEW_SOURCE,
    nested: MENTION.word,
    value: "TITLE=KIND",
    parse: name_of_source,
    adds: Some(NewRecord { word: SOURCE.word, parse: new_source }),
    complete: || completion::name_and_code("source_kinds"),
    help: "A source that states it, added with it, such as \"Morning news=article\"",
};

const NEW_SPEAKER: Shortcut = Shortcut {
    flag: "new-speaker",
    nested: MENTION.word,
    value: "NAME=KIND",
    parse: name_of_speaker,
    adds: Some(NewRecord { word: SOURCE.word, parse: new_source }),
    complete: || completion::name_and_code("source_kinds"),
    help: "Who says it there, added with it, such as \"Ana Petrovic=person\"",
};

const ORIGIN_FLAG: Shortcut = Shortcut {
    flag: ORIGIN.word,
    nested: ORIGIN.word,
    value: "RELATION:SOURCE",
    parse: relation_and_key,
    adds: None,
    complete: || completion::code_and_key("origin_relations", &SOURCE),
    help: "A source it draws on, such as speaks_for:KEY or translates:KEY (can be repeated)",
};

/// The fields of a new source that have a flag where it is added with a claim or a mention, and the heading
/// of these flags. Its other fields are given by `add source`.
const DESCRIBES_SOURCE: [&str; 6] =
    ["author", "outlet", "publisher", "url", "language", "published"];
const OF_NEW_SOURCE: &str = "Of a new source";

const fn shortcuts(kind: &str) -> &'static [Shortcut] {
    match kind.as_bytes() {
        b"claim" => CLAIM_SHORTCUTS,
        b"mention" => &[NEW_SOURCE, NEW_SPEAKER],
        b"source" => &[ORIGIN_FLAG],
        b"location" => &[Shortcut {
            flag: "other-name",
            nested: "names",
            value: "NAME",
            parse: other_name,
            adds: None,
            complete: || completion::nothing(),
            help: "Another name or spelling (can be repeated)",
        }],
        _ => &[],
    }
}

/// A record of a claim whose fields are flags of the claim: its first mention, and its first verdict.
struct Part {
    word: &'static str,
    kind: &'static Kind,
    /// The flag that a problem with any of its fields is reported for, where the flags are not called
    /// like the fields.
    flag: Option<&'static str>,
    heading: &'static str,
    /// The flags, each with the field that it gives.
    flags: Vec<(&'static str, &'static Field)>,
}

fn parts(kind: &Kind) -> Vec<Part> {
    let of =
        |kind: &'static Kind, flag, heading, flag_of: fn(&'static str) -> Option<&'static str>| {
            let flags = kind.fields.iter().filter_map(|field| Some((flag_of(field.name)?, field)));
            Part { word: kind.word, kind, flag, heading, flags: flags.collect() }
        };
    if kind.word != "claim" {
        return Vec::new();
    }
    vec![
        of(&MENTION, None, "Who states it", |name| {
            (!["claim", "note"].contains(&name)).then_some(name)
        }),
        of(&ASSESSMENT, Some(VERDICT), YOUR_VERDICT, |name| match name {
            "status" => Some(VERDICT),
            "because" | "by" | "credibility" => Some(name),
            _ => None,
        }),
    ]
}

/// The flags that describe the new source of a claim or a mention, each with the field that it gives.
fn source_flags(kind: &Kind) -> impl Iterator<Item = &'static Field> {
    let adds_source = shortcuts(kind.word).iter().any(|flag| flag.flag == add::NEW_SOURCE);
    let describes = move |field: &&Field| adds_source && DESCRIBES_SOURCE.contains(&field.name);
    SOURCE.fields.iter().filter(describes)
}

fn flag_name(name: &str) -> String {
    name.replace('_', "-")
}

/// The field that is given without a flag, such as the text of a claim. That of a source is its page.
fn positional(kind: &'static Kind) -> Option<&'static Field> {
    let name = kind.key_from.filter(|_| kind.word != "source")?;
    kind.fields.iter().find(|field| field.name == name)
}

fn command(kind: &'static Kind) -> Command {
    let mut command = Command::new(kind.word).about(kind.about);
    for field in kind.fields.iter().filter(|field| !field.derived) {
        let needed = if kind.must_be_stated(field) { " (needed)" } else { "" };
        command = command.arg(
            Arg::new(field.name)
                .long(flag_name(field.name))
                .value_name("VALUE")
                .allow_hyphen_values(true)
                .add(completion::field(kind, field))
                .help(format!("{}{needed}", field.about)),
        );
    }
    for Part { kind, heading, flags, .. } in parts(kind) {
        for (flag, field) in flags {
            command = command.arg(
                Arg::new(flag)
                    .long(flag_name(flag))
                    .value_name("VALUE")
                    .help_heading(heading)
                    .add(completion::field(kind, field))
                    .help(field.about),
            );
        }
    }
    if let Some(field) = positional(kind) {
        let help = format!("{}, as a value of its own", field.about);
        let arg = Arg::new("itself").value_name(field.name.to_uppercase());
        command = command.arg(arg.conflicts_with(field.name).help(help));
    }
    for shortcut in shortcuts(kind.word) {
        let parse = shortcut.parse;
        // A mention has one source and one speaker, and a claim one speaker, that of its first mention.
        let of_mention = shortcut.nested == MENTION.word && shortcut.adds.is_some();
        let is_further = kind.is(&CLAIM) && shortcut.flag == add::NEW_SOURCE;
        let (action, other) = match of_mention && !is_further {
            true => (ArgAction::Set, shortcut.flag.strip_prefix("new-")),
            false => (ArgAction::Append, None),
        };
        let repeated = if is_further {
            " (can be repeated). The locator, the speaker and the like are those of --source, else of the first; \
             --also says where in another one"
        } else {
            ""
        };
        command = command.arg(
            Arg::new(shortcut.flag)
                .long(shortcut.flag)
                .value_name(shortcut.value)
                .action(action)
                .conflicts_with_all(other)
                .value_parser(move |value: &str| parse(value).map(|_| value.to_owned()))
                .add((shortcut.complete)())
                .help(format!("{}{repeated}", shortcut.help)),
        );
        if shortcut.nested == EVIDENCE.word {
            let of_verdict = |arg: Arg| arg.requires(VERDICT).help_heading(YOUR_VERDICT);
            command = command.mut_arg(shortcut.flag, of_verdict);
        }
    }
    for field in source_flags(kind) {
        command = command.arg(
            Arg::new(field.name)
                .long(flag_name(field.name))
                .value_name("VALUE")
                .requires(add::NEW_SOURCE)
                .help_heading(OF_NEW_SOURCE)
                .add(completion::field(&SOURCE, field))
                .help(field.about),
        );
    }
    if source_flags(kind).next().is_some() {
        let Shortcut { flag, value, parse, complete, help, .. } = ORIGIN_FLAG;
        command = command.arg(
            Arg::new(flag)
                .long(flag)
                .value_name(value)
                .action(ArgAction::Append)
                .requires(add::NEW_SOURCE)
                .help_heading(OF_NEW_SOURCE)
                .value_parser(move |value: &str| parse(value).map(|_| value.to_owned()))
                .add(complete())
                .help(help),
        );
    }
    if kind.is(&CLAIM) {
        let replace = "With --update: remove its places that are not given by --place";
        let arg = Arg::new(REPLACE_PLACE).long(REPLACE_PLACE).action(ArgAction::SetTrue);
        command = command.arg(arg.help(replace));
    }
    if kind.word == "source" {
        let page = "A saved page (HTML, MHTML) to fill the flags in from, or a URL; flags win";
        let attach = "Keep the page as a captured copy of the source";
        command = command
            .arg(Arg::new("page").value_name("FILE|URL").value_hint(ValueHint::FilePath).help(page))
            .arg(Arg::new("attach").long("attach").action(ArgAction::SetTrue).help(attach));
    }
    command
}

impl Subcommand for Record {
    fn augment_subcommands(command: Command) -> Command {
        add::kinds().fold(command, |command, kind| command.subcommand(self::command(kind)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        add::kinds().any(|kind| kind.word == name)
    }
}

impl FromArgMatches for Record {
    fn from_arg_matches(matches: &ArgMatches) -> std::result::Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (word, matches) = matches.subcommand().ok_or_else(missing)?;
        let kind = kind_of_word(word).ok_or_else(missing)?;
        let given = |name: &str| {
            let value = matches.get_one::<String>(name)?;
            Some((name.to_owned(), value.clone()))
        };
        let mut fields: Fields =
            kind.fields.iter().filter(|f| !f.derived).filter_map(|f| given(f.name)).collect();
        let itself = matches.try_get_one::<String>("itself").ok().flatten();
        if let (Some(field), Some(value)) = (positional(kind), itself) {
            fields.push((field.name.to_owned(), value.clone()));
        }
        let (mut nested, mut along) = (Vec::new(), Vec::new());
        for part in parts(kind) {
            let mut fields: Fields = Vec::new();
            for (flag, field) in part.flags {
                fields.extend(given(flag).map(|(_, value)| (field.name.to_owned(), value)));
            }
            nested.push(Inside { word: part.word, flag: part.flag, fields });
        }
        for shortcut in shortcuts(kind.word) {
            let flag = shortcut.flag;
            for value in matches.get_many::<String>(flag).into_iter().flatten() {
                if let Some(NewRecord { word, parse }) = shortcut.adds
                    && let (Some(kind), Ok(fields)) = (kind_of_word(word), parse(value))
                {
                    along.push(Along {
                        kind,
                        flag,
                        fields,
                        described: Vec::new(),
                        nested: Vec::new(),
                    });
                }
                let Ok(values) = (shortcut.parse)(value) else { continue };
                let is_of_mention = shortcut.adds.is_some() && shortcut.nested == MENTION.word;
                let has = |part: &Inside| part.fields.iter().any(|(name, _)| *name == values[0].0);
                match nested.iter_mut().find(|part| part.word == MENTION.word) {
                    _ if kind.is(&MENTION) => fields.extend(values),
                    // The fields of the first mention are given by several flags.
                    Some(mention) if is_of_mention && !has(mention) => {
                        mention.fields.extend(values);
                    }
                    _ if shortcut.nested.is_empty() => {}
                    _ => nested.push(Inside {
                        word: shortcut.nested,
                        flag: Some(flag),
                        fields: values,
                    }),
                }
            }
        }
        nested.retain(|part| !part.fields.is_empty());
        if let Some(new) = along.iter_mut().find(|along| along.flag == add::NEW_SOURCE) {
            new.described = source_flags(kind).filter_map(|field| given(field.name)).collect();
            let origins = matches.try_get_many::<String>(ORIGIN.word).ok().flatten();
            for fields in origins.into_iter().flatten().filter_map(|o| relation_and_key(o).ok()) {
                new.nested.push(Inside { word: ORIGIN.word, flag: Some(ORIGIN.word), fields });
            }
        }
        let source = kind.word == "source";
        let page = source.then(|| matches.get_one::<String>("page").cloned()).flatten();
        let attach = source && matches.get_flag("attach");
        let replace_places = kind.is(&CLAIM) && matches.get_flag(REPLACE_PLACE);
        Ok(Record { kind, fields, nested, along, page, attach, replace_places })
    }

    fn update_from_arg_matches(
        &mut self,
        matches: &ArgMatches,
    ) -> std::result::Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

pub fn run(file: &Path, args: Args) -> Result<Exit> {
    let Args { update, edit, record } = args;
    let Record { kind, mut fields, nested, along, page, attach, replace_places } = record;
    if replace_places && (edit || !update || nested.is_empty()) {
        return Err(Error::Refused {
            what:
                "cannot replace places: --replace-place goes with --update and --place, and without \
                   --edit"
                    .to_owned(),
            hint:
                "name each place that stays: `onrecord add claim --key KEY --place PLACE --update \
                   --replace-place`"
                    .to_owned(),
        });
    }
    if attach && (edit || page.is_none()) {
        return Err(Error::Refused {
            what:
                "cannot attach: --attach keeps the page named on the command line, without --edit"
                    .to_owned(),
            hint: "name a saved page, or use `onrecord attach` afterwards".to_owned(),
        });
    }
    if let (true, Some(page)) = (attach, page.as_ref().map(Path::new).filter(|page| page.exists()))
    {
        super::attach::measure(page)?;
    }
    let media_type = match &page {
        Some(page) => crate::prefill::prefill(page, &mut fields)?,
        None => None,
    };
    if attach && media_type.is_none() {
        return Err(Error::Refused {
            what: "cannot attach an address: this program is offline".to_owned(),
            hint: "save the page and name the file".to_owned(),
        });
    }
    refuse_unclear_source(&along)?;
    if edit && !along.is_empty() {
        return Err(Error::Refused {
            what: "cannot fill in a new place, measure or source in an editor".to_owned(),
            hint: "leave --edit or the flags that begin with --new- out".to_owned(),
        });
    }
    let mut options =
        add::Options { archive: file, kind, fields, nested, along, update, replace_places };
    shorthands::settle(&mut options)?;
    if edit && options.nested.iter().any(|part| part.word == LINKS.word) {
        return Err(Error::Refused {
            what: "cannot fill in a link in an editor: --link goes without --edit".to_owned(),
            hint: "add the claim first, then `onrecord add link --from KEY --relation RELATION --to KEY`"
                .to_owned(),
        });
    }
    if edit && options.nested.iter().any(|part| part.word == EVIDENCE.word) {
        return Err(Error::Refused {
            what: "cannot fill in evidence in an editor: --evidence goes without --edit".to_owned(),
            hint:
                "add the claim and its verdict first, then `onrecord assess CLAIM --evidence KEY`"
                    .to_owned(),
        });
    }
    if edit {
        let add::Options { fields, nested, .. } = options;
        let options = draft::Options { archive: file, kind, fields, nested, update };
        report_tallies(&crate::edit_draft::edit_draft(&options)?);
        return Ok(Exit::Done);
    }
    let unknown = add::unknown_names(&options)?;
    ask_for_new(&unknown, &mut options)?;
    let added = match add::add(&options, &terminal::context()) {
        Err(error @ Error::Problems { .. }) => {
            let exit = failure::report(&error);
            print_flags_for_new(&unknown, &options);
            return Ok(exit);
        }
        added => added?,
    };
    if let Some(key) = &added.proposed {
        terminal::print_status(&format!("key: {key}"));
    }
    report_tallies(&added.tallies);
    if let (true, Some(key)) = (added.lacks_evidence, &added.key) {
        report_lack_of_evidence(key);
    }
    report_similar(&added.alike);
    if let (true, Some(key), Some(page)) = (attach, added.key, page) {
        super::attach::keep(file, key, page.into(), media_type.map(str::to_owned))?;
    }
    Ok(Exit::Done)
}

/// Refuses flags that describe a new source where several are given: they would be of any of them.
fn refuse_unclear_source(along: &[Along]) -> Result<()> {
    let mut new = along.iter().filter(|along| along.flag == add::NEW_SOURCE);
    let Some(Along { described, nested, .. }) = new.next() else { return Ok(()) };
    let flag = described.iter().map(|(name, _)| name.as_str());
    match (flag.chain(nested.iter().map(|part| part.word)).next(), new.next()) {
        (Some(name), Some(_)) => Err(Error::Refused {
            what: format!(
                "--{} does not say of which new source it is, since several are given",
                flag_name(name)
            ),
            hint: "add one of them first, with `onrecord add source`".to_owned(),
        }),
        _ => Ok(()),
    }
}

/// Prints the flags that would add what no record is called, and the words that they take.
fn print_flags_for_new(unknown: &[UnknownName], options: &add::Options<'_>) {
    let is_called = |along: &Along, name: &str| {
        let mut titles =
            along.fields.iter().filter(|(field, _)| Some(&**field) == along.kind.key_from);
        titles.any(|(_, title)| title == name)
    };
    let is_added = |name: &str| options.along.iter().any(|along| is_called(along, name));
    let mut explained: Vec<&Kind> = Vec::new();
    for UnknownName { name, stated_in, kind, asks_for, near } in
        unknown.iter().filter(|u| !is_added(&u.name))
    {
        if let Some(flag) = flag_for_new(*stated_in) {
            let (new, value) = (flag.flag, example(flag, name));
            let unless = match near.as_slice() {
                [] => String::new(),
                near => format!(", unless it is {}", near.join(" or ")),
            };
            terminal::print_status(&format!("{name:?} is new; `--{new} {value}` adds it{unless}"));
            if explained.iter().any(|other| other.is(kind)) {
                continue;
            }
            explained.push(kind);
            for (field, words) in asks_for {
                terminal::print_status(&format!("  {} is {words}", field.name.to_uppercase()));
            }
        }
    }
}

/// The flag that adds the record to which a field of a nested record refers.
fn flag_for_new((word, name): (&str, &str)) -> Option<&'static Shortcut> {
    let flag = match (word, name) {
        ("places", "location") | ("location", "within") => "new-place",
        ("figure", "measure") => "new-measure",
        ("mention", "source") => "new-source",
        ("mention", "speaker") => "new-speaker",
        _ => return None,
    };
    CLAIM_SHORTCUTS.iter().find(|shortcut| shortcut.flag == flag)
}

/// The value of such a flag for a name, with what is to be filled in as in the help.
fn example(flag: &Shortcut, name: &str) -> String {
    let rest = flag.value.split_once('=').map_or("", |(_, rest)| rest);
    let rest = rest.split('[').next().unwrap_or_default();
    format!("\"{name}={rest}\"")
}

/// Asks on a terminal whether names that no record has are to be added, and as what. Adds nothing where
/// the answer is empty.
fn ask_for_new(unknown: &[UnknownName], options: &mut add::Options<'_>) -> Result<()> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(());
    }
    for UnknownName { name, stated_in, kind, asks_for, near } in unknown {
        let (Some(flag), Some(title)) = (flag_for_new(*stated_in), kind.key_from) else { continue };
        let word = flag.flag.trim_start_matches("new-");
        terminal::print_status(&match near.as_slice() {
            [] => format!("no {word} is called {name:?}; to add it, answer:"),
            near => format!(
                "no {word} is called {name:?}, but there is {}; to add a new one, answer:",
                near.join(" or ")
            ),
        });
        let mut fields = vec![(title.to_owned(), name.clone())];
        for (field, codes) in asks_for {
            let question = format!("  {}: {codes}: ", field.name);
            match terminal::ask(&question)? {
                Some(answer) => fields.push((field.name.to_owned(), answer)),
                None => break,
            }
        }
        if fields.len() <= asks_for.len() {
            continue;
        }
        if kind.is(&MEASURE) {
            let unit = terminal::ask("  unit (EUR, m, …; empty for things counted one by one): ")?;
            fields.extend(unit.map(|unit| ("unit".to_owned(), unit)));
        }
        let (described, nested) = (Vec::new(), Vec::new());
        options.along.push(Along { kind, flag: flag.flag, fields, described, nested });
    }
    Ok(())
}
