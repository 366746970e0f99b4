-- Where the customer wants an order brought, in their words; empty until they have said.
ALTER TABLE orders ADD COLUMN destination TEXT NOT NULL DEFAULT '';
