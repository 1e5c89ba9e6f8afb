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
    if (window.onrecordTooMany(sought)) { found.textContent = "More than 200 words: leave some out."; results.replaceChildren(); return; }
    if (!present.length) { found.textContent = ""; results.replaceChildren(); return; }
    try {
      const index = await load("slices");
      let ignored = false;
      const of = async (word, prefix) => {
        const claims = await claimsOf(index, clip(word), prefix);
        ignored ||= claims === null;
        return claims;
      };
      // The claims that hold all words of one of the ways to read a piece; null if these are too many. The
      // index does not know which words stand side by side.
      const both = (one, other) => one && other ? new Set([...one].filter((claim) => other.has(claim))) : one ?? other;
      const claimsOfPhrase = async (places, typing) => {
        let all = null;
        for (let at = 0; at < places.length;) {
          const { joined } = places[at], length = joined?.n ?? 1;
          const goesOn = (word) => word.begins || (typing && at + length === places.length);
          let apart = null;
          for (let n = at; n < at + length; n += 1) {
            apart = both(apart, await of(places[n].word, n + 1 === at + length ? goesOn(places[n]) : places[n].begins));
          }
          const whole = joined ? await of(joined.word, goesOn(joined)) : new Set();
          // A word that is too common leaves out no claim.
          if (apart && whole) all = both(all, new Set([...apart, ...whole]));
          at += length;
        }
        return all;
      };
      const claimsOfPiece = async (piece) => {
        const all = new Set();
        for (const way of piece.ways) {
          let claims = null;
          for (const places of way) claims = both(claims, await claimsOfPhrase(places, piece === present.at(-1) && !piece.quoted));
          if (claims === null) return null;
          claims.forEach((one) => all.add(one));
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
        if (!piece.absent || piece.ways[0][0].length > 1) continue;
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
      // A phrase that is typed as one, or excluded.
      const apart = sought.some((piece) => piece.ways[0][0].length > 1 && (piece.quoted || piece.absent));
      found.textContent = (hits.length > SHOWN ? `${hits.length} claims, the first ${SHOWN} shown` : `${hits.length} claim${hits.length === 1 ? "" : "s"}`)
        + (apart ? ", by their words: a site does not look for phrases" : "") + (ignored ? "; a word that too many claims hold is left out" : "");
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
