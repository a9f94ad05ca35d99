// FM84xx: the ledger, where it is and who may use it. Flows out: the entries, by code.
import type { ProblemEntry } from "./entry.ts"

export const ledgerProblems = {
  FM8401: {
    title: "Place that is no store",
    cause:
      "A ledger is in a file of this machine or in a database of PostgreSQL. The text that names it is neither.",
    help: "Write `sqlite:./fmap.db` or `postgres://user@host/database`. A password stands in a secret or in `PGPASSWORD`, never in a file of the project.",
    example: {
      command: "fmap flow stats --store mysql://host/db",
      says: '"mysql://host/db" is no store: sqlite:./fmap.db or postgres://user@host/database.',
    },
  },
  FM8402: {
    title: "Ledger that is not there",
    cause:
      "There is no ledger at this place. To look at one never makes one: whoever looks at the wrong place would see an empty ledger, and believe it.",
    help: "Check `store` of fmap.flows.json and `--store`. The first `fmap flow start` makes a ledger; on PostgreSQL `fmap flow migrate` does, run by who owns the database.",
    example: { command: "fmap flow stats --store sqlite:./absent.db", says: "There is no ledger ….db." },
  },
  FM8403: {
    title: "Ledger held by another process",
    cause:
      "One process at a time works on a ledger in a file. Another one does: `fmap flow start` in another window, a service, or a container with the same folder.",
    help: "End the other process, or let it do the work: `fmap flow stats`, `exceptions` and `trace` look at the ledger beside it. For several processes at one time use PostgreSQL.",
    example: {
      command: "fmap flow start",
      says: `…fmap.db.lock is held by process … on …; one process works on a ledger at a time…`,
    },
  },
  FM8404: {
    title: "Ledger of another version",
    cause:
      "The tables of the ledger are those of an older or newer fmap. A newer fmap brings them up to date when it starts to work; an older one never touches them.",
    help: "Of an older ledger: start the flows with this fmap, on PostgreSQL after `fmap flow migrate`. Of a newer one: use the fmap that wrote it.",
    example: { command: "fmap flow start", says: "…The ledger has schema 999, …" },
  },
  FM8405: {
    title: "File that is no ledger",
    cause:
      "What is at this place is something else, or damaged: no file of SQLite, a database of another program, a lock that fmap did not write, or a file that cannot be opened.",
    help: "Name a file of its own for the ledger. Where it is damaged, keep it to look into, and put the last backup in its place.",
    example: { command: "fmap flow stats --store sqlite:./notes.txt", says: "…notes.txt is no ledger…" },
  },
  FM8406: {
    title: "Store that fails",
    cause:
      "The database does not answer, refuses the connection, or could not keep what it was given. Nothing of what was asked happened.",
    help: "Look whether the database runs and can be reached from here: `psql URL -c 'SELECT 1'`. The same command works when it does.",
    example: {
      command: "fmap flow stats --store postgres://nobody@127.0.0.1:1/none",
      says: `The store failed: …`,
    },
  },
  FM8407: {
    title: "Ledger that may not be written",
    cause:
      "Whoever runs the command lacks a right: to write the file of the ledger and its folder, or to make or use its tables on PostgreSQL.",
    help: "On a disk: give the user that runs fmap the right to write both. On PostgreSQL: `fmap flow migrate --grant ROLE`, run by who owns the tables.",
    example: {
      command: "fmap flow start",
      says: `The ledger …fmap.db cannot be written (…): whoever runs fmap needs to write the file and its folder.`,
    },
  },
  FM8408: {
    title: "Ledger that was moved, or cannot be",
    cause:
      "A ledger is at one place only. This one was moved and goes on elsewhere, was not filled to its end, or is to go where one is already.",
    help: "Work on the place that is named. A move that broke off is finished by the same `fmap flow move` again; a target has to be empty.",
    example: {
      command: "fmap flow move --from sqlite:a.db --to sqlite:a.db",
      says: "A ledger cannot be moved to where it is.",
    },
  },
  FM8409: {
    title: "Place where a ledger would lose events",
    cause:
      "The disk, the file system or the SQLite of this place does not keep what it was told to keep. A crash there would lose events that were acknowledged.",
    help: "Put the ledger on a disk of this machine, use Node 22.14 or later, or PostgreSQL.",
    example: {
      command: "fmap flow start",
      says: `SQLite does not do journal_mode = wal here, and without it a crash can lose events.`,
    },
  },
  FM8410: {
    title: "Package that is not installed",
    cause: "A part of fmap that not everybody uses needs a package of its own, and that is not beside fmap.",
    help: "Install what the sentence names, in the same place as fmap: `npm install pg pg-boss`.",
    example: { command: "fmap flow start", says: `…"logs" needs the package pino beside fmap (…).` },
  },
  FM8411: {
    title: "Key of the ledger that is missing or no key",
    cause:
      "`encryption` of fmap.flows.json names the keys that seal what the ledger keeps. The first one cannot be read or is no key of 32 bytes. Nothing starts, as everything would be written in plain.",
    help: "Bring the secret to where it is looked for. `openssl rand -base64 32` makes a new key: put it first, and leave the older ones behind it.",
    example: { command: "fmap flow stats", says: 'Key k1 of "encryption": …' },
  },
  FM8412: {
    title: "Region the data may not be in",
    cause:
      "The project says in which regions its data may be, and the ledger or a system is elsewhere, or in a region nobody named.",
    help: "`region` of fmap.flows.json (or `--region`) says where the ledger is, `region` of a system where that is. What stays where is said by the policies of the project.",
    example: {
      command: "fmap flow stats --region US",
      says: "This ledger is in EU, and cannot be opened as one in US.",
    },
  },
} as const satisfies Readonly<Record<string, ProblemEntry>>
