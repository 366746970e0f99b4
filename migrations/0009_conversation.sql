-- The mail that a new one answers, found without sorting its conversation.
DROP INDEX outbox_thread;
CREATE INDEX outbox_thread ON outbox (person_id, thread, created_at, id);
