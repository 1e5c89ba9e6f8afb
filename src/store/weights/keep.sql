-- Keeps what stands behind a claim, in place of what was kept before.
INSERT OR REPLACE INTO kept_weights (claim_id, mentions, denials, outlets, speakers, origins, unnamed, took_back)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
