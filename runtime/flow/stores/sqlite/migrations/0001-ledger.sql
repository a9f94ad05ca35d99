-- The ledger: everything an engine knows. Instants are text in UTC of one length; amounts are decimal text; JSON is text.

-- Every event ever accepted, once.
CREATE TABLE inbox (
  seq            INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  flow           TEXT NOT NULL,
  flow_version   TEXT NOT NULL,
  source         TEXT NOT NULL,
  source_id      TEXT NOT NULL,
  payload_hash   TEXT NOT NULL,
  payload        TEXT NOT NULL,
  lane           TEXT NOT NULL,
  lane_seq       INTEGER NOT NULL,
  version        TEXT,
  currency       TEXT,
  amount         TEXT,
  correlation_id TEXT NOT NULL,
  causation_id   TEXT,
  traceparent    TEXT,
  state          TEXT NOT NULL CHECK (state IN ('open', 'done', 'blocked', 'parked', 'skipped', 'superseded')),
  generation     INTEGER NOT NULL DEFAULT 0,
  attempts       INTEGER NOT NULL DEFAULT 0,
  crashes        INTEGER NOT NULL DEFAULT 0,
  -- The attempt that runs now; every write of an attempt asks for it.
  claim          TEXT,
  waiting_for    TEXT,
  last_failure   TEXT,
  received_at    TEXT NOT NULL,
  ended_at       TEXT,
  UNIQUE (flow, source, source_id),
  UNIQUE (flow, lane, lane_seq)
) STRICT;
CREATE INDEX inbox_open ON inbox (flow, lane, lane_seq) WHERE state = 'open';
CREATE INDEX inbox_blocked ON inbox (flow, lane, lane_seq) WHERE state = 'blocked';
CREATE INDEX inbox_claimed ON inbox (claim) WHERE claim IS NOT NULL;
CREATE INDEX inbox_correlation ON inbox (correlation_id);

-- One row a business key: which of its events is next, and when.
CREATE TABLE lane (
  flow     TEXT NOT NULL,
  lane     TEXT NOT NULL,
  last_seq INTEGER NOT NULL DEFAULT 0,
  state    TEXT NOT NULL CHECK (state IN ('idle', 'ready', 'running', 'blocked')),
  head     TEXT,
  due_at   TEXT NOT NULL,
  newest   TEXT,
  gaps     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (flow, lane)
) STRICT, WITHOUT ROWID;
CREATE INDEX lane_ready ON lane (flow, due_at) WHERE state = 'ready';

-- What steps of handlers gave.
CREATE TABLE step (
  event      TEXT NOT NULL REFERENCES inbox (id),
  generation INTEGER NOT NULL,
  name       TEXT NOT NULL,
  result     TEXT NOT NULL,
  at         TEXT NOT NULL,
  PRIMARY KEY (event, generation, name)
) STRICT, WITHOUT ROWID;

-- Intents and receipts. clean: nothing can have happened. doubt: a call may have been made. done: there is a receipt.
CREATE TABLE effect (
  key           TEXT PRIMARY KEY,
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
  UNIQUE (event, generation, name),
  CHECK ((state = 'done') = (receipt IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX effect_target ON effect (target, state);

-- Work for people.
CREATE TABLE exception (
  seq       INTEGER PRIMARY KEY,
  event     TEXT NOT NULL REFERENCES inbox (id),
  code      TEXT NOT NULL,
  message   TEXT NOT NULL,
  detail    TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'resolved', 'ignored')),
  owner     TEXT,
  opened_at TEXT NOT NULL,
  closed_at TEXT
) STRICT;
CREATE UNIQUE INDEX exception_open ON exception (event, code) WHERE closed_at IS NULL;
CREATE INDEX exception_code ON exception (code) WHERE closed_at IS NULL;

-- What people decided.
CREATE TABLE decision (
  seq    INTEGER PRIMARY KEY,
  event  TEXT NOT NULL REFERENCES inbox (id),
  kind   TEXT NOT NULL,
  actor  TEXT NOT NULL,
  role   TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  state  TEXT NOT NULL CHECK (state IN ('proposed', 'applied')),
  at     TEXT NOT NULL
) STRICT;
CREATE INDEX decision_event ON decision (event);

-- The circuit of each target.
CREATE TABLE target (
  name         TEXT PRIMARY KEY,
  failures     INTEGER NOT NULL DEFAULT 0,
  paused_until TEXT,
  paused_by    TEXT
) STRICT, WITHOUT ROWID;

-- Events for transports, in the order they were written.
CREATE TABLE outbox (
  seq            INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  event          TEXT NOT NULL REFERENCES inbox (id),
  topic          TEXT NOT NULL,
  payload        TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  traceparent    TEXT,
  created_at     TEXT NOT NULL,
  sent_at        TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (seq) WHERE sent_at IS NULL;

-- How far readers of sources have come.
CREATE TABLE watermark (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Occurrences of schedules that have fired, each once.
CREATE TABLE schedule_run (
  schedule   TEXT NOT NULL,
  occurrence TEXT NOT NULL,
  event      TEXT NOT NULL REFERENCES inbox (id),
  fired_at   TEXT NOT NULL,
  PRIMARY KEY (schedule, occurrence)
) STRICT, WITHOUT ROWID;

-- Each record carries the hash of the one before: a changed or missing one is found.
CREATE TABLE audit (
  seq      INTEGER PRIMARY KEY,
  at       TEXT NOT NULL,
  actor    TEXT NOT NULL,
  action   TEXT NOT NULL,
  subject  TEXT NOT NULL,
  detail   TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash     TEXT NOT NULL
) STRICT;
