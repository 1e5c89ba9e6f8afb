//! The commands of the program, in their forms, on an archive under the name `onrecord.db`.

/// What a command does to the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It leaves the file as it is, byte for byte.
    Reads,
    /// It may change the file.
    Writes,
}

use Effect::{Reads, Writes};

/// The commands, each with its arguments in a line; words with spaces stand in apostrophes. `%` is replaced by each
/// of the words in brackets at the end.
const LINES: &[(Effect, &str)] = &[
    (Reads, "info"),
    (Reads, "info --format json"),
    (Reads, "info --schema"),
    (Reads, "info --schema claims"),
    (
        Reads,
        "show % [muqur-fell muqur-ghazni afghanistan taliban-advance-fr taliban siege-duration districts-captured]",
    ),
    (Reads, "show muqur-fell --all --format json"),
    (Reads, "search muqur"),
    (Reads, "search ' taliban OR \"x' --format csv"),
    (Reads, "similar 'the district of Muqur fell'"),
    (Reads, "similar muqur-fell"),
    (Reads, "suggest"),
    (Reads, "log"),
    (Reads, "log --format ndjson"),
    (Reads, "log --show % [1 2 3]"),
    (Reads, "log --of muqur-fell"),
    (Reads, "report"),
    (
        Reads,
        "report % --format csv [claims contradictions corroboration disagreements doubts echoes figure-conflicts figure-timeline figures forecasts gaps history operations place-claims places sources speakers status suggestions timeline track-record unverified]",
    ),
    (Reads, "report claims"),
    (Reads, "report claims --wide"),
    (Reads, "report claims --record --limit 3"),
    (Reads, "report claims --format % [json ndjson markdown html]"),
    (Reads, "report claims --where places=afghanistan --where happened=2021 --maybe"),
    (Reads, "report figures --where unit=USD --order -value"),
    (Reads, "report claims --sql"),
    (Reads, "report claims --help"),
    (Reads, "report timeline --chart"),
    (Reads, "report status --format svg"),
    (
        Reads,
        "report % [mine endless doubling large list slow like wide deep n7 broken write load pragma fts a trap upper table]",
    ),
    (Reads, "report large --format json"),
    (Reads, "report mine --help"),
    (Reads, "report mine --chart"),
    (Reads, "sql 'SELECT count(*) FROM claims'"),
    (Reads, "sql 'SELECT * FROM report_claims; SELECT * FROM sqlite_schema' --format csv"),
    (Reads, "sql 'SELECT * FROM claims JOIN mentions JOIN sources LIMIT 20000' --format ndjson"),
    (Reads, "push postgres://nobody@/none?host=/nowhere"),
    (Reads, "check"),
    (Reads, "check --full --format json"),
    (Reads, "check --doubts"),
    (Reads, "check --list"),
    (Reads, "check % [pages guards text hashes endless doubling slow]"),
    (Reads, "export % [toml ndjson csv geojson claimreview csl-json]"),
    (Reads, "export csv --all"),
    (Reads, "export xlsx out.xlsx"),
    (Reads, "export gpkg out.gpkg"),
    (Reads, "export datapackage out.zip"),
    (Reads, "export toml --where kind=event"),
    (Reads, "template % [claims sources]"),
    (Reads, "template claims --xlsx out-form.xlsx"),
    (Reads, "publish page.html"),
    (Reads, "publish pages/"),
    (Reads, "backup copy.db"),
    (Reads, "backup copy-as-is.db --as-is"),
    (Reads, "recover onrecord.db recovered.db"),
    (Reads, "datasette"),
    (Reads, "schema"),
    (Reads, "extract taliban-advance-fr --output extracted"),
    (Reads, "extract surrender-clip --output extracted-2"),
    (Reads, "-f other.db merge onrecord.db --desk-as theirs"),
    (Reads, "-f other.db merge onrecord.db --desk-as theirs --dry-run"),
    (Writes, "seed"),
    (Writes, "import d.toml"),
    (Writes, "import d.csv"),
    (Writes, "import whole.ndjson"),
    (Writes, "import whole.ndjson --dry-run"),
    (Writes, "import d.csv --keep-going --rejects rejected.csv"),
    (Writes, "add source --kind article --title 'New article' --url https://new.example/1"),
    (
        Writes,
        "add claim 'Something new' --kind event --happened 2021-06-28 --place muqur-ghazni --source taliban-advance-fr",
    ),
    (Writes, "add claim 'Another thing' --kind event --key muqur-fell --update"),
    (Writes, "add mention --claim muqur-fell --source taliban"),
    (Writes, "add figure --claim muqur-fell --measure siege-duration --value 5"),
    (Writes, "add location Newtown --kind town --within afghanistan"),
    (Writes, "assess muqur-fell disputed --because x --evidence taliban"),
    (Writes, "assess muqur-fell --undo --because x"),
    (Writes, "withdraw muqur-fell --because x"),
    (Writes, "rename muqur-fell muqur-was-taken"),
    (Writes, "rename taliban taliban-movement"),
    (Writes, "delete muqur-fell --because x"),
    (Writes, "delete siege-duration --because x"),
    (Writes, "merge-claims muqur-fell ghazni-base-captured"),
    (Writes, "merge-sources taliban-spokesman taliban"),
    (Writes, "merge-places muqur-ghazni ghazni-province"),
    (Writes, "merge-measures siege-duration tanks-seized"),
    (Writes, "attach quarter-clip d.csv"),
    (Writes, "undo"),
    (Writes, "undo % [1 2 3]"),
    (Writes, "refresh"),
    (Writes, "report add new new.sql"),
    (Writes, "report remove mine"),
    (Writes, "merge other.db --desk-as theirs"),
    (Writes, "check --repair"),
    (Writes, "check --repair --full"),
    (Writes, "check --repair --encoding windows-1252"),
    (Writes, "check --accept near-names taliban --because x"),
];

/// A command with its arguments.
pub struct Deed {
    pub effect: Effect,
    pub args: Vec<String>,
}

/// All commands.
pub fn deeds() -> Vec<Deed> {
    let of_line = |(effect, line): &(Effect, &str)| {
        let (line, each) = match line.strip_suffix(']').and_then(|line| line.rsplit_once(" [")) {
            Some((line, each)) => (line, each.split(' ').collect()),
            None => (*line, vec![""]),
        };
        let deed = |word: &str| {
            let args = shlex::split(&line.replace('%', word)).unwrap();
            Deed { effect: *effect, args }
        };
        each.into_iter().map(deed).collect::<Vec<_>>()
    };
    LINES.iter().flat_map(of_line).collect()
}

/// The commands of `onrecord --help` that look at no archive.
const WITHOUT_ARCHIVE: [&str; 4] = ["init", "completions", "man", "help"];

/// No command is left out.
#[test]
fn every_command_of_the_program_is_tried() {
    let help = crate::common::Sandbox::new().run(&["--help"]).done();
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed: Vec<&str> = listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(listed.len() > 30, "{help}");
    let deeds = deeds();
    for command in listed {
        let tried = deeds.iter().any(|deed| deed.args.iter().any(|arg| arg == command));
        assert!(tried != WITHOUT_ARCHIVE.contains(&command), "{command}");
    }
}
