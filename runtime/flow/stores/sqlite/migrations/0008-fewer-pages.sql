-- What is written for an event touches fewer pages of the file: names made by hashing lie anywhere, numbers lie side by side.

-- The same table as before with its rows in the order they were written (it is no longer WITHOUT ROWID); its key is an index.
CREATE TABLE effect_by_number (
  key           TEXT NOT NULL PRIMARY KEY,
  event         TEXT NOT NULL REFERENCES inbox (id),
  generation    INTEGER NOT NULL,
  name          TEXT NOT NULL,
  target        TEXT NOT NULL,
  request_hash  TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('clean', 'doubt', 'done')),
  sends         INTEGER NOT NULL DEFAULT 0,
  first_sent_at TEXT NOT NULL,
  receipt       TEXT,
  done_at       TEXT,
  done_by       TEXT,
  currency      TEXT,
  amount        TEXT,
  failures      INTEGER NOT NULL DEFAULT 0,
  undoes        TEXT,
  request       TEXT,
  number        INTEGER NOT NULL DEFAULT 0,
  UNIQUE (event, generation, name),
  CHECK ((state = 'done') = (receipt IS NOT NULL))
) STRICT;
INSERT INTO effect_by_number (key, event, generation, name, target, request_hash, state, sends, first_sent_at, receipt, done_at, done_by, currency,
    amount, failures, undoes, request, number)
  SELECT key, event, generation, name, target, request_hash, state, sends, first_sent_at, receipt, done_at, done_by, currency, amount, failures, undoes,
    request, number FROM effect ORDER BY first_sent_at, key;
DROP TABLE effect;
ALTER TABLE effect_by_number RENAME TO effect;
CREATE INDEX effect_target ON effect (target, state);

-- An event that nothing came before is the first of its transaction and found by its id.
DROP INDEX inbox_correlation;
CREATE INDEX inbox_correlation ON inbox (correlation_id) WHERE correlation_id <> id;
