-- What those who watch a ledger need.

-- How long an event took, from its acceptance to its good end.
ALTER TABLE inbox ADD COLUMN took_ms INTEGER;
UPDATE inbox SET took_ms = CAST(round((julianday(ended_at) - julianday(received_at)) * 86400000) AS INTEGER) WHERE state = 'done' AND ended_at IS NOT NULL;
CREATE INDEX inbox_received ON inbox (flow, received_at);
CREATE INDEX inbox_ended ON inbox (flow, ended_at) WHERE ended_at IS NOT NULL;

-- Something is wrong, or was: told once when it begins and once when it ends, whoever of several nodes looks.
CREATE TABLE alert (
  seq           INTEGER PRIMARY KEY,
  watch         TEXT NOT NULL,
  subject       TEXT NOT NULL,
  reading       TEXT NOT NULL,
  since         TEXT NOT NULL,
  ended_at      TEXT,
  told_at       TEXT,
  end_told_at   TEXT,
  -- A node is about to tell it; another one may when this is over.
  telling_until TEXT
) STRICT;
CREATE UNIQUE INDEX alert_firing ON alert (watch, subject) WHERE ended_at IS NULL;
CREATE INDEX alert_untold ON alert (seq) WHERE told_at IS NULL OR (ended_at IS NOT NULL AND end_told_at IS NULL);
