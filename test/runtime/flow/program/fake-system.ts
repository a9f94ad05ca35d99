// A system at the other end that keeps records by object and key, counts what was done to it, and fails where a test says so. Flows in: calls. Flows out: answers.

import type {
  Change,
  Connector,
  LoadReceipt,
  ObjectName,
  Receipt,
  SendRequest,
} from "../../../../runtime/connectors/port/connector.ts"
import { CallFailed, type FailureClass } from "../../../../runtime/flow/port/failures.ts"
import type { Idempotency } from "../../../../runtime/flow/port/flow.ts"
import { writeJson } from "../../../../runtime/formats/json/write-json.ts"

type Rec = Readonly<Record<string, unknown>>

export interface Fault {
  readonly on: "read" | "find" | "send" | "load" | "changes"
  readonly object: string
  readonly failure: FailureClass
  readonly code?: string
  /** What was asked is done all the same. */
  readonly done?: true
  /** Only of records that say so somewhere. */
  readonly of?: string
  /** How often; once where absent. */
  readonly times?: number
}

export interface FakeSystem extends Connector {
  /** What happened, in order: a line each. Survives whoever called. */
  readonly told: readonly string[]
  /** Records by object, in the order they came. */
  readonly records: (object: string) => readonly Rec[]
  readonly put: (object: string, record: Rec) => void
  /** Tells readers of changes; the same again is told again. */
  readonly change: (object: string, change: Change) => void
  readonly fails: (fault: Fault) => void
}

export interface FakeOptions {
  readonly system: string
  readonly idempotency?: Idempotency
  /** What is answered about a record that was written: by object. */
  readonly answers?: Readonly<Record<string, (record: Rec, number: number) => Rec>>
  /** Waits as long as a call takes, and never comes back where the caller is dead. */
  readonly travel?: () => Promise<void>
  /** Loads go by jobs: each runs once, and can be asked about. */
  readonly jobs?: true
  /** How a bulk load goes, beside that all is loaded. */
  readonly loads?: (records: readonly Rec[]) => Omit<LoadReceipt, "sent">
}

