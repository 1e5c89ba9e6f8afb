//! Several worksheets that are read as one input: which options are for which of them, and the columns that
//! they have together.

use crate::intake::settings::Settings;
use crate::intake::table::derived::{coordinates_in, is_joined};
use crate::intake::unit::{REJECTED_BECAUSE, Raw, Sink, Unit};
use crate::model::{SourcePos, Worksheet, did_you_mean, find_column, quoted};

/// A worksheet that is read together with others.
pub(super) struct Part {
    /// The kind of worksheet that its name tells; `None` for another name.
    pub(super) worksheet: Option<&'static Worksheet>,
    /// Its headings.
    pub(super) header: Vec<String>,
}

/// Returns true if most headings are those of fields, so that the worksheet is a table of ours.
pub(super) fn is_ours(header: &[String], settings: &Settings) -> bool {
    let named = header.iter().filter(|heading| !heading.trim().is_empty());
    let is_known = |heading: &&String| {
        let target = settings.target(heading);
        let is_field =
            find_column(target.field).is_some() || coordinates_in(target.field).is_some();
        target.mapped || is_field || target.field.trim() == REJECTED_BECAUSE
    };
    let known = named.clone().filter(is_known).count();
    known * 2 > named.count()
}

/// Divides options among worksheets: one that names a column is for those that have it, and one that gives a
/// value to every row for those whose rows can have it.
///
/// # Errors
/// Fails with a problem for each option that is for none of them.
pub(super) fn divide(
    settings: &Settings,
    parts: &[Part],
) -> Result<Vec<Settings>, Vec<(SourcePos, String)>> {
    let plain = Settings {
        map: Vec::new(),
        set: Vec::new(),
        fill: Vec::new(),
        recode: Vec::new(),
        split: Vec::new(),
        ..settings.clone()
    };
    let mut divided = vec![plain; parts.len()];
    let mut problems = Vec::new();
    let has_heading = |part: &Part, name: &str| part.header.iter().any(|heading| heading == name);
    let has_field = |part: &Part, name: &str| settings.has_column(&part.header, name);
    let mut lacks = |flag: &str, name: &str| {
        let near =
            did_you_mean(name, parts.iter().flat_map(|part| &part.header).map(String::as_str));
        let what = format!("none of the worksheets has a column {}{near}", quoted(name));
        problems.push((SourcePos::Flag(flag.to_owned()), what));
    };
    for pair in &settings.map {
        let own = positions(parts, |part| has_heading(part, &pair.0));
        own.iter().for_each(|n| divided[*n].map.push(pair.clone()));
        if own.is_empty() {
            lacks("--map", &pair.0);
        }
    }
    for pair in &settings.fill {
        let own = positions(parts, |part| has_field(part, &pair.0));
        own.iter().for_each(|n| divided[*n].fill.push(pair.clone()));
        if own.is_empty() {
            lacks("--fill", &pair.0);
        }
    }
    for pair in &settings.recode {
        let is_of = |heading: &String| {
            pair.0.strip_prefix(heading.as_str()).is_some_and(|rest| rest.starts_with(':'))
        };
        let own = positions(parts, |part| part.header.iter().any(is_of));
        own.iter().for_each(|n| divided[*n].recode.push(pair.clone()));
        if own.is_empty() {
            lacks("--recode", pair.0.split(':').next().unwrap_or_default());
        }
    }
    for pair in &settings.split {
        let own = positions(parts, |part| has_heading(part, &pair.0) || has_field(part, &pair.0));
        own.iter().for_each(|n| divided[*n].split.push(pair.clone()));
        if own.is_empty() {
            lacks("--split", &pair.0);
        }
    }
    for pair in &settings.set {
        match set_in(settings, parts, &pair.0) {
            Some(own) => own.iter().for_each(|n| divided[*n].set.push(pair.clone())),
            None => {
                let what = format!("none of the worksheets has rows that take {}", quoted(&pair.0));
                problems.push((SourcePos::Flag("--set".to_owned()), what));
            }
        }
    }
    if problems.is_empty() { Ok(divided) } else { Err(problems) }
}

/// The positions of the worksheets to whose rows `--set` gives a field: those that take it and have no column
/// of it. Where all have one, the first that takes it, which refuses it. `None` where none takes it.
fn set_in(settings: &Settings, parts: &[Part], field: &str) -> Option<Vec<usize>> {
    let Some(column) = find_column(field) else {
        // The reader of the first one says that there is no such field.
        return Some(vec![0]);
    };
    let takes = |part: &Part| part.worksheet.is_none_or(|worksheet| worksheet.takes(column));
    let taking = positions(parts, takes);
    let lacks = |n: &usize| !settings.has_column(&parts[*n].header, field);
    let lacking: Vec<usize> = taking.iter().copied().filter(lacks).collect();
    match (taking.first(), lacking.is_empty()) {
        (None, _) => None,
        (Some(first), true) => Some(vec![*first]),
        (Some(_), false) => Some(lacking),
    }
}

