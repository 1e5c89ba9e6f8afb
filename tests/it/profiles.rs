//! Profiles: tables of one kind are read by their headings, and their options can be kept.

use crate::common::Sandbox;

/// The standard error of a run that must succeed.
#[track_caller]
fn said(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let run = sandbox.run(arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    run.err
}

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,country,admin1,\
    location,latitude,longitude,geo_precision,source,notes,fatalities,timestamp\n\
    ABC10,30 June 2022,2022,1,Battles,Armed clash,Group A,Land,North,Oldtown,16.4089,43.0583,1,Daily; Agency,\
    Two groups clashed in Oldtown.,3,1657052345\n\
    ABC11,1 July 2022,2022,3,Protests,Peaceful protest,People,Land,South,Milltown,12.7794,45.0367,3,Daily,\
    People demonstrated in Milltown.,0,1657052399\n";

#[test]
fn events_of_acled_load_as_they_are() {
    let sandbox = Sandbox::empty();
    sandbox.write("acled.csv", ACLED);
    let said = self::said(&sandbox, &["import", "acled.csv"]);
    assert!(said.contains("read with the profile acled (ACLED events)."), "{said}");
    assert!(said.contains("`--profile none` reads it without"), "{said}");
    let rows = sandbox.ask(
        "select group_concat(r, ' / ') from (
           select c.key || '|' || c.text || '|' || c.kind || '|' || c.happened || '|' || c.date_precision || '|'
             || l.name || '|' || l.lat || '|' || l.lon || '|' || l.precision || '|' || f.value || '|' || m.title
             || '|' || m.growth || '|' || (select group_concat(title, '+') from (select s.title from mentions n
                 join sources s on s.id = n.source_id where n.claim_id = c.id order by s.title)) as r
           from claims c join claim_locations cl on cl.claim_id = c.id join locations l on l.id = cl.location_id
           join figures f on f.claim_id = c.id join measures m on m.id = f.measure_id order by c.id)",
    );
    assert_eq!(
        rows.replace('"', ""),
        "acled-abc10|Two groups clashed in Oldtown.|event|2022-06-30|1|Oldtown|16.4089|43.0583|1|3|Fatalities\
         |per_event|Agency+Daily / \
         acled-abc11|People demonstrated in Milltown.|event|2022-07-01|4|Milltown|12.7794|45.0367|4|0|Fatalities\
         |per_event|Daily"
    );
    let notes = "select group_concat(replace(note, char(10), '; '), ' / ') from
        (select note from claims where id = 1 union all select note from locations where name = 'Milltown')";
    assert_eq!(
        sandbox.ask(notes).replace('"', ""),
        "event_type: Battles; sub_event_type: Armed clash; actor1: Group A; timestamp: 1657052345 / \
         country: Land; admin1: South"
    );
    sandbox.run(&["check"]).done();
    // A day of which the month alone is known is no day to rely on.
    let doubts = sandbox.run(&["check", "--doubts"]).out;
    assert!(
        doubts.contains("it happened on 2022-07-01, a day, and its date_precision is 4 (Month)"),
        "{doubts}"
    );
    assert!(!doubts.contains("2022-06-30"), "{doubts}");
    // The same table again changes nothing.
    let again = self::said(&sandbox, &["import", "acled.csv"]);
    assert!(!again.contains("new"));
    // What is given comes before the profile.
    let given = ["import", "acled.csv", "--map", "fatalities=value:Killed", "--dry-run"];
    let said = self::said(&sandbox, &given);
    assert!(said.contains("measures: 1 new"));
    assert!(
        sandbox
            .run(&["import", "acled.csv", "--profile", "none"])
            .failed()
            .contains("no field has this name")
    );
}

