// Replays: what flows as they are now would do with events of the past, and doing it. Flows in: which events, who and why. Flows out: the rehearsal; or what was delivered again, what two people reissue. Whatever is done
// is rehearsed first, here and now, so that nobody decides about an old finding.
import { instantText } from "../../flow/ledger/operation.ts"
import type { ReplaySelection } from "../../flow/ledger/replay.ts"
import type { Actor } from "../../flow/port/engine.ts"
import { NotPossible } from "../../flow/port/failures.ts"
import { may } from "../../flow/port/permissions.ts"
import { type AppliedReplay, applyReplay, reissueOf } from "../../flow/replay/apply-replay.ts"
import { rehearse } from "../../flow/replay/rehearse.ts"
import type { RehearsedEvent } from "../../flow/replay/rehearsed.ts"
import { type ReplaySummary, summariser } from "../../flow/replay/summarise.ts"
import type { Person } from "../auth/person.ts"
import { isProblem, type Problem, problem } from "../problem.ts"
import { sees } from "../record/labels.ts"
import type { ServiceParts } from "../service-parts.ts"

export interface Rehearsal {
  readonly kind: "rehearsal"
  readonly summary: ReplaySummary
  /** Those that something can be done about. */
  readonly events: readonly RehearsedEvent[]
}

export interface Reissued {
  readonly kind: "reissued"
  readonly applied: number
  readonly awaiting: number
  readonly refused: readonly { readonly event: string; readonly detail: string }[]
}

export interface Delivered extends AppliedReplay {
  readonly kind: "delivered"
  readonly left: number
}

/** More belong to a command line, which nobody waits for. */
const most = 1_000
const longestMs = 60_000

export async function rehearseReplay(
  parts: ServiceParts,
  asked: ReplaySelection,
  { role }: Person,
  signal: AbortSignal,
): Promise<Rehearsal | Problem> {
  if (!may(role, "replay.rehearse")) return problem("FORBIDDEN", `replay.rehearse is not for ${role}`)
  const selection = inFullLength(asked)
  if (selection === undefined)
    return problem("BAD_REQUEST", "Say which events: a flow, a time, a code, a queue, a lane or ids")
  if (parts.rehearsed === undefined) return problem("NOT_FOUND", "This service rehearses no replays")
  const [sums, events] = [summariser(), [] as RehearsedEvent[]]
  let count = 0
  try {
    const how = { flows: parts.rehearsed.flows, ledger: parts.ledger }
    for await (const event of rehearse(selection, how, signal)) {
      if (++count > most)
        return problem("BAD_REQUEST", `More than ${most} events fit; name fewer, or use fmap flow replay`)
      sums.add(event)
      if (event.verdict === "redeliver" || event.verdict === "reissue") events.push(event)
    }
  } catch (error) {
    if (!(error instanceof NotPossible)) throw error
    return problem("CONFLICT", error.message)
  }
  const isSeen = parts.rehearsed.masked || parts.labels.every(label => sees(role, label))
  return { kind: "rehearsal", summary: isSeen ? sums.summary() : withoutValues(sums.summary()), events }
}

function withoutValues(summary: ReplaySummary): ReplaySummary {
  return {
    ...summary,
    differences: summary.differences.map(one => ({ ...one, money: [], examples: [] })),
    money: [],
  }
}

export async function deliverReplay(
  parts: ServiceParts,
  selection: ReplaySelection,
  person: Person,
  reason: string,
  signal: AbortSignal,
): Promise<Delivered | Problem> {
  if (!may(person.role, "replay.deliver"))
    return problem("FORBIDDEN", `replay.deliver is not for ${person.role}`)
  const found = await rehearseReplay(parts, selection, person, signal)
  if (isProblem(found)) return found
  const wanted = found.events.filter(({ verdict }) => verdict === "redeliver")
  const { ledger, world } = parts
  const [late, ended] = [new AbortController(), new AbortController()]
  void world.sleep(longestMs, ended.signal).then(() => late.abort())
  try {
    const done = await applyReplay(
      wanted,
      { ledger, world, by: actorOf(person), reason },
      AbortSignal.any([signal, late.signal]),
    )
    return { kind: "delivered", ...done, left: wanted.length - done.delivered - done.changedSince }
  } finally {
    ended.abort()
  }
}

export async function reissueReplay(
  parts: ServiceParts,
  selection: ReplaySelection,
  person: Person,
  reason: string,
  signal: AbortSignal,
): Promise<Reissued | Problem> {
  if (!may(person.role, "decide.reissue"))
    return problem("FORBIDDEN", `decide.reissue is not for ${person.role}`)
  const found = await rehearseReplay(parts, selection, person, signal)
  if (isProblem(found)) return found
  let [applied, awaiting] = [0, 0]
  const refused: { readonly event: string; readonly detail: string }[] = []
  for (const event of found.events) {
    if (event.verdict !== "reissue") continue
    try {
      const { kind } = await parts.engine.decide(event.id, reissueOf(event), actorOf(person), reason)
      if (kind === "applied") applied += 1
      else awaiting += 1
    } catch (error) {
      if (!(error instanceof NotPossible)) throw error
      refused.push({ event: event.id, detail: error.message })
    }
  }
  return { kind: "reissued", applied, awaiting, refused }
}

function actorOf({ subject, role }: Person): Actor {
  return { name: subject, role }
}

/** Instants in the ledger are of one length. Undefined: nothing is said, or something is no instant. */
function inFullLength(asked: ReplaySelection): ReplaySelection | undefined {
  const said = Object.entries(asked).filter(([, value]) => value !== undefined)
  if (said.length === 0) return undefined
  const { from, to, ...others } = asked
  const [first, last] = [from, to].map(text => (text === undefined ? undefined : Date.parse(text)))
  if (Number.isNaN(first) || Number.isNaN(last)) return undefined
  return {
    ...others,
    ...(first === undefined ? {} : { from: instantText(first) }),
    ...(last === undefined ? {} : { to: instantText(last) }),
  }
}