fn positions(parts: &[Part], is_wanted: impl Fn(&Part) -> bool) -> Vec<usize> {
    (0..parts.len()).filter(|n| is_wanted(&parts[*n])).collect()
}

/// The headings of several worksheets, each once, so that rows of all of them can stand in one table.
#[derive(Default)]
pub(super) struct JointHeader {
    pub(super) headings: Vec<String>,
}

impl JointHeader {
    /// Joins the headings of worksheets.
    pub(super) fn of(parts: &[Part], settings: &Settings) -> Self {
        let mut joint = JointHeader::default();
        for part in parts {
            let positions = joint.positions(&part.header, settings);
            let new = part.header.iter().zip(positions).filter(|(_, at)| at.is_none());
            joint.headings.extend(new.map(|(heading, _)| heading.clone()));
        }
        joint
    }

    /// The position of each column of a worksheet; `None` for a heading that is not there. Two headings of
    /// one field are one, unless both are on this worksheet.
    fn positions(&self, header: &[String], settings: &Settings) -> Vec<Option<usize>> {
        let mut taken = vec![false; self.headings.len()];
        let field = |heading: &str| {
            let target = settings.target(heading);
            let column = find_column(target.field).filter(|_| !target.mapped);
            column.filter(|column| !is_joined(column)).map(|column| column.name)
        };
        let mut find = |heading: &String| {
            let is_it = |other: &String| {
                other == heading || field(heading).is_some() && field(other) == field(heading)
            };
            let at = (0..self.headings.len()).find(|n| !taken[*n] && is_it(&self.headings[*n]))?;
            taken[at] = true;
            Some(at)
        };
        header.iter().map(&mut find).collect()
    }

    /// Puts the cells of a row of a worksheet where their columns are. Cells without a column stand behind.
    fn place(&self, cells: Vec<String>, positions: &[Option<usize>]) -> Vec<String> {
        let mut placed = vec![String::new(); self.headings.len()];
        for (n, cell) in cells.into_iter().enumerate() {
            match positions.get(n).copied().flatten() {
                Some(at) => placed[at] = cell,
                None if cell.is_empty() => {}
                None => placed.push(cell),
            }
        }
        placed
    }

    /// Puts rows of a worksheet with this header where their columns are.
    pub(super) fn place_all(
        &self,
        header: &[String],
        rows: Vec<Vec<String>>,
        settings: &Settings,
    ) -> Vec<Vec<String>> {
        let positions = self.positions(header, settings);
        rows.into_iter().map(|cells| self.place(cells, &positions)).collect()
    }
}

/// A sink for the rows of one of several worksheets. What is rejected of them can stand in one table.
pub(super) struct PartSink<'a> {
    inner: &'a mut dyn Sink,
    joint: &'a JointHeader,
    settings: &'a Settings,
    positions: Vec<Option<usize>>,
    /// True if no more is to be read.
    pub(super) ended: bool,
}

impl<'a> PartSink<'a> {
    pub(super) fn new(
        inner: &'a mut dyn Sink,
        joint: &'a JointHeader,
        settings: &'a Settings,
    ) -> Self {
        PartSink { inner, joint, settings, positions: Vec::new(), ended: false }
    }
}

impl Sink for PartSink<'_> {
    fn header(&mut self, header: &[String]) {
        self.positions = self.joint.positions(header, self.settings);
        self.inner.header(&self.joint.headings);
    }

    fn delimiter(&mut self, sign: u8) {
        self.inner.delimiter(sign);
    }

    fn unit(&mut self, mut unit: Unit) -> bool {
        if let Raw::Cells(cells) = unit.raw {
            unit.raw = Raw::Cells(self.joint.place(cells, &self.positions));
        }
        let goes_on = self.inner.unit(unit);
        self.ended = !goes_on;
        goes_on
    }
}

/// A sink for what is wrong with a header that is tried.
pub(super) struct HeaderSink<'a>(pub(super) &'a mut dyn Sink);

