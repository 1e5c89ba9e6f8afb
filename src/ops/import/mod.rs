//! Loads inputs of every format: all of them, or nothing; or, when asked to keep going, all that is
//! good.

mod check_unit;
mod deferred;
pub(super) mod importer;
pub(super) mod propose_key;
mod rejects;
mod resolve_keys;
pub(super) mod transaction;
mod validate;
mod write_order;

use super::similar::repeated;
use super::{Context, Tally, open_writer};
use crate::error::{Error, Result};
use crate::intake;
use crate::intake::{Format, Settings};
use crate::model::Progress;
use crate::store::{Words, Writer, last_claim};
use importer::{ImportMode, Importer, Rejected};
use rejects::Rejects;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use transaction::{Batch, Outcome, WriteMode, load, load_then};

/// An input and what to call it.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name for messages: the file as the user named it, or `-`.
    pub name: String,
    /// What it holds.
    pub content: Content,
}

/// Where the bytes of an input are.
#[derive(Clone, Debug)]
pub enum Content {
    /// In memory.
    Bytes(Vec<u8>),
    /// In a file, which is read piece by piece where its format allows.
    File(PathBuf),
}

/// What to import, and how.
#[derive(Debug)]
pub struct Options<'a> {
    /// The archive.
    pub archive: &'a Path,
    /// The inputs.
    pub inputs: Vec<Input>,
    /// The format of all of them; otherwise each is told by its name or content.
    pub format: Option<Format>,
    /// How tables are written.
    pub settings: Settings,
    /// Find all problems and say what would change, but change nothing.
    pub dry_run: bool,
    /// Take what is good and leave out what is not.
    pub keep_going: bool,
    /// Where what is left out is written, with the reasons.
    pub rejects: Option<&'a Path>,
    /// Is told how far it has come.
    pub progress: Progress,
}

impl<'a> Options<'a> {
    /// These inputs into this archive, everything else as usual.
    pub fn new(archive: &'a Path, inputs: Vec<Input>) -> Self {
        Options {
            archive,
            inputs,
            format: None,
            settings: Settings::default(),
            dry_run: false,
            keep_going: false,
            rejects: None,
            progress: Progress::silent(),
        }
    }
}

/// Loads inputs into an archive.
///
/// # Errors
/// [`Error::Problems`] with the problems of every input, unless it is to keep going; or what went
/// wrong with the archive. Nothing is written then.
pub fn import(options: Options<'_>, context: &Context) -> Result<Outcome> {
    let mut documents = Vec::new();
    let mut streams = Vec::new();
    for input in &options.inputs {
        let format = match options.format {
            Some(format) => format,
            None => Format::guess(&input.name, &input.start()?),
        };
        if format.is_document() {
            documents.push((input, format))
        } else {
            streams.push((input, format))
        }
    }
    let settings = &options.settings;
    for (flag, used) in [("--map", !settings.map.is_empty()), ("--set", !settings.set.is_empty())] {
        let other = streams.iter().chain(&documents).find(|(_, f)| !f.is_table());
        if let (true, Some((input, _))) = (used, other) {
            return Err(Error::Refused {
                what: format!("{flag} is for tables with columns, and {} is none", input.name),
                hint: "import it apart, without it".to_owned(),
            });
        }
    }
    if let (true, Some((input, _))) = (options.keep_going, documents.first()) {
        return Err(Error::Refused {
            what: format!("cannot keep going in {}: a document is taken whole", input.name),
            hint: "leave --keep-going out; every problem is listed, and nothing is written before \
                   they are mended"
                .to_owned(),
        });
    }
    let mut rejects = match (options.rejects, streams.first()) {
        (Some(path), Some((_, format))) => {
            if let Some((other, _)) = streams.iter().find(|(_, other)| other != format) {
                return Err(Error::Refused {
                    what: format!(
                        "cannot write the rejects: {} has another format than the first",
                        other.name
                    ),
                    hint: "import inputs of one format at a time".to_owned(),
                });
            }
            Some(Rejects::new(path, *format)?)
        }
        _ => None,
    };
    let writer = open_writer(options.archive, context)?;
    let words = Words::read(&writer)?;
    let mut batch = Batch { inputs: Vec::new(), documents: Vec::new(), problems: Vec::new() };
    for (input, format) in &documents {
        let (document, problems) = intake::read(&input.name, &input.bytes()?, *format, &words);
        batch.inputs.push(input.name.clone());
        batch.documents.push(document);
        batch.problems.extend(problems);
    }
    let mut export = false;
    for (input, _) in streams.iter().filter(|(_, format)| *format == Format::Ndjson) {
        export |=
            intake::is_export(input.open(&Progress::silent())?).map_err(|e| input.fault(&e))?;
    }
    if !streams.is_empty() {
        writer.rely_on_guards()?;
    }
    let last = last_claim(&writer)?;
    let mode = if options.dry_run { WriteMode::Rehearse } else { WriteMode::Keep };
    let keep_going = options.keep_going;
    let mut outcome = load_then(&writer, batch, context, mode, export, |restoring| {
        if streams.is_empty() {
            return Ok(Outcome::default());
        }
        let rejected = rejects.as_mut().map(|rejects| rejects as &mut dyn Rejected);
        let mode = ImportMode { restoring, keep_going };
        let mut importer = Importer::new(&writer, &context.now, mode, rejected)?;
        for (input, format) in &streams {
            // A table of events has a row for each, as other tables have for what they name.
            importer.begin(&input.name, format.is_table() || *format == Format::Ucdp);
            let opened = input.open(&options.progress)?;
            intake::stream(opened, *format, &options.settings, &words, &mut importer)
                .map_err(|error| input.fault(&error))?;
            if importer.has_failed() {
                break;
            }
        }
        let outcome = importer.finish()?;
        if outcome.rejected > 0 && !keep_going {
            let Outcome { problems, more_problems: more, .. } = outcome;
            return Err(Error::Problems { problems, more });
        }
        Ok(outcome)
    })?;
    outcome.alike = repeated(&writer, last)?;
    if let Some(rejects) = rejects.filter(|_| !options.dry_run) {
        outcome.written_back = rejects.keep()?;
    }
    Ok(outcome)
}