#[test]
fn incidents_of_airwars_load_as_they_are() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "airwars.csv",
        "Incident_id,Incident_Date,link,Strike status,Civilians reported killed,Civilians reported injured,\
         Airwars civilian harm grading,min_killed,max_killed,lat,long,assessment\n\
         ISPT0001,october-7-2023,https://a.example/1,Likely strike,1 – 2,12–24,Fair,1,2,31.5,34.46,Two people were killed.\n\
         ISPT0002,october-8-2023,https://a.example/2,Likely strike,5(1 man1 journalist),Unknown,Contested,5,5,31.51,34.47,\n\
         ISPT0003,october-9-2023,https://a.example/3,Likely strike,1,,,1,1,31.52,34.48,One person was killed.\n\
         ISPT0004,october-9-2023,https://a.example/4,Likely strike,1,,Confirmed,1,1,31.53,34.48,A driver was killed.\n",
    );
    sandbox.run(&["import", "airwars.csv"]).done();
    let rows = sandbox.ask(
        "select group_concat(r, ' / ') from (
           select c.key || '|' || c.text || '|' || c.happened || '|' || a.status || '|' || a.verdict || '|' || b.key || '|'
             || (select group_concat(m.title || ' ' || coalesce(f.value, f.low || '-' || f.high)
                   || coalesce(' (' || f.said || ')', ''), '; ')
                 from figures f join measures m on m.id = f.measure_id where f.claim_id = c.id) as r
           from claims c join assessments a on a.claim_id = c.id join sources b on b.id = a.assessor_id
             where c.id < 3 order by c.id)",
    );
    assert_eq!(
        rows.replace('"', ""),
        "airwars-ispt0001|Two people were killed.|2023-10-07|reported|Fair|airwars|\
         Civilians killed 1-2 (1 – 2); Civilians injured 12-24 (12–24) / \
         airwars-ispt0002|Civilian harm was reported: ISPT0002, october-8-2023|2023-10-08|disputed|Contested|airwars|\
         Civilians killed 5-5 (5(1 man1 journalist))"
    );
    // Where no grading is stated there is no verdict.
    let verdicts = "select group_concat(c.key || ' ' || a.status, ' / ') from claims c join assessments a on a.claim_id = c.id
        where c.happened = '2023-10-09'";
    assert_eq!(sandbox.ask(verdicts), "airwars-ispt0004 confirmed");
    sandbox.run(&["check"]).done();
}

#[test]
fn strikes_and_links_load_as_they_are() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "strikes.csv",
        "Region,Date,Location,X,Y,Area,MinTotal,MaxTotal,MinCivilians,MaxCivilians,MinChildren,MaxChildren,MinInj,MaxInj,link,Notes\n\
         North,13/01/2006,Oldtown ,120,88,Agency,10,18,10,18,5,6,0,0,http://t.example/1,A house was hit.\n\
         North,4/11/16,Mill,121,90,Agency,4,10,,,,,1,3,http://t.example/2,\n,,,,,,,,,,,,,,,\n",
    );
    sandbox.run(&["import", "strikes.csv"]).done();
    let rows = sandbox.ask(
        "select group_concat(r, ' / ') from (
           select c.text || '|' || c.happened || '|' || replace(c.note, char(10), '; ') || '|' || (select group_concat(m.title || ' ' || f.low || '-' || f.high, '; ')
             from figures f join measures m on m.id = f.measure_id where f.claim_id = c.id) as r from claims c order by c.id)",
    );
    assert_eq!(
        rows.replace('"', ""),
        "A house was hit.|2006-01-13|Region: North; Area: Agency|Killed 10-18; Civilians killed 10-18; \
         Children killed 5-6; Injured 0-0 / \
         A strike on 4/11/16: Mill, North, told at http://t.example/2|2016-11-04|Region: North; Area: Agency|Killed 4-10; Injured 1-3"
    );
    // One name in two regions is two places, and a row without a note has a text of its own.
    let places = "select group_concat(name, ' / ') from (select name from locations order by id)";
    assert_eq!(sandbox.ask(places).replace('"', ""), "Oldtown, North / Mill, North");
    sandbox.write(
        "twins.csv",
        "Region,Date,Location,X,Y,Area,MinTotal,MaxTotal,MinCivilians,MaxCivilians,MinChildren,MaxChildren,MinInj,MaxInj,link,Notes\n\
         South,5/11/2016,Mill,1,1,A,3,5,0,0,0,0,0,0,http://t.example/3,\n\
         South,5/11/2016,Mill,1,1,A,3,5,0,0,0,0,0,0,http://t.example/4,\n",
    );
    sandbox.run(&["import", "twins.csv"]).done();
    let twins = "select count(*) || ' ' || (select count(*) from locations where name like 'Mill%')
        from claims where happened = '2016-11-05'";
    assert_eq!(sandbox.ask(twins), "2 2");
    sandbox.write(
        "villages.csv",
        "Date,Village/local area,District,Province,Type of attack,Strike link,MinTotal,MaxTotal,MinCivilians,\
         MaxCivilians,MinChildren,MaxChildren,MinInj,MaxInj\n\
         6/11/2016,Ford,East,Hill,Drone,http://t.example/5,1,2,,,,,,\n",
    );
    sandbox.run(&["import", "villages.csv"]).done();
    sandbox.write(
        "locations.csv",
        "Date,Location,District,Province,Type of attack,Strike link,MinTotal,MaxTotal,MinCivilians,\
         MaxCivilians,MinChildren,MaxChildren,MinInj,MaxInj\n\
         7/11/2016,Ford,West,Hill,Raid,http://t.example/6,1,2,,,,,,\n",
    );
    sandbox.run(&["import", "locations.csv"]).done();
    let texts = "select group_concat(c.text || ' @ ' || l.name, ' / ') from claims c join claim_locations n on n.claim_id = c.id
        join locations l on l.id = n.location_id where c.happened > '2016-11-05'";
    assert_eq!(
        sandbox.ask(texts).replace('"', ""),
        "Drone on 6/11/2016: Ford, told at http://t.example/5 @ Ford, East, Hill / \
         Raid on 7/11/2016: Ford, told at http://t.example/6 @ Ford, West, Hill"
    );
    sandbox.write(
        "links.csv",
        "link,archive status,archive location,archive date,upload timestamp,upload title,text content,hash\n\
         https://s.example/p/1,success,https://store.example/a.html,2022-07-01T05:13:26+00:00,2022-06-30T11:00:00Z,\
         A post,The water rose.,SHA-256:9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08\n",
    );
    sandbox.run(&["import", "links.csv"]).done();
    let source = sandbox.ask(
        "select title || '|' || url || '|' || archived_url || '|' || published || '|' || retrieved || '|' || sha256
         from sources where title = 'A post'",
    );
    assert_eq!(
        source,
        "A post|https://s.example/p/1|https://store.example/a.html|2022-06-30|2022-07-01|\
         9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    );
}

