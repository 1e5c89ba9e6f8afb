//! Exports in standard formats: their content, other tools that read them, selections that come
//! back whole, and files that are never lost or left half-written.

use crate::common::{Sandbox, has, root, run};
use serde_json::Value;

/// Text that has broken one format or another, in every place where the exports put text.
fn hostile() -> Sandbox {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch(
            "UPDATE claims SET text = '=cmd()|'' /C calc''!A0' || char(10) || '\"quoted\", <script>, ' || char(8238) || 'مقر' || char(9) || char(13) || 'x' WHERE key = 'muqur-fell';
             UPDATE locations SET name = '\"a\",' || char(10) || 'b', note = ' leading and trailing ' WHERE key = 'muqur-ghazni';
             UPDATE sources SET author = 'O''Neil, \"Ann\"', url = 'https://example.org/?a=1&b=\"', note = char(27) || '[31m' WHERE key = 'taliban-advance-fr';
             UPDATE archive SET title = 'Title \"quoted\" \\ مقر';
             UPDATE figures SET value = 1e300 WHERE key = 'districts-all';",
        )
        .unwrap();
    sandbox
}

fn json(sandbox: &Sandbox, args: &[&str]) -> Value {
    serde_json::from_str(&sandbox.run(&[&["export"], args].concat()).done()).unwrap()
}

fn item<'a>(list: &'a Value, name: &str, is: &str) -> &'a Value {
    list.as_array().unwrap().iter().find(|item| item[name] == is).unwrap()
}

#[test]
fn geojson_has_the_content_of_the_archive() {
    let sandbox = Sandbox::seeded();
    let found = sandbox.run(&["export", "geojson"]);
    assert!(found.err.contains("27 claims left out: no place with coordinates"), "{}", found.err);
    let map: Value = serde_json::from_str(&found.done()).unwrap();
    assert_eq!(map["type"], "FeatureCollection");
    let features = &map["features"];
    assert_eq!(
        features.as_array().unwrap().len().to_string(),
        sandbox.ask("select count(1) from map_claims")
    );
    let muqur = item(features, "id", "muqur-fell/muqur-ghazni");
    assert_eq!(
        muqur["geometry"],
        serde_json::json!({"type": "Point", "coordinates": [67.782, 32.94]})
    );
    let said = &muqur["properties"];
    assert_eq!(said["place"], "muqur-ghazni");
    assert_eq!(said["place_kind"], "district");
    assert_eq!(said["precision"], 3);
    assert_eq!(said["sources"], "taliban-advance-fr");
    let ids: std::collections::BTreeSet<&str> =
        features.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), features.as_array().unwrap().len());
    if has(&sandbox, "ogrinfo", &["--version"]) {
        let _ = sandbox.run(&["export", "geojson", "claims.geojson"]).done();
        let read =
            run(sandbox.command("ogrinfo").args(["-ro", "-so", "-al", "claims.geojson"])).done();
        assert!(read.contains("Feature Count: 54") && read.contains("Geometry: Point"), "{read}");
    }
}

#[test]
fn a_claim_at_a_place_in_two_ways_has_two_ids_and_a_withdrawn_one_none() {
    let sandbox = Sandbox::seeded();
    sandbox
        .other_tool()
        .execute_batch(
            "INSERT INTO claim_locations (claim_id, location_id, relation) SELECT c.id, l.id, 'near' FROM claims AS c, locations AS l
               WHERE c.key = 'muqur-fell' AND l.key = 'muqur-ghazni';
             UPDATE claims SET withdrawn = 'twice' WHERE key = 'afghan-soldiers-killed';",
        )
        .unwrap();
    let out = sandbox.run(&["export", "geojson"]).done();
    assert!(out.contains("\"muqur-fell/muqur-ghazni/near\""), "{out}");
    assert!(
        !out.contains("\"muqur-fell/muqur-ghazni\"") && !out.contains("afghan-soldiers-killed/")
    );
    // A withdrawn claim is neither written nor counted as left out.
    assert!(sandbox.run(&["export", "geojson"]).err.contains("27 claims left out"));
}

