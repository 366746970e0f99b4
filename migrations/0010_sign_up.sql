-- What was typed at signing up, until whoever reads the address's mail makes an account of it, or the link has expired.
-- The link is kept as its hash.
CREATE TABLE sign_up (
    hash         TEXT   NOT NULL PRIMARY KEY,
    email        TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    organisation TEXT   NOT NULL,
    language     TEXT   NOT NULL,
    expires_at   BIGINT NOT NULL,
    used_at      BIGINT
);
CREATE INDEX sign_up_expires ON sign_up (expires_at);
