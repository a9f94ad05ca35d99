-- Where events may be, and where the ledger is.

-- Names with commas between: where it may be kept; none: anywhere.
ALTER TABLE inbox ADD COLUMN regions text COLLATE "C";
-- Which of them its sender said: they hold for what follows from it, too.
ALTER TABLE inbox ADD COLUMN tagged text COLLATE "C";
-- One row at most: the region that this store is in.
CREATE TABLE residence (
  one    integer PRIMARY KEY CHECK (one = 1),
  region text COLLATE "C" NOT NULL,
  at     text COLLATE "C" NOT NULL
);
