// Shapes that many connectors share: the connection, credentials. Flows in: nothing. Flows out: data.
import type { ConnectionOptions } from "../http/connection.ts"
import type { Credentials } from "../http/credentials.ts"
import { choice, count, kinds, list, type Members, optional, type Shape, secret, text } from "./shape.ts"

export const connectionMembers = {
  system: text,
  baseUrl: text,
  hosts: optional(list(text)),
  reach: optional(choice("public", "loopback", "private")),
  connections: optional(count()),
  connectMs: optional(count()),
  headersMs: optional(count()),
  bodyMs: optional(count()),
  totalMs: optional(count()),
  longestAnswer: optional(count()),
} satisfies Record<keyof ConnectionOptions | "system", Shape>

export const credentials = kinds({
  none: {},
  bearer: { token: secret },
  basic: { user: secret, password: secret },
  header: { name: text, value: secret },
  "client-credentials": {
    tokenUrl: text,
    clientId: secret,
    clientSecret: secret,
    scope: optional(text),
    resource: optional(text),
  },
} satisfies Record<Credentials["kind"], Members>)
