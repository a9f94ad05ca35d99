-- When calls that a flow limits begin, over all processes on this ledger.
CREATE TABLE call_limit (
  -- The target, and so many in so many milliseconds.
  name  TEXT PRIMARY KEY,
  -- The last of them, oldest first, some still to come: a list of milliseconds since 1970 as JSON.
  times TEXT NOT NULL
) STRICT, WITHOUT ROWID;
