//! Imports inputs of every format: all of them, or nothing; or, when asked to keep going, every
//! unit that has no problem.

mod ahead;
mod amounts;
mod beside_amounts;
mod check_unit;
mod contradictions;
mod deferred;
mod exported_folder;
mod foreign_desk;
mod importer;
mod input;
#[cfg(feature = "parquet")]
mod lake;
#[cfg(not(feature = "parquet"))]
mod no_lake;
mod operations;
mod outcome;
mod postgres;
mod preview;
mod profiles;
mod rejects;
mod reports;
mod resolve_keys;
mod resolve_names;
mod same_page;
mod transaction;
mod undated;
mod unit_state;
mod validate;
mod versions;
mod whole;
mod write_order;

use crate::error::{Error, Result};
use crate::intake::{self, ForeignFormat, Format, Proposal, Settings, Sink, Unit, foreign_format};
use crate::model::{ARCHIVE, CancelToken, Grouping, Progress, Signs, SourcePos};
use crate::ops::context::{Context, Deed, open_reader, open_writer};
use crate::ops::similar::{Newest, find_alike};
use crate::store::{OperationInput, Words, Writer};
use ahead::read_ahead;
use profiles::{Profiles, profile_unit};
use rejects::Rejects;
use std::path::Path;
use unit_state::Rejected;
use whole::Whole;

pub(in crate::ops) use importer::Importer;
pub use input::{Content, Input};
pub use outcome::{Outcome, Tally};
pub use profiles::{ProfileChoice, SHIPPED_PROFILES};
pub(in crate::ops) use resolve_keys::{
    fill_key, find_same, free_key, is_there_already, proposed_key,
};
pub(in crate::ops) use resolve_names::NameResolver;
pub(in crate::ops) use transaction::import_in_transaction;
pub(in crate::ops) use unit_state::{ImportMode, WriteMode};
pub(in crate::ops) use validate::fill_in_table;

/// The inputs of an import, and how to import them.
#[derive(Clone, Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The inputs.
    pub inputs: Vec<Input>,
    /// The format of all of them; otherwise each is recognised by its name or content.
    pub format: Option<Format>,
    /// The settings for reading tables.
    pub settings: Settings,
    /// The profile with which tables are read.
    pub profile: ProfileChoice,
    /// The key under which the settings of the one table are kept as a profile.
    pub save_profile: Option<String>,
    /// Find all problems and report what would change, but change nothing.
    pub dry_run: bool,
    /// Show the first records that would be added, and change nothing.
    pub preview: bool,
    /// Import the units without problems and leave the others out.
    pub keep_going: bool,
    /// A file for the units that are left out, with the reasons.
    pub rejects: Option<&'a Path>,
    /// The reports of other people that are taken in where an input brings them; an archive that is taken over as a
    /// whole brings all of its own.
    pub with_reports: Vec<String>,
    /// A progress callback for the bytes of each input.
    pub progress: Progress,
}

impl<'a> Options<'a> {
    /// The options for these inputs into this archive, all others at their defaults.
    pub fn new(archive: &'a Path, inputs: Vec<Input>) -> Self {
        Options {
            archive,
            inputs,
            format: None,
            settings: Settings::default(),
            profile: ProfileChoice::default(),
            save_profile: None,
            dry_run: false,
            preview: false,
            keep_going: false,
            rejects: None,
            with_reports: Vec::new(),
            progress: Progress::silent(),
        }
    }
}

