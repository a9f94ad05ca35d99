-- Where events may be, and where the ledger is.

-- Names with commas between: where it may be kept; none: anywhere.
ALTER TABLE inbox ADD COLUMN regions TEXT;
-- Which of them its sender said: they hold for what follows from it, too.
ALTER TABLE inbox ADD COLUMN tagged TEXT;
-- One row at most: the region that this store is in.
CREATE TABLE residence (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  region TEXT NOT NULL,
  at     TEXT NOT NULL
) STRICT;
