// Flows of a Plan as zod schemas. Flows in: nothing. Flows out: the part that plan-schema.ts is made of. It says what flow-spec.ts of the
// runtime says.
import * as z from "zod"
import type { PlanCode } from "../../plan/index.ts"
import { at } from "./expression-schema.ts"
import { allows } from "./policy-schema.ts"

const text = z.string()
const orNone = text.nullable()
const whole = z.int().nonnegative()
const question = z.strictObject({ map: text, reads: z.array(text) })
const object = z.strictObject({ system: text, contract: text, version: text, object: text })

const trigger = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("changed"),
    binder: text,
    from: object,
    fields: z.array(text).nullable(),
    notByUs: z.boolean(),
    becomes: z.array(z.strictObject({ path: z.array(text), value: z.union([text, z.boolean()]) })),
  }),
  z.strictObject({ kind: z.literal("event"), binder: text, event: text, version: text }),
  z.strictObject({
    kind: z.literal("schedule"),
    cron: text,
    zone: text,
    misfire: z.enum(["all", "latest", "skip"]),
    binder: orNone,
  }),
  z.strictObject({ kind: z.literal("manual"), binder: orNone, contract: orNone }),
  z.strictObject({ kind: z.literal("call"), binder: text, contract: text, answer: orNone }),
])

const call = z.strictObject({
  map: text,
  version: text,
  arguments: z.array(
    z.union([z.strictObject({ name: text, binder: text }), z.strictObject({ name: text, value: question })]),
  ),
  set: z.boolean(),
})
const what = z.union([z.strictObject({ call }), z.strictObject({ binder: text })])
const exit = z.strictObject({
  verb: z.enum(["hold", "reject", "deadLetter"]),
  code: orNone,
  message: question.nullable(),
})
const effect = z.strictObject({
  retry: z.strictObject({ attempts: whole, baseMs: whole, longestMs: whole }).nullable(),
  timeoutMs: whole.nullable(),
  limit: z.strictObject({ count: whole, perMs: whole }).nullable(),
  refused: z.array(z.strictObject({ code: orNone, then: exit })),
  inDoubt: exit.exactOptional(),
})

const placed = {
  name: text,
  binder: orNone,
  needs: z.array(text),
  conditions: z.array(question),
  each: z.strictObject({ binder: text, of: text, path: z.array(text) }).nullable(),
}
const step = z.discriminatedUnion("kind", [
  z.strictObject({
    ...placed,
    kind: z.literal("read"),
    from: object,
    by: z.array(z.strictObject({ field: text, value: question })),
    many: z.boolean(),
    otherwise: exit.nullable(),
  }),
  z.strictObject({ ...placed, kind: z.literal("map"), call }),
  z.strictObject({
    ...placed,
    kind: z.literal("send"),
    what,
    to: object,
    verb: z.enum(["create", "update", "upsert", "delete", "ensure"]),
    key: text,
    effect,
    compensate: call.nullable(),
    links: z.array(z.strictObject({ crosswalk: text, keys: z.array(question), value: question })),
  }),
  z.strictObject({
    ...placed,
    kind: z.literal("load"),
    what,
    to: object,
    mode: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("replace"), over: z.array(text) }),
      z.strictObject({ kind: z.literal("add") }),
    ]),
    effect,
  }),
  z.strictObject({ ...placed, kind: z.literal("reconcile"), load: text, otherwise: exit }),
  z.strictObject({ ...placed, kind: z.literal("control"), title: text, holds: question, otherwise: exit }),
  z.strictObject({ ...placed, kind: z.literal("publish"), event: text, version: text, what }),
  z.strictObject({ ...placed, kind: z.literal("answer"), what }),
])

const route = z.strictObject({
  on: z.enum(["hold", "reject", "failure"]),
  codes: z.array(text).nullable(),
  to: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("queue"), queue: text, assign: orNone }),
    z.strictObject({ kind: z.literal("deadLetter") }),
  ]),
  lane: z.enum(["block", "park", "supersede"]),
})

export const flows = (code: z.ZodType<PlanCode>) =>
  z
    .array(
      z.strictObject({
        name: text,
        version: text,
        owner: orNone,
        trigger,
        when: question.nullable(),
        lane: z.strictObject({ key: question, newest: question.nullable() }).nullable(),
        steps: z.array(step),
        routes: z.array(route),
        slos: z.array(
          z.strictObject({ name: text, share: text, withinMs: whole, from: question.nullable() }),
        ),
        file: whole,
        docs: text,
        allows,
        codes: z.array(code),
        places: z.array(z.strictObject({ step: text, at })),
        at,
      }),
    )
    .exactOptional()
