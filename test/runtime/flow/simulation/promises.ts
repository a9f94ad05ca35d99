// What an engine promises, held against what the targets saw. Flows in: the ledger at rest, the targets, what the source sent. Flows out: a
// sentence for each promise that was broken.

import { createSums } from "../../../../runtime/flow/ledger/amounts.ts"
import { verifyAudit } from "../../../../runtime/flow/ledger/audit.ts"
import { hashOf } from "../../../../runtime/flow/ledger/canonical-json.ts"
import { textOf } from "../../../../runtime/flow/ledger/operation.ts"
import type { Inbound } from "../../../../runtime/flow/port/event.ts"
import { runOperation } from "../../../../runtime/flow/stores/sqlite/run-operation.ts"
import type { Disk } from "./faulty-store.ts"
import { type SimTargets, targets } from "./sim-targets.ts"

export interface End {
  /** Of each event before it gives up. */
  readonly attempts: number
  readonly disk: Disk
  readonly world: SimTargets
  readonly events: readonly Inbound[]
}

export function checkEnd({ disk, world, events, attempts }: End): readonly string[] {
  const query = (text: string) => disk.database.prepare(text).all()
  const broken: string[] = []
  const inbox = query("SELECT id, flow, source_id, state, payload FROM inbox")
  const orders = inbox.filter(row => row["flow"] === "orders")

  // Nothing is lost, nothing is there twice.
  const known = new Set(orders.map(row => row["source_id"]))
  for (const event of events) if (!known.has(event.id)) broken.push(`lost: ${event.id}`)
  if (orders.length !== events.length)
    broken.push(`${events.length} events were sent, ${orders.length} are there`)

  // Each effect of what is done has happened, and none twice.
  const counts = new Map<string, number>()
  for (const one of world.done) counts.set(one.object, (counts.get(one.object) ?? 0) + 1)
  for (const [object, count] of counts)
    if (count > 1) broken.push(`duplicate: ${object} happened ${count} times`)
  for (const row of inbox) {
    if (row["state"] !== "done") continue
    const { order } = JSON.parse(textOf(row, "payload")) as { readonly order: string }
    for (const target of row["flow"] === "orders" ? ["billing", "erp", "letter"] : ["crm"])
      if (!counts.has(`${target}/${order}`)) broken.push(`missing: ${target}/${order}`)
  }
  for (const row of query(
    "SELECT effect.target, effect.receipt, inbox.payload FROM effect JOIN inbox ON inbox.id = effect.event WHERE effect.state = 'done'",
  )) {
    const receipt = JSON.parse(textOf(row, "receipt"))
    if (!world.done.some(one => one.receipt === receipt)) broken.push(`a receipt of nothing: ${receipt}`)
  }

  // What follows, follows once.
  const done = orders.filter(row => row["state"] === "done").length
  const invoices = inbox.length - orders.length
  if (invoices !== done) broken.push(`${done} orders are done, ${invoices} invoices follow from them`)
  const told = query("SELECT id FROM outbox").length
  if (told !== done) broken.push(`${done} orders are done, ${told} messages tell of it`)

  // Order: at each target the events of a lane came in the order of the lane.
  const last = new Map<string, number>()
  for (const one of world.done) {
    const key = `${one.target} ${one.lane}`
    if ((last.get(key) ?? 0) > one.laneSeq)
      broken.push(`order: ${one.object} came after a later one of ${one.lane}`)
    last.set(key, one.laneSeq)
  }

  // Amounts: what was sent is in the ledger, and what is done is at the target.
  const sum = (rows: readonly (readonly [string, string])[]) => {
    const sums = createSums()
    for (const [currency, value] of rows) sums.add(currency, value)
    return JSON.stringify(sums.values())
  }
  const sent = sum(
    events.flatMap(({ amount }) => (amount === undefined ? [] : [[amount.currency, amount.value] as const])),
  )
  const amounts = (text: string) =>
    sum(query(text).map(row => [textOf(row, "currency"), textOf(row, "amount")] as const))
  const kept = amounts("SELECT currency, amount FROM inbox WHERE flow = 'orders'")
  if (sent !== kept) broken.push(`amounts: ${sent} was sent, ${kept} is in the ledger`)
  const invoiced = amounts("SELECT currency, amount FROM inbox WHERE flow = 'invoices'")
  const posted = amounts(
    "SELECT effect.currency, effect.amount FROM effect JOIN inbox ON inbox.id = effect.event WHERE effect.state = 'done' AND effect.target = 'letter' AND inbox.state = 'done'",
  )
  if (invoiced !== posted) broken.push(`amounts: ${posted} is posted, ${invoiced} is invoiced`)

  // No attempt is burnt by waiting: an event gives up only after as many failures as it had attempts.
  for (const row of query(
    "SELECT inbox.payload, count(*) AS n FROM exception JOIN inbox ON inbox.id = exception.event WHERE code = 'ATTEMPTS_EXHAUSTED' GROUP BY inbox.id",
  )) {
    const { order } = JSON.parse(textOf(row, "payload")) as { readonly order: string }
    const failed = Object.keys(targets).reduce(
      (sum, name) => sum + (world.failures.get(`${name}/${order}`) ?? 0),
      0,
    )
    if (failed < Number(row["n"]) * attempts) broken.push(`${order} gave up after ${failed} failures`)
  }
  broken.push(...unnoticedTampering(disk))
  return broken
}

/** A record of the audit that somebody wrote anew, hash and all, does not fit the next one. */
function unnoticedTampering({ database }: Disk): readonly string[] {
  const verdict = () => runOperation(database, new WeakMap(), verifyAudit())
  const honest = verdict()
  if (honest.kind === "broken") return [`audit: ${honest.why}`]
  if (honest.records < 2) return []
  database.exec("BEGIN")
  try {
    const first = database.prepare("SELECT * FROM audit WHERE seq = 1").get()
    if (first === undefined) return ["audit: the first record is missing"]
    const parts = ["at", "action", "subject", "detail", "previous"].map(name => textOf(first, name))
    const [at, action, subject, detail, previous] = parts
    const forged = hashOf([1, at, "somebody else", action, subject, detail, previous])
    database.prepare("UPDATE audit SET actor = 'somebody else', hash = ? WHERE seq = 1").run(forged)
    return verdict().kind === "broken" ? [] : ["audit: a forged record is not noticed"]
  } finally {
    database.exec("ROLLBACK")
  }
}
