-- The new role of someone of the staff is told as every role is.
UPDATE internal_interaction SET data = replace(data, '"to":', '"role":') WHERE kind = 'staff-changed';
