// Forms of the API, each said once: requests are read with them, and the OpenAPI description is made of them. Flows in: nothing. Flows out: schemas.
import * as z from "zod/mini"
import { roles } from "../../flow/port/permissions.ts"

const described = <T extends z.ZodMiniType>(schema: T, text: string): T => schema.check(z.describe(text)) as T
const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most))
const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/))
const count = z.int().check(z.minimum(0))
const list = <T extends z.ZodMiniType>(of: T) => z.readonly(z.array(of))

/** Any JSON, with every digit of its numbers. */
const anything = z.unknown()

export const reason = described(
  z
    .string("a text that says why is needed")
    .check(z.regex(/\S/u, "it has to say why"), z.maxLength(2_000, "it takes at most 2,000 characters")),
  "Why; it stands in the audit.",
)
export const exceptionNumber = z.string().check(z.regex(/^[1-9]\d{0,8}$/))
export const cursor = described(z.string().check(z.regex(/^[1-9]\d{0,14}$/)), "`next` of the page before.")
export const pageSize = described(
  z.string().check(z.regex(/^(?:[1-9]\d?|1\d\d|200)$/)),
  "How many on a page: 1 to 200; 50 where absent.",
)
export const name = text(200)

const exceptionState = z.enum(["open", "acknowledged", "resolved", "ignored"])

export const exceptionQuery = z.strictObject({
  state: z.optional(
    described(z.enum(["open", "acknowledged", "resolved", "ignored", "any"]), "Absent: those not closed."),
  ),
  queue: z.optional(name),
  owner: z.optional(name),
  unowned: z.optional(described(z.literal("true"), "Those nobody has taken.")),
  code: z.optional(name),
  flow: z.optional(name),
  key: z.optional(
    described(text(500), "A correlation id, an id of the source, a lane, or an event's id: exactly."),
  ),
  olderThanMinutes: z.optional(z.string().check(z.regex(/^\d{1,7}$/))),
  after: z.optional(cursor),
  limit: z.optional(pageSize),
})
const { queue: _, ...withoutQueue } = exceptionQuery.shape
export const deadLetterQuery = z.strictObject(withoutQueue)

const amount = z.strictObject({ currency: z.string(), value: described(z.string(), "Decimal text.") })

const listedException = z.strictObject({
  number: z.int(),
  event: z.string(),
  flow: z.string(),
  version: z.string(),
  source: z.string(),
  sourceId: z.string(),
  correlationId: z.string(),
  lane: z.string(),
  eventState: described(z.string(), "What became of the event: blocked, parked, open …"),
  waiting: described(count, "Events behind it in its lane that wait."),
  code: z.string(),
  message: z.string(),
  state: exceptionState,
  kind: z.optional(described(z.string(), "hold, reject or failure.")),
  queue: z.optional(described(z.string(), "Absent: a dead letter, or no route says.")),
  owner: z.optional(z.string()),
  openedAt: instant,
  closedAt: z.optional(instant),
  amount: z.optional(described(z.string(), "Of the event: decimal text.")),
  currency: z.optional(z.string()),
})

export const exceptionPage = z.strictObject({
  exceptions: list(listedException),
  next: z.optional(described(z.string(), "`after` of the next page; absent: this is the last.")),
})

export const issue = z.looseObject({
  code: z.string(),
  severity: z.enum(["reject", "hold", "warn", "skip"]),
  root: described(z.string(), "Which document."),
  pointer: described(z.string(), "RFC 6901, into it."),
  message: z.string(),
  value: z.optional(anything),
  at: described(z.string(), "The rule that spoke."),
})

const fix = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("settle"), effect: z.string(), target: z.optional(z.string()) }),
  z.strictObject({
    kind: z.enum(["clear-up-source", "retry-when-well", "mend-defect", "look-and-reissue", "retry", "skip"]),
  }),
  z.strictObject({ kind: z.literal("add-row"), crosswalk: z.string(), keys: list(z.string()) }),
  z.strictObject({ kind: z.literal("correct-at-source"), places: list(z.string()) }),
  z.strictObject({ kind: z.literal("correct-at-target"), system: z.string(), code: z.optional(z.string()) }),
  z.strictObject({ kind: z.literal("load-again"), sent: count, loaded: count }),
])

