-- What a replay needs to show what would be sent now, and where a ledger went.

-- Canonical JSON of what was sent; none: it was too long to keep, or an older fmap sent it. request_hash is there in any case.
ALTER TABLE effect ADD COLUMN request text COLLATE "C";
-- The effects of an event in their order among its steps: several may fall into one millisecond.
ALTER TABLE effect ADD COLUMN number integer NOT NULL DEFAULT 0;
-- Hash of the question a step asked; none: it asked none. The answer to another question is not used.
ALTER TABLE step ADD COLUMN asked text COLLATE "C";

-- One row at most. arriving: it is being filled. moved: its work goes on at `place`. A ledger with a row is not worked on.
CREATE TABLE move (
  one   integer PRIMARY KEY CHECK (one = 1),
  id    text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('arriving', 'moved')),
  place text COLLATE "C" NOT NULL,
  at    text COLLATE "C" NOT NULL
);
