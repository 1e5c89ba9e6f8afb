"use strict";
// Words of a text and of a search, by the rules of the program (src/model/words.rs, src/store/search/).
(() => {
  const UNSPACED = "(?:(?!\\p{N})[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf\u{11700}-\u{1174f}]|[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u30fa\u30fc-\u3130\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\uffa1-\uffdc\u{1aff0}-\u{1b16f}\u{20000}-\u{3ffff}])";
  const HIDDEN = "\\p{DI}\\ufff9-\\ufffb", LETTER = "\\p{Alphabetic}\\p{N}", INSIDE = "[\u200b·•‧・･]";
  const some = new RegExp(`^${UNSPACED}`, "u"), hebrew = /[א-ת]/;
  const RUN = new RegExp(`(?:(?![\u200b\u200c])[${LETTER}\\p{M}${HIDDEN}]|(?<=${UNSPACED})${INSIDE}(?=${UNSPACED}))+`, "gu");
  // What belongs to the character before; the parts of a run, each of letters or digits of one class.
  const TAIL = `[\\p{M}${HIDDEN}\u200b·•‧・･\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f]*`;
  const CLUSTER = new RegExp(`[^]${TAIL}`, "gu");
  const PART = new RegExp(`(?:${UNSPACED}${TAIL})+|(?<digit>(?:\\p{Nd}${TAIL})+)|(?<number>(?:(?!\\p{Nd}|${UNSPACED})\\p{N}${TAIL})+)|(?:(?!\\p{N}|${UNSPACED})[^]${TAIL})+`, "gu");
  const MOST = 200;
  const hidden = new RegExp(`[${HIDDEN}]`, "u"), letter = new RegExp(`[${LETTER}]`, "u");
  const ACCENT = /(?=\p{M})[\u093c\u09bc\u0a3c\u0abc\u0b3c\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/u;
  const SAME = new Map([["æ", "ae"], ["œ", "oe"], ["þ", "th"], ["\u09ce", "\u09a4\u09cd"]]);
  const pairs = [..."đdłløoəaðdɗdħhŧtŋnɓbƙkƴyґг\u0671\u0627\u0649\u064a\u06cc\u064a\u06cd\u064a\u06d0\u064a\u06d2\u064a\u06a9\u0643\u06aa\u0643\u06ab\u06af\u0629\u0647\u06c1\u0647\u06c3\u0647\u06d5\u0647\u06be\u0647"];
  for (let n = 0; n < pairs.length; n += 2) SAME.set(pairs[n], pairs[n + 1]);
  [..."\u0d54\u0d2e\u0d55\u0d2f\u0d56\u0d34\u0d7a\u0d23\u0d7b\u0d28\u0d7c\u0d30\u0d7d\u0d32\u0d7e\u0d33\u0d7f\u0d15"].forEach((c, n, all) => { if (n % 2 === 0) SAME.set(c, `${all[n + 1]}\u0d4d`); });
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
  const gap = (text, one, next) => text.slice(one.end, next.at);
  // Makes one run of those that are the groups of the digits of one number; "on" where they may be two numbers.
  const groups = (text, runs) => {
    const all = [];
    for (let from = 0; from < runs.length;) {
      const sign = runs[from + 1] && gap(text, runs[from], runs[from + 1]);
      let end = from + 1;
      while (end < runs.length && runs[end - 1].digit && runs[end].digit && /^[,.'’_٬， \u00a0\u2009\u202f]$/.test(sign) && gap(text, runs[end - 1], runs[end]) === sign) end += 1;
      const part = runs.slice(from, end), lengths = part.map((run) => run.folded.length), last = lengths.pop(), first = lengths.shift();
      const threes = first <= 3 && lengths.every((n) => n === 3), twos = sign === "," && first <= 2 && lengths.every((n) => n === 2);
      const fit = part.length > 1 && last === 3 && (threes || twos);
      if (fit && !/[ ，]/.test(sign) && (threes || part.slice(1).some((run) => run.folded[0] === "0"))) {
        all.push({ at: part[0].at, end: part.at(-1).end, folded: part.map((run) => run.folded).join(""), digit: true });
      } else if (fit || part.length === 1 || sign !== " ") {
        part.forEach((run, n) => all.push(fit && n + 1 < part.length ? { ...run, on: true } : run));
      } else {
        all.push(part[0]);
        end = from + 1;
      }
      from = end;
    }
    return all;
  };
  const joins = (text, one, next) => {
    const sign = gap(text, one, next), both = (fits) => fits(one) && fits(next);
    if (one.on) return true;
    if (one.unspaced || next.unspaced) return false;
    if (sign === ".") return both((run) => !run.digit && !run.number && [...run.folded].length === 1);
    return sign === '"' ? both((run) => hebrew.test(run.folded[0])) : /^[-\u2010\u2011\u05be\u200c·‧'’‘`´′\u05f3\u05f4]?$/.test(sign);
  };
  // The words of a run: in scripts that write no spaces, pairs of characters.
  const words = (text, run) => {
    if (!run.unspaced) return run.folded.split(" ").filter(Boolean).map((word) => ({ word, end: run.end }));
    const clusters = text.slice(run.at, run.end).match(CLUSTER);
    let end = run.at;
    return clusters.map((one, n) => {
      const next = clusters[n + 1] ?? "";
      end += one.length;
      return { word: fold(one + next), end: end + next.length, last: !next && n > 0, alone: clusters.length === 1 };
    });
  };
  // Words between which there is a joint at most, and the word that they are together.
  const compounds = (text) => {
    let runs = [];
    for (const found of text.matchAll(RUN)) for (const part of found[0].matchAll(PART)) {
      const at = found.index + part.index, run = { at, end: at + part[0].length, folded: fold(part[0]), unspaced: some.test(part[0]), digit: part.groups.digit, number: part.groups.number };
      if (letter.test(run.folded)) runs.push(run);
    }
    runs = groups(text, runs);
    const all = [];
    for (let n = 0; n < runs.length; n += 1) {
      const parts = [runs[n]];
      // The s of O’Neil’s is a word apart.
      while (n + 1 < runs.length && joins(text, runs[n], runs[n + 1]) && !(parts.length > 1 && runs[n + 1].folded === "s")) parts.push(runs[n += 1]);
      const joined = parts.length > 1 && parts.every((run) => !run.unspaced && !run.folded.includes(" "));
      all.push({ words: parts.flatMap((run) => words(text, run)), joined: joined ? { word: parts.map((run) => run.folded).join(""), end: parts.at(-1).end } : null });
    }
    return all;
  };
  // At each place a word, and the word that it and the next ones are together, with the number of these.
  const places = (all, as) => all.flatMap(({ words, joined }) => words.map((word, n) => ({ ...as(word), joined: joined && n === 0 ? { ...as(joined), n: words.length } : null })));
  // The texts of a record, laid out by their words; no phrase passes from one to the next.
  window.onrecordLaid = (texts) => texts.flatMap((text) => text.split(" | ")).flatMap((text) => [...places(compounds(text), ({ word }) => ({ word })), { word: "", joined: null }]);
  const phrase = (text, all = compounds(text)) => {
    const end = all.at(-1)?.words ?? [], alone = end.at(-1)?.alone;
    if (end.length > 1 && end.at(-1).last) end.pop();
    const found = places(all, (one) => ({ word: one.word, begins: text[one.end] === "*" }));
    if (alone) found.at(-1).begins = true;
    return found;
  };
  const number = (text) => {
    const all = compounds(text);
    return all.length === 1 && all[0].joined ? phrase(text, [{ words: [all[0].joined], joined: null }]) : null;
  };
  // The ways to read groups of digits: with each number of them as the first one.
  const waysOf = (parts) => parts.length ? parts.flatMap((_, n) => {
    const length = parts.length - n, first = length === 1 ? phrase(parts[0]) : number(parts.slice(0, length).join(" "));
    return first ? waysOf(parts.slice(length)).map((way) => [first, ...way]) : [];
  }) : [[]];
  const MARK = /["“”„‟«»＂「」『』〝〞〟]/, SPACE = /\p{White_Space}/u;
  const endOf = (text, space) => {
    let n = 0;
    while (n < text.length && !(space && SPACE.test(text[n])) && !(MARK.test(text[n]) && !(text[n] === '"' && hebrew.test(text[n - 1]) && hebrew.test(text[n + 1])))) n += 1;
    return n;
  };
  const isNumber = (one) => one && !one.absent && !one.quoted && /^\p{N}+$/u.test(one.text);
  const split = (typed) => {
    const all = [];
    for (let rest = typed; (rest = rest.replace(/^\p{White_Space}+/u, ""));) {
      const absent = /^[-−－]/.test(rest);
      if (absent) rest = rest.slice(1);
      const quoted = MARK.test(rest.slice(0, 1));
      if (quoted) rest = rest.slice(1);
      const end = endOf(rest, !quoted), star = quoted && rest[end + 1] === "*";
      const text = rest.slice(0, end).replace(star ? /\p{White_Space}*$/u : "", star ? "*" : "");
      const unit = !absent && !quoted && isNumber(all.at(-1)) && /^(\p{N}+)(\p{Alphabetic}[^]*)$/u.exec(text);
      for (const one of unit ? unit.slice(1) : [text]) all.push({ text: one, absent, quoted });
      rest = rest.slice(end + quoted + star);
    }
    return all;
  };
  // What is looked for: pieces that must be there, or must not, each with the ways to read it, of phrases that
  // are all there.
  window.onrecordSought = (typed) => {
    const all = split(typed), pieces = [];
    for (let n = 0; n < all.length; n += 1) {
      const { text, absent, quoted } = all[n], parts = [];
      // Of too many words only the number is of interest.
      for (const next of all.length > MOST ? [] : all.slice(n, n + 6)) {
        if (next.absent || next.quoted || !/^\p{N}+\*?$/u.test(next.text) || parts.at(-1)?.endsWith("*") || (parts.length && !number([...parts, next.text].join(" ")))) break;
        parts.push(next.text);
      }
      const ways = parts.length > 1 ? waysOf(parts) : [[phrase(text)]];
      if (parts.length > 1) n += parts.length - 1;
      if (ways.at(-1).some((one) => one.length)) pieces.push({ absent, quoted, ways });
    }
    return pieces;
  };
  // Says whether there are more words than are looked for: as many as on the command line.
  window.onrecordTooMany = (pieces) => pieces.reduce((sum, piece) => sum + piece.ways.at(-1).reduce((n, one) => n + one.length, 0), 0) > MOST;
  // Says whether a laid out text holds a piece; the last word of a phrase may go on where it is being typed.
  window.onrecordHolds = (laid, piece, typing) => piece.ways.some((way) => way.every((one) => {
    const reached = [new Set(laid.keys()), ...one.map(() => new Set())];
    one.forEach((place, p) => {
      for (const [sought, n] of place.joined ? [[place, 1], [place.joined, place.joined.n]] : [[place, 1]]) {
        const goesOn = sought.begins || (typing && p + n === one.length);
        const is = (held) => goesOn ? held.startsWith(sought.word) : held === sought.word;
        for (const at of reached[p]) {
          if (at === laid.length) continue;
          const { word, joined } = laid[at];
          if (is(word)) reached[p + n].add(at + 1);
          if (joined && is(joined.word)) reached[p + n].add(at + joined.n);
        }
      }
    });
    return reached.at(-1).size > 0;
  }));
})();
