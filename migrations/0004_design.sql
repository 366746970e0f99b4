-- Products, and designing one together.

CREATE TABLE product (
    id         TEXT   NOT NULL PRIMARY KEY,
    slug       TEXT   NOT NULL UNIQUE,
    model_hash TEXT   NOT NULL,
    position   BIGINT NOT NULL,
    offered    BIGINT NOT NULL
);

-- Each model as it ever was: a design keeps the one that it began with.
CREATE TABLE product_model (
    hash       TEXT   NOT NULL PRIMARY KEY,
    product_id TEXT   NOT NULL REFERENCES product (id),
    model      TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE internal_product_cost (
    model_hash TEXT NOT NULL PRIMARY KEY REFERENCES product_model (hash),
    cost       TEXT NOT NULL
);

-- state: designing, proposed, approved.
CREATE TABLE design (
    id          TEXT   NOT NULL PRIMARY KEY,
    customer_id TEXT   NOT NULL REFERENCES customer (id),
    product_id  TEXT   NOT NULL REFERENCES product (id),
    model_hash  TEXT   NOT NULL REFERENCES product_model (hash),
    title       TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    created_by  TEXT   NOT NULL REFERENCES person (id),
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE INDEX design_customer ON design (customer_id, updated_at);
CREATE INDEX design_updated ON design (updated_at);

-- The room's document: what was typed and drawn, as Yjs updates in the order in which they were accepted.
CREATE TABLE design_update (
    design_id TEXT   NOT NULL REFERENCES design (id),
    seq       BIGINT NOT NULL,
    person_id TEXT   NOT NULL REFERENCES person (id),
    data      BLOB   NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (design_id, seq)
);

CREATE TABLE internal_design_note (
    id        TEXT   NOT NULL PRIMARY KEY,
    design_id TEXT   NOT NULL REFERENCES design (id),
    person_id TEXT   NOT NULL REFERENCES person (id),
    text      TEXT   NOT NULL,
    at        BIGINT NOT NULL
);
CREATE INDEX internal_design_note_design ON internal_design_note (design_id, at);

-- canonical is the exact text that hash is the SHA-256 of; neither ever changes.
CREATE TABLE version (
    id          TEXT   NOT NULL PRIMARY KEY,
    design_id   TEXT   NOT NULL REFERENCES design (id),
    number      BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    canonical   TEXT   NOT NULL,
    hash        TEXT   NOT NULL,
    total_minor BIGINT NOT NULL,
    currency    TEXT   NOT NULL,
    created_by  TEXT   NOT NULL REFERENCES person (id),
    created_at  BIGINT NOT NULL,
    UNIQUE (design_id, number)
);

CREATE TABLE internal_version_cost (
    version_id TEXT   NOT NULL PRIMARY KEY REFERENCES version (id),
    cost_minor BIGINT NOT NULL
);

-- state: open, approved, declined, replaced. valid_until is the last day, YYYY-MM-DD, in the company's time zone.
CREATE TABLE proposal (
    id             TEXT   NOT NULL PRIMARY KEY,
    design_id      TEXT   NOT NULL REFERENCES design (id),
    version_id     TEXT   NOT NULL REFERENCES version (id),
    price_minor    BIGINT NOT NULL,
    currency       TEXT   NOT NULL,
    valid_until    TEXT   NOT NULL,
    delivery_on    TEXT   NOT NULL,
    message        TEXT   NOT NULL,
    state          TEXT   NOT NULL,
    decline_reason TEXT   NOT NULL,
    proposed_by    TEXT   NOT NULL REFERENCES person (id),
    created_at     BIGINT NOT NULL,
    ended_at       BIGINT
);
CREATE INDEX proposal_design ON proposal (design_id, created_at);

-- A signature of one side under what hash names. The company signs by proposing, the customer by approving.
CREATE TABLE approval (
    id          TEXT   NOT NULL PRIMARY KEY,
    proposal_id TEXT   NOT NULL REFERENCES proposal (id),
    side        TEXT   NOT NULL,
    person_id   TEXT   NOT NULL REFERENCES person (id),
    person_name TEXT   NOT NULL,
    hash        TEXT   NOT NULL,
    address     TEXT   NOT NULL,
    at          BIGINT NOT NULL,
    UNIQUE (proposal_id, side)
);
