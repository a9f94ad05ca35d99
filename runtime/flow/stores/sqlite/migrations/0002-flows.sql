-- What flows of the language need beside the journal.

-- The business object whose versions are ordered; none: the lane is the object.
ALTER TABLE inbox ADD COLUMN object TEXT;
CREATE INDEX inbox_object ON inbox (flow, object) WHERE object IS NOT NULL;
-- skipped: a person gave the event up, and what it did is being taken back.
ALTER TABLE inbox ADD COLUMN ending TEXT;
-- Why it ended without having done anything: it was not wanted, or a map left it out.
ALTER TABLE inbox ADD COLUMN because TEXT;

-- Failures that count, for an effect with a rule of its own about retries.
ALTER TABLE effect ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
-- The effect that this one takes back.
ALTER TABLE effect ADD COLUMN undoes TEXT;

-- hold, reject or failure.
ALTER TABLE exception ADD COLUMN kind TEXT;
-- Whose work it is; none: it is a dead letter, or no route says.
ALTER TABLE exception ADD COLUMN queue TEXT;
-- What happens to its lane: block, park or supersede.
ALTER TABLE exception ADD COLUMN lane TEXT;

-- Rows of crosswalks that receipts filled. Never changed: of equal keys the last one counts, and an event sees those up to where it began.
CREATE TABLE link (
  seq       INTEGER PRIMARY KEY,
  crosswalk TEXT NOT NULL,
  key       TEXT NOT NULL,
  value     TEXT NOT NULL,
  event     TEXT NOT NULL REFERENCES inbox (id),
  at        TEXT NOT NULL
) STRICT;
CREATE INDEX link_key ON link (crosswalk, key);

-- What a flow saw last of a record, so that it can tell what a change changed.
CREATE TABLE seen (
  flow    TEXT NOT NULL,
  object  TEXT NOT NULL,
  version TEXT NOT NULL,
  fields  TEXT NOT NULL,
  at      TEXT NOT NULL,
  PRIMARY KEY (flow, object)
) STRICT, WITHOUT ROWID;
