//! The reading of a workbook, of every format: one worksheet, or several as one input.

use super::areas::Listed;
use super::reading::{
    add_remark, choose_sheet, describe_hidden_columns, find_sheet, heading_row, join_names,
    name_unread_sheets, read_rows, sample_rows, survey,
};
use super::rows::Rows;
use super::several::{HeaderSink, JointHeader, Part, PartSink, divide, is_ours};
use super::sheet::Worksheet;
use super::workbook::{Sheet, Workbook};
use crate::intake::document::field::Codes;
use crate::intake::settings::Settings;
use crate::intake::table::records::RowReader;
use crate::intake::unit::{Raw, Sink, Unit};
use crate::model::{SourcePos, WORKSHEETS, find_worksheet, quoted};

/// The number of worksheets that are opened to see what is in them.
const MAX_OPENED: usize = 100;

/// The things that a worksheet has beside its cells.
pub(in crate::intake::table) struct Beside {
    /// Merged cells, links and hidden columns.
    pub listed: Listed,
    /// True if there are comments on cells.
    pub has_comments: bool,
    /// True if the program that wrote the workbook left formulas for the next one to calculate.
    pub uncalculated: bool,
    /// A remark on what else was left of it.
    pub remark: Option<String>,
}

/// A workbook whose worksheets are opened by their positions.
pub(in crate::intake::table) trait Book {
    /// Opens a worksheet.
    fn open(&mut self, sheet: usize) -> Result<Box<dyn Worksheet + '_>, String>;
    /// Reads what a worksheet has beside its cells.
    fn list(&mut self, sheet: usize) -> Result<Beside, String>;
    /// Returns true if a worksheet says that it is not to be read. One that cannot be read does not.
    fn is_guide(&mut self, sheet: usize) -> bool;
    /// Returns true if a worksheet has a cell with something in it, or cannot be read.
    fn has_content(&mut self, sheet: usize) -> bool;
}

/// Reads the worksheets that are asked for, or all that bear the names of ours, or the first visible one, and
/// passes each row to the sink.
pub(in crate::intake::table) fn read_book(
    book: &mut dyn Book,
    workbook: &Workbook,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let guides = guides_in(book, &workbook.sheets, settings);
    let chosen = choose_sheets(book, workbook, &guides, settings)?;
    if settings.sheets.is_empty() {
        let is_other =
            |n: &usize| !chosen.contains(n) && !guides.contains(&workbook.sheets[*n].name.as_str());
        let others = (0..workbook.sheets.len()).filter(is_other).enumerate();
        // A workbook may list one worksheet many times.
        let others = others.filter(|(n, sheet)| *n >= MAX_OPENED || book.has_content(*sheet));
        let others: Vec<&Sheet> = others.map(|(_, sheet)| &workbook.sheets[sheet]).collect();
        add_remark(sink, name_unread_sheets(others.into_iter()));
    }
    match chosen.as_slice() {
        [sheet] => read_sheet(book, workbook, *sheet, settings, codes, sink),
        several => read_several(book, workbook, several, settings, codes, sink),
    }
}

/// Reads the header of the worksheets that are read and their first rows, at most `most` of each, as one
/// table of texts.
pub(in crate::intake::table) fn sample_book(
    book: &mut dyn Book,
    workbook: &Workbook,
    settings: &Settings,
    most: usize,
) -> Result<(Vec<String>, Vec<Vec<String>>), String> {
    let guides = guides_in(book, &workbook.sheets, settings);
    let chosen = choose_sheets(book, workbook, &guides, settings)?;
    if let [sheet] = chosen.as_slice() {
        return sample_rows(&mut *book.open(*sheet)?, workbook, most);
    }
    let (mut parts, mut samples) = (Vec::new(), Vec::new());
    for sheet in chosen {
        let (header, rows) = sample_rows(&mut *book.open(sheet)?, workbook, most)?;
        parts.push(Part { worksheet: None, header });
        samples.push(rows);
    }
    let joint = JointHeader::of(&parts, settings);
    let rows = parts.iter().zip(samples);
    let rows = rows.flat_map(|(part, rows)| joint.place_all(&part.header, rows, settings));
    let rows = rows.collect();
    Ok((joint.headings, rows))
}

/// Reads one worksheet.
fn read_sheet(
    book: &mut dyn Book,
    workbook: &Workbook,
    sheet: usize,
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let name = &workbook.sheets[sheet].name;
    let unread = |error| format!("cannot read the worksheet {name:?}: {error}");
    let Beside { listed, has_comments, uncalculated, remark } = book.list(sheet).map_err(unread)?;
    if has_comments {
        add_remark(sink, Some("the comments on cells were not read".to_owned()));
    }
    add_remark(sink, remark);
    let seen = survey(&mut *book.open(sheet).map_err(unread)?, workbook, settings);
    let seen = seen.map_err(unread)?;
    let mut rows = Rows::new(workbook, listed.merged, listed.links, seen, settings, codes);
    if !read_rows(&mut *book.open(sheet).map_err(unread)?, name, &mut rows, sink)? {
        return Ok(());
    }
    if uncalculated && rows.read_formula {
        let what = "the program that wrote the workbook did not calculate its formulas, and their \
                    values may be old; open it in a spreadsheet program and save it";
        add_remark(sink, Some(what.to_owned()));
    }
    add_remark(sink, describe_hidden_columns(&rows, &listed.hidden_columns));
    Ok(())
}