#[test]
fn geopackages_pass_the_validator() {
    for sandbox in [hostile(), Sandbox::empty()] {
        let _ = sandbox.run(&["export", "gpkg", "claims.gpkg"]).done();
        if sandbox.ask("select count(1) from claims") != "0" {
            let script = root().join("tests/exports/gpkg_bytes.py");
            let args = ["claims.gpkg", "muqur-fell", "muqur-ghazni"];
            let point = run(sandbox.command("python3").arg(script).args(args)).done();
            assert_eq!(point.trim(), "67.782 32.94");
        }
        let module = "from osgeo_utils.samples import validate_gpkg";
        if has(&sandbox, "/usr/bin/python3", &["-c", module]) {
            let args = ["-m", "osgeo_utils.samples.validate_gpkg", "claims.gpkg"];
            let check = run(sandbox.command("/usr/bin/python3").args(args));
            assert_eq!(check.code, 0, "{}{}", check.out, check.err);
            assert!(check.err.is_empty(), "{}", check.err);
        }
        if has(&sandbox, "ogrinfo", &["--version"]) {
            let read =
                run(sandbox.command("ogrinfo").args(["-ro", "-so", "claims.gpkg", "claims"]))
                    .done();
            assert!(read.contains("Geometry: Point") && read.contains("EPSG\",4326"), "{read}");
        }
    }
}

#[test]
fn data_packages_pass_frictionless() {
    for sandbox in [hostile(), Sandbox::empty()] {
        let _ = sandbox.run(&["export", "datapackage", "all"]).done();
        let chosen = ["export", "datapackage", "part", "--where", "status=unverified"];
        let _ = sandbox.run(&chosen).done();
        if !has(&sandbox, "frictionless", &["--version"]) {
            continue;
        }
        for folder in ["all", "part"] {
            let mut command = sandbox.command("frictionless");
            command.current_dir(sandbox.path(folder)).args(["validate", "datapackage.json"]);
            let check = run(&mut command);
            assert_eq!(check.code, 0, "{}{}", check.out, check.err);
            assert!(check.out.matches("VALID").count() > 30, "{}", check.out);
        }
        // The keys are looked up, not only named.
        let links = std::fs::read_to_string(sandbox.path("all/mentions.csv")).unwrap();
        if links.contains("muqur-fell,") {
            sandbox.write("all/mentions.csv", links.replacen("muqur-fell,", "nowhere,", 1));
            let mut command = sandbox.command("frictionless");
            command.current_dir(sandbox.path("all")).args(["validate", "datapackage.json"]);
            assert_eq!(run(&mut command).code, 1);
        }
    }
}

#[test]
fn a_data_package_describes_every_column_and_loses_nothing() {
    let sandbox = hostile();
    let _ = sandbox.run(&["export", "datapackage", "all"]).done();
    let text = std::fs::read_to_string(sandbox.path("all/datapackage.json")).unwrap();
    let package: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(package["profile"], "tabular-data-package");
    assert_eq!(package["title"], "Title \"quoted\" \\ مقر");
    assert_eq!(package["created"], sandbox.ask("select created from archive"));
    for resource in package["resources"].as_array().unwrap() {
        let path = sandbox.path("all").join(resource["path"].as_str().unwrap());
        let mut csv = csv::Reader::from_path(path).unwrap();
        let names: Vec<&str> = resource["schema"]["fields"]
            .as_array()
            .unwrap()
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(csv.headers().unwrap().iter().collect::<Vec<_>>(), names);
        let table = resource["name"].as_str().unwrap();
        let count = sandbox.ask(&format!("select count(1) from {table}"));
        assert_eq!(csv.records().count().to_string(), count, "{table}");
    }
    let claims = item(&package["resources"], "name", "claims");
    assert_eq!(claims["schema"]["primaryKey"], serde_json::json!(["key"]));
    let kind = item(&claims["schema"]["fields"], "name", "kind");
    assert!(kind["constraints"]["enum"].as_array().unwrap().contains(&Value::from("event")));
    let mentions = item(&package["resources"], "name", "mentions");
    let keys = mentions["schema"]["foreignKeys"].as_array().unwrap();
    let speaker = serde_json::json!({"fields": ["speaker"], "reference": {"resource": "sources", "fields": ["key"]}});
    assert!(keys.contains(&speaker), "{keys:?}");
    let mut csv = csv::Reader::from_path(sandbox.path("all/claims.csv")).unwrap();
    let muqur = csv.records().map(Result::unwrap).find(|row| &row[0] == "muqur-fell").unwrap();
    assert_eq!(&muqur[1], "=cmd()|' /C calc'!A0\n\"quoted\", <script>, \u{202e}مقر\t\rx");
}

