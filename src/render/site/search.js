"use strict";
// Searches a site by the slices of its index. The slices are scripts, since a page opened from a disk
// can load no other files.
(() => {
  // Exports link to #claim/KEY; redirect to the page of the claim.
  const key = /^#claim\/([a-z0-9-]+)$/.exec(location.hash);
  if (key && document.getElementById("search")) location.replace(`claim/${key[1]}.html`);

  const form = document.getElementById("search");
  if (!form) return;
  const SHOWN = 30, AHEAD = 4;
  const found = document.getElementById("found"), results = document.getElementById("results");
  const clip = (word) => [...word].slice(0, 40).join(""); // as the index has it
  const compare = (a, b) => { // the order of the index: by code point
    const x = [...a], y = [...b];
    for (let n = 0; n < Math.min(x.length, y.length); n += 1) {
      const step = x[n].codePointAt(0) - y[n].codePointAt(0);
      if (step) return step;
    }
    return x.length - y.length;
  };
  const kept = new Map();
  let done = {};
  const load = (file) => {
    if (!kept.has(file)) kept.set(file, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `search/${file}.js`;
      done[file] = resolve;
      script.onerror = () => { kept.delete(file); reject(new Error(file)); };
      document.head.append(script);
    }));
    return kept.get(file);
  };
  window.onrecordSlices = (starts, claims, titles) => done.slices({ starts, claims, titles });
  window.onrecordSlice = (n, words) => done[`w${n}`](words);
  window.onrecordTitles = (n, titles) => done[`t${n}`](titles);

  const numbers = (text) => { let at = 0; return text.split(" ").map((step) => (at += parseInt(step, 36))); };
  // Returns the claims that contain a word, or with `prefix` words that begin with it; null if there
  // are too many.
  const claimsOf = async (index, word, prefix) => {
    let n = 0;
    while (n + 1 < index.starts.length && compare(index.starts[n + 1], word) <= 0) n += 1;
    const all = new Set();
    let common = false;
    for (let m = n; m < index.starts.length && m <= n + (prefix ? AHEAD : 0); m += 1) {
      if (m > n && !index.starts[m].startsWith(word)) break;
      const words = await load(`w${m}`);
      const fits = prefix ? Object.keys(words).filter((one) => one.startsWith(word)) : Object.hasOwn(words, word) ? [word] : [];
      for (const one of fits) {
        if (words[one] === 0) common = true;
        else for (const claim of numbers(String(words[one]))) all.add(claim);
      }
    }
    return common ? null : all;
  };
  let turn = 0;
  const search = async () => {
    const mine = (turn += 1), begun = performance.now();
    const sought = window.onrecordSought(form.elements.q.value), present = sought.filter((piece) => !piece.absent);
    history.replaceState(null, "", sought.length ? "#q=" + encodeURIComponent(form.elements.q.value) : "#search");
    if (!present.length) { found.textContent = ""; results.replaceChildren(); return; }
    try {
      const index = await load("slices");
      // The claims that hold all words of one of the ways to write a piece; null if these are too many. The
      // index does not know which words stand side by side.
      const claimsOfPiece = async ({ ways, absent }) => {
        const all = new Set();
        for (const { words, begins } of ways) {
          let both = null;
          for (let n = 0; n < words.length; n += 1) {
            const goesOn = n + 1 === words.length && (begins || (!absent && ways === present.at(-1).ways));
            const claims = await claimsOf(index, clip(words[n]), goesOn);
            if (claims) both = both ? new Set([...both].filter((one) => claims.has(one))) : claims;
          }
          if (both === null) return null;
          both.forEach((one) => all.add(one));
        }
        return all;
      };
      let hits = null;
      for (const piece of present) {
        const claims = await claimsOfPiece(piece);
        if (mine !== turn) return;
        if (claims) hits = hits ? hits.filter((one) => claims.has(one)) : [...claims].sort((a, b) => a - b);
      }
      if (hits === null) { found.textContent = "Too many claims hold that; add a word."; results.replaceChildren(); return; }
      for (const piece of sought) {
        // Words that stand apart exclude no claim.
        if (!piece.absent || piece.ways.some((way) => way.words.length > 1)) continue;
        const claims = await claimsOfPiece(piece);
        if (mine !== turn) return;
        if (claims) hits = hits.filter((one) => !claims.has(one));
      }
      const lines = [];
      for (const hit of hits.slice(0, SHOWN)) {
        const titles = await load(`t${Math.floor(hit / index.titles)}`);
        if (mine !== turn) return;
        const [claim, text, status, label] = titles[hit % index.titles];
        const line = document.createElement("li"), link = document.createElement("a"), badge = document.createElement("span");
        link.href = `claim/${claim}.html`;
        link.dir = "auto";
        link.textContent = text;
        badge.className = `badge s-${status.replace(/[^a-zA-Z0-9]/g, "-")}`;
        badge.textContent = label;
        line.append(badge, " ", link);
        lines.push(line);
      }
      results.replaceChildren(...lines);
      found.textContent = hits.length > SHOWN ? `${hits.length} claims, the first ${SHOWN} shown` : `${hits.length} claim${hits.length === 1 ? "" : "s"}`;
      found.dataset.milliseconds = Math.round(performance.now() - begun);
    } catch (error) {
      found.textContent = `The index could not be read (${error.message}).`;
    }
  };
  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked) { form.elements.q.value = asked; form.scrollIntoView(); search(); }
})();
