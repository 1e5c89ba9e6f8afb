-- Notes up to which revision a row was looked at when a doubt about it was set aside.
CREATE TRIGGER accepted_doubts_noted AFTER INSERT ON accepted_doubts WHEN new.revision_id IS NULL BEGIN
  UPDATE accepted_doubts SET revision_id = (SELECT max(id) FROM revisions) WHERE id = new.id;
END;
