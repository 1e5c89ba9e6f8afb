-- A second index, over words that the program folds and divides: in any script, with or without spaces
-- between words, accents, variants of letters and the grouping of digits ignored. The first one stays for
-- other tools, which search for words as they are written.
--
-- It holds no text, and of a word only in which rows it is, so that it takes a third of the room; the
-- program looks at the rows themselves for the rest. It is kept up by the same notes in search_dirty: for a
-- claim, old_3 is what its mentions quote and old_4 what its figures say. The words that the program puts in
-- are ASCII letters and digits, and characters outside ASCII, with spaces between them.

CREATE VIRTUAL TABLE words_fts using fts5(
  words, content="", detail="none", tokenize="ascii");

-- table words_fts: The folded words of claims, sources and places, for searching (FTS5). Kept by the program.
--   words: The words of text, quotes, figures and note; of title, author, outlet and note; of names and note.
