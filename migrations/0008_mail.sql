-- What a mail's link stops, and what keeps a mail from leaving.

-- The hash of the secret in a mail's link that stops mails of its kind to its person.
ALTER TABLE outbox ADD COLUMN unsubscribe TEXT;
CREATE UNIQUE INDEX outbox_unsubscribe ON outbox (unsubscribe) WHERE unsubscribe IS NOT NULL;

-- What stood in the way of the last attempt, by the names of domain::state; empty where nothing did. problem has the
-- mail server's own words.
ALTER TABLE outbox ADD COLUMN obstacle TEXT NOT NULL DEFAULT '';