#[test]
fn options_that_are_saved_read_the_next_table() {
    let sandbox = Sandbox::empty();
    sandbox.write("a.csv", "Was,Wer,Zahl\nThe road was closed,Ministry,n/v\n");
    let options = [
        "import",
        "a.csv",
        "--map",
        "Was=text",
        "--map",
        "Wer=title",
        "--map",
        "Zahl=value:Cars",
        "--na",
        "n/v",
        "--set",
        "kind=event",
        "--set",
        "source_kind=organisation",
        "--save-profile",
        "roads",
    ];
    sandbox.run(&options).done();
    assert_eq!(
        sandbox
            .ask("select replace(headings || '|' || options, char(10), ' ') from profiles")
            .replace('"', ""),
        "Was Wer Zahl|--map Was=text --map Wer=title --map Zahl=value:Cars --set kind=event \
         --set source_kind=organisation --na n/v"
    );
    sandbox.write("b.csv", "Zahl,Was,Wer\n,The bridge was closed,Ministry\n");
    let said = self::said(&sandbox, &["import", "b.csv"]);
    assert!(said.contains("read with the profile roads of this archive"));
    assert_eq!(sandbox.ask("select count(*) from claims"), "2");
    // It travels with the archive, and is taken back like any other record.
    assert!(sandbox.run(&["export", "toml"]).done().contains("[[profile]]"));
    sandbox.run(&["delete", "roads", "--because", "Wrong"]).done();
    sandbox.run(&["import", "b.csv"]).failed();
    sandbox.run(&["undo"]).done();
    sandbox.run(&["import", "b.csv", "--profile", "roads"]).done();
    for (arguments, said) in [
        (&["import", "b.csv", "--profile", "raods"][..], "did you mean \"roads\"?"),
        (
            &["import", "b.csv", "--save-profile", "Two Words"],
            "cannot save the profile \"Two Words\"",
        ),
        (&["import", "b.csv", "a.csv", "--save-profile", "x"], "one profile of several inputs"),
    ] {
        let failed = sandbox.run(arguments);
        assert!(failed.code > 1 && failed.err.contains(said), "{arguments:?}: {}", failed.err);
    }
    sandbox.write("own.csv", "text,kind\nThe road was open,event\n");
    let plain = sandbox.run(&["import", "own.csv", "--save-profile", "plain"]);
    assert!(plain.err.contains("was read without options"), "{}", plain.err);
    // A dry run keeps nothing.
    sandbox
        .run(&[
            "import",
            "own.csv",
            "--set",
            "claim_note=x",
            "--save-profile",
            "plain",
            "--dry-run",
        ])
        .done();
    assert_eq!(sandbox.ask("select count(*) from profiles"), "1");
}

#[test]
fn a_profile_with_a_line_that_is_no_option_is_refused() {
    let sandbox = Sandbox::empty();
    let document = "onrecord = 1\n[[profile]]\nkey = \"x\"\nheadings = \"a\"\noptions = \"\"\"\n--map a=text\n--mab b\n\"\"\"\n";
    let said = sandbox.import(document).failed();
    assert!(
        said.contains("options of profile x: line 2: --mab: no option for tables is"),
        "{said}"
    );
}

