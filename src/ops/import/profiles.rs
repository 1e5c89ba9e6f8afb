//! Profiles: the options by which tables of one kind are read. A table is recognised by its headings; a
//! profile of the archive comes before those that the program brings along.

use super::input::Input;
use crate::error::{Error, Result};
use crate::intake::{self, Format, Settings, Unit};
use crate::model::{
    PROFILE, Record, SourcePos, TableOption, Value, check_key, did_you_mean, quoted,
};
use crate::store::{Handle, read_rows};

/// The documents of the profiles that the program brings along: `seeds/profiles/`.
pub const SHIPPED_PROFILES: [&str; 6] = [
    include_str!("../../../seeds/profiles/acled.toml"),
    include_str!("../../../seeds/profiles/airwars.toml"),
    include_str!("../../../seeds/profiles/tbij-pakistan.toml"),
    include_str!("../../../seeds/profiles/tbij-village.toml"),
    include_str!("../../../seeds/profiles/tbij-location.toml"),
    include_str!("../../../seeds/profiles/auto-archiver.toml"),
];

/// The profile with which tables are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ProfileChoice {
    /// The one that has the headings of a table, if there is one.
    #[default]
    ByHeadings,
    /// None.
    None,
    /// The one with this key.
    Named(String),
}

/// A profile, with its options parsed.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    key: String,
    title: Option<String>,
    headings: Vec<String>,
    options: Vec<TableOption>,
    note: Option<String>,
    shipped: bool,
}

/// The settings with which an input is read.
#[derive(Clone, Debug)]
pub(super) struct ChosenSettings {
    pub(super) settings: Settings,
    /// The headings of a table; empty for other inputs.
    pub(super) header: Vec<String>,
    /// The remark that names the profile.
    pub(super) remark: Option<String>,
}

impl Profile {
    /// The profile in a record of the kind [`PROFILE`].
    fn of(record: &Record, shipped: bool) -> Result<Self> {
        let text = |name: &str| record.text(name).map(str::to_owned);
        let [key, headings, options] =
            ["key", "headings", "options"].map(|name| text(name).unwrap_or_default());
        let (title, note) = (text("title"), text("note"));
        let options = TableOption::parse_lines(&options).map_err(|why| Error::Refused {
            what: format!("cannot read the profile {key}: {why}"),
            hint: format!("delete it and save it again: onrecord delete {key} --because …"),
        })?;
        let headings = headings.lines().map(str::trim).filter(|line| !line.is_empty());
        let headings = headings.map(str::to_owned).collect();
        Ok(Profile { key, title, headings, options, note, shipped })
    }

    fn fits(&self, header: &[String]) -> bool {
        self.headings.iter().all(|heading| header.iter().any(|name| name.trim() == heading))
    }

    /// The headings of a table without any, which the profile gives.
    fn own_header(&self) -> Option<&Vec<String>> {
        self.options.iter().find_map(|option| match option {
            TableOption::Header(names) => Some(names),
            _ => None,
        })
    }

    fn remark(&self, by_headings: bool) -> String {
        let title = self.title.as_ref().map_or_else(String::new, |title| format!(" ({title})"));
        let origin = if self.shipped { "" } else { " of this archive" };
        let note = self.note.as_ref().map_or_else(String::new, |note| format!(" {}", note.trim()));
        let without = match by_headings {
            true => " `--profile none` reads it without.",
            false => "",
        };
        format!("read with the profile {}{title}{origin}.{note}{without}", self.key)
    }
}

/// The profiles of an archive and those that the program brings along.
#[derive(Clone, Debug)]
pub(super) struct Profiles(Vec<Profile>);

impl Profiles {
    /// Reads the profiles.
    ///
    /// # Errors
    /// Fails if the archive cannot be read, or one of its profiles holds what is no option.
    pub(super) fn read(db: &Handle) -> Result<Self> {
        let mut all = Vec::new();
        read_rows(db, &PROFILE, |_, row| {
            let mut record = Record::new(&PROFILE, SourcePos::Whole);
            for (field, value) in PROFILE.fields.iter().zip(row) {
                record.set(field.name, value.clone(), SourcePos::Whole);
            }
            all.push(Profile::of(&record, false)?);
            Ok(())
        })?;
        for record in shipped() {
            all.push(Profile::of(&record, true)?);
        }
        Ok(Profiles(all))
    }

    /// The settings for an input: those that were given, and what the profile adds.
    ///
    /// # Errors
    /// Fails if the input cannot be read, no profile has the name that was given, or two have the headings
    /// of the table.
    pub(super) fn settings_for(
        &self,
        given: &Settings,
        choice: &ProfileChoice,
        input: &Input,
        format: Format,
    ) -> Result<ChosenSettings> {
        let mut chosen =
            ChosenSettings { settings: given.clone(), header: Vec::new(), remark: None };
        if !format.is_table() {
            return Ok(chosen);
        }
        let named = match choice {
            ProfileChoice::Named(name) => Some(self.named(name)?),
            _ => None,
        };
        let own_header = given.header.as_ref().or(named.and_then(Profile::own_header));
        chosen.header = match own_header {
            Some(header) => header.clone(),
            None => {
                let opened = input.open(&crate::model::Progress::silent())?;
                let header = intake::header(opened, format, given);
                header.map_err(|error| input.read_error(&error))?
            }
        };
        let profile = match choice {
            ProfileChoice::None => None,
            ProfileChoice::Named(_) => named,
            ProfileChoice::ByHeadings => self.by_headings(&chosen.header, input)?,
        };
        if let Some(profile) = profile {
            chosen.settings = given.with_profile(&profile.options, &chosen.header);
            chosen.remark = Some(profile.remark(*choice == ProfileChoice::ByHeadings));
        }
        Ok(chosen)
    }