/// Imports inputs into an archive.
///
/// # Errors
/// [`Error::Problems`] with the problems of every input, unless it is to keep going; or the error
/// of the archive. Nothing is written then.
pub fn import(options: Options<'_>, context: &Context) -> Result<Outcome> {
    let mut inputs: Vec<(&Input, Format)> = Vec::new();
    for input in &options.inputs {
        let format = match (options.format, input.folder()) {
            (Some(format), _) => format,
            (None, None) if input.server().is_some() => Format::Postgres,
            (None, Some(folder)) => Whole::format(folder),
            (None, None) => {
                let start = input.start()?;
                if let Some(ForeignFormat { name, hint }) = foreign_format(&input.name, &start) {
                    return Err(Error::Refused {
                        what: format!("cannot import {}: this is {name}", input.name),
                        hint: hint.to_owned(),
                    });
                }
                Format::guess(&input.name, &start)
            }
        };
        inputs.push((input, format));
    }
    refuse_options(&options, &inputs)?;
    let mut rejects = open_rejects(&options, &inputs)?;
    let writer = open_writer(options.archive, context)?;
    let words = Words::read(&writer)?;
    let profiles = Profiles::read(&writer)?;
    let mut chosen = Vec::new();
    for (input, format) in &inputs {
        chosen.push(profiles.settings_for(&options.settings, &options.profile, input, *format)?);
    }
    let mut kept = match (&options.save_profile, inputs.first(), chosen.first()) {
        (Some(name), Some((input, _)), Some(chosen)) => Some(profile_unit(name, chosen, input)?),
        _ => None,
    };
    let mut wholes = Vec::new();
    for (input, format) in inputs.iter().filter(|(_, format)| format.is_folder()) {
        wholes.push(Whole::open(input, *format, options.archive, &context.cancel)?);
    }
    // Documents are read at once: one may name the desk of the verdicts in another.
    let (mut documents, mut described) = (Vec::new(), Vec::new());
    let mut export = false;
    for (input, format) in &inputs {
        if format.is_document() {
            let bytes = input.bytes()?;
            documents.push(intake::read_document(&bytes, *format, &words));
            described.push(input.described(&bytes));
        } else if *format == Format::Ndjson {
            export |= intake::is_export(input.open(&Progress::silent())?)
                .map_err(|error| input.read_error(&error))?;
        }
    }
    export |= documents.iter().any(is_export) || !wholes.is_empty();
    let newest = Newest::of(&writer)?;
    let deed = Deed::of("import");
    let mode = ImportMode {
        restoring: false,
        keep_going: options.keep_going,
        preview: options.preview,
        write: if options.dry_run || options.preview {
            WriteMode::Rehearse
        } else {
            WriteMode::Keep
        },
    };
    let rejected = rejects.as_mut().map(|rejects| rejects as &mut dyn Rejected);
    let mut outcome =
        import_in_transaction(&writer, context, deed, mode, export, rejected, |importer| {
            importer.expect_desk(&documents);
            importer.take_reports(&options.with_reports);
            let mut documents = documents.into_iter().zip(described);
            let mut wholes = wholes.iter();
            let is_fresh = export && writer.is_fresh()?;
            for ((input, format), chosen) in inputs.iter().zip(&chosen) {
                // A line of an export may say anew what a line before it said.
                let is_whole = *format == Format::Ndjson || format.is_folder();
                importer.begin(&input.name, !is_whole);
                if format.is_document() {
                    for (document, described) in documents.by_ref().take(1) {
                        importer.note_input(described);
                        importer.unit(document);
                    }
                } else if format.is_folder() {
                    let Some(whole) = wholes.next() else { continue };
                    let read = |sink: &mut dyn Sink| whole.read(&options.progress, &words, sink);
                    read_ahead(read, importer).map_err(|error| input.read_error(&error))?;
                    importer.note_input(whole.described());
                    if let Some(lineage) = whole.lineage().filter(|_| is_fresh) {
                        writer.take_lineage(lineage)?;
                    }
                } else {
                    if let Some(remark) = &chosen.remark {
                        importer.unit(Unit {
                            remarks: vec![(SourcePos::Whole, remark.clone())],
                            ..Unit::default()
                        });
                    }
                    let opened = input.open(&options.progress)?;
                    let digest = opened.digest();
                    let (format, settings, words) = (*format, &chosen.settings, &words);
                    let read =
                        |sink: &mut dyn Sink| intake::stream(opened, format, settings, words, sink);
                    read_ahead(read, importer).map_err(|error| input.read_error(&error))?;
                    importer.note_input(input.read_through(&digest)?);
                }
                if importer.has_failed() {
                    break;
                }
            }
            if let Some(unit) = kept.take() {
                importer.unit(unit);
            }
            Ok(())
        })?;
    outcome.alike = find_alike(&writer, newest, &outcome.made_up)?;
    if let Some(rejects) = rejects.filter(|_| !options.dry_run) {
        outcome.written_back = rejects.keep()?;
    }
    Ok(outcome)
}