#[test]
fn csl_items_are_the_documents() {
    let sandbox = Sandbox::seeded();
    let _ = sandbox
        .import(
            r#"
            onrecord = 1
            [[source]]
            key = "paper"
            kind = "report"
            title = "On counting"
            author = "Ann O'Neil"
            outlet = "Journal of Counts"
            publisher = "Press"
            identifier = "doi:10.1000/182"
            url = "https://example.org/paper"
            archived_url = "https://archive.example/paper"
            published = "2021-06-28?"
            retrieved = "2021-07-01"
            language = "en"
            [[source]]
            key = "letter"
            kind = "report"
            title = "A letter"
            identifier = "S/2021/486"
            published = "2021-06-XX"
            "#,
        )
        .done();
    let found = sandbox.run(&["export", "csl-json"]);
    assert!(found.err.contains("27 sources left out"), "{}", found.err);
    let items: Value = serde_json::from_str(&found.done()).unwrap();
    let documents = sandbox.ask("select count(1) from sources s join source_kinds k on k.code = s.kind where k.is_party = 0");
    assert_eq!(items.as_array().unwrap().len().to_string(), documents);
    assert_eq!(
        *item(&items, "id", "paper"),
        serde_json::json!({
            "id": "paper", "type": "report", "title": "On counting", "author": [{"literal": "Ann O'Neil"}],
            "container-title": "Journal of Counts", "publisher": "Press", "URL": "https://example.org/paper",
            "DOI": "10.1000/182", "language": "en",
            "issued": {"date-parts": [[2021, 6, 28]], "circa": true}, "accessed": {"date-parts": [[2021, 7, 1]]},
            "archive_location": "https://archive.example/paper",
            "custom": {"onrecord": {"kind": "report", "published": "2021-06-28?", "retrieved": "2021-07-01"}},
        })
    );
    let letter = item(&items, "id", "letter");
    assert_eq!(
        (&letter["number"], &letter["issued"]["raw"]),
        (&Value::from("S/2021/486"), &Value::from("2021-06-XX"))
    );
    assert_eq!(item(&items, "id", "taliban-advance-fr")["type"], "article-newspaper");
    assert_eq!(item(&items, "id", "quarter-clip")["type"], "motion_picture");
    let videos = json(&sandbox, &["csl-json", "--where", "kind=video"]);
    assert_eq!(videos.as_array().unwrap().len(), 4);
}

