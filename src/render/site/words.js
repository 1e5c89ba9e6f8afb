"use strict";
// Words of a text and of a search, by the rules of the program (src/model/words.rs, store/search/pattern.rs).
(() => {
  const UNSPACED = "(?:(?!\\p{N})[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf\u{11700}-\u{1174f}]|[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3130\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\uffa1-\uffdc\u{1aff0}-\u{1b16f}\u{20000}-\u{3ffff}])";
  const HIDDEN = "\\p{DI}\\ufff9-\\ufffb", LETTER = "\\p{Alphabetic}\\p{N}";
  const unspaced = new RegExp("^" + UNSPACED, "u"), some = new RegExp(UNSPACED, "u");
  const RUN = new RegExp(`(?:(?![\u200b\u200c])[${LETTER}\\p{M}${HIDDEN}]|(?<=${UNSPACED})\u200b(?=${UNSPACED}))+`, "gu");
  const CLUSTER = new RegExp(`[^](?:[\\p{M}${HIDDEN}\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f])*`, "gu");
  const hidden = new RegExp(`[${HIDDEN}]`, "u"), letter = new RegExp(`[${LETTER}]`, "u");
  const ACCENT = /(?=\p{M})[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/u;
  const SAME = new Map([["æ", "ae"], ["œ", "oe"], ["þ", "th"]]);
  const pairs = [..."đdłløoəaðdɗdħhŧtŋnɓbƙkƴyґг\u0671\u0627\u0649\u064a\u06cc\u064a\u06cd\u064a\u06d0\u064a\u06d2\u064a\u06a9\u0643\u06aa\u0643\u06ab\u06af\u0629\u0647\u06c1\u0647\u06c3\u0647\u06d5\u0647\u06be\u0647"];
  for (let n = 0; n < pairs.length; n += 2) SAME.set(pairs[n], pairs[n + 1]);
  const digit = (c) => {
    let n = 0;
    while (n < 9 && /\p{Nd}/u.test(String.fromCodePoint(c.codePointAt(0) - n - 1))) n += 1;
    return String(n);
  };
  const fold = (run) => {
    if (/^[\0-\x7f]*$/.test(run)) return run.toLowerCase();
    let folded = "", before = "", apart = false;
    for (const one of run.normalize("NFKD")) for (let c of hidden.test(one) ? "" : one.toLowerCase().toUpperCase().toLowerCase()) {
      if (c === "ς") c = "σ";
      if (/\p{Nd}/u.test(c) && c > "9") c = digit(c);
      if (c === "\u0640") continue;
      if (ACCENT.test(c)) { if (c === "\u0306" && before === "и") folded += c; continue; }
      if (/[\u02b9-\u02ff\u0621ꞌ]/.test(c) || !(letter.test(c) || /\p{M}/u.test(c))) { apart = true; before = " "; continue; }
      if (apart && /\d/.test(c) && /\d$/.test(folded)) folded += " ";
      apart = false;
      folded += SAME.get(c) ?? c;
      if (!/\p{M}/u.test(c)) before = c;
    }
    return (folded || run.replace(/[ʻʼꞋꞌ]/g, "").replace(/\ufe80/g, "\u0621")).normalize("NFC");
  };
  const groups = (text, runs) => {
    const between = (n) => text.slice(runs[n].end, runs[n + 1].at), all = [];
    const number = (run) => /^\d+$/.test(run.folded);
    for (let from = 0; from < runs.length;) {
      let end = from + 1;
      while (end < runs.length && number(runs[end - 1]) && number(runs[end]) && /^[,.'’_٬ \u00a0\u2009\u202f]$/.test(between(end - 1)) && between(end - 1) === between(from)) end += 1;
      const lengths = runs.slice(from, end).map((run) => run.folded.length), last = lengths.pop(), first = lengths.shift();
      const sign = end > from + 1 ? between(from) : "";
      const fit = sign && last === 3 && ((first <= 3 && lengths.every((n) => n === 3)) || (sign === "," && first <= 2 && lengths.every((n) => n === 2)));
      if (fit && sign !== " ") {
        all.push({ at: runs[from].at, end: runs[end - 1].end, folded: runs.slice(from, end).map((run) => run.folded).join("") });
      } else if (fit || sign !== " ") {
        for (let n = from; n < end; n += 1) all.push(fit && n + 1 < end ? { ...runs[n], on: true } : runs[n]);
      } else {
        all.push(runs[from]);
        end = from + 1;
      }
      from = end;
    }
    return all;
  };
  // The words of a run of letters: pairs of characters in scripts that write no spaces.
  const words = (text, run) => {
    if (!run.unspaced) return [{ word: run.folded }];
    const all = [];
    let stretch = [];
    const close = () => {
      if (stretch.length && !unspaced.test(stretch[0])) all.push({ word: fold(stretch.join("")) });
      else stretch.forEach((c, n) => all.push(n + 1 < stretch.length
        ? { word: fold(c + stretch[n + 1]) } : { word: fold(c), last: n > 0, alone: n === 0 }));
      stretch = [];
    };
    for (const cluster of text.slice(run.at, run.end).match(CLUSTER)) {
      if (stretch.length && unspaced.test(stretch[0]) !== unspaced.test(cluster)) close();
      stretch.push(cluster);
    }
    close();
    return all;
  };
  const compounds = (text) => {
    let runs = [];
    for (const found of text.matchAll(RUN)) {
      const run = { at: found.index, end: found.index + found[0].length, folded: fold(found[0]), unspaced: some.test(found[0]) };
      if (letter.test(run.folded)) runs.push(run);
    }
    runs = groups(text, runs);
    const all = [];
    for (let n = 0; n < runs.length; n += 1) {
      const parts = [runs[n]];
      while (n + 1 < runs.length && (runs[n].on || /^[-\u2010\u2011\u05be\u200c'’‘`´′\u05f3\u05f4]$/.test(text.slice(runs[n].end, runs[n + 1].at)))) parts.push(runs[n += 1]);
      const joined = parts.length > 1 && !parts.some((run) => run.unspaced) ? parts.map((run) => run.folded).join("") : null;
      all.push({ words: parts.flatMap((run) => words(text, run)), joined });
    }
    return all;
  };
  // The words of a text with a space on both sides of each, the joined ones last.
  window.onrecordText = (text) => {
    const all = compounds(text);
    return ` ${[...all.flatMap((one) => one.words.map((word) => word.word)), ...all.flatMap((one) => one.joined ?? [])].join(" ")} `;
  };
  // What is looked for: pieces that must be there, or must not, each with the ways to write it.
  window.onrecordSought = (typed) => {
    const pieces = [];
    let negative = false;
    typed.split('"').forEach((part, n) => {
      if (n % 2) { pieces.push({ text: part, absent: negative, begins: false }); return; }
      negative = / -$|^-$/.test(part);
      for (let chunk of part.split(/\s+/).filter(Boolean)) {
        const absent = /^[-−]/.test(chunk), begins = chunk.length > 1 && chunk.endsWith("*");
        chunk = chunk.slice(absent ? 1 : 0, begins ? -1 : undefined);
        const before = pieces.at(-1), both = `${before?.text} ${chunk}`;
        if (before && !before.begins && !absent && /^[\p{N} ]+$/u.test(both) && compounds(both).length === 1) Object.assign(before, { text: both, begins });
        else pieces.push({ text: chunk, absent, begins });
      }
    });
    return pieces.map(({ text, absent, begins }) => {
      const all = compounds(text), apart = all.flatMap((one) => one.words);
      const way = (list) => {
        const last = list.at(-1), cut = list.length > 1 && last.last;
        return { words: (cut ? list.slice(0, -1) : list).map((one) => one.word), begins: Boolean(!cut && (begins || last.alone)) };
      };
      return { absent, ways: [apart, ...(all.length === 1 && all[0].joined ? [[{ word: all[0].joined }]] : [])].filter((list) => list.length).map(way) };
    }).filter((piece) => piece.ways.length);
  };
})();
