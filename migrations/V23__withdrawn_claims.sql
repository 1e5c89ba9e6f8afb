-- Serves counts that leave withdrawn claims out: they are few, and no other claim has to be read to see that it is not
-- one of them.
CREATE INDEX claims_withdrawn ON claims (id) WHERE withdrawn IS NOT NULL;
