// Many rehearsed events as one finding. Flows in: events, one after the other. Flows out: how many of each verdict; what differs, by effect and field, with counts, exact sums and the smallest examples;
// what stops now; all money that was sent beside all that would be.
import { writeJson } from "../../formats/json/write-json.ts"
import type {
  FieldChange,
  MoneyChange,
  PartKind,
  RehearsedEvent,
  RehearsedPart,
  Verdict,
} from "./rehearsed.ts"
import { addUp } from "./sums-of.ts"

export interface ReplayExample {
  readonly event: string
  readonly sourceId: string
  readonly name: string
  readonly fields: readonly FieldChange[]
  readonly request: unknown
}

/** What differs in one way is one difference: the same effect, the same fields. */
export interface ReplayDifference {
  readonly flow: string
  readonly kind: Exclude<PartKind, "equal">
  readonly what: "effect" | "message"
  /** Without the numbers of elements. */
  readonly name: string
  readonly target: string
  /** With `*` for elements; empty where only hashes could be compared, or nothing. */
  readonly fields: readonly string[]
  readonly byHash: boolean
  readonly count: number
  readonly events: number
  readonly money: readonly MoneyChange[]
  readonly examples: readonly ReplayExample[]
}

export interface ReplayStop {
  readonly flow: string
  /** Undefined: it was done. */
  readonly before: string | undefined
  readonly now: string
  readonly message: string
  readonly count: number
  readonly examples: readonly string[]
}

export interface ReplaySummary {
  readonly events: number
  readonly verdicts: Readonly<Record<Verdict, number>>
  readonly parts: Readonly<Record<PartKind, number>>
  readonly differences: readonly ReplayDifference[]
  /** Steps that depend on the answer of what is new: what they would send is not told. */
  readonly behind: readonly { readonly flow: string; readonly step: string; readonly count: number }[]
  /** Events that end otherwise than they did, because they stop now. */
  readonly stops: readonly ReplayStop[]
  /** Why people have to look, with how many. */
  readonly people: readonly {
    readonly why: string
    readonly count: number
    readonly examples: readonly string[]
  }[]
  /** By target and field: what was sent, and what would be. */
  readonly money: readonly (MoneyChange & { readonly target: string })[]
}

export interface ReplaySummariser {
  add(event: RehearsedEvent): void
  summary(): ReplaySummary
}

interface Group {
  readonly first: RehearsedPart
  readonly flow: string
  readonly fields: readonly string[]
  readonly events: Set<string>
  count: number
  money: readonly MoneyChange[]
  examples: readonly (ReplayExample & { readonly size: number })[]
}

interface Told {
  count: number
  readonly examples: string[]
}

/** `examples`: of each difference, at most. */
export function summariser(examples = 3): ReplaySummariser {
  const verdicts = { equal: 0, redeliver: 0, reissue: 0, person: 0, history: 0, open: 0 }
  const parts = { equal: 0, differs: 0, new: 0, gone: 0, unknown: 0 }
  const groups = new Map<string, Group>()
  const stops = new Map<string, ReplayStop & Told>()
  const people = new Map<string, Told>()
  const behind = new Map<string, { readonly flow: string; readonly step: string; count: number }>()
  const money = new Map<string, readonly MoneyChange[]>()
  let events = 0

  function addPart(event: RehearsedEvent, part: RehearsedPart): void {
    parts[part.kind] += 1
    money.set(part.target, addUp([...(money.get(part.target) ?? []), ...part.money]))
    if (part.kind === "equal") return
    const fields = [...new Set(part.fields.map(({ field }) => withoutNumbers(field, ".")))].toSorted()
    const name = withoutNumbers(part.name, " ")
    const key = JSON.stringify([event.flow, part.kind, part.what, name, part.target, fields])
    const group = groups.get(key) ?? newGroup(event.flow, part, fields)
    groups.set(key, group)
    group.events.add(event.id)
    group.count += 1
    group.money = addUp([...group.money, ...part.money])
    const example = {
      event: event.id,
      sourceId: event.sourceId,
      name: part.name,
      fields: part.fields,
      request: part.request,
      size: part.fields.length * 1_000 + writeJson(part.request ?? null).length,
    }
    group.examples = [...group.examples, example].toSorted((a, b) => a.size - b.size).slice(0, examples)
  }

  function tell<T extends Told>(all: Map<string, T>, key: string, made: () => T, sourceId: string): void {
    const told = all.get(key) ?? made()
    all.set(key, told)
    told.count += 1
    if (told.examples.length < examples) told.examples.push(sourceId)
  }

  return {
    add(event) {
      const { flow, before, now, verdict, why, sourceId } = event
      events += 1
      verdicts[verdict] += 1
      if (verdict === "open") return
      for (const part of event.parts) addPart(event, part)
      for (const step of event.behind) {
        const key = JSON.stringify([flow, step])
        const told = behind.get(key) ?? { flow, step, count: 0 }
        behind.set(key, told)
        told.count += 1
      }
      const code = before.kind === "stopped" ? before.code : undefined
      if (now.kind === "stopped" && now.code !== code) {
        const made = () => ({
          flow,
          before: code,
          now: now.code,
          message: now.message,
          count: 0,
          examples: [],
        })
        tell(stops, JSON.stringify([flow, code, now.code]), made, sourceId)
      }
      if (why !== undefined) tell(people, why, () => ({ count: 0, examples: [] }), sourceId)
    },
    summary: () => ({
      events,
      verdicts,
      parts,
      differences: [...groups.values()].map(differenceOf).toSorted((a, b) => b.count - a.count),
      behind: [...behind.values()],
      stops: [...stops.values()],
      people: [...people].map(([why, told]) => ({ why, ...told })),
      money: [...money].flatMap(([target, changes]) => changes.map(change => ({ target, ...change }))),
    }),
  }
}

function newGroup(flow: string, first: RehearsedPart, fields: readonly string[]): Group {
  return { first, flow, fields, events: new Set(), count: 0, money: [], examples: [] }
}

function differenceOf({ first, flow, fields, events, count, money, examples }: Group): ReplayDifference {
  const { kind, what, name, target, byHash } = first
  if (kind === "equal") throw new TypeError("What is equal is no difference")
  return {
    flow,
    kind,
    what,
    name: withoutNumbers(name, " "),
    target,
    fields,
    byHash,
    count,
    events: events.size,
    money,
    examples: examples.map(({ size: _, ...example }) => example),
  }
}

function withoutNumbers(text: string, between: "." | " "): string {
  return text
    .split(between)
    .map(part => (/^\d+$/u.test(part) ? "*" : part))
    .join(between)
}
