//! Imports the bundled article, an ordinary document, through the usual import.

use super::init::create_archive;
use crate::error::{Error, Result};
use crate::intake::{self, Format, Unit};
use crate::model::{ARCHIVE, CLAIM, Record, Role, SOURCE, did_you_mean, document_kinds};
use crate::ops::context::{Context, Deed, open_writer};
use crate::ops::import::{Tally, WriteMode, import_documents};
use crate::store::{NewNames, Words, Writer, exists, few_keys};
use std::path::Path;

/// The claims of the article: `seeds/article.toml`.
pub const ARTICLE: &str = include_str!("../../../seeds/article.toml");

/// The seeds that can be loaded beside the article, by name.
pub const OTHERS: [(&str, &str); 1] =
    [("other-coverage", include_str!("../../../seeds/other-coverage.toml"))];

/// The result of seeding.
#[derive(Clone, Debug)]
pub struct SeedOutcome {
    /// `true` if the archive did not exist before.
    pub created: bool,
    /// The rows added, changed and left alone, by table.
    pub tallies: Vec<Tally>,
}

/// Imports the article and the seeds in `with` into the archive at `path`, which is created if it
/// does not exist. Seeding again changes nothing. With `into`, an archive that is about something else
/// is seeded too. An archive that is there keeps its title and its desk.
///
/// # Errors
/// Fails if there is no such seed, the archive has records and no claim of the seed, or it
/// cannot be created or written to; an incomplete new archive is not left behind.
pub fn seed(path: &Path, with: &[String], into: bool, context: &Context) -> Result<SeedOutcome> {
    let mut seeds = vec![("seeds/article.toml".to_owned(), ARTICLE.as_bytes().to_vec())];
    for name in with {
        let known = || OTHERS.iter().map(|(name, _)| *name);
        let Some((name, text)) = OTHERS.iter().find(|(other, _)| other == name) else {
            return Err(Error::NotFound {
                what: "seed".to_owned(),
                name: name.clone(),
                near: did_you_mean(name, known()),
                hint: format!("there is {}", known().collect::<Vec<_>>().join(", ")),
            });
        };
        seeds.push((format!("seeds/{name}.toml"), text.as_bytes().to_vec()));
    }
    let load = |writer: &Writer, is_new: bool| {
        let rename = |unit: &mut Unit| {
            unit.records.retain(|record| is_new || !record.kind.is(&ARCHIVE));
        };
        import_documents(writer, &seeds, context, Deed::of("seed"), WriteMode::Keep, rename)
    };
    let made = create_archive(path, NewNames::default(), context, |writer| {
        writer.stop_when(&context.cancel)?;
        load(writer, true)
    });
    match made {
        Ok(tallies) => Ok(SeedOutcome { created: true, tallies }),
        Err(Error::Exists { .. }) => {
            let writer = open_writer(path, context)?;
            if !into {
                refuse_foreign_records(&writer, &seeds)?;
            }
            let tallies = load(&writer, false)?;
            Ok(SeedOutcome { created: false, tallies })
        }
        Err(error) => Err(error),
    }
}

/// Refuses an archive that has records of its own and no claim of a seed: it is about something
/// else. The desk, which every archive has, is not counted.
fn refuse_foreign_records(writer: &Writer, seeds: &[(String, Vec<u8>)]) -> Result<()> {
    let Some(record) = own_record(writer)? else {
        return Ok(());
    };
    let words = Words::read(writer)?;
    for (_, bytes) in seeds {
        let document = intake::read_document(bytes, Format::Toml, &words);
        let is_claim = |record: &&Record| record.kind.is(&CLAIM);
        for key in document.records.iter().filter(is_claim).filter_map(|r| r.text("key")) {
            if exists(writer, CLAIM.table, key)? {
                return Ok(());
            }
        }
    }
    Err(Error::Refused {
        what: format!(
            "cannot seed {}: it has records of its own, {record} among them, and no claim of the \
             seed",
            writer.path().display()
        ),
        hint: "name another file for the seed: `onrecord --file seed.db seed`; --into adds it to this one"
            .to_owned(),
    })
}

/// The first record of the archive beside its desk, for people: `source morning-news`.
fn own_record(writer: &Writer) -> Result<Option<String>> {
    let desk = writer.desk()?;
    for kind in document_kinds().filter(|kind| kind.keyed() && kind.role == Role::Content) {
        let keys = few_keys(writer, kind.table, 2)?;
        if let Some(key) = keys.into_iter().find(|key| !kind.is(&SOURCE) || *key != desk) {
            return Ok(Some(format!("{} {key}", kind.word)));
        }
    }
    Ok(None)
}
