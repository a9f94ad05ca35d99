// The part `http` of fmap.flows.json: where API and console listen, and whose tokens they take. Flows in: nothing. Flows out: its schema.
import type { Role } from "@fmap/runtime/http"
import * as z from "zod/mini"

const described = <T extends z.ZodMiniType>(schema: T, text: string): T => schema.check(z.describe(text)) as T
const text = z.string().check(z.minLength(1))
const path = z.array(z.string())
const secret = described(
  z.string().check(z.regex(/^(?:env:|file:\/|exec:\/)/)),
  "env:NAME, file:/path or exec:/program.",
)

/** Said here once more, so that reading a configuration loads no server. */
const roles = ["operations", "controller", "architect", "system"] as const satisfies readonly Role[]

const tokens = z.strictObject({
  issuer: described(text, "The claim iss: who signs the tokens."),
  audience: described(text, "The claim aud: this service."),
  keys: z.optional(
    described(
      text,
      "Public keys of the issuer: an https address of its key set, or a file (JWKS) relative to this one. Where neither keys nor secrets stand here, those of a login at the same issuer.",
    ),
  ),
  secrets: z.optional(
    described(
      z.array(secret).check(z.minLength(1)),
      "Instead of keys: shared secrets of at least 32 bytes, as references. Any of them signs, so that they can be changed.",
    ),
  ),
  algorithms: z.optional(
    described(
      z.array(text).check(z.minLength(1)),
      "Those that are taken; absent: all that fit keys or secrets. Never none.",
    ),
  ),
  toleranceSeconds: z.optional(
    described(z.int().check(z.minimum(0), z.maximum(300)), "Between our clock and theirs; 30 where absent."),
  ),
  roleClaim: z.optional(
    described(text, "The claim that says the role: a text or a list of texts. role where absent."),
  ),
  roles: z.optional(
    described(
      z.record(z.string(), z.enum(roles)),
      "What stands in that claim, and the role it means. Absent: the names of the roles.",
    ),
  ),
})

/** Of these a person may be one; `system` is a program. */
const people = roles.filter(role => role !== "system")

const login = z.strictObject({
  issuer: described(
    z.string().check(z.regex(/^https?:\/\/[^\s?#]+$/)),
    "The issuer, as its tokens name it: https://login.example.com/. Its metadata is found below it, at .well-known/openid-configuration.",
  ),
  clientId: described(text, "What the issuer calls this service."),
  clientSecret: described(secret, "Its secret there, as a reference: env:NAME, file:/path or exec:/program."),
  roles: described(
    z.record(z.string(), z.enum(people)).check(z.refine(said => Object.keys(said).length > 0)),
    "Which group means which role. Whoever is in none of them has no access.",
  ),
  roleClaim: z.optional(
    described(
      text,
      "The claim of the ID token that holds groups or roles: a text or a list. groups where absent.",
    ),
  ),
  subjectClaim: z.optional(
    described(
      text,
      "The claim that names a person in the audit; sub where absent. It has to be one person's alone, and not theirs to change.",
    ),
  ),
  scopes: z.optional(
    described(z.array(z.string().check(z.regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/))), "Asked for beside openid."),
  ),
  audiences: z.optional(
    described(z.array(text), "What may stand in the claim aud beside the client; absent: nothing."),
  ),
  sessionMinutes: z.optional(
    described(
      z.int().check(z.minimum(5), z.maximum(480)),
      "How long a session lasts at most, 480 where absent: for so long somebody keeps a role who has lost the group.",
    ),
  ),
  toleranceSeconds: z.optional(
    described(z.int().check(z.minimum(0), z.maximum(300)), "Between our clock and theirs; 30 where absent."),
  ),
  hosts: z.optional(
    described(z.array(text), "Further hosts the issuer may lead to: for tokens, keys, login and sign-out."),
  ),
  reach: z.optional(
    described(
      z.enum(["public", "loopback", "private"]),
      "Which networks the issuer may be in: public where absent; private: the company's own, too.",
    ),
  ),
})

const webhook = z.strictObject({
  path: z.string().check(z.regex(/^\/hooks\/[\w./-]+$/), z.describe("Below /hooks/.")),
  flow: described(text, "The flow it begins."),
  source: described(text, "What events of it are called; with their ids it names them for ever."),
  scheme: z.union([
    z.strictObject({ kind: z.literal("standard") }),
    z.strictObject({
      kind: z.literal("hmac"),
      header: text,
      encoding: z.enum(["hex", "base64"]),
      prefix: z.optional(z.string()),
    }),
    z.strictObject({ kind: z.literal("word"), header: text }),
  ]),
  secrets: z.array(secret).check(z.minLength(1)),
  idAt: z.optional(path),
  versionAt: z.optional(path),
  payloadAt: z.optional(path),
})

export const httpSchema = z.strictObject({
  listen: z.optional(
    described(text, "Address and port; 127.0.0.1:8080 where absent. Others than this machine need tls."),
  ),
  tls: z.optional(
    described(
      z.literal("at-proxy"),
      "A proxy ends TLS before it; without this it listens to this machine alone.",
    ),
  ),
  origin: z.optional(
    described(
      z.string().check(z.regex(/^https:\/\/[\w.:-]+$/)),
      "Where people reach it through that proxy: https://fmap.example.com.",
    ),
  ),
  waitSeconds: z.optional(
    described(
      z.int().check(z.minimum(0), z.maximum(300)),
      "How long a call of a flow waits; 30 where absent.",
    ),
  ),
  tokens: described(tokens, "Whose tokens are taken."),
  login: z.optional(
    described(
      login,
      "Where people sign in to the console: an issuer of OpenID Connect. It sends them back to /login/callback. Absent: they paste a token.",
    ),
  ),
  webhooks: z.optional(described(z.array(webhook), "Signed events that are posted to it.")),
})

export type HttpConfig = z.output<typeof httpSchema>
