-- From approval to acceptance.

-- state: waiting, production, ready, delivery, delivered, accepted.
CREATE TABLE orders (
    id           TEXT   NOT NULL PRIMARY KEY,
    number       BIGINT NOT NULL UNIQUE,
    customer_id  TEXT   NOT NULL REFERENCES customer (id),
    design_id    TEXT   NOT NULL REFERENCES design (id),
    version_id   TEXT   NOT NULL UNIQUE REFERENCES version (id),
    title        TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    total_minor  BIGINT NOT NULL,
    currency     TEXT   NOT NULL,
    due_on       TEXT   NOT NULL,
    placed_at    BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    accepted_at  BIGINT,
    accepted_by  TEXT   REFERENCES person (id)
);
CREATE INDEX orders_customer ON orders (customer_id, placed_at);
CREATE INDEX orders_state ON orders (state, placed_at);

CREATE TABLE internal_order (
    order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders (id),
    note     TEXT NOT NULL
);

CREATE TABLE order_step (
    id         TEXT   NOT NULL PRIMARY KEY,
    order_id   TEXT   NOT NULL REFERENCES orders (id),
    position   BIGINT NOT NULL,
    name_uk    TEXT   NOT NULL,
    name_en    TEXT   NOT NULL,
    planned_on TEXT   NOT NULL,
    started_at BIGINT,
    done_at    BIGINT,
    UNIQUE (order_id, position)
);

CREATE TABLE delivery (
    id           TEXT   NOT NULL PRIMARY KEY,
    order_id     TEXT   NOT NULL UNIQUE REFERENCES orders (id),
    carrier      TEXT   NOT NULL,
    tracking     TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    shipped_at   BIGINT NOT NULL,
    delivered_at BIGINT
);

-- Files belong to one record: a ticket's message or an order's step. media_type is what the content is, not what the
-- sender said.
CREATE TABLE file (
    id          TEXT   NOT NULL PRIMARY KEY,
    customer_id TEXT   NOT NULL REFERENCES customer (id),
    record      TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    media_type  TEXT   NOT NULL,
    size        BIGINT NOT NULL,
    sha256      TEXT   NOT NULL,
    content     BLOB   NOT NULL,
    person_id   TEXT   NOT NULL REFERENCES person (id),
    created_at  BIGINT NOT NULL
);
CREATE INDEX file_record ON file (record);
