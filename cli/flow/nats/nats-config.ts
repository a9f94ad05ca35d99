// The section `nats` of fmap.flows.json: streams that bring events, and where what flows publish goes. Flows in: JSON. Flows out: checked data; what streams there are is asked later.
import * as z from "zod/mini"
import { regionSection } from "../region-section.ts"

const text = (meaning: string) => z.string().check(z.minLength(1), z.describe(meaning))
const secret = (meaning: string) =>
  z.optional(
    z
      .string()
      .check(
        z.regex(/^(?:env|file|exec):/u, "name a secret: env:NAME, file:/path or exec:/path"),
        z.describe(`${meaning}: env:NAME, file:/path or exec:/path, never the secret.`),
      ),
  )
const server = z
  .string()
  .check(
    z.regex(/^[^@\s]+$/u, "write a server such as nats.example.com:4222, and name credentials beside it"),
  )
/** What NATS takes for a subject: no blanks, no empty parts; `*` and `>` only where one listens. */
const subject = (what: string, pattern: RegExp) =>
  z.string().check(z.regex(pattern, `write a subject such as ${what}`))
const plain = /^[^\s.*>]+(?:\.[^\s.*>]+)*$/u
const listening = /^(?:[^\s.*>]+|\*)(?:\.(?:[^\s.*>]+|\*))*(?:\.>)?$|^>$/u

export const natsSection = z.optional(
  z
    .strictObject({
      servers: z._default(
        z.array(server).check(z.minLength(1), z.describe("Hosts and ports of one cluster.")),
        ["127.0.0.1:4222"],
      ),
      tls: z._default(
        z.boolean().check(z.describe("Only encrypted, with a certificate this machine trusts.")),
        false,
      ),
      region: z.optional(
        regionSection.check(
          z.describe(
            "Where its servers are: what a policy or a sender keeps elsewhere is not published; absent: in no known region.",
          ),
        ),
      ),
      user: secret("Who we are"),
      password: secret("Its password"),
      token: secret("A token in their place"),
      credentials: secret("The file of credentials in their place"),
      in: z._default(
        z.array(
          z.strictObject({
            stream: z
              .string()
              .check(
                z.regex(/^[^\s.*>/\\]+$/u, "write the name of a stream, without blanks, points and stars"),
                z.describe("It keeps its messages until they were read: limits retention."),
              ),
            subjects: z.optional(
              z
                .array(subject("orders.won or orders.>", listening))
                .check(z.minLength(1), z.describe("Of the stream; all where absent.")),
            ),
            flow: text("The flow that each message is an event of."),
            deadLetters: subject("dead.orders", plain).check(
              z.describe("Where messages go that are no events. Another stream has to keep it."),
            ),
          }),
        ),
        [],
      ),
      out: z.optional(
        z
          .strictObject({
            source: text("Names this ledger among all that publish: `ce-source` of each message."),
            prefix: z._default(
              z
                .string()
                .check(
                  z.regex(/^(?:[^\s.*>]+\.)*$/u, "write a prefix such as fmap. or nothing"),
                  z.describe("Before the name of the event."),
                ),
              "",
            ),
            events: z._default(
              z
                .array(z.string())
                .check(
                  z.describe(
                    "Published too, although flows of this project take them; what none of them takes always is.",
                  ),
                ),
              [],
            ),
          })
          .check(
            z.describe("Where what flows publish goes: the subject is the prefix and the name of the event."),
          ),
      ),
    })
    .check(
      z.describe(
        "Events from and to NATS JetStream. Needs the packages @nats-io/jetstream and @nats-io/transport-node.",
      ),
    ),
)

export type NatsSettings = NonNullable<z.output<typeof natsSection>>
