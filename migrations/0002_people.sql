-- Who there is: the company itself, persons, customers with their members, staff; sessions and tokens.
-- Times are milliseconds since 1970 UTC, keys are UUIDs as text, flags are 0 or 1, money is in minor units.

CREATE TABLE company (
    id         BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    name       TEXT   NOT NULL,
    currency   TEXT   NOT NULL,
    language   TEXT   NOT NULL,
    time_zone  TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

-- search: name, address and phone in lower case, which SQLite can make of ASCII only.
CREATE TABLE person (
    id            TEXT   NOT NULL PRIMARY KEY,
    email         TEXT   NOT NULL UNIQUE,
    confirmed_at  BIGINT,
    password_hash TEXT,
    name          TEXT   NOT NULL,
    phone         TEXT   NOT NULL,
    language      TEXT   NOT NULL,
    time_zone     TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    search        TEXT   NOT NULL
);

-- Days worth remembering, as YYYY-MM-DD. The birthday's label is empty.
CREATE TABLE person_date (
    id        TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    label     TEXT NOT NULL,
    day       TEXT NOT NULL
);
CREATE INDEX person_date_person ON person_date (person_id);

-- How a person wants to be told about what; a kind without a row is told.
CREATE TABLE notice_choice (
    person_id TEXT   NOT NULL REFERENCES person (id),
    kind      TEXT   NOT NULL,
    by_mail   BIGINT NOT NULL,
    PRIMARY KEY (person_id, kind)
);

CREATE TABLE staff (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    role      TEXT NOT NULL
);

CREATE TABLE customer (
    id         TEXT   NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    tax_code   TEXT   NOT NULL,
    phone      TEXT   NOT NULL,
    website    TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    search     TEXT   NOT NULL
);
CREATE INDEX customer_created ON customer (created_at);

CREATE TABLE member (
    customer_id TEXT   NOT NULL REFERENCES customer (id),
    person_id   TEXT   NOT NULL REFERENCES person (id),
    role        TEXT   NOT NULL,
    department  TEXT   NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (customer_id, person_id)
);
CREATE INDEX member_person ON member (person_id);

-- Where a person lives or an organisation has an office.
CREATE TABLE address (
    id          TEXT   NOT NULL PRIMARY KEY,
    customer_id TEXT   NOT NULL REFERENCES customer (id),
    label       TEXT   NOT NULL,
    street      TEXT   NOT NULL,
    city        TEXT   NOT NULL,
    postcode    TEXT   NOT NULL,
    country     TEXT   NOT NULL,
    created_at  BIGINT NOT NULL
);
CREATE INDEX address_customer ON address (customer_id);

CREATE TABLE session (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    person_id  TEXT   NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    agent      TEXT   NOT NULL
);
CREATE INDEX session_person ON session (person_id);

-- What a mailed link proves. Only the hash is kept; each works once.
CREATE TABLE token (
    hash       TEXT   NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL,
    person_id  TEXT   REFERENCES person (id),
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);

CREATE TABLE invitation (
    id          TEXT   NOT NULL PRIMARY KEY,
    customer_id TEXT   NOT NULL REFERENCES customer (id),
    email       TEXT   NOT NULL,
    role        TEXT   NOT NULL,
    token_hash  TEXT   NOT NULL UNIQUE,
    invited_by  TEXT   NOT NULL REFERENCES person (id),
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    ended_at    BIGINT
);
CREATE INDEX invitation_customer ON invitation (customer_id);

-- A form that was sent, by the number it carried, and where its sender was led: sent again, it leads there again.
CREATE TABLE submission (
    id         TEXT   NOT NULL PRIMARY KEY,
    person_id  TEXT,
    location   TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);

-- Numbers people read aloud: the next order, the next ticket.
CREATE TABLE counter (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);
