-- Requests under way at systems that allow so many at one time, over all processes on this ledger.
CREATE TABLE call_place (
  -- Whose requests are counted together: a system.
  name   text COLLATE "C" NOT NULL,
  -- 0, 1, 2 …: as many as are allowed.
  place  integer NOT NULL,
  -- Who has it: another word each time.
  holder text COLLATE "C" NOT NULL,
  -- Milliseconds since 1970; until then it is taken. Who has it says again and again that it is still alive.
  until  bigint NOT NULL,
  PRIMARY KEY (name, place)
);
