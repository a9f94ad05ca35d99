// What a log must not hold is not in it, however deep it stands and whatever stands around it.
import fc from "fast-check"
import { expect, test } from "vitest"
import { scrubbed, scrubMark } from "../../../runtime/observe/logs/scrubbed.ts"

test.each([
  [{ headers: { Authorization: "Bearer abcdefghijkl" } }, { headers: { Authorization: scrubMark } }],
  [
    { a: { b: { client_secret: "x", clientSecret: "y", note: "z" } } },
    { a: { b: { client_secret: scrubMark, clientSecret: scrubMark, note: "z" } } },
  ],
  [
    ["x-api-key", { "x-api-key": 1 }],
    ["x-api-key", { "x-api-key": scrubMark }],
  ],
  ["sent with Bearer abcdefghijkl to erp", `sent with ${scrubMark} to erp`],
  ["token eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.sig-nature here", `token ${scrubMark} here`],
  ["-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----", scrubMark],
  [
    { tokens: 3, key: "SO-1", total: "12.50" },
    { tokens: 3, key: "SO-1", total: "12.50" },
  ],
  [null, null],
  [12, 12],
])("%j", (value, clean) => expect(scrubbed(value)).toEqual(clean))

test("a known secret is nowhere: in texts, names, errors, lists", () => {
  const secret = "s3cr3t-value"
  const around = fc.string({ unit: fc.constantFrom("a", " ", '"', "\\", "\n", "s3"), maxLength: 6 })
  const text = fc.tuple(around, fc.constantFrom(secret, ""), around).map(parts => parts.join(""))
  const any = fc.letrec<{ value: unknown }>(tie => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      text.map(message => new Error(message)),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(text, tie("value"), { maxKeys: 3 }),
    ),
  })).value
  fc.assert(
    fc.property(any, value => {
      expect(JSON.stringify(scrubbed(value, [secret])) ?? "").not.toContain(secret)
    }),
    { numRuns: 500 },
  )
})

test("what goes round in circles, or is very deep, is cut", () => {
  const circle: Record<string, unknown> = {}
  circle["self"] = circle
  expect(JSON.stringify(scrubbed(circle))).toContain(scrubMark)
})

test("a hostile text of 100,000 characters takes no time to speak of", () => {
  for (const text of [
    "Bearer ".repeat(15_000),
    "eyJ".repeat(33_000),
    "-----BEGIN PRIVATE KEY-----".repeat(3_700),
    `Bearer ${".".repeat(100_000)}`,
  ])
    expect(scrubbed(text)).toBeTypeOf("string")
}, 2_000)