impl Sink for HeaderSink<'_> {
    fn header(&mut self, _: &[String]) {}

    fn delimiter(&mut self, _: u8) {}

    fn unit(&mut self, unit: Unit) -> bool {
        self.0.unit(unit)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::{JointHeader, Part, divide, is_ours};
    use crate::intake::settings::Settings;
    use crate::model::{TableOption, WORKSHEETS, find_worksheet};

    fn settings(lines: &str) -> Settings {
        let mut settings = Settings::default();
        let options = TableOption::parse_lines(lines).unwrap();
        options.into_iter().for_each(|option| settings.apply(option));
        settings
    }

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_owned).collect()
    }

    fn part(sheet: &str, names: &str) -> Part {
        let worksheet = find_worksheet(sheet).map(|n| &WORKSHEETS[n]);
        Part { worksheet, header: header(names) }
    }

    #[test]
    fn most_headings_of_a_table_of_ours_are_fields() {
        let is_it = |names: &str, lines: &str| is_ours(&header(names), &settings(lines));
        assert!(is_it("claim,text,Colour", "") && is_it("rejected_because,Claim_Text,,", ""));
        assert!(!is_it("claim,Colour", "") && !is_it("", "") && !is_it("Colour,Form,text", ""));
        assert!(is_it("claim,Colour", "--map Colour=") && is_it("lat_lon", ""));
    }

    #[test]
    fn an_option_is_for_the_worksheets_that_have_its_column() {
        let parts =
            [part("sources", "source,title,Ref"), part("claims", "claim,text,source,Ref,place")];
        let divided = |lines: &str| -> Result<Vec<String>, String> {
            let said = |settings: &Settings| {
                let lines: Option<Vec<String>> =
                    settings.options().iter().map(TableOption::line).collect();
                lines.unwrap().join(" ")
            };
            let divided = divide(&settings(lines), &parts);
            divided.map(|all| all.iter().map(said).collect()).map_err(|problems| {
                problems.into_iter().map(|(_, what)| what).collect::<Vec<_>>().join("; ")
            })
        };
        let both = |one: &str, other: &str| Ok(vec![one.to_owned(), other.to_owned()]);
        assert_eq!(divided("--map Ref=url"), both("--map Ref=url", "--map Ref=url"));
        assert_eq!(divided("--map place="), both("", "--map place="));
        assert_eq!(divided("--fill headline=x"), both("--fill headline=x", ""));
        assert_eq!(divided("--recode place:a=b"), both("", "--recode place:a=b"));
        assert_eq!(divided("--split location=;"), both("", "--split location=;"));
        assert_eq!(divided("--na n/a"), both("--na n/a", "--na n/a"));
        assert_eq!(divided("--set kind=event"), both("", "--set kind=event"));
        assert_eq!(divided("--set source_kind=book"), both("--set source_kind=book", ""));
        // Its reader says why not.
        assert_eq!(divided("--set source=s"), both("--set source=s", ""));
        assert_eq!(divided("--set colour=s"), both("--set colour=s", ""));
        for (lines, why) in [
            ("--map plaice=text", "none of the worksheets has a column \"plaice\"; did you mean"),
            ("--fill kind=event", "none of the worksheets has a column \"kind\""),
            ("--recode kind:a=b", "none of the worksheets has a column \"kind\""),
            ("--split speaker=;", "none of the worksheets has a column \"speaker\""),
            ("--set lat=1", "none of the worksheets has rows that take \"lat\""),
        ] {
            let said = divided(lines).unwrap_err();
            assert!(said.starts_with(why), "{lines}: {said}");
        }
    }

    #[test]
    fn rows_of_several_worksheets_stand_in_one_table() {
        let parts =
            [part("sources", "source,link,note"), part("claims", "claim,source,url,notes,url")];
        let settings = Settings::default();
        let joint = JointHeader::of(&parts, &settings);
        assert_eq!(joint.headings, header("source,link,note,claim,notes,url"));
        let rows = |n: usize, cells: &str| {
            joint.place_all(&parts[n].header, vec![header(cells)], &settings).concat().join(",")
        };
        assert_eq!(rows(0, "s,l,n"), "s,l,n,,,");
        assert_eq!(rows(1, "c,s,u,n,v"), "s,u,,c,n,v", "two columns of one worksheet stay two");
        assert_eq!(
            rows(1, "c,s,u,n,v,,x"),
            "s,u,,c,n,v,x",
            "a cell without a heading stands behind"
        );
        let mapped = super::Settings { map: vec![("link".to_owned(), String::new())], ..settings };
        let joint = JointHeader::of(&parts, &mapped);
        assert_eq!(joint.headings, header("source,link,note,claim,url,notes,url"));
    }
}
