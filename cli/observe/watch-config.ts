// The sections `watch` and `alerts` of fmap.flows.json: what ought to happen, by when, and who is told. Flows in: JSON. Flows out: checked data; what flows there are is judged later.
import * as z from "zod/mini"
import { regionSection } from "../flow/region-section.ts"
import { duration } from "./duration.ts"

const text = (meaning: string) => z.string().check(z.minLength(1), z.describe(meaning))
const pointer = z.string().check(z.regex(/^\//u, "write a JSON pointer such as /region"))
const by = z.optional(
  z
    .record(z.string(), pointer)
    .check(
      z.describe(
        "Readings apart by parts of the payload: a name, and a JSON pointer. They stand in metrics and alerts: never personal data.",
      ),
    ),
)
const name = text("Of all watches; one of a default replaces it.")
const flow = text("A flow of the project.")
const within = duration("How long it may take.")

const watch = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pending"), name, flow, within, by }),
  z.strictObject({
    kind: z.literal("follows"),
    name,
    flow,
    to: text("The flow in which the same transaction has to end."),
    within,
    since: z.optional(duration("Older events are not looked at; 35d where absent.")),
    by,
  }),
  z.strictObject({
    kind: z.literal("fresh"),
    name,
    flow,
    lanes: z.optional(
      z.array(z.string()).check(z.minLength(1), z.describe("Each of them; absent: the flow as a whole.")),
    ),
    within,
  }),
  z.strictObject({
    kind: z.literal("exceptions"),
    name,
    flow: z.optional(flow),
    code: z.optional(text("Of this code only.")),
    queue: z.optional(
      z.nullable(z.string()).check(z.describe("Of this queue only; null: those in no queue.")),
    ),
    within,
    by,
  }),
  z.strictObject({
    kind: z.literal("targets"),
    name,
    target: z.optional(text("A system; absent: each.")),
    failures: z._default(z.int().check(z.minimum(1), z.describe("In a row, from which on it alerts.")), 5),
  }),
  z.strictObject({
    kind: z.literal("share"),
    name,
    flow,
    share: z
      .string()
      .check(
        z.regex(
          /^(?!0+(?:\.0+)?$)\d{1,2}(?:\.\d{1,6})?$/u,
          "write percents above 0 and below 100 such as 99.5",
        ),
        z.describe("So many of a hundred events."),
      ),
    within,
  }),
])

export type WatchEntry = z.output<typeof watch>

export const watchSection = z.optional(
  z
    .strictObject({
      every: z._default(duration("Between two looks."), "60s"),
      defaults: z._default(
        z
          .boolean()
          .check(
            z.describe("Watch, too, what flows say of themselves: objectives, queues, schedules, systems."),
          ),
        true,
      ),
      by: z._default(
        z
          .record(z.string(), z.record(z.string(), pointer))
          .check(
            z.describe("For the default watch of what waits, by flow: names of groups and JSON pointers."),
          ),
        {},
      ),
      exceptionsWithin: z._default(
        duration(
          "For the default watches of queues: how long an exception may be open before somebody is told.",
        ),
        "0s",
      ),
      watches: z._default(z.array(watch), []),
    })
    .check(
      z.describe(
        "What ought to happen, and by when. `fmap flow watch` shows it; `fmap flow start` looks on and tells.",
      ),
    ),
)

export const alertsSection = z.optional(
  z
    .strictObject({
      webhooks: z._default(
        z.array(
          z.strictObject({
            url: text(
              "Where notices are posted to: https, or http on this machine. Redirects are not followed.",
            ),
            secret: text(
              "What signs them (standardwebhooks.com): env:NAME, file:/path or exec:/path, never the secret.",
            ),
            region: z.optional(
              regionSection.check(
                z.describe(
                  "Where it is: told are no parts of events (`by` of a watch) that a policy keeps elsewhere; absent: in no known region.",
                ),
              ),
            ),
            reach: z._default(
              z
                .enum(["public", "loopback", "private"])
                .check(z.describe("Which networks its address may be of.")),
              "public",
            ),
          }),
        ),
        [],
      ),
      commands: z._default(
        z.array(
          z.strictObject({
            file: text("A program; it gets the notice as JSON on standard input. No shell reads it."),
            arguments: z._default(z.array(z.string()), []),
            timeout: z._default(duration("How long it may take."), "30s"),
          }),
        ),
        [],
      ),
    })
    .check(
      z.describe(
        "Who is told when a watch finds something wrong, and when it is well again: once each, by one of several processes.",
      ),
    ),
)

export type WatchSettings = NonNullable<z.output<typeof watchSection>>
export type AlertSettings = NonNullable<z.output<typeof alertsSection>>
