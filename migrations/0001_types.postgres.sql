-- SQLite's name for bytes, so that one text of the schema serves both databases.
CREATE DOMAIN blob AS bytea;
