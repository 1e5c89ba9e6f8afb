-- Describes a report anew whose view was just made again.
UPDATE reports SET title = :title, question = :question, columns = :columns, chart = :chart,
  builtin = :builtin
WHERE name = :name;
