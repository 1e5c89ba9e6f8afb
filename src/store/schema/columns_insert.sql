-- Describes a column that is new, or a table where :column is empty.
INSERT INTO columns (table_name, column_name, meaning) VALUES (:table, :column, :meaning);
