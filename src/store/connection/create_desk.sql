-- Every archive has a desk from the start: the assessor whose verdicts count as its own.
INSERT INTO sources (key, kind, title) VALUES ('desk', 'organisation', coalesce(?1, 'The desk that keeps this archive'));
