//! Loads the bundled article, an ordinary document, by the ordinary way.

use super::import::{Input, read_and_load};
use super::load::Way;
use super::{Context, Tally, builtin_views, open_writer};
use crate::error::{Error, Result};
use crate::intake::Format;
use crate::store::{create, install_views};
use std::path::Path;

/// The article's claims, as `seeds/article.toml` has them.
pub const ARTICLE: &str = include_str!("../../seeds/article.toml");

/// What seeding did.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Whether the archive was made just now.
    pub created: bool,
    /// What happened to the rows.
    pub tallies: Vec<Tally>,
}

/// Makes the archive at `path` if there is none and loads the article into it. Doing it again
/// changes nothing.
///
/// # Errors
/// When the archive cannot be made or written to; a new one is then not left behind.
pub fn seed(path: &Path, context: &Context) -> Result<Outcome> {
    let article = || {
        vec![Input { name: "seeds/article.toml".to_owned(), bytes: ARTICLE.as_bytes().to_vec() }]
    };
    let load =
        |writer: &_| read_and_load(writer, article(), Some(Format::Toml), context, Way::Keep);
    let made = create(path, &context.now, None, |writer| {
        writer.transact(|writer| install_views(writer, &builtin_views()))?;
        writer.stop_when(&context.stop)?;
        load(writer)
    });
    match made {
        Ok(tallies) => Ok(Outcome { created: true, tallies }),
        Err(Error::Exists { .. }) => {
            let tallies = load(&open_writer(path, context)?)?;
            Ok(Outcome { created: false, tallies })
        }
        Err(error) => Err(error),
    }
}
