use crate::exit::Exit;
use crate::output::{report_similar, report_tallies};
use crate::terminal;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, Subcommand};
use onrecord::error::{Error, Result};
use onrecord::model::{Kind, kind_of_word};
use onrecord::ops::edit::add;
use onrecord::ops::edit::add::Inside;
use onrecord::ops::edit::draft;
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
    /// With --update of a claim: remove its places that are not given by --place
    #[arg(long, global = true, requires = "update")]
    replace_place: bool,
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
    /// A saved page, or a URL, to prefill a source from.
    page: Option<String>,
    /// `true` to keep the page as a captured copy.
    attach: bool,
}

/// A flag that adds a nested record, such as a claim's place.
struct Shortcut {
    flag: &'static str,
    nested: &'static str,
    value: &'static str,
    parse: fn(&str) -> std::result::Result<String, String>,
    help: &'static str,
}

fn any_text(value: &str) -> std::result::Result<String, String> {
    Ok(value.to_owned())
}

/// Asks for the relation before the colon: which way one source draws on another is never guessed.
fn relation_and_key(value: &str) -> std::result::Result<String, String> {
    match value.split_once(':') {
        Some(_) => Ok(value.to_owned()),
        None => Err(format!(
            "say how it draws on it, such as cites:{value}, quotes:{value} or translates:{value}"
        )),
    }
}

const fn shortcuts(kind: &str) -> &'static [Shortcut] {
    match kind.as_bytes() {
        b"claim" => &[Shortcut {
            flag: "place",
            nested: "places",
            value: "KEY",
            parse: any_text,
            help: "Key of a place where it happened or holds (can be repeated)",
        }],
        b"source" => &[Shortcut {
            flag: "origin",
            nested: "origin",
            value: "RELATION:KEY",
            parse: relation_and_key,
            help: "A source it draws on, such as speaks_for:KEY or translates:KEY (can be repeated)",
        }],
        b"location" => &[Shortcut {
            flag: "other-name",
            nested: "names",
            value: "NAME",
            parse: any_text,
            help: "Another name or spelling (can be repeated)",
        }],
        _ => &[],
    }
}

/// The fields of a claim's first mention, which are flags of the claim.
fn mention_flags(kind: &Kind) -> impl Iterator<Item = &'static onrecord::model::Field> {
    let mention = (kind.word == "claim").then(|| kind_of_word("mention")).flatten();
    mention
        .into_iter()
        .flat_map(|mention| mention.fields)
        .filter(|field| !["claim", "note"].contains(&field.name))
}

fn flag_name(name: &str) -> String {
    name.replace('_', "-")
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
                .help(format!("{}{needed}", field.about)),
        );
    }
    for field in mention_flags(kind) {
        command = command.arg(
            Arg::new(field.name)
                .long(flag_name(field.name))
                .value_name("VALUE")
                .help_heading("Who states it")
                .help(field.about),
        );
    }
    for shortcut in shortcuts(kind.word) {
        command = command.arg(
            Arg::new(shortcut.flag)
                .long(shortcut.flag)
                .value_name(shortcut.value)
                .action(ArgAction::Append)
                .value_parser(shortcut.parse)
                .help(shortcut.help),
        );
    }
    if kind.word == "source" {
        let page = "A saved HTML page to fill the flags in from, or a URL; flags win";
        let attach = "Keep the page as a captured copy of the source";
        command = command
            .arg(Arg::new("page").value_name("FILE|URL").help(page))
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
        let fields =
            kind.fields.iter().filter(|f| !f.derived).filter_map(|f| given(f.name)).collect();
        let mut nested = Vec::new();
        let mention: Vec<_> = mention_flags(kind).filter_map(|field| given(field.name)).collect();
        if !mention.is_empty() {
            nested.push(Inside { word: "mention", flag: None, fields: mention });
        }
        for shortcut in shortcuts(kind.word) {
            for value in matches.get_many::<String>(shortcut.flag).into_iter().flatten() {
                let fields = match (shortcut.nested, value.split_once(':')) {
                    ("origin", Some((relation, key))) => {
                        vec![("relation", relation), ("origin", key)]
                    }
                    ("places", _) => vec![("location", value.as_str())],
                    _ => vec![("name", value.as_str())],
                };
                let fields =
                    fields.into_iter().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
                nested.push(Inside { word: shortcut.nested, flag: Some(shortcut.flag), fields });
            }
        }
        let source = kind.word == "source";
        let page = source.then(|| matches.get_one::<String>("page").cloned()).flatten();
        let attach = source && matches.get_flag("attach");
        Ok(Record { kind, fields, nested, page, attach })
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
    let Args { update, replace_place: replace_places, edit, record } = args;
    let Record { kind, mut fields, nested, page, attach } = record;
    if replace_places && (edit || kind.word != "claim" || nested.is_empty()) {
        return Err(Error::Refused {
            what:
                "cannot replace places: --replace-place is for a claim, with --place and without \
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
    let saved = match &page {
        Some(page) => crate::prefill::prefill(page, &mut fields)?,
        None => false,
    };
    if attach && !saved {
        return Err(Error::Refused {
            what: "cannot attach an address: this program is offline".to_owned(),
            hint: "save the page and name the file".to_owned(),
        });
    }
    if edit {
        let options = draft::Options { archive: file, kind, fields, nested, update };
        report_tallies(&crate::edit_draft::edit_draft(&options)?);
        return Ok(Exit::Done);
    }
    let options = add::Options { archive: file, kind, fields, nested, update, replace_places };
    let added = add::add(&options, &terminal::context())?;
    if let Some(key) = &added.proposed {
        terminal::print_status(&format!("key: {key}"));
    }
    report_tallies(&added.tallies);
    report_similar(&added.alike);
    if let (true, Some(key), Some(page)) = (attach, added.key, page) {
        super::attach::keep(file, key, page.into(), Some("text/html".to_owned()))?;
    }
    Ok(Exit::Done)
}
