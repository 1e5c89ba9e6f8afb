//! The layout around every page: head, content security policy, navigation, footer.

use super::assets::{PAGE_SCRIPT, STYLE};
use super::components::{Links, shown_text};
use base64::Engine as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

/// Renders a page with this title around `body`. The single page embeds style and script, and its
/// policy lets nothing else run; a page of a site loads them from the folder of the site.
pub(super) fn render_layout(title: &str, links: Links, nav: &Markup, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(content_security_policy(links));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="onrecord";
                title { (shown_text(title)) }
                link rel="icon" href="data:,";
                @match links {
                    Links::Page => { style { (PreEscaped(STYLE)) } }
                    Links::Site(root) => { link rel="stylesheet" href={ (root) "style.css" }; }
                }
            }
            body {
                nav aria-label="Shortcuts" {
                    a class="skip" href="#main" { "Skip to the content" }
                    @match links {
                        Links::Page => { a class="skip" href="#claims" { "Skip to the search" } }
                        Links::Site(root) => { a class="skip" href={ (root) "index.html#search" } { "Skip to the search" } }
                    }
                }
                header class="top" {
                    nav aria-label="Sections" { (nav) }
                    button type="button" id="theme" class="needs-script" hidden { "Dark mode" }
                }
                main id="main" tabindex="-1" { (body) }
                footer {
                    p {
                        "Every number here is somebody’s claim, with who said it and how sure they were; "
                        "a status is a judgement with a date and a reason. What is not stated is not known. "
                        "Country outlines: Natural Earth (public domain). Made with onrecord."
                    }
                }
                @match links {
                    Links::Page => { script { (PreEscaped(PAGE_SCRIPT)) } }
                    Links::Site(root) => {
                        script src={ (root) "page.js" } {}
                        script src={ (root) "search.js" } {}
                    }
                }
            }
        }
    };
    page.into_string()
}

/// Returns the content security policy of a page. It admits the script of the single page by its
/// hash, so that no text of an archive can run even if its escaping failed.
fn content_security_policy(links: Links) -> String {
    let hash = |text: &str| {
        let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        format!("'sha256-{digest}'")
    };
    let rest = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'";
    match links {
        Links::Page => {
            format!("{rest}; style-src {}; script-src {}", hash(STYLE), hash(PAGE_SCRIPT))
        }
        Links::Site(_) => {
            format!("{rest}; style-src 'self' file:; script-src 'self' file:")
        }
    }
}
