"""Opens what was published in a headless browser, as a reader does, and fails at the first
expectation that does not hold. Called by tests/it/publish.rs: page.py WHAT FILE [MORE …], with the path of the browser in
CHROMIUM and that of axe-core's script in AXE."""

import json
import os
import sys
import urllib.parse
from pathlib import Path

from playwright.sync_api import sync_playwright

faults = []


def must(truth, what):
    if not truth:
        faults.append(what)


def comes(page, truth, what):
    """Waits for a condition: the page reacts to a new address or form after the change, not with it."""
    for _ in range(100):
        if truth():
            return
        page.wait_for_timeout(50)
    faults.append(what)


def opened(browser, path, fragment="", **options):
    context = browser.new_context(accept_downloads=True, **options)
    page = context.new_page()
    page.on("console", lambda m: faults.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(f"error on the page: {error}"))
    page.on("dialog", lambda dialog: (faults.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda r: faults.append(f"asked for {r.url[:80]}") if not r.url.startswith(("file:", "data:", "blob:")) else None)
    page.goto(Path(path).resolve().as_uri() + fragment)
    return page


def shown(page):
    return page.locator("article.claim:visible").count()


def leads(page, key, what):
    one = page.locator(f"article[id='claim/{key}']")
    inside = "e => { const r = e.getBoundingClientRect(); return r.height > 0 && r.top >= 0 && r.top < innerHeight; }"
    comes(page, lambda: one.evaluate(inside), f"the deep link does not lead to it, {what}")
    comes(page, lambda: one.locator("h4").first.is_visible(), f"the deep link does not open the claim, {what}")


def fits(page, what):
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    must(wide <= 0, f"{what}: {wide} pixels wider than the window")


def clean(page, what):
    page.evaluate(Path(os.environ["AXE"]).read_text())
    found = page.evaluate(
        "axe.run(document, {preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        ".then((r) => r.violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary}`))"
    )
    for violation in found:
        faults.append(f"{what}: axe-core: {violation}")


def seeds(browser, path, csv):
    page = opened(browser, path, viewport={"width": 1024, "height": 900})
    everything = shown(page)
    must(everything > 100, f"{everything} claims shown")
    words = page.locator("#filters [name=q]")
    for said, key in [("presque onze mille", None), ("près", "civilian-casualties"), ("مقر", "health-centre-shelled"), ("Muqêr", "health-centre-shelled"), ("cinq", "health-centre-shelled")]:
        words.fill(said)
        found = shown(page)
        if key:
            must(0 < found < everything, f"{said!r} finds {found}")
            must(page.locator(f"article[id='claim/{key}']").is_visible(), f"{said!r} does not find {key}")
            must(f"{found} of {everything}" in page.locator("#found").inner_text(), f"{said!r}: the count is not said")
    words.fill("zzzz no such word")
    must(shown(page) == 0, "nonsense finds claims")
    page.locator("#filters button[type=reset]").click()
    comes(page, lambda: shown(page) == everything, "Clear does not show all claims")

    page.select_option("[name=status]", "unverified")
    unverified = shown(page)
    must(0 < unverified < everything, f"{unverified} unverified")
    page.select_option("[name=status]", "")
    page.select_option("[name=place]", "ghazni-province")
    ghazni = shown(page)
    must(page.locator("article[id='claim/health-centre-shelled']").is_visible(), "a district is not in its province")
    page.select_option("[name=status]", "unverified")
    both = shown(page)
    must(both <= min(unverified, ghazni) and both > 0, f"{both} unverified in Ghazni")
    address = page.url
    must("status=unverified" in address and "place=ghazni-province" in address, f"the address is {address}")
    again = opened(browser, path)
    again.goto(address)
    again.reload()
    comes(again, lambda: shown(again) == both, f"the address does not show {both} claims")
    again.close()

    address = Path(path).resolve().as_uri()
    page.goto(address + "#status=unverified")
    comes(page, lambda: shown(page) == unverified, "a link to a status does not narrow the list")
    page.goto(address + "#from=2021-06-28")
    comes(page, lambda: shown(page) != unverified and page.locator("#found").inner_text() == f"{shown(page)} of {everything} claims", "by date: the count is not said")
    page.go_back()
    comes(page, lambda: shown(page) == unverified, "the way back does not bring back the list")
    # A link to a claim leads to it from a list that leaves it out, after a reload, and in a new window.
    page.goto(address + "#claim/muqur-fell")
    leads(page, "muqur-fell", "from the list")
    page.reload()
    leads(page, "muqur-fell", "after a reload")
    fresh = opened(browser, path, fragment="#claim/muqur-fell")
    leads(fresh, "muqur-fell", "in a new window")
    fresh.close()

    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme").click()
    must(page.evaluate("getComputedStyle(document.body).backgroundColor") != before, "dark mode changes nothing")
    page.locator("#theme").click()

    box = lambda: [float(n) for n in page.locator("#places-map").get_attribute("viewBox").split()]
    start = box()
    page.locator("[data-zoom=in]").click()
    must(box()[2] < start[2], "the map does not zoom in")
    page.locator("#places-map").focus()
    page.keyboard.press("ArrowRight")
    must(box()[0] > start[0], "the arrow keys do not move the map")
    page.locator("[data-zoom=start]").click()
    must(box() == start, "the map does not go back")

    with page.expect_download() as download:
        page.locator("a[download='claims.csv']").click()
    must(Path(download.value.path()).read_bytes() == Path(csv).read_bytes(), "claims.csv is not what export csv writes")
    with page.expect_download() as download:
        page.locator("a[download='claims.geojson']").click()
    must(Path(download.value.path()).read_bytes().startswith(b'{"type":"FeatureCollection"'), "claims.geojson is none")

    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for scheme in ("light", "dark"):
        for width in (375, 1024, 1920):
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            fits(page, f"{width} pixels")
            if width != 1920:
                clean(page, f"{scheme}, {width} pixels")
    # Without the script everything can be read, and nothing that needs it is shown.
    plain = opened(browser, path, java_script_enabled=False)
    must(plain.locator("article.claim").count() == everything, "claims are missing without JavaScript")
    must(not plain.locator("#filters").is_visible(), "filters are shown that do nothing")
    plain.goto(Path(path).resolve().as_uri() + "#claim/muqur-fell")
    must(plain.locator("article[id='claim/muqur-fell'] h3").is_visible(), "no deep link without JavaScript")


def hostile(browser, path):
    for width in (375, 1024):
        page = opened(browser, path, viewport={"width": width, "height": 800})
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.wait_for_timeout(100)
        must(page.evaluate("window.ran === undefined"), "text of the archive ran")
        fits(page, f"hostile, {width} pixels")
        links = page.evaluate("[...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))")
        for link in links:
            must(link is not None and link.startswith(("#", "http://", "https://", "data:text/csv", "data:application/json", "data:application/geo+json", "../", "claim/", "source/", "place/", "measure/", "list/", "status/", "index.html", "map.html", "data/")), f"a link to {link}")
        must(page.locator("script").count() <= 2, "another script")
        must(page.locator("img, iframe, object, embed, link[rel=stylesheet][href^=http]").count() == 0, "a foreign element")
        clean(page, f"hostile, {width} pixels")


def site(browser, folder):
    page = opened(browser, f"{folder}/index.html", viewport={"width": 1024, "height": 900})
    for words, key in [("muqêr health", "health-centre-shelled"), ("مقر", "health-centre-shelled"), ("health centre bombar", "health-centre-shelled"), ("cinq", "health-centre-shelled"), ("reuters wire", "health-centre-shelled")]:
        page.locator("#search [name=q]").fill(words)
        page.wait_for_selector(f"#results a[href='claim/{key}.html']", timeout=5000)
    page.locator("#search [name=q]").fill("zzzzz")
    page.wait_for_function("document.getElementById('found').textContent === '0 claims'", timeout=5000)
    fits(page, "site")
    clean(page, "site, first page")
    # Every link of every kind of page leads to a file.
    root, seen, open_ = Path(folder).resolve(), set(), ["index.html", "map.html", "claim/health-centre-shelled.html", "list/claims.html", "list/timeline.html", "list/sources.html", "list/measures.html", "status/reported.html", "measure/districts-held.html", "place/ghazni-province.html", "source/taliban-advance-fr.html"]
    for name in open_:
        page.goto((root / name).as_uri())
        for link in page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => new URL(a.getAttribute('href'), document.baseURI).href)"):
            if link.startswith("file:"):
                seen.add(urllib.parse.unquote(link.split("#")[0][len("file://"):]))
        if name.startswith(("claim", "measure", "map", "list/timeline", "list/claims")):
            clean(page, name)
    for file in seen:
        must(Path(file).is_file(), f"a link to {file}, which is not there")
    must(len(seen) > 50, f"{len(seen)} links")
    page.goto((root / "index.html").as_uri() + "#claim/muqur-fell")
    page.reload()
    page.wait_for_url("**/claim/muqur-fell.html", timeout=5000)


def words(browser, path, folder, data):
    """A page and a site find what the program finds, by the same words."""
    data = json.loads(Path(data).read_text())
    page = opened(browser, path)
    # A browser may know fewer characters.
    different = page.evaluate("""texts => {
        const words = (text) => { const all = onrecordLaid([text]); return [...all.map((one) => one.word), ...all.map((one) => one.joined?.word)].filter(Boolean).join(" "); };
        return texts.filter(([text, said]) => !/\\p{Cn}/u.test(text) && words(text) !== said).map(([text, said]) => [text, said, words(text)]);
    }""", data["texts"])
    must(not different, f"{len(different)} texts have other words on a page: {different[:5]}")
    for typed, keys in data["searches"]:
        page.locator("#filters [name=q]").fill(typed)
        found = page.locator("article.claim:visible").evaluate_all("all => all.map(one => one.id.slice(6)).sort()")
        # What is typed may go on, and a page has more to find: titles and labels.
        must(found == keys if keys else "latin" not in found, f"{typed!r} finds {found} on the page")
    site = opened(browser, f"{folder}/index.html")
    # Every text of a claim stands apart, and the authors and outlets of its sources are looked for.
    every = page.locator("article.claim").count()
    for typed in ["unassessed", "annette kahn", '"morning post"', '"kahn morning"']:
        page.locator("#filters [name=q]").fill(typed)
        must(shown(page) == (0 if "kahn m" in typed else every), f"{typed!r} finds {shown(page)} of {every} claims on the page")
    page.locator("#filters [name=q]").fill("word " * 201)
    must(shown(page) == 0 and "200 words" in page.locator("#found").inner_text(), "201 words are looked for on the page")
    # A quoted word is whole, others may go on.
    for typed, number in [("peopl", 1), ('"peopl"', 0)]:
        page.locator("#filters [name=q]").fill(typed)
        must(shown(page) == number, f"{typed!r} finds {shown(page)} claims on the page")
    # The index of a site does not know what stands side by side, and says so.
    typing = site.locator("#search [name=q]")
    typing.fill('"in took"')
    comes(site, lambda: site.locator("#found").inner_text() == "1 claim, by their words: a site does not look for phrases", "a phrase in a site")
    typing.fill("word " * 201)
    comes(site, lambda: "200 words" in site.locator("#found").inner_text(), "201 words in a site")
    typing.fill("½ annette")
    comes(site, lambda: site.locator("#found").inner_text() == "0 claims", "½ in a site")
    for typed, keys in data["searches"]:
        if typed == '"in took"' or any(sign in typed for sign in ("−“", "-„")):
            continue
        site.locator("#search [name=q]").fill(typed)
        comes(site, lambda: sorted(site.locator("#results a").evaluate_all("all => all.map(one => one.getAttribute('href').slice(6, -5))")) == keys, f"{typed!r} finds no {keys} in the site: {site.locator('#found').inner_text()}")


def latency(browser, folder):
    """Measures a search: the first of a visit, and the next ones."""
    page = opened(browser, f"{folder}/index.html")
    title = page.locator("#search [name=q]")
    lines = [line.split() for line in page.locator(".briefs li a").all_inner_texts()[:6]]
    for words in [" ".join(line[-2:]) for line in lines] + [line[1].strip(":") for line in lines]:
        title.fill(words)
        page.wait_for_timeout(1500)
        found = page.locator("#found")
        print(f"search {words!r}: {found.inner_text()}, {found.get_attribute('data-milliseconds')} ms")


def shots(browser, path, folder):
    for scheme in ("light", "dark"):
        for width in (375, 1024, 1920):
            page = opened(browser, path, viewport={"width": width, "height": 1000}, color_scheme=scheme)
            page.screenshot(path=f"{folder}/{width}-{scheme}.png")
            page.close()


with sync_playwright() as play:
    chromium = play.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
    {"seeds": seeds, "hostile": hostile, "site": site, "shots": shots, "latency": latency, "words": words}[sys.argv[1]](chromium, *sys.argv[2:])
    chromium.close()
for fault in dict.fromkeys(faults):
    print(fault)
sys.exit(1 if faults else 0)