export function fakeSystem({
  system,
  idempotency = { lookUp: true },
  answers = {},
  travel,
  loads,
  jobs,
}: FakeOptions): FakeSystem {
  const objects = new Map<string, Rec[]>()
  const changes = new Map<string, Change[]>()
  const told: string[] = []
  let faults: { fault: Fault; left: number }[] = []
  let numbers = 0
  /** Those that were run, and with what end. */
  const ran = new Map<string, LoadReceipt>()

  const all = (object: string): Rec[] => {
    const known = objects.get(object) ?? []
    objects.set(object, known)
    return known
  }
  const indexOf = ({ object, key }: ObjectName, record: Rec) =>
    all(object).findIndex(one => one[key] !== undefined && one[key] === record[key])
  const fault = (on: Fault["on"], object: string, record: unknown = {}): Fault | undefined => {
    const found = faults.find(
      ({ fault, left }) =>
        fault.on === on && fault.object === object && left > 0 && writeJson(record).includes(fault.of ?? ""),
    )
    if (found !== undefined) found.left -= 1
    faults = faults.filter(one => one.left > 0)
    return found?.fault
  }
  const fail = ({ failure, code = failure.toUpperCase() }: Fault): never => {
    throw new CallFailed(failure, code, `${system} failed`)
  }
  const answer = (object: string, record: Rec): Rec =>
    answers[object]?.(record, ++numbers) ?? { id: `${object}-${++numbers}` }
  const stored = (record: Rec) => {
    const { "answer of": of, ...rest } = record
    return { of: of as Rec, rest }
  }

  function apply(request: SendRequest): Receipt {
    const { object, verb, record } = request
    const at = indexOf(request, record)
    const known = all(object)[at]
    told.push(`${verb} ${object} ${writeJson(record)}`)
    if (verb === "delete") {
      all(object).splice(at, at < 0 ? 0 : 1)
      return { answer: {}, outcome: "deleted" }
    }
    if (known === undefined) {
      if (verb === "update")
        throw new CallFailed("rejected", "NOT_FOUND", `no ${object} ${String(record[request.key])}`)
      const answered = answer(object, record)
      all(object).push({ ...record, "answer of": answered })
      return { answer: answered, outcome: "created" }
    }
    if (verb === "create") throw new CallFailed("conflict", "DUPLICATE", `${object} is there`)
    const { of, rest } = stored(known)
    all(object)[at] = { ...rest, ...record, "answer of": of }
    return { answer: of, outcome: "updated" }
  }

  return {
    system,
    told,
    records: object => all(object).map(one => stored(one).rest),
    put: (object, record) =>
      void all(object).push({ ...record, "answer of": { id: `${object}-${++numbers}` } }),
    change: (object, change) => void changes.set(object, [...(changes.get(object) ?? []), change]),
    saysWhoChanged: true,
    async *changes({ object, cursor }) {
      const all = changes.get(object) ?? []
      for (let at = Number(cursor ?? 0); at < all.length; at += 2) {
        await travel?.()
        const found = fault("changes", object)
        if (found !== undefined) fail(found)
        const page = all.slice(at, at + 2)
        yield { changes: page, cursor: String(at + page.length) }
      }
    },
    fails: one => void faults.push({ fault: one, left: one.times ?? 1 }),
    close: async () => undefined,
    idempotency: (_, verb) => (verb === "upsert" || verb === "update" ? { upsert: true } : idempotency),
    async *read({ object, where }) {
      await travel?.()
      const found = fault("read", object)
      if (found !== undefined) fail(found)
      const fits = all(object).filter(one => where.every(({ field, value }) => one[field] === value))
      told.push(
        `read ${object} where ${where.map(({ field, value }) => `${field} = ${writeJson(value)}`).join(", ")}: ${fits.length}`,
      )
      for (let i = 0; i < fits.length; i += 2) yield fits.slice(i, i + 2).map(one => stored(one).rest)
    },
    async send(request) {
      await travel?.()
      const found = fault("send", request.object, request.record)
      if (found !== undefined && found.done === undefined) fail(found)
      const receipt = apply(request)
      if (found !== undefined) fail(found)
      await travel?.()
      return receipt
    },
    async find(request) {
      await travel?.()
      const found = fault("find", request.object)
      if (found !== undefined) fail(found)
      const at = indexOf(request, request.record)
      told.push(`find ${request.object} ${String(request.record[request.key])}: ${at < 0 ? "none" : "there"}`)
      const known = all(request.object)[at]
      return known === undefined ? undefined : { answer: stored(known).of, outcome: "created" }
    },
    ...(jobs === undefined
      ? {}
      : {
          async prepareLoad({ object }) {
            await travel?.()
            told.push(`prepare ${object}`)
            await travel?.()
            return `job-${++numbers}`
          },
        }),
    async load({ object, records, mode, prepared }) {
      await travel?.()
      if (jobs !== undefined && prepared === undefined) throw new Error("nobody has prepared this load")
      const known = prepared === undefined ? undefined : ran.get(prepared)
      if (known !== undefined) return known
      const found = fault("load", object)
      if (found !== undefined && found.done === undefined) fail(found)
      const replaced = mode.kind === "replace" ? mode.over : null
      const before = all(object)
      if (replaced !== null)
        objects.set(
          object,
          before.filter(one => !records.some(record => replaced.every(name => record[name] === one[name]))),
        )
      all(object).push(...records)
      told.push(`load ${object} ${mode.kind}: ${writeJson(records)}`)
      const { length } = records
      const receipt = { sent: length, ...(loads?.(records) ?? { loaded: length, ignored: 0, rejected: [] }) }
      if (prepared !== undefined) ran.set(prepared, receipt)
      if (found !== undefined) fail(found)
      await travel?.()
      return receipt
    },
  }
}
