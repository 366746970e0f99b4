-- What an organisation does, in its own words.
ALTER TABLE customer ADD COLUMN industry TEXT NOT NULL DEFAULT '';
