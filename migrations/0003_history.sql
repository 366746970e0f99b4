-- What happened, and what is to be sent.

CREATE TABLE interaction (
    id          TEXT   NOT NULL PRIMARY KEY,
    customer_id TEXT   REFERENCES customer (id),
    person_id   TEXT   REFERENCES person (id),
    kind        TEXT   NOT NULL,
    record      TEXT   NOT NULL,
    data        TEXT   NOT NULL,
    at          BIGINT NOT NULL
);
CREATE INDEX interaction_customer ON interaction (customer_id, at);
CREATE INDEX interaction_person ON interaction (person_id, at);

-- The same for what only staff see.
CREATE TABLE internal_interaction (
    id          TEXT   NOT NULL PRIMARY KEY,
    customer_id TEXT   REFERENCES customer (id),
    person_id   TEXT   REFERENCES person (id),
    kind        TEXT   NOT NULL,
    record      TEXT   NOT NULL,
    data        TEXT   NOT NULL,
    at          BIGINT NOT NULL
);
CREATE INDEX internal_interaction_customer ON internal_interaction (customer_id, at);

-- Messages to be sent. state: waiting, sent, failed. A worker that takes one leases it, so that a crash between
-- taking and marking hands it to the next. built holds the exact bytes, so that a retry is the same message.
CREATE TABLE outbox (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    person_id   TEXT   REFERENCES person (id),
    customer_id TEXT   REFERENCES customer (id),
    address     TEXT   NOT NULL,
    language    TEXT   NOT NULL,
    data        TEXT   NOT NULL,
    thread      TEXT,
    answers     TEXT,
    state       TEXT   NOT NULL,
    attempts    BIGINT NOT NULL,
    next_at     BIGINT NOT NULL,
    built       BLOB,
    problem     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    sent_at     BIGINT
);
CREATE INDEX outbox_due ON outbox (state, next_at);
CREATE INDEX outbox_thread ON outbox (person_id, thread, created_at);
CREATE INDEX outbox_customer ON outbox (customer_id, created_at);
