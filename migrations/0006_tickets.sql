-- Help. state: open (staff's turn), waiting (the customer's turn), solved.
CREATE TABLE ticket (
    id          TEXT   NOT NULL PRIMARY KEY,
    number      BIGINT NOT NULL UNIQUE,
    customer_id TEXT   NOT NULL REFERENCES customer (id),
    order_id    TEXT   REFERENCES orders (id),
    product_id  TEXT   REFERENCES product (id),
    subject     TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    opened_by   TEXT   NOT NULL REFERENCES person (id),
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE INDEX ticket_customer ON ticket (customer_id, updated_at);
CREATE INDEX ticket_state ON ticket (state, updated_at);
CREATE INDEX ticket_order ON ticket (order_id);

-- How staff see to it.
CREATE TABLE internal_ticket (
    ticket_id   TEXT NOT NULL PRIMARY KEY REFERENCES ticket (id),
    priority    TEXT NOT NULL,
    assignee_id TEXT REFERENCES person (id)
);
CREATE INDEX internal_ticket_assignee ON internal_ticket (assignee_id);

CREATE TABLE ticket_message (
    id         TEXT   NOT NULL PRIMARY KEY,
    ticket_id  TEXT   NOT NULL REFERENCES ticket (id),
    person_id  TEXT   NOT NULL REFERENCES person (id),
    from_staff BIGINT NOT NULL,
    text       TEXT   NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX ticket_message_ticket ON ticket_message (ticket_id, at);

CREATE TABLE internal_ticket_note (
    id        TEXT   NOT NULL PRIMARY KEY,
    ticket_id TEXT   NOT NULL REFERENCES ticket (id),
    person_id TEXT   NOT NULL REFERENCES person (id),
    text      TEXT   NOT NULL,
    at        BIGINT NOT NULL
);
CREATE INDEX internal_ticket_note_ticket ON internal_ticket_note (ticket_id, at);

-- What staff remark about a customer.
CREATE TABLE internal_customer (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customer (id),
    note        TEXT NOT NULL
);