/// What would probably read an input that is a table.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The name of the input.
    pub input: String,
    /// The options to add to those that were given.
    pub proposal: Proposal,
    /// The number of problems that the input would still have.
    pub problems: usize,
}

/// Proposes, for each input that is a table and has problems, the options that would probably read it. Each
/// proposal was tried: one that leaves as many problems as before is none.
///
/// # Errors
/// Fails if the archive or an input cannot be read.
pub fn propose(options: &Options<'_>, context: &Context) -> Result<Vec<Proposed>> {
    let db = open_reader(options.archive, CancelToken::never())?;
    let words = Words::read(&db)?;
    let profiles = Profiles::read(&db)?;
    drop(db);
    let problems_with = |input: &Input, settings: Settings| -> Result<usize> {
        let mut tried = Options::new(options.archive, vec![input.clone()]);
        (tried.settings, tried.format, tried.dry_run) = (settings, options.format, true);
        tried.profile = options.profile.clone();
        match import(tried, context) {
            Ok(outcome) => Ok(outcome.problems.len() + outcome.more_problems),
            Err(Error::Problems { problems, more }) => Ok(problems.len() + more),
            Err(error) => Err(error),
        }
    };
    let mut proposals = Vec::new();
    for input in &options.inputs {
        let format = match options.format {
            Some(format) => format,
            None if input.folder().is_some() || input.server().is_some() => continue,
            None => Format::guess(&input.name, &input.start()?),
        };
        let settings =
            profiles.settings_for(&options.settings, &options.profile, input, format)?.settings;
        let opened = input.open(&Progress::silent())?;
        let proposal = intake::propose(opened, format, &settings, &words)
            .map_err(|error| input.read_error(&error))?;
        if proposal.is_empty() {
            continue;
        }
        let problems_now = problems_with(input, options.settings.clone())?;
        // A kind that nothing new needs could make a second record of one that is there.
        let mut tried = vec![proposal.without_kinds(), proposal];
        tried.dedup();
        let mut best: Option<Proposed> = None;
        for proposal in tried.into_iter().filter(|proposal| !proposal.is_empty()) {
            let problems = problems_with(input, proposal.applied(&options.settings))?;
            if problems < best.as_ref().map_or(problems_now, |best| best.problems) {
                best = Some(Proposed { input: input.name.clone(), proposal, problems });
            }
        }
        proposals.extend(best);
    }
    Ok(proposals)
}

/// Refuses options that do not go with the format of an input.
fn refuse_options(options: &Options<'_>, inputs: &[(&Input, Format)]) -> Result<()> {
    let settings = &options.settings;
    let options_of_tables = [
        ("--map", !settings.map.is_empty()),
        ("--set", !settings.set.is_empty()),
        ("--fill", !settings.fill.is_empty()),
        ("--recode", !settings.recode.is_empty()),
        ("--dates", settings.dates.is_some()),
        ("--profile", matches!(options.profile, ProfileChoice::Named(_))),
        ("--save-profile", options.save_profile.is_some()),
    ];
    let workbook = inputs.iter().find(|(_, format)| !matches!(format, Format::Csv | Format::Tsv));
    if let (Some((input, _)), true) = (workbook, settings.header.is_some()) {
        return Err(Error::Refused {
            what: format!("--header is for CSV and TSV, and {} is none", input.name),
            hint: "import it apart, without it".to_owned(),
        });
    }
    for (flag, used) in options_of_tables {
        let other = inputs.iter().find(|(_, format)| !format.is_table());
        if let (true, Some((input, _))) = (used, other) {
            return Err(Error::Refused {
                what: format!("{flag} is for tables with columns, and {} is none", input.name),
                hint: "import it apart, without it".to_owned(),
            });
        }
    }
    if options.save_profile.is_some() && inputs.len() > 1 {
        return Err(Error::Refused {
            what: "cannot save one profile of several inputs".to_owned(),
            hint: "import the table whose profile it is alone".to_owned(),
        });
    }
    if let Signs { decimal: Some(decimal), grouping: Some(Grouping::Sign(grouping)) } =
        settings.signs
        && decimal == grouping
    {
        return Err(Error::Refused {
            what: format!("{decimal} cannot both begin the decimals and group digits"),
            hint: "give --decimal and --grouping different signs".to_owned(),
        });
    }
    let document = inputs.iter().find(|(_, format)| format.is_document());
    if let (true, Some((input, _))) = (options.keep_going, document) {
        return Err(Error::Refused {
            what: format!("cannot keep going in {}: a document is taken whole", input.name),
            hint: "leave --keep-going out; every problem is listed, and nothing is written before \
                   they are fixed"
                .to_owned(),
        });
    }
    Ok(())
}

