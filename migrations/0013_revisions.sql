-- How often a record was edited: a form carries the number it was opened at, so that it cannot undo a later edit.
ALTER TABLE customer ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE address ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE person ADD COLUMN revision BIGINT NOT NULL DEFAULT 0;
