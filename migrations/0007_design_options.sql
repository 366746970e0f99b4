-- What is chosen in the room now, as JSON: written with the edits that change it, so that lists can draw each design.
-- Empty in a database from before this column, until the program has read the documents.
ALTER TABLE design ADD COLUMN options TEXT NOT NULL DEFAULT '';
