-- Describes a column anew whose meaning the program or a report's header says otherwise now.
UPDATE columns SET meaning = :meaning WHERE table_name = :table AND column_name = :column;