#[test]
fn a_selection_can_be_imported_on_its_own() {
    let sandbox = Sandbox::seeded();
    sandbox.write("copy.txt", "as found");
    let _ = sandbox.run(&["attach", "quarter-clip", "copy.txt"]).done();
    let parts = [
        "status=unverified",
        "status=refuted",
        "places~muqur",
        "kind=quantity",
        "figures!=",
        "claim=none-such*",
    ];
    for part in parts {
        for form in ["toml", "ndjson"] {
            let text = sandbox.run(&["export", form, "--where", part]).done();
            let other = Sandbox::empty();
            other.write(&format!("part.{form}"), &text);
            let _ = other.run(&["import", &format!("part.{form}")]).done();
            assert_eq!(other.run(&["check"]).code, 0, "{part} {form}");
            assert!(
                text == other.run(&["export", form, "--where", "text!="]).done(),
                "{part} {form} comes back otherwise"
            );
            // All selected claims are there, with their mentions and verdicts unchanged.
            let wanted =
                sandbox.run(&["report", "claims", "--where", part, "--format", "csv"]).done();
            let found = other.run(&["report", "claims", "--where", part, "--format", "csv"]).done();
            let sorted = |text: &str| {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.sort();
                lines
            };
            assert_eq!(sorted(&wanted), sorted(&found), "{part} {form}");
        }
    }
    let part = sandbox.run(&["export", "ndjson", "--where", "places~muqur"]).done();
    let all = sandbox.run(&["export", "ndjson"]).done();
    assert!(
        part.len() < all.len() && !part.contains("\"revisions\"") && part.contains("\"sqlar\"")
    );
    assert!(!part.contains("\"table\":\"claims\",\"key\":\"afghan-soldiers-killed\""));
}

#[test]
fn a_selected_figure_brings_its_denominator() {
    let sandbox = Sandbox::seeded();
    let pair = "select c.key || ' ' || d.key from figures f join figures o on o.id = f.out_of_id join claims c on c.id = f.claim_id join claims d on d.id = o.claim_id where c.id <> d.id limit 1";
    let pair = sandbox.ask(pair);
    let (claim, whole) = pair.split_once(' ').unwrap();
    let part = sandbox.run(&["export", "toml", "--where", &format!("claim={claim}")]).done();
    assert!(part.contains(&format!("key = \"{whole}\"")), "{whole}\n{part}");
    assert!(!part.contains("[[equation]]"));
}

#[test]
fn the_same_archive_gives_the_same_bytes() {
    let sandbox = hostile();
    for format in ["toml", "ndjson", "geojson", "gpkg", "claimreview", "csl-json"] {
        let args: &[&str] = match format {
            "claimreview" => &[format, "--all", "--base-url", "https://desk.example/p"],
            format => &[format],
        };
        for name in ["a", "b"] {
            let _ = sandbox.run(&[&["export"], args, &[name, "--force"]].concat()).done();
        }
        let read = |name: &str| std::fs::read(sandbox.path(name)).unwrap();
        assert!(read("a") == read("b"), "{format}");
        if format != "gpkg" {
            let printed = sandbox.run(&[&["export"], args].concat()).done();
            assert!(printed.as_bytes() == read("a"), "{format}");
        }
    }
    for name in ["c", "d"] {
        let _ = sandbox.run(&["export", "datapackage", name]).done();
    }
    for file in std::fs::read_dir(sandbox.path("c")).unwrap() {
        let name = file.unwrap().file_name();
        let read = |folder: &str| std::fs::read(sandbox.path(folder).join(&name)).unwrap();
        assert!(read("c") == read("d"), "{name:?}");
    }
}

