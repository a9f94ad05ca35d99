-- What flows of the language need beside the journal.

-- The business object whose versions are ordered; none: the lane is the object.
ALTER TABLE inbox ADD COLUMN object text COLLATE "C";
CREATE INDEX inbox_object ON inbox (flow, object) WHERE object IS NOT NULL;
-- skipped: a person gave the event up, and what it did is being taken back.
ALTER TABLE inbox ADD COLUMN ending text COLLATE "C";
-- Why it ended without having done anything: it was not wanted, or a map left it out.
ALTER TABLE inbox ADD COLUMN because text COLLATE "C";

-- Failures that count, for an effect with a rule of its own about retries.
ALTER TABLE effect ADD COLUMN failures integer NOT NULL DEFAULT 0;
-- The effect that this one takes back.
ALTER TABLE effect ADD COLUMN undoes text COLLATE "C";

-- hold, reject or failure.
ALTER TABLE exception ADD COLUMN kind text COLLATE "C";
-- Whose work it is; none: it is a dead letter, or no route says.
ALTER TABLE exception ADD COLUMN queue text COLLATE "C";
-- What happens to its lane: block, park or supersede.
ALTER TABLE exception ADD COLUMN lane text COLLATE "C";

-- Rows of crosswalks that receipts filled. Never changed: of equal keys the last one counts, and an event sees those up to where it began.
CREATE TABLE link (
  seq       bigint PRIMARY KEY,
  crosswalk text COLLATE "C" NOT NULL,
  key       text COLLATE "C" NOT NULL,
  value     text COLLATE "C" NOT NULL,
  event     text COLLATE "C" NOT NULL REFERENCES inbox (id),
  at        text COLLATE "C" NOT NULL
);
CREATE INDEX link_key ON link (crosswalk, key);

-- What a flow saw last of a record, so that it can tell what a change changed.
CREATE TABLE seen (
  flow    text COLLATE "C" NOT NULL,
  object  text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  fields  text COLLATE "C" NOT NULL,
  at      text COLLATE "C" NOT NULL,
  PRIMARY KEY (flow, object)
);
