// What is where: the queries dashboards and metrics stand on. Flows in: the ledger. Flows out: counts, ages and sums of amounts by state.
import type { EventState, FlowStats, Stats, TargetStats } from "../port/engine.ts"
import { createSums, negated, totalOf } from "./amounts.ts"
import { countOf, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { sql } from "./statement.ts"

const states: readonly EventState[] = ["open", "done", "blocked", "parked", "skipped", "superseded"]

export function* stats(withAmounts: boolean): Operation<Stats> {
  const counts =
    yield sql`SELECT flow, flow_version, state, count(*) AS n, min(received_at) AS oldest FROM inbox
    GROUP BY flow, flow_version, state ORDER BY flow, flow_version, state`
  const amounts = withAmounts ? yield* eventAmounts() : []
  const because =
    yield sql`SELECT flow, flow_version, because, count(*) AS n FROM inbox WHERE because IS NOT NULL
    GROUP BY flow, flow_version, because ORDER BY flow, flow_version, because`
  const targets = yield* targetStats(withAmounts)
  const exceptions =
    yield sql`SELECT code, count(*) AS n FROM exception WHERE closed_at IS NULL GROUP BY code ORDER BY code`
  const [outbox] = yield sql`SELECT count(*) AS n FROM outbox WHERE sent_at IS NULL`
  return {
    flows: flowStats(counts, amounts, because),
    targets,
    exceptions: exceptions.map(row => ({ code: textOf(row, "code"), open: countOf(row, "n") })),
    outbox: outbox === undefined ? 0 : countOf(outbox, "n"),
  }
}

/** Of all events: sums by flow, version, state and currency, and single amounts where they are too long for sums. */
function* eventAmounts(): Operation<readonly Row[]> {
  const sums = yield sql`SELECT flow, flow_version, state, currency, total FROM event_sums`
  const long =
    yield sql`SELECT flow, flow_version, state, currency, amount AS total FROM inbox WHERE length(amount) > 18`
  return [...sums, ...long]
}

/** Of all effects that were done, by target and currency; what is no longer there is taken off again. */
function* effectAmounts(): Operation<readonly Row[]> {
  const sums = yield sql`SELECT target, currency, total FROM effect_sums`
  const long =
    yield sql`SELECT target, currency, amount AS total FROM effect WHERE state = 'done' AND length(amount) > 18`
  return [...sums, ...long]
}

function flowStats(
  counts: readonly Row[],
  amounts: readonly Row[],
  because: readonly Row[],
): readonly FlowStats[] {
  const sums = createSums()
  const nameOf = (row: Row) => `${textOf(row, "flow")}\u0000${textOf(row, "flow_version")}`
  for (const row of amounts)
    sums.add(
      `${nameOf(row)}\u0000${textOf(row, "state")}\u0000${textOf(row, "currency")}`,
      totalOf(textOf(row, "total")),
    )
  const totals = sums.values().map(([key, value]) => ({ parts: key.split("\u0000"), value }))
  return [...new Set(counts.map(nameOf))].map(name => {
    const [flow = "", version = ""] = name.split("\u0000")
    const rows = counts.filter(row => nameOf(row) === name)
    const of = (state: EventState) => rows.find(row => textOf(row, "state") === state)
    const open = of("open")
    return {
      flow,
      version,
      events: eventCounts(state => {
        const row = of(state)
        return row === undefined ? 0 : countOf(row, "n")
      }),
      oldestOpen: open === undefined ? undefined : textOrNone(open, "oldest"),
      amounts: totals.flatMap(({ parts, value }) => {
        const state = states.find(one => one === parts[2])
        return parts[0] === flow && parts[1] === version && state !== undefined
          ? [{ state, currency: parts[3] ?? "", value }]
          : []
      }),
      because: because
        .filter(row => nameOf(row) === name)
        .map(row => ({ word: textOf(row, "because"), events: countOf(row, "n") })),
    }
  })
}

function eventCounts(count: (state: EventState) => number): Readonly<Record<EventState, number>> {
  return {
    open: count("open"),
    done: count("done"),
    blocked: count("blocked"),
    parked: count("parked"),
    skipped: count("skipped"),
    superseded: count("superseded"),
  }
}

/** Effects that were done and count no more: done anew by a reissue, or taken back; and what took them back. There are few of them. */
function* noLongerThere(): Operation<readonly Row[]> {
  const again =
    yield sql`SELECT past.key AS key, past.target AS target, past.currency AS currency, past.amount AS amount FROM effect AS anew
      JOIN effect AS past ON past.event = anew.event AND past.name = anew.name AND past.generation < anew.generation
    WHERE anew.generation > 0 AND anew.state = 'done' AND past.state = 'done'`
  const back =
    yield sql`SELECT past.key AS key, past.target AS target, past.currency AS currency, past.amount AS amount FROM effect AS undo
      JOIN effect AS past ON past.event = undo.event AND past.generation = undo.generation AND past.name = undo.undoes
    WHERE undo.undoes IS NOT NULL AND undo.state = 'done' AND past.state = 'done'`
  const undoing =
    yield sql`SELECT key, target, currency, amount FROM effect WHERE undoes IS NOT NULL AND state = 'done'`
  return [...new Map([...again, ...back, ...undoing].map(row => [textOf(row, "key"), row])).values()]
}

function* targetStats(withAmounts: boolean): Operation<readonly TargetStats[]> {
  const circuits = yield sql`SELECT name, failures, paused_until, paused_by FROM target ORDER BY name`
  const effects =
    yield sql`SELECT target, state, count(*) AS n FROM effect GROUP BY target, state ORDER BY target, state`
  const past = yield* noLongerThere()
  const amounts = withAmounts ? yield* effectAmounts() : []
  const sums = createSums()
  const keyOf = (row: Row) => `${textOf(row, "target")}\u0000${textOf(row, "currency")}`
  for (const row of amounts) sums.add(keyOf(row), totalOf(textOf(row, "total")))
  for (const row of withAmounts ? past : []) {
    const amount = textOrNone(row, "amount")
    if (amount !== undefined) sums.add(keyOf(row), negated(amount))
  }
  const totals = sums.values().map(([key, value]) => ({ parts: key.split("\u0000"), value }))
  const names = [...circuits.map(row => textOf(row, "name")), ...effects.map(row => textOf(row, "target"))]
  return [...new Set(names)].toSorted().map(target => {
    const circuit = circuits.find(row => textOf(row, "name") === target)
    const count = (state: string) => {
      const row = effects.find(one => textOf(one, "target") === target && textOf(one, "state") === state)
      return row === undefined ? 0 : countOf(row, "n")
    }
    return {
      target,
      pausedUntil: circuit === undefined ? undefined : textOrNone(circuit, "paused_until"),
      pausedBy: circuit === undefined ? undefined : textOrNone(circuit, "paused_by"),
      failures: circuit === undefined ? 0 : countOf(circuit, "failures"),
      done: count("done") - past.filter(row => textOf(row, "target") === target).length,
      inDoubt: count("doubt"),
      amounts: totals.flatMap(({ parts, value }) =>
        parts[0] === target ? [{ currency: parts[1] ?? "", value }] : [],
      ),
    }
  })
}