#[test]
fn an_export_replaces_no_file_unasked_and_leaves_no_part_behind() {
    let sandbox = Sandbox::seeded();
    let archive = std::fs::read(sandbox.path("onrecord.db")).unwrap();
    sandbox.write("there", "mine");
    std::fs::create_dir(sandbox.path("full")).unwrap();
    std::fs::create_dir(sandbox.path("hollow")).unwrap();
    sandbox.write("full/mine", "mine");
    for format in ["toml", "geojson", "gpkg", "csl-json"] {
        let err = sandbox.run(&["export", format, "there"]).failed();
        assert!(err.contains("a file is there already") && err.contains("--force"), "{err}");
        let err = sandbox.run(&["export", format, "full", "--force"]).failed();
        assert!(err.contains("something else than a file"), "{err}");
        let err = sandbox.run(&["export", format, "onrecord.db", "--force"]).failed();
        assert!(err.contains("it is the archive itself"), "{err}");
        let err = sandbox.run(&["export", format, "no/such"]).failed();
        assert!(err.contains("there is no folder"), "{err}");
        let err = sandbox.run(&["export", format, "new", "--where", "colour=red"]).failed();
        assert!(err.contains("no column of report"), "{err}");
    }
    for taken in ["full", "there"] {
        let err = sandbox.run(&["export", "datapackage", taken, "--force"]).failed();
        assert!(err.contains("something is there already"), "{err}");
    }
    assert_eq!(std::fs::read_to_string(sandbox.path("there")).unwrap(), "mine");
    assert!(archive == std::fs::read(sandbox.path("onrecord.db")).unwrap());
    let _ = sandbox.run(&["export", "geojson", "there", "--force"]).done();
    assert!(std::fs::read_to_string(sandbox.path("there")).unwrap().starts_with("{\"type\""));
    let _ = sandbox.run(&["export", "datapackage", "hollow"]).done();
    assert!(sandbox.path("hollow/datapackage.json").exists());
    let mut left: Vec<String> = std::fs::read_dir(sandbox.path("."))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    left.sort();
    assert_eq!(left, ["full", "hollow", "onrecord.db", "there"]);
}

#[test]
fn a_format_that_is_a_file_or_folder_needs_a_path() {
    let sandbox = Sandbox::seeded();
    for (format, what) in [("gpkg", "it is a file"), ("datapackage", "it is a folder")] {
        let err = sandbox.run(&["export", format]).failed();
        assert!(err.contains(what) && err.contains(&format!("onrecord export {format} ")), "{err}");
    }
    for option in [&["--base-url", "https://example.org"][..], &["--all"]] {
        let err = sandbox.run(&[&["export", "toml"], option].concat()).failed();
        assert!(err.contains("export claimreview") && err.contains(option[0]), "{err}");
    }
    assert_eq!(sandbox.run(&["export", "toml", "--today", "soon"]).code, 3);
    assert_eq!(sandbox.run(&["export", "shapefile"]).code, 2);
}

#[test]
fn openpyxl_reads_the_workbook_and_pyld_the_reviews() {
    let sandbox = Sandbox::with_both_seeds();
    let _ = sandbox.run(&["export", "xlsx", "claims.xlsx"]).done();
    let args = ["export", "claimreview", "reviews.jsonld", "--base-url", "https://desk.example/"];
    let _ = sandbox.run(&[&args[..], &["--all"]].concat()).done();
    if has(&sandbox, "python3", &["-c", "import openpyxl, pyld"]) {
        let script = root().join("tests/exports/xlsx_and_reviews.py");
        let args = [script.to_str().unwrap(), "claims.xlsx", "reviews.jsonld"];
        let said = run(sandbox.command("python3").args(args)).done();
        assert!(said.contains("workbook, 12 reviews and 104 claims without one read"), "{said}");
    }
    // The same archive gives the same bytes.
    let _ = sandbox.run(&["export", "xlsx", "again.xlsx"]).done();
    let bytes = |name: &str| std::fs::read(sandbox.path(name)).unwrap();
    assert!(bytes("claims.xlsx") == bytes("again.xlsx"));
}

/// A data package is for other programs; its tables are those of the archive, and not those that people write.
#[test]
fn a_data_package_is_not_imported_and_says_what_is() {
    let sandbox = Sandbox::seeded();
    let _ = sandbox.run(&["export", "datapackage", "package"]).done();
    for input in ["package", "package/datapackage.json", "package/claims.csv"] {
        let error = sandbox.run(&["import", input]).failed();
        assert!(
            error.contains("data package")
                && error.contains("`onrecord export ndjson` writes what comes back whole"),
            "{error}"
        );
    }
}