/// Reads TOML documents with the words of the archive at hand and writes them into it.
pub(super) fn read_and_load(
    writer: &Writer,
    inputs: Vec<(String, Vec<u8>)>,
    context: &Context,
    mode: WriteMode,
) -> Result<Vec<Tally>> {
    let words = Words::read(writer)?;
    let mut batch = Batch { inputs: Vec::new(), documents: Vec::new(), problems: Vec::new() };
    for (name, bytes) in inputs {
        let (document, problems) = intake::read(&name, &bytes, Format::Toml, &words);
        batch.inputs.push(name);
        batch.documents.push(document);
        batch.problems.extend(problems);
    }
    load(writer, batch, context, mode)
}

impl Input {
    /// An input that is in memory.
    pub fn bytes_of(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Input { name: name.to_owned(), content: Content::Bytes(bytes.into()) }
    }

    fn fault(&self, error: &std::io::Error) -> Error {
        Error::file("read", Path::new(&self.name), error)
    }

    fn open(&self, progress: &Progress) -> Result<Metered<'_>> {
        let inner = match &self.content {
            Content::Bytes(bytes) => Opened::Bytes(Cursor::new(bytes.as_slice())),
            Content::File(path) => Opened::File(File::open(path).map_err(|e| self.fault(&e))?),
        };
        let all = match &inner {
            Opened::Bytes(bytes) => bytes.get_ref().len() as u64,
            Opened::File(file) => file.metadata().map_or(0, |meta| meta.len()),
        };
        Ok(Metered { inner, done: 0, all, progress: progress.clone() })
    }

    /// What it begins with, to know its format by.
    fn start(&self) -> Result<Vec<u8>> {
        let mut start = Vec::new();
        self.open(&Progress::silent())?
            .take(1 << 16)
            .read_to_end(&mut start)
            .map_err(|error| self.fault(&error))?;
        Ok(start)
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.open(&Progress::silent())?.read_to_end(&mut bytes).map_err(|e| self.fault(&e))?;
        Ok(bytes)
    }
}

enum Opened<'a> {
    Bytes(Cursor<&'a [u8]>),
    File(File),
}

/// A reader that tells how far it has come.
struct Metered<'a> {
    inner: Opened<'a>,
    done: u64,
    all: u64,
    progress: Progress,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let number = match &mut self.inner {
            Opened::Bytes(bytes) => bytes.read(buffer),
            Opened::File(file) => file.read(buffer),
        }?;
        self.done += number as u64;
        self.progress.tell(self.done, self.all);
        Ok(number)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let at = match &mut self.inner {
            Opened::Bytes(bytes) => bytes.seek(to),
            Opened::File(file) => file.seek(to),
        }?;
        self.done = at;
        Ok(at)
    }
}
