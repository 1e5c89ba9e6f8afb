-- Serves the question what someone said. Most mentions name no speaker and are no answer: left out, they neither fill
-- the index nor, where another tool leaves statistics (ANALYZE), make SQLite take it for one that serves nothing.
DROP INDEX mentions_by_speaker;
CREATE INDEX mentions_by_speaker ON mentions (speaker_id) WHERE speaker_id IS NOT NULL;
