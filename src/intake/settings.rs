//! The settings that a person gives for reading an input.

/// What a person says of how an input is written.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Columns of a table by the field they are; an empty field passes the column over.
    pub map: Vec<(String, String)>,
    /// Fields with one value for all rows.
    pub set: Vec<(String, String)>,
    /// The encoding of a table; otherwise detected.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// The sign between the cells of a table; otherwise detected.
    pub delimiter: Option<u8>,
    /// Whether numbers have a decimal comma and may have grouped digits.
    pub decimal_comma: bool,
    /// The worksheet of a workbook; otherwise the first.
    pub sheet: Option<String>,
}

impl Settings {
    /// The encoding that goes by this name.
    ///
    /// # Errors
    /// When none does.
    pub fn encoding_named(name: &str) -> Result<&'static encoding_rs::Encoding, String> {
        encoding_rs::Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            format!(
                "no encoding is called {name:?}; utf-8, utf-16le, windows-1252 and the like are"
            )
        })
    }
}