/// Reads several worksheets, each behind those that its rows refer to. Nothing is read where the header of
/// one is wrong, or an option is for none of them.
fn read_several(
    book: &mut dyn Book,
    workbook: &Workbook,
    chosen: &[usize],
    settings: &Settings,
    codes: &dyn Codes,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let name = |sheet: usize| workbook.sheets[sheet].name.as_str();
    let names: Vec<String> = chosen.iter().map(|sheet| quoted(name(*sheet))).collect();
    if let Some(list) = join_names(&names, names.len()) {
        add_remark(sink, Some(format!("the worksheets {list} were read")));
    }
    let (mut parts, mut lines) = (Vec::new(), Vec::new());
    for sheet in chosen {
        let unread = |error| format!("cannot read the worksheet {:?}: {error}", name(*sheet));
        let heading = heading_row(&mut *book.open(*sheet).map_err(unread)?, workbook);
        let (line, header) = heading.map_err(unread)?;
        let worksheet = find_worksheet(name(*sheet)).map(|n| &WORKSHEETS[n]);
        parts.push(Part { worksheet, header });
        lines.push(line);
    }
    let divided = match divide(settings, &parts) {
        Ok(divided) => divided,
        Err(problems) => {
            sink.unit(Unit { problems, ..Unit::new(SourcePos::Whole, Raw::Whole) });
            return Ok(());
        }
    };
    let mut is_sound = true;
    for (n, (part, line)) in parts.iter().zip(lines).enumerate() {
        sink.worksheet(name(chosen[n]));
        if !part.header.is_empty() {
            let mut tried = HeaderSink(sink);
            let header = part.header.clone();
            is_sound &= RowReader::new(header, line, &divided[n], &[], &mut tried).is_some();
        }
    }
    let joint = JointHeader::of(&parts, settings);
    for (sheet, own) in chosen.iter().zip(&divided).filter(|_| is_sound) {
        sink.worksheet(name(*sheet));
        let mut rows = PartSink::new(sink, &joint, settings);
        read_sheet(book, workbook, *sheet, own, codes, &mut rows)?;
        if rows.ended {
            break;
        }
    }
    Ok(())
}

/// Returns the positions of the worksheets to read, each behind those that its rows refer to: those that the
/// user names; else all visible ones that bear a name of ours and have our headings, if there are at least
/// two; else one.
fn choose_sheets(
    book: &mut dyn Book,
    workbook: &Workbook,
    guides: &[&str],
    settings: &Settings,
) -> Result<Vec<usize>, String> {
    let sheets = &workbook.sheets;
    let position = |sheet: &Sheet| sheets.iter().position(|other| std::ptr::eq(other, sheet));
    let order = |n: &usize| find_worksheet(&sheets[*n].name).unwrap_or(usize::MAX);
    let mut chosen = Vec::new();
    for wanted in &settings.sheets {
        let found = position(find_sheet(sheets, wanted)?).filter(|n| !chosen.contains(n));
        chosen.extend(found);
    }
    if settings.sheets.is_empty() {
        let bears_name = |n: &usize| {
            let sheet = &sheets[*n];
            let is_table = !sheet.hidden && !guides.contains(&sheet.name.as_str());
            is_table && find_worksheet(&sheet.name).is_some()
        };
        let named = (0..sheets.len()).filter(bears_name).take(MAX_OPENED);
        let has_ours = |n: &usize| {
            let heading = book.open(*n).and_then(|mut cells| heading_row(&mut *cells, workbook));
            heading.is_ok_and(|(_, header)| is_ours(&header, settings))
        };
        chosen = named.filter(has_ours).collect();
        if chosen.len() < 2 {
            chosen = position(choose_sheet(sheets, guides, settings)?).into_iter().collect();
        }
    }
    chosen.sort_by_key(order);
    Ok(chosen)
}

/// Returns the names of the worksheets that say that they are not to be read; none where the user names the
/// ones to read.
fn guides_in<'a>(book: &mut dyn Book, sheets: &'a [Sheet], settings: &Settings) -> Vec<&'a str> {
    let is_asked = sheets.len() > 1 && settings.sheets.is_empty();
    let opened = sheets.iter().enumerate().take(if is_asked { MAX_OPENED } else { 0 });
    let guides = opened.filter(|(n, _)| book.is_guide(*n));
    guides.map(|(_, sheet)| sheet.name.as_str()).collect()
}
