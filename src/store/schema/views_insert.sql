-- Describes a report whose view was just made.
INSERT INTO reports (name, title, question, columns, chart, builtin)
VALUES (:name, :title, :question, :columns, :chart, :builtin);