    fn named(&self, name: &str) -> Result<&Profile> {
        let found = self.0.iter().find(|profile| profile.key == name);
        let keys = || self.0.iter().map(|profile| profile.key.as_str());
        found.ok_or_else(|| Error::NotFound {
            what: "profile".to_owned(),
            name: name.to_owned(),
            near: did_you_mean(name, keys()),
            hint: format!("these are: {}", keys().collect::<Vec<_>>().join(", ")),
        })
    }

    /// The profile with the most headings that a table has, of the archive before those of the program.
    fn by_headings(&self, header: &[String], input: &Input) -> Result<Option<&Profile>> {
        for shipped in [false, true] {
            let fits = |profile: &&Profile| profile.shipped == shipped && profile.fits(header);
            let mut fitting: Vec<&Profile> = self.0.iter().filter(fits).collect();
            fitting.sort_by_key(|profile| std::cmp::Reverse(profile.headings.len()));
            match fitting.as_slice() {
                [] => {}
                [first, second, ..] if first.headings.len() == second.headings.len() => {
                    return Err(Error::Refused {
                        what: format!(
                            "cannot choose a profile for {}: {} and {} have its headings",
                            input.name, first.key, second.key
                        ),
                        hint: format!("name one: --profile {}, or --profile none", first.key),
                    });
                }
                [first, ..] => return Ok(Some(first)),
            }
        }
        Ok(None)
    }
}

/// The profiles that the program brings along.
fn shipped() -> Vec<Record> {
    struct NoCodes;
    impl intake::Codes for NoCodes {
        fn of(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
    }
    let read = |text: &&str| intake::read_document(text.as_bytes(), Format::Toml, &NoCodes).records;
    SHIPPED_PROFILES.iter().flat_map(read).collect()
}

/// The unit that keeps the settings of a table as a profile.
///
/// # Errors
/// Fails if the name is no key, no option is there to keep, or a heading or an option has a line break.
pub(super) fn profile_unit(name: &str, chosen: &ChosenSettings, input: &Input) -> Result<Unit> {
    let refused = |why: String, hint: &str| Error::Refused {
        what: format!("cannot save the profile {}: {why}", quoted(name)),
        hint: hint.to_owned(),
    };
    check_key(name)
        .map_err(|why| refused(why, "give another name, such as --save-profile strikes"))?;
    let options: Option<Vec<String>> =
        chosen.settings.options().iter().map(TableOption::line).collect();
    let is_broken = |heading: &String| heading.contains(['\n', '\r']);
    let options = options.filter(|_| !chosen.header.iter().any(is_broken));
    let Some(options) = options else {
        let why = format!("a heading or an option of {} has a line break", input.name);
        return Err(refused(why, "take the line break out of the heading"));
    };
    if options.is_empty() {
        let why = format!("{} was read without options", input.name);
        return Err(refused(why, "leave --save-profile out; the next table is read the same way"));
    }
    let headings: Vec<&str> =
        chosen.header.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let mut record = Record::new(&PROFILE, SourcePos::Flag("--save-profile".to_owned()));
    for (field, value) in [
        ("key", name.to_owned()),
        ("headings", headings.join("\n")),
        ("options", options.join("\n")),
    ] {
        let pos = record.pos.clone();
        record.set(field, Value::from(value.as_str()), pos);
    }
    let mut unit = Unit { pos: record.pos.clone(), ..Unit::default() };
    unit.records.push(record);
    Ok(unit)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{Profile, Profiles, shipped};
    use crate::model::{PROFILE, Record, SourcePos, Value};
    use crate::ops::import::Input;

    fn profile(key: &str, headings: &str, shipped: bool) -> Profile {
        let mut record = Record::new(&PROFILE, SourcePos::Whole);
        for (field, value) in [("key", key), ("headings", headings), ("options", "--map a=text")] {
            record.set(field, Value::from(value), SourcePos::Whole);
        }
        Profile::of(&record, shipped).unwrap()
    }

    fn chosen(profiles: &[Profile], header: &[&str]) -> Result<Option<String>, String> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        let input = Input::bytes_of("t.csv", "");
        let found = Profiles(profiles.to_vec());
        let found = found.by_headings(&header, &input).map_err(|error| error.to_string())?;
        Ok(found.map(|profile| profile.key.clone()))
    }

    #[test]
    fn the_profile_with_the_most_headings_is_chosen_that_of_the_archive_first() {
        let some = |key: &str| Ok(Some(key.to_owned()));
        let (small, large) = (profile("small", "a\n\n", true), profile("large", "a\n b ", true));
        let (own, twin) = (profile("own", "a", false), profile("twin", "a", false));
        let shipped = [small.clone(), large.clone()];
        assert_eq!(chosen(&shipped, &["a", "b", "c"]), some("large"));
        assert_eq!(chosen(&shipped, &["a", "c"]), some("small"));
        assert_eq!(chosen(&shipped, &["b"]), Ok(None));
        assert_eq!(chosen(&[small, large, own.clone()], &["a", "b"]), some("own"));
        let error = chosen(&[own, twin], &["a"]).unwrap_err();
        assert!(error.contains("own and twin have its headings"), "{error}");
    }

    #[test]
    fn every_shipped_profile_can_be_read() {
        let all = shipped();
        assert_eq!(all.len(), super::SHIPPED_PROFILES.len());
        for record in all {
            let profile = Profile::of(&record, true).unwrap();
            assert!(!profile.headings.is_empty() && profile.note.is_some(), "{}", profile.key);
        }
    }
}