#[test]
fn a_preview_shows_the_first_records_and_writes_nothing() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "t.csv",
        "text,happened,title,source_kind,place_name,place_kind\n\
         The road was closed,2021-06-30,Daily,article,Mill,site\nThe dam broke,2021-07-01,Daily,article,Dam,site\n\
         The bridge fell,2021-07-02,Daily,article,Ford,site\n",
    );
    let shown = sandbox.run(&["import", "t.csv", "--preview"]).done();
    for part in [
        "[[source]]\nkey = \"daily\"",
        "[[location]]\nkey = \"mill\"",
        "text = \"The road was closed\"\nkind = \"unsorted\"\nhappened = \"2021-06-30\"",
        "source = \"daily\"",
        "The dam broke",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("The bridge fell") && !shown.contains("Ford"), "{shown}");
    assert_eq!(sandbox.ask("select count(*) from claims"), "0");
    // What is shown is a document.
    sandbox.write("shown.toml", format!("onrecord = 1\n{shown}"));
    sandbox.run(&["import", "shown.toml"]).done();
    // Only what is new is shown.
    let rest = sandbox.run(&["import", "t.csv", "--preview"]).done();
    assert!(rest.contains("The bridge fell") && !rest.contains("The dam broke"), "{rest}");
}

#[test]
fn cells_are_recoded_joined_and_split_into_coordinates() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "t.csv",
        "text,Art,Where,GPS,A,B\n\
         The road was closed,E,Mill,\"31°30'N 34°27'36\"\"E\",one,two\n\
         The road will open,F,Oldtown,,,three\n",
    );
    let options = [
        "import",
        "t.csv",
        "--map",
        "Art=kind",
        "--recode",
        "Art:E=event",
        "--recode",
        "Art:F=forecast",
        "--map",
        "Where=place_name",
        "--set",
        "place_kind=site",
        "--map",
        "A=claim_note",
        "--map",
        "B=claim_note",
    ];
    sandbox.run(&options).done();
    let rows = "select group_concat(c.kind || '|' || replace(c.note, char(10), '; ') || '|' || coalesce(l.lat || ' ' || l.lon, '-'), ' / ')
        from claims c join claim_locations cl on cl.claim_id = c.id join locations l on l.id = cl.location_id";
    assert_eq!(
        sandbox.ask(rows).replace('"', ""),
        "event|A: one; B: two|31.5 34.46 / forecast|B: three|-"
    );
    sandbox.write(
        "u.csv",
        "text,Coordinates,place_name,place_kind\nThe dam broke,\"31.5, 34.46\",Dam,site\n",
    );
    let said = sandbox.run(&["import", "u.csv"]).failed();
    assert!(
        said.contains(
            "does not say which of its numbers is the latitude; `--map Coordinates=lat_lon`"
        ),
        "{said}"
    );
    sandbox.run(&["import", "u.csv", "--map", "Coordinates=lon_lat"]).done();
    assert_eq!(sandbox.ask("select lat from locations where name = 'Dam'"), "34.46");
    let wrong = sandbox
        .run(&["import", "u.csv", "--map", "Coordinates=lat_lon", "--recode", "Kind:x=y"])
        .failed();
    assert!(wrong.contains("--recode: the table has no column"), "{wrong}");
    sandbox.write("v.csv", "text,lat,lat_lon,place_name\nThe dam broke again,1,\"2, 3\",Dam\n");
    assert!(sandbox.run(&["import", "v.csv"]).failed().contains("beside one of both coordinates"));
}

#[test]
fn rows_that_would_become_one_claim_are_refused() {
    let sandbox = Sandbox::empty();
    sandbox.write("t.csv", "id,Kind,Where\nA1,Raid,Mill\nA2,Raid,Mill\n");
    let made =
        ["import", "t.csv", "--map", "Kind=", "--map", "Where=", "--set", "text={Kind} at {Where}"];
    let said = sandbox.run(&[&made[..], &["--map", "id="]].concat()).failed();
    assert!(said.contains("t.csv:3:1: \"Raid at Mill\" is the text made for line 2 too"), "{said}");
    sandbox.run(&[&made[..], &["--map", "id=claim:x"]].concat()).done();
    assert_eq!(sandbox.ask("select count(*) from claims"), "2");
    sandbox.write("u.csv", "id,text\nB1,The dam broke\nb1,The dam broke\n");
    let said = sandbox.run(&["import", "u.csv", "--map", "id=claim:x"]).failed();
    assert!(said.contains("u.csv:3: column id: \"b1\" and \"B1\" make one key, x-b1"), "{said}");
}

#[test]
fn the_csv_of_zotero_is_a_bibliography() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "library.csv",
        "\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"Publication Title\",\"Url\",\"Date\",\"Access Date\"\n\
         \"AB12\",\"newspaperArticle\",\"2021\",\"Byrd, Ann; Cole, Bob\",\"Flood\",\"Times\",\"https://t.example/f\",\"June 2021\",\"2021-07-01 05:13:26\"\n",
    );
    sandbox.run(&["import", "library.csv"]).done();
    let row = "select key || '|' || kind || '|' || author || '|' || outlet || '|' || published || '|' || retrieved from sources where title = 'Flood'";
    assert_eq!(
        sandbox.ask(row).replace('"', ""),
        "flood-2021|article|Byrd, Ann; Cole, Bob|Times|2021-06|2021-07-01"
    );
}
