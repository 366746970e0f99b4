-- Who of a customer's members may see an event: 'customer' (all of them) or 'person' (only the person who caused it), by
-- domain::event::Audience. A row without an audience is seen by the fewest.
ALTER TABLE interaction ADD COLUMN audience TEXT NOT NULL DEFAULT 'person';
UPDATE interaction SET audience = 'customer' WHERE kind NOT IN
    ('person-changed', 'date-added', 'date-removed', 'notices-changed', 'password-changed');
