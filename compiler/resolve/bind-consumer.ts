// A consumer: which fields of which contracts, or of what maps make, it reads. Flows in: the declaration and the names of its file. Flows out: the bound consumer;
// what is not there, or is said twice, is reported here.
import { type ConsumerDeclaration, type ConsumerMember, diagnostic, type Path } from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"
import type { Type } from "../types/type.ts"
import { closest } from "./closest.ts"
import type { Declared } from "./collect-names.ts"
import { type Lookup, readNamed } from "./lookup.ts"
import type { BoundConsumer, BoundRead, BoundShape } from "./model.ts"

interface Context {
  readonly file: string
  readonly lookup: Lookup
  readonly found: Findings
}

export function bindConsumer(
  { node, name, file, place }: Declared<ConsumerDeclaration>,
  lookup: Lookup,
  found: Findings,
): BoundConsumer {
  const before = found.errors()
  const context = { file, lookup, found }
  const reads = node.members.flatMap(member => bindRead(member, context))
  reportTwice(reads, file, found)
  if (node.members.length === 0)
    found.report(
      diagnostic("FM6608", { name }, place, { help: "Say what: reads SalesOrder { total, currency }" }),
    )
  return { kind: "consumer", node, name, file, place, reads, broken: found.errors() > before }
}

function bindRead(member: ConsumerMember, context: Context): readonly BoundRead[] {
  if (member.kind === "errorMember") return []
  const { file, lookup, found } = context
  const of = readNamed(member.of, lookup)
  if (of === null) return []
  const shape = of.kind === "map" ? (of.target?.shape ?? null) : of
  if (shape !== null) for (const path of member.fields ?? []) tellMissing(path, shape, context)
  const fields = member.fields?.map(path => path.names.map(({ text }) => text))
  const paths = new Set<string>()
  for (const path of member.fields ?? []) {
    const text = path.names.map(one => one.text).join(".")
    if (paths.has(text))
      found.report(
        diagnostic("FM6609", { name: text, what: `what is read of ${member.of.text}` }, placeIn(file)(path)),
      )
    paths.add(text)
  }
  return [{ of, fields: fields ?? null, place: placeIn(file)(member.of) }]
}

/** Names lead through lists and dictionaries as if they were not there. What is gone is no error: the consumer still says what it reads, and a comparison whom it misses. */
function tellMissing(path: Path, root: BoundShape, { file, found }: Context): void {
  let shape: BoundShape | null = root
  for (const [i, name] of path.names.entries()) {
    const of: BoundShape | null = shape
    const field = of?.fields.find(one => one.name === name.text)
    if (field === undefined) {
      const place = placeIn(file)(name)
      const near = closest(name.text, of?.fields.map(one => one.name) ?? [])
      found.report(
        diagnostic(
          "FM6611",
          { name: name.text, of: of?.name ?? path.names[i - 1]?.text ?? root.name },
          place,
          {
            label: "no such field",
            ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
          },
        ),
      )
      return
    }
    shape = shapeOf(field.type)
  }
}

function shapeOf(of: Type): BoundShape | null {
  if (of.kind === "list" || of.kind === "dictionary") return shapeOf(of.of)
  return of.kind === "record" ? of.shape : null
}

function reportTwice(reads: readonly BoundRead[], file: string, found: Findings): void {
  const seen = new Map<BoundRead["of"], BoundRead>()
  for (const read of reads) {
    const first = seen.get(read.of)
    if (first === undefined) seen.set(read.of, read)
    else
      found.report(
        diagnostic("FM6609", { name: read.of.name, what: "what this consumer reads" }, read.place, {
          label: "said again",
          related: [{ place: { file, span: first.place.span }, text: "said first here" }],
        }),
      )
  }
}