/// Opens the file of rejected units, which has the format of the inputs.
fn open_rejects(options: &Options<'_>, inputs: &[(&Input, Format)]) -> Result<Option<Rejects>> {
    let mut streams = inputs.iter().filter(|(_, format)| !format.is_document());
    let (Some(path), Some((_, format))) = (options.rejects, streams.next()) else {
        return Ok(None);
    };
    if let Some((other, _)) = streams.find(|(_, other)| other != format) {
        return Err(Error::Refused {
            what: format!(
                "cannot write the rejects: {} has another format than the first",
                other.name
            ),
            hint: "import inputs of one format at a time".to_owned(),
        });
    }
    Rejects::new(path, *format).map(Some)
}

/// Returns true if a document says when its archive was created: only an export does.
fn is_export(document: &Unit) -> bool {
    let says_when = |record: &crate::model::Record| {
        record.kind.is(&ARCHIVE) && record.given("created").is_some()
    };
    document.records.iter().any(says_when)
}

/// Imports TOML documents, each by the name that messages call it by, with the code lists of the
/// archive. `adapt` changes what each holds before it is imported.
pub(in crate::ops) fn import_documents(
    writer: &Writer,
    inputs: &[(String, Vec<u8>)],
    context: &Context,
    deed: Deed<'_>,
    write: WriteMode,
    adapt: impl Fn(&mut Unit),
) -> Result<Vec<Tally>> {
    let words = Words::read(writer)?;
    let read = |(name, bytes): &(String, Vec<u8>)| {
        (name.clone(), intake::read_document(bytes, Format::Toml, &words))
    };
    let mut units: Vec<(String, Unit)> = inputs.iter().map(read).collect();
    units.iter_mut().for_each(|(_, unit)| adapt(unit));
    let described = |(name, bytes): &(String, Vec<u8>)| Input::bytes_of(name, "").described(bytes);
    let described = inputs.iter().map(described).collect();
    import_units(writer, units, described, context, deed, write).map(|outcome| outcome.tallies)
}

/// Imports units that are at hand, each with the name of its input; `described` are the inputs that
/// they were read from.
pub(in crate::ops) fn import_units(
    writer: &Writer,
    units: Vec<(String, Unit)>,
    described: Vec<OperationInput>,
    context: &Context,
    deed: Deed<'_>,
    write: WriteMode,
) -> Result<Outcome> {
    let mode = ImportMode { write, ..ImportMode::default() };
    let export = units.iter().any(|(_, unit)| is_export(unit));
    import_in_transaction(writer, context, deed, mode, export, None, |importer| {
        let (names, units): (Vec<String>, Vec<Unit>) = units.into_iter().unzip();
        described.into_iter().for_each(|input| importer.note_input(input));
        importer.expect_desk(&units);
        for (name, unit) in names.iter().zip(units) {
            importer.begin(name, true);
            if !importer.unit(unit) {
                break;
            }
        }
        Ok(())
    })
}