const tracedEvent = z.strictObject({
  id: z.string(),
  flow: z.string(),
  version: z.string(),
  source: z.string(),
  sourceId: z.string(),
  lane: z.string(),
  laneSeq: z.int(),
  state: z.string(),
  because: z.optional(z.string()),
  generation: count,
  attempts: count,
  lastFailure: z.optional(z.string()),
  correlationId: z.string(),
  causationId: z.optional(z.string()),
  amount: z.optional(z.string()),
  currency: z.optional(z.string()),
  receivedAt: instant,
  endedAt: z.optional(instant),
  steps: list(
    z.strictObject({
      name: z.string(),
      generation: count,
      at: instant,
      records: z.optional(described(count, "How many records it gave, where it gave a list.")),
      result: z.optional(
        described(
          anything,
          "Absent where it is not for the role to see, and where a key stands among many records.",
        ),
      ),
    }),
  ),
  effects: list(
    z.strictObject({
      name: z.string(),
      generation: count,
      target: z.string(),
      state: described(z.string(), "clean, doubt or done."),
      sends: count,
      failures: count,
      undoes: z.optional(z.string()),
      firstSentAt: instant,
      doneAt: z.optional(instant),
      doneBy: z.optional(z.string()),
      amount: z.optional(z.string()),
      currency: z.optional(z.string()),
      receipt: z.optional(described(anything, "Absent where it is not for the role to see.")),
    }),
  ),
  exceptions: list(
    z.strictObject({
      number: z.int(),
      code: z.string(),
      message: z.string(),
      state: z.string(),
      at: instant,
    }),
  ),
  decisions: list(
    z.strictObject({
      kind: z.string(),
      actor: z.string(),
      reason: z.string(),
      state: described(z.string(), "proposed or applied."),
      at: instant,
    }),
  ),
  messages: list(z.strictObject({ topic: z.string(), at: instant, sentAt: z.optional(instant) })),
})

export const shownException = z.strictObject({
  exception: listedException,
  issues: list(issue),
  detail: described(anything, "What else is told of it."),
  record: described(anything, "The payload; what is not for the role to see is •••."),
  marks: described(
    list(z.strictObject({ pointer: z.string(), code: z.string(), message: z.string() })),
    "Places of the record that are wrong.",
  ),
  cause: z.strictObject({
    places: list(z.string()),
    alike: described(count, "Exceptions that are open with this code of this flow, this one among them."),
  }),
  fixes: described(list(fix), "What would help, the likeliest first."),
  history: tracedEvent,
  may: described(list(z.string()), "What this person may do about it now."),
})

export const queues = z.strictObject({
  queues: list(
    z.strictObject({
      queue: z.optional(described(z.string(), "Absent: in no queue, which is where dead letters are.")),
      open: count,
      acknowledged: count,
      oldest: instant,
      amounts: list(amount),
      causes: list(z.strictObject({ flow: z.string(), code: z.string(), count, oldest: instant })),
    }),
  ),
})

export const decided = z.strictObject({ kind: z.enum(["applied", "awaits-second-person"]) })
const remark = z.optional(described(z.string().check(z.maxLength(2_000)), "A remark; it is audited."))
export const acknowledge = z.strictObject({ reason: remark })
export const assign = z.strictObject({ owner: name, reason: remark })
export const decide = z.strictObject({ reason })
const change = z.union([
  z.strictObject({ pointer: text(2_000), value: anything }),
  z.strictObject({ pointer: text(2_000), remove: z.literal(true) }),
])
export const edit = z.union([
  z.strictObject({ reason, payload: described(anything, "Another record in its place.") }),
  z.strictObject({
    reason,
    changes: described(
      z.readonly(z.array(change).check(z.minLength(1), z.maxLength(200))),
      "Fields, each by its place; the others stay.",
    ),
  }),
])
export const settle = z.strictObject({
  reason,
  effect: name,
  outcome: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("done"), receipt: described(anything, "What the target answered.") }),
    z.strictObject({ kind: z.literal("not-done") }),
  ]),
})
export const bulk = z.strictObject({
  numbers: described(
    z.readonly(z.array(z.int().check(z.minimum(1))).check(z.minLength(1), z.maxLength(200))),
    "Exceptions; each is decided by itself.",
  ),
  decision: z.enum(["acknowledge", "assign", "retry", "skip", "resolve", "ignore"]),
  owner: z.optional(described(name, "Of assign.")),
  reason,
})
export const bulkDone = z.strictObject({
  results: list(
    z.strictObject({
      number: z.int(),
      kind: z.enum(["applied", "awaits-second-person", "problem"]),
      problem: z.optional(z.looseObject({ code: z.string(), detail: z.string() })),
    }),
  ),
})

export const transactions = z.strictObject({
  way: described(
    list(
      z.strictObject({
        event: z.string(),
        because: described(z.string(), "Why it belongs to the key."),
        among: described(z.boolean(), "It read a record of the key among others, and is not followed."),
      }),
    ),
    "Of a business key: the events that know it, in the order they were accepted. Empty: it was found by another name.",
  ),
  transactions: list(z.strictObject({ correlationId: z.string(), events: list(tracedEvent) })),
  more: described(z.boolean(), "There are more than these."),
})

export const stats = z.strictObject({
  flows: list(
    z.strictObject({
      flow: z.string(),
      version: z.string(),
      events: z.strictObject({
        open: count,
        done: count,
        blocked: count,
        parked: count,
        skipped: count,
        superseded: count,
      }),
      oldestOpen: z.optional(instant),
      amounts: list(z.strictObject({ state: z.string(), currency: z.string(), value: z.string() })),
      because: list(z.strictObject({ word: z.string(), events: count })),
    }),
  ),
  targets: list(
    z.strictObject({
      target: z.string(),
      pausedUntil: z.optional(instant),
      pausedBy: z.optional(z.string()),
      failures: count,
      done: count,
      inDoubt: count,
      amounts: list(amount),
    }),
  ),
  exceptions: list(z.strictObject({ code: z.string(), open: count })),
  outbox: count,
})

