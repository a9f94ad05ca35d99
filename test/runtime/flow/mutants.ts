// Engines that break a promise on purpose. Flows in: nothing. Flows out: edits of the source, each with what has to notice it.

export interface Edit {
  /** Below `runtime/flow/`. */
  readonly file: string
  readonly from: string
  readonly to: string
}

export interface Mutant {
  readonly name: string
  readonly edits: readonly Edit[]
  /** The simulation, or a test file beside this one. */
  readonly caughtBy: "simulation" | string
}

const edit = (file: string, from: string, to: string): Edit => ({ file, from, to })

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: these are pieces of sources
export const mutants: readonly Mutant[] = [
  {
    name: "takes the same event again",
    caughtBy: "simulation",
    edits: [
      edit("stores/sqlite/migrations/0001-ledger.sql", "  UNIQUE (flow, source, source_id),\n", ""),
      edit("ledger/accept.ts", "  if (before !== undefined) return before\n", ""),
      edit("ledger/accept.ts", "ON CONFLICT (flow, source, source_id) DO NOTHING", ""),
      edit("engine/new-event.ts", "event.source, event.id)", "event.source, event.id + Math.random())"),
    ],
  },
  {
    name: "acknowledges before the commit",
    caughtBy: "simulation",
    edits: [
      edit(
        "stores/sqlite/group-commit.ts",
        `database.exec("COMMIT")`,
        `for (const succeed of successes) succeed()\n      database.exec("COMMIT")`,
      ),
    ],
  },
  {
    name: "has chance in the idempotency key",
    caughtBy: "simulation",
    edits: [
      edit(
        "engine/perform-effect.ts",
        "key: begun.key,\n    sendKey,",
        "key: begun.key + Math.random(),\n    sendKey,",
      ),
    ],
  },
  {
    name: "has the attempt number in the idempotency key",
    caughtBy: "simulation",
    edits: [
      edit(
        "engine/perform-effect.ts",
        "key: begun.key,\n    sendKey,",
        "key: begun.key + event.attempts,\n    sendKey,",
      ),
    ],
  },
  {
    name: "writes an intent that says nothing can have happened",
    caughtBy: "simulation",
    edits: [edit("ledger/effects.ts", "${request}, 'doubt', 1,", "${request}, 'clean', 1,")],
  },
  {
    name: "forgets a doubt when a later call certainly failed",
    caughtBy: "simulation",
    edits: [edit("ledger/effects.ts", "if (!wasDoubt && end.failure", "if (end.failure")],
  },
  {
    name: "sends a native key after its window",
    caughtBy: "simulation",
    edits: [edit("ledger/recovery.ts", "now < row.firstSentAt + usable(native.windowMs)", "row.key !== ''")],
  },
  {
    name: "sends again what is in doubt",
    caughtBy: "simulation",
    edits: [
      edit("ledger/recovery.ts", `return { kind: "in-doubt" }`, `return { kind: "send", sendKey: false }`),
    ],
  },
  {
    name: "creates without looking",
    caughtBy: "simulation",
    edits: [
      edit("ledger/recovery.ts", `return { kind: "look-up" }`, `return { kind: "send", sendKey: false }`),
    ],
  },
  {
    name: "does not use a receipt again",
    caughtBy: "simulation",
    edits: [
      edit(
        "ledger/recovery.ts",
        `return { kind: "receipt", receipt: row.receipt ?? "null" }`,
        `return { kind: "send", sendKey: false }`,
      ),
    ],
  },
  {
    name: "starts lanes from the end",
    caughtBy: "simulation",
    edits: [
      edit(
        "ledger/lanes.ts",
        "(SELECT min(lane_seq) FROM inbox WHERE flow = ${flow} AND lane = ${lane} AND state = 'open')",
        "(SELECT max(lane_seq) FROM inbox WHERE flow = ${flow} AND lane = ${lane} AND state = 'open')",
      ),
    ],
  },
  {
    name: "lets a lane go on past a blocked event",
    caughtBy: "simulation",
    edits: [
      edit(
        "ledger/lanes.ts",
        "if (blocked !== undefined && (",
        "if (blocked !== undefined && lane === '' && (",
      ),
    ],
  },
  {
    name: "lets two events of a lane run",
    caughtBy: "simulation",
    edits: [
      edit("ledger/lanes.ts", `if (textOrNone(row, "claim") !== undefined) return`, ""),
      edit("ledger/accept.ts", "if (idle || event.newestWins)", "if (seq > 0)"),
      edit("ledger/lanes.ts", "state = 'open') AS next_seq", "state = 'open' AND claim IS NULL) AS next_seq"),
    ],
  },
  {
    name: "leaves the events of dead workers",
    caughtBy: "simulation",
    edits: [edit("ledger/reclaim.ts", "WHERE claim IS NOT NULL`", "WHERE claim = ''`")],
  },
  {
    name: "lets one event kill every worker",
    caughtBy: "simulation",
    edits: [edit("ledger/reclaim.ts", "if (crashes < mostCrashes)", "if (crashes < 1000)")],
  },
  {
    name: "burns attempts while a target is paused",
    caughtBy: "simulation",
    edits: [edit("engine/outcome.ts", "dueAt,\n      counts: false,", "dueAt,\n      counts: true,")],
  },
  {
    name: "calls with what it stands on not yet written",
    caughtBy: "write-behind.test.ts",
    edits: [
      edit(
        "engine/write-behind.ts",
        "return await persist(() => inOrder(first, operation))",
        "waiting = first; return await persist(operation)",
      ),
    ],
  },
  {
    name: "loses a receipt with the operation that was refused behind it",
    caughtBy: "write-behind.test.ts",
    edits: [edit("engine/write-behind.ts", "if (!(error instanceof Stopped)) await eachAlone(first)", "")],
  },
  {
    name: "calls a target before the time it asked for",
    caughtBy: "targets.test.ts",
    edits: [
      edit(
        "ledger/targets.ts",
        `["probe", "transient", "in-doubt"]`,
        `["probe", "transient", "in-doubt", "throttled"]`,
      ),
    ],
  },
  {
    name: "lets everybody call at once what may still be down",
    caughtBy: "targets.test.ts",
    edits: [edit("ledger/targets.ts", `const probes = failures > 0 &&`, "const probes = failures < 0 &&")],
  },
  {
    name: "forgets what follows from an event",
    caughtBy: "simulation",
    edits: [edit("ledger/settle.ts", "  yield* follow(event.id, following, now)\n", "")],
  },
  {
    name: "takes what is older than it saw for news",
    caughtBy: "program/transitions.test.ts",
    edits: [
      edit("ledger/seen.ts", "if (before !== undefined && isOlder(version, before.version)) continue", ""),
    ],
  },
  {
    name: "shows an event what others filled after it began",
    caughtBy: "program/links.test.ts",
    edits: [edit("program/filled-rows.ts", "({ seq }) => seq <= until", "({ seq }) => seq > 0")],
  },
  {
    name: "makes sure of one thing in two lanes at once",
    caughtBy: "program/sources.test.ts",
    edits: [edit("program/turns.ts", "before.then(work, work)", "work()")],
  },
  {
    name: "takes back in the order it did",
    caughtBy: "program/program.test.ts",
    edits: [edit("program/take-back.ts", "undo.toReversed()", "undo")],
  },
  {
    name: "forgets that it stopped for good",
    caughtBy: "program/kills.test.ts",
    edits: [
      edit(
        "program/make-flow.ts",
        "await ctx.step(stoppingName, () => stoppingOf(error), { pure: true })",
        "",
      ),
    ],
  },
  {
    name: "lets one call more begin than the limit",
    caughtBy: "program/waits.test.ts",
    edits: [
      edit("ledger/call-turns.ts", "times.length < count ? undefined", "times.length <= count ? undefined"),
    ],
  },
  {
    name: "parks what may have happened where a route says so",
    caughtBy: "program/waits.test.ts",
    edits: [edit("program/refused.ts", '{ ...route, lane: "block" }', "route")],
  },
  {
    name: "does not write down what it saw of a record",
    caughtBy: "program/transitions.test.ts",
    edits: [
      edit(
        "ledger/seen.ts",
        "ON CONFLICT (reader, object) DO UPDATE SET version = excluded.version, fields = excluded.fields, at = excluded.at",
        "ON CONFLICT (reader, object) DO NOTHING",
      ),
    ],
  },
  {
    name: "keeps the places of who was killed",
    caughtBy: "program/places.test.ts",
    edits: [
      edit(
        "ledger/call-places.ts",
        "SELECT place FROM call_place WHERE name = ${name} AND until > ${now}",
        "SELECT place FROM call_place WHERE name = ${name}",
      ),
    ],
  },
  {
    name: "does not say that a long request is still under way",
    caughtBy: "program/places.test.ts",
    edits: [edit("program/places.ts", "placeLeaseMs / 3", "placeLeaseMs * 300")],
  },
  {
    name: "tries a defect of its own as long as an outage",
    caughtBy: "effects.test.ts",
    edits: [edit("engine/outcome.ts", "Math.min(3, retry", "Math.max(3, retry")],
  },
  {
    name: "answers one question with the answer to another",
    caughtBy: "effects.test.ts",
    edits: [edit("engine/context.ts", "now === null || asked === now", "now === null || asked !== null")],
  },
  {
    name: "finds differences where there are none",
    caughtBy: "simulation",
    edits: [edit("replay/part-of.ts", "known?.requestHash === hash", "known?.requestHash === name")],
  },
  {
    name: "delivers again what would be sent otherwise",
    caughtBy: "replay/replay.test.ts",
    edits: [
      edit(
        "replay/verdict-of.ts",
        'if (changed) return { verdict: "reissue"',
        'if (changed) return { verdict: "redeliver"',
      ),
    ],
  },
  {
    name: "delivers again under new keys",
    caughtBy: "replay/replay.test.ts",
    edits: [
      edit(
        "ledger/replay.ts",
        "SET state = 'open', flow_version",
        "SET generation = generation + 1, state = 'open', flow_version",
      ),
    ],
  },
  {
    name: "does everything anew where two people agreed on something",
    caughtBy: "replay/replay.test.ts",
    edits: [edit("ledger/decide.ts", "if (parts !== undefined) yield* takeAlong(event, parts, next)", "")],
  },
  {
    name: "takes two people who mean different things for two who agree",
    caughtBy: "replay/replay.test.ts",
    edits: [edit("ledger/decide.ts", "AND detail = ${meant}", "AND detail <> ${meant + '!'}")],
  },
  {
    name: "reads in a rehearsal that may not",
    caughtBy: "replay/replay.test.ts",
    edits: [
      edit(
        "replay/rehearse-event.ts",
        "how.pure !== true && !options.read",
        "how.pure === true && !options.read",
      ),
    ],
  },
  {
    name: "shows what is personal in a rehearsal",
    caughtBy: "replay/replay.test.ts",
    edits: [
      edit(
        "replay/figures-of.ts",
        "place.length <= path.length)) return masked",
        "place.length <= path.length)) return document",
      ),
    ],
  },
  {
    name: "delivers again what a newer version has replaced",
    caughtBy: "replay/replay.test.ts",
    edits: [
      edit("replay/verdict-of.ts", "if (outdated && (changed || more))", "if (outdated && changed && more)"),
    ],
  },
  {
    name: "takes a step that was named otherwise for one more",
    caughtBy: "replay/replay.test.ts",
    edits: [
      edit(
        "replay/rehearse-event.ts",
        'hidden(effect) ? "unknown" : "gone"',
        'hidden(effect) ? "unknown" : "unknown"',
      ),
    ],
  },
  {
    name: "opens more at once than is said",
    caughtBy: "replay/replay.test.ts",
    edits: [
      edit("replay/apply-replay.ts", "await untilFewerThan(atOnce)", "await untilFewerThan(atOnce + 1)"),
    ],
  },
  {
    name: "works on a ledger that was moved",
    caughtBy: "move/move.test.ts",
    edits: [edit("ledger/move-mark.ts", "if (mark === undefined) return\n", "if (mark !== null) return\n")],
  },
  {
    name: "leaves a ledger before it has looked at what arrived",
    caughtBy: "move/move.test.ts",
    edits: [
      edit(
        "move/move-ledger.ts",
        "one.rows === rows && one.digest === digest",
        "one.rows >= 0 && digest !== ''",
      ),
    ],
  },
  {
    name: "moves over another ledger",
    caughtBy: "move/move.test.ts",
    edits: [edit("move/move-ledger.ts", "      if (page.length > 0)", "      if (page.length < 0)")],
  },
  {
    name: "lets a half filled ledger be worked on",
    caughtBy: "move/move.test.ts",
    edits: [
      edit(
        "stores/sqlite/sqlite-end.ts",
        ".run(id, state, place, at)\n        filled.exec",
        ".run(id, 'moved', place, at)\n        filled.exec",
      ),
    ],
  },
  {
    name: "stops events without a record",
    caughtBy: "simulation",
    edits: [edit("ledger/settle.ts", `action: park ? "park" : "block"`, `action: "stop"`)],
  },
  {
    name: "decides without a record",
    caughtBy: "simulation",
    edits: [
      edit(
        "ledger/decide.ts",
        "yield* audit({ at: now, actor: by.name, action: decision.kind",
        "yield* audit({ at: now, actor: by.name, action: state",
      ),
    ],
  },
  {
    name: "does not chain the audit",
    caughtBy: "simulation",
    edits: [
      edit("ledger/audit.ts", `if (textOf(row, "previous") !== previous)`, "if (seq < 0)"),
      edit(
        "ledger/audit.ts",
        "subject, detail, previous) !== hash",
        'subject, detail, textOf(row, "previous")) !== hash',
      ),
    ],
  },
  {
    name: "keeps an event where it must not be",
    caughtBy: "regions.test.ts",
    edits: [edit("ledger/accept.ts", "  yield* refuseElsewhere(events)\n", "")],
  },
  {
    name: "sends a request where it must not be",
    caughtBy: "regions.test.ts",
    edits: [
      edit(
        "engine/perform-effect.ts",
        "isAllowed: isAllowed(regions, effect.target.region)",
        "isAllowed: true",
      ),
    ],
  },
  {
    name: "does not bind what it encrypts to its row",
    caughtBy: "vault.test.ts",
    edits: [
      edit(
        "ledger/vault.ts",
        "JSON.stringify([tenant, column, names, values])",
        "JSON.stringify([tenant, column])",
      ),
    ],
  },
  {
    name: "keeps a payload in plain although it has keys",
    caughtBy: "vault.test.ts",
    edits: [
      edit("ledger/accept.ts", '${sealed("payload", { id: event.id }, event.payload)}', "${event.payload}"),
    ],
  },
]
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: these are pieces of sources
