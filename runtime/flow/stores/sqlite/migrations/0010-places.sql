-- Requests under way at systems that allow so many at one time, over all processes on this ledger.
CREATE TABLE call_place (
  -- Whose requests are counted together: a system.
  name   TEXT NOT NULL,
  -- 0, 1, 2 …: as many as are allowed.
  place  INTEGER NOT NULL,
  -- Who has it: another word each time.
  holder TEXT NOT NULL,
  -- Milliseconds since 1970; until then it is taken. Who has it says again and again that it is still alive.
  until  INTEGER NOT NULL,
  PRIMARY KEY (name, place)
) STRICT, WITHOUT ROWID;
