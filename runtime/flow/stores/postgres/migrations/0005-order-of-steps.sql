-- The steps of an event in the order they were kept: several may fall into one millisecond.
ALTER TABLE step ADD COLUMN number integer NOT NULL DEFAULT 0;
