-- Calls, meetings and letters that staff write down. next_on is YYYY-MM-DD; the texts of a next step are empty where
-- there is none. Times are milliseconds since 1970.
CREATE TABLE internal_contact_note (
    id          TEXT   NOT NULL PRIMARY KEY,
    customer_id TEXT   NOT NULL REFERENCES customer (id),
    person_id   TEXT   NOT NULL REFERENCES person (id),
    summary     TEXT   NOT NULL,
    channel     TEXT   NOT NULL,
    direction   TEXT   NOT NULL,
    people      TEXT   NOT NULL,
    next_step   TEXT   NOT NULL,
    next_on     TEXT   NOT NULL,
    assignee    TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    done_at     BIGINT
);
CREATE INDEX internal_contact_note_customer ON internal_contact_note (customer_id, created_at);
CREATE INDEX internal_contact_note_next ON internal_contact_note (next_on) WHERE next_on <> '' AND done_at IS NULL;
