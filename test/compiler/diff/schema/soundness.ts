// What no comparison may ever do: call a schema compatible although a payload speaks against it. Flows in: pairs and how many. Flows out:
// counts, or an error with the smallest pair found. `npm run soundness -- 100000` runs as many as asked.
import { pathToFileURL } from "node:url"
import { compareSchemas } from "@fmap/compiler"
import { Ajv } from "ajv"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import fc from "fast-check"
import { documentOf } from "./document-of.ts"
import { payloads, type SchemaPair, schemaPairs } from "./random-schemas.ts"

const dialects = {
  "draft-07": "http://json-schema.org/draft-07/schema#",
  "2020-12": "https://json-schema.org/draft/2020-12/schema",
}

export interface Counts {
  pairs: number
  /** Directions called compatible, and those of them that a payload of the old side was tried against. */
  compatible: number
  tried: number
  /** Directions not called compatible that a payload speaks against. */
  broken: number
}

export function checkSoundness(pairs: number, seed?: number): Counts {
  const validate = createValidate()
  const counts: Counts = { pairs: 0, compatible: 0, tried: 0, broken: 0 }
  fc.assert(
    fc.property(schemaPairs, pair => {
      counts.pairs++
      for (const isForward of [false, true]) checkPair(pair, isForward, validate, counts)
    }),
    { numRuns: pairs, ...(seed === undefined ? {} : { seed }) },
  )
  return counts
}

function checkPair(
  { draft, old, now }: SchemaPair,
  isForward: boolean,
  validate: Validate,
  counts: Counts,
): void {
  const withDialect = (schema: SchemaPair["old"]) =>
    typeof schema === "boolean" ? schema : { $schema: dialects[draft], ...schema }
  const [from, to] = (isForward ? [now, old] : [old, now]).map(withDialect)
  const { compatible } = compareSchemas(documentOf(from), documentOf(to), {
    subject: "pair",
    mode: "backward",
    policy: "sound",
  })
  const [accepted, stillAccepted] = [from, to].map(schema => validate(schema, draft, payloads))
  if (accepted == null || stillAccepted == null) return
  const valid = payloads.filter((_, i) => accepted[i])
  const against = payloads.filter((_, i) => accepted[i] === true && stillAccepted[i] === false)
  if (!compatible.backward) {
    if (against.length > 0) counts.broken++
    return
  }
  counts.compatible++
  if (valid.length > 0) counts.tried++
  if (against.length > 0)
    throw new Error(
      `called compatible, but ${JSON.stringify(against[0])} was valid and is not:\n${JSON.stringify(from)}\n${JSON.stringify(to)}`,
    )
}

type Validate = (
  schema: unknown,
  draft: SchemaPair["draft"],
  payloads: readonly unknown[],
) => boolean[] | null

/** Which payloads a schema lets through; null where Ajv cannot tell: a schema that refers to itself without going inside never ends. */
function createValidate(): Validate {
  const options = { strict: false, logger: false, validateSchema: false } as const
  const judges = { "draft-07": new Ajv(options), "2020-12": new Ajv2020(options) }
  for (const ajv of Object.values(judges)) addFormats.default(ajv, ["date", "email"])
  return (schema, draft, payloads) => {
    try {
      const validate = judges[draft].compile(schema as object)
      return payloads.map(payload => validate(payload) === true)
    } catch {
      return null
    } finally {
      judges[draft].removeSchema(schema as object)
    }
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const pairs = Number(process.argv[2] ?? 10_000)
  console.log(JSON.stringify(checkSoundness(pairs, Number(process.argv[3] ?? 1))))
}
