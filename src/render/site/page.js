"use strict";
// Theme, filters and map; the page is complete without them.
(() => {
  const $ = (id) => document.getElementById(id);
  for (const part of document.querySelectorAll(".needs-script")) part.hidden = false;

  // The theme, stored for the next visit if the browser allows it.
  const theme = $("theme"), root = document.documentElement;
  const dark = () => root.dataset.theme
    ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { theme.textContent = dark() ? "Light mode" : "Dark mode"; };
  try { const kept = localStorage.getItem("onrecord-theme"); if (kept === "dark" || kept === "light") root.dataset.theme = kept; } catch { /* no storage */ }
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("onrecord-theme", root.dataset.theme); } catch { /* no storage */ }
    name();
  });
  name();
  addEventListener("beforeprint", () => { for (const part of document.querySelectorAll("details")) part.open = true; });

  const form = $("filters");
  if (form) {
    const fields = ["q", "status", "place", "source", "speaker", "measure", "from", "to"];
    const claims = [...document.querySelectorAll("article.claim")];
    let texts = null;
    // The texts of an element, one by one, so that no word goes on in the next one.
    const textsIn = (element) => {
      const all = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) all.push(walker.currentNode.data);
      return all;
    };
    const keys = (list) => (list || "").split(" ").filter(Boolean);
    // The author and the outlet of a source, which its own entry names.
    const writers = (key) => [...$("source/" + key)?.querySelectorAll(":scope > .caveats > bdi") ?? []].map((one) => one.textContent);
    const has = (list, value) => keys(list).includes(value);
    const apply = () => {
      texts ??= claims.map((one) => window.onrecordLaid([...textsIn(one), one.id, ...keys(one.dataset.place).map((key) => $("place/" + key)?.dataset.names || ""),
        ...[...keys(one.dataset.source), ...keys(one.dataset.speaker)].flatMap((key) => writers(key))]));
      const at = Object.fromEntries(fields.map((field) => [field, form.elements[field].value]));
      // A word may go on: it is being typed.
      const sought = window.onrecordSought(at.q), tooMany = window.onrecordTooMany(sought);
      let found = 0;
      claims.forEach((one, n) => {
        const data = one.dataset;
        const fits = Boolean((!at.status || data.status === at.status)
          && ["place", "source", "speaker", "measure"].every((field) => !at[field] || has(data[field], at[field]))
          && (!(at.from || at.to) || data.from || data.to)
          && (!at.from || !data.to || data.to >= at.from) && (!at.to || !data.from || data.from <= at.to)
          && !tooMany && sought.every((piece) => piece.absent !== window.onrecordHolds(texts[n], piece, !piece.absent && !piece.quoted)));
        one.hidden = !fits;
        found += fits;
      });
      $("found").textContent = tooMany ? "More than 200 words: leave some out." : found === claims.length
        ? `${found} claims` : `${found} of ${claims.length} claims`;
    };
    const write = () => {
      const state = new URLSearchParams();
      for (const field of fields) if (form.elements[field].value) state.set(field, form.elements[field].value);
      const bare = location.href.split("#")[0];
      history.replaceState(null, "", state.toString() ? `${bare}#${state}` : bare);
      apply();
    };
    // The fragment of the address names an entry (#claim/KEY) or holds the filters.
    const read = () => {
      const said = location.hash.slice(1);
      const state = new URLSearchParams(said);
      const narrowed = said.includes("=") && fields.some((field) => state.has(field));
      let target = null;
      try { target = $(decodeURIComponent(said)); } catch { /* no address of ours */ }
      if (narrowed || !said || (target && target.closest("[hidden]"))) {
        for (const field of fields) form.elements[field].value = narrowed ? state.get(field) || "" : "";
        apply();
      }
      if (narrowed) $("claims").scrollIntoView();
      else if (target) {
        // A former key is the address of an anchor inside the entry.
        const entry = target.closest("article"), details = entry && entry.querySelector("details");
        if (details) details.open = true;
        target.scrollIntoView();
      }
    };
    form.addEventListener("input", write);
    form.addEventListener("reset", () => setTimeout(write));
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", read);
    if (location.hash) read();
    else for (const field of fields) form.elements[field].value = "";
  }

  // The map: buttons, wheel with Ctrl, drag, arrow keys; overlapping places are drawn as one number.
  const map = $("places-map");
  if (map) {
    const box = (text) => text.split(" ").map(Number);
    const start = box(map.getAttribute("viewBox")), all = box(map.dataset.all);
    let view = start.slice();
    const dots = [...map.querySelectorAll("a.dot")];
    const scale = () => { const at = map.getBoundingClientRect(); return Math.max(view[2] / at.width, view[3] / at.height); };
    const draw = () => {
      map.setAttribute("viewBox", view.map((n) => n.toFixed(1)).join(" "));
      // Labels keep their size on the screen and follow the font size of the reader.
      const unit = scale(), letter = parseFloat(getComputedStyle(root).fontSize) * unit, heads = [];
      map.setAttribute("font-size", letter.toFixed(1));
      for (const dot of [...dots].sort((a, b) => b.dataset.n - a.dataset.n)) {
        const x = Number(dot.dataset.x), y = Number(dot.dataset.y), n = Number(dot.dataset.n);
        const head = heads.find((one) => Math.abs(one.x - x) < 6 * letter && Math.abs(one.y - y) < 2 * letter);
        const text = dot.querySelector("text");
        if (head) { head.n += n; head.places += 1; text.setAttribute("display", "none"); }
        else { heads.push({ x, y, n, text, places: 1 }); text.removeAttribute("display"); }
      }
      for (const head of heads) {
        head.text.querySelector(".count").textContent = head.places > 1 ? `${head.n} in ${head.places} places` : head.n;
        head.text.classList.toggle("several", head.places > 1);
      }
    };
    const zoom = (factor, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
      const width = Math.min(Math.max(view[2] * factor, all[2] / 400), Math.max(all[2], start[2]) * 1.5);
      factor = width / view[2];
      view = [x - (x - view[0]) * factor, y - (y - view[1]) * factor, width, view[3] * factor];
      draw();
    };
    const pan = (x, y) => { view[0] += x * view[2]; view[1] += y * view[3]; draw(); };
    const moves = { in: () => zoom(0.6), out: () => zoom(1 / 0.6), all: () => { view = all.slice(); draw(); }, start: () => { view = start.slice(); draw(); } };
    for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", moves[button.dataset.zoom]);
    const keys = { "+": moves.in, "=": moves.in, "-": moves.out, "0": moves.start, ArrowLeft: () => pan(-0.1, 0), ArrowRight: () => pan(0.1, 0), ArrowUp: () => pan(0, -0.1), ArrowDown: () => pan(0, 0.1) };
    map.addEventListener("keydown", (event) => { if (keys[event.key] && !event.ctrlKey && !event.metaKey) { event.preventDefault(); keys[event.key](); } });
    addEventListener("resize", () => draw());
    map.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const at = map.getScreenCTM().inverse(), x = at.a * event.clientX + at.e, y = at.d * event.clientY + at.f;
      zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, x, y);
    }, { passive: false });
    let drag = null;
    map.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse") drag = { x: event.clientX, y: event.clientY, moved: false }; });
    addEventListener("pointermove", (event) => {
      if (!drag) return;
      const x = event.clientX - drag.x, y = event.clientY - drag.y;
      if (!drag.moved && Math.hypot(x, y) < 4) return;
      const unit = scale();
      view[0] -= x * unit; view[1] -= y * unit;
      drag = { x: event.clientX, y: event.clientY, moved: true };
      draw();
    });
    addEventListener("pointerup", () => { setTimeout(() => { drag = null; }); });
    map.addEventListener("click", (event) => { if (drag && drag.moved) event.preventDefault(); }, true);
    map.addEventListener("dragstart", (event) => event.preventDefault());
    draw();
  }
})();