export const alerts = z.strictObject({
  alerts: list(z.strictObject({ watch: z.string(), since: instant, reading: anything })),
})

export const flowList = z.strictObject({
  flows: list(
    z.strictObject({
      name: z.string(),
      version: z.string(),
      owner: z.nullable(z.string()),
      trigger: z.looseObject({ kind: z.string() }),
      steps: count,
    }),
  ),
})
export const flowSpec = z.looseObject({
  name: z.string(),
  version: z.string(),
  steps: list(z.looseObject({ name: z.string(), kind: z.string(), needs: list(z.string()) })),
})

export const answered = z.strictObject({
  event: described(z.string(), "Its id in the ledger."),
  answer: described(anything, "What the flow answers; null: it says nothing."),
  because: z.optional(described(z.string(), "Nothing was done, and why.")),
})
export const accepted = z.strictObject({ event: z.string() })

export const auditQuery = z.strictObject({
  subject: z.optional(described(text(500), "An event's id, or a target.")),
  before: z.optional(cursor),
  limit: z.optional(pageSize),
})
export const auditPage = z.strictObject({
  records: list(
    z.strictObject({
      seq: z.int(),
      at: instant,
      actor: z.string(),
      action: z.string(),
      subject: z.string(),
      detail: anything,
      hash: z.string(),
    }),
  ),
  next: z.optional(z.string()),
})
export const verdict = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("unbroken"), records: count, head: z.string() }),
  z.strictObject({ kind: z.literal("broken"), seq: z.int(), why: z.string() }),
])

const instantGiven = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/))

export const pause = z.strictObject({
  until: described(instantGiven, "In UTC."),
  reason,
})

export const me = z.strictObject({
  subject: z.string(),
  role: z.enum(roles),
  may: list(z.string()),
})

export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  because: z.optional(described(z.string(), "The code a flow stopped with.")),
  issues: z.optional(list(issue)),
})

const replaySelection = z.strictObject({
  flow: z.optional(name),
  version: z.optional(described(name, "Of the flow, with which they were accepted.")),
  from: z.optional(described(instantGiven, "Accepted then or later.")),
  to: z.optional(described(instantGiven, "Accepted before.")),
  code: z.optional(described(name, "With an open exception of this code.")),
  queue: z.optional(described(name, "With an open exception in this queue.")),
  key: z.optional(described(text(500), "Of this lane.")),
  events: z.optional(z.readonly(z.array(name).check(z.minLength(1), z.maxLength(1_000)))),
})
export const rehearse = z.strictObject({
  selection: described(
    replaySelection,
    "Which events: all that is said must fit, and something must be said.",
  ),
})
export const replay = z.strictObject({ selection: replaySelection, reason })

const money = { field: z.string(), currency: z.string(), before: z.string(), now: z.string() }
const fieldChange = z.strictObject({
  field: z.string(),
  before: z.optional(anything),
  now: z.optional(anything),
})
export const replaySummary = z.strictObject({
  events: count,
  verdicts: described(
    z.record(z.string(), count),
    "equal; redeliver: something new would be done; reissue: something else would be sent; person; history; open.",
  ),
  parts: z.record(z.string(), count),
  differences: list(
    z.strictObject({
      flow: z.string(),
      kind: z.string(),
      what: z.string(),
      name: z.string(),
      target: z.string(),
      fields: list(z.string()),
      byHash: z.boolean(),
      count,
      events: count,
      money: list(z.strictObject(money)),
      examples: list(
        z.strictObject({
          event: z.string(),
          sourceId: z.string(),
          name: z.string(),
          fields: list(fieldChange),
          request: z.optional(described(anything, "Of what is new; labelled fields are •••.")),
        }),
      ),
    }),
  ),
  behind: described(list(anything), "Steps behind what is new: what they send depends on its answer."),
  stops: list(
    z.strictObject({
      flow: z.string(),
      before: z.optional(z.string()),
      now: z.string(),
      message: z.string(),
      count,
      examples: list(z.string()),
    }),
  ),
  people: list(z.strictObject({ why: z.string(), count, examples: list(z.string()) })),
  money: list(z.strictObject({ target: z.string(), ...money })),
})
export const replayDelivered = z.strictObject({
  delivered: count,
  changedSince: described(count, "Somebody decided about them since they were rehearsed."),
  left: described(count, "Not delivered in time; ask again."),
})
export const replayReissued = z.strictObject({
  applied: count,
  awaiting: described(count, "A second person of another role has to say so, too."),
  refused: list(z.strictObject({ event: z.string(), detail: z.string() })),
})
