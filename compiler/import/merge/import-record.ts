// What a file was last told by its sources: the third side of a re-import, which tells a change of the source from one by hand. Flows
// in: settled imports. Flows out: a record as JSON text and back. It must not know the file it stands beside.
import { z } from "zod"
import type { ImportFormat } from "../formats.ts"
import { formatWord } from "../formats.ts"
import type { Imported } from "../model.ts"
import { type ImportNames, nameDeclarations } from "../print/name-declarations.ts"
import { type FieldFacts, factsOf, memberFacts } from "./field-facts.ts"

const facts = z.strictObject({
  type: z.string(),
  optional: z.boolean().optional(),
  marks: z.array(z.string()).optional(),
  wire: z.string().optional(),
})
const entries = <T extends z.ZodType>(value: T) => z.array(z.tuple([z.string(), value]))
const schema = z.strictObject({
  format: z.literal("fmap.import"),
  formatVersion: z.literal(1),
  sources: entries(z.strictObject({ format: z.string(), only: z.array(z.string()).nullable() })),
  declarations: entries(
    z.strictObject({
      source: z.string(),
      fields: entries(facts),
      requiredOnCreate: z.array(z.string()).optional(),
    }),
  ),
})

export interface RecordedDeclaration {
  /** The name of the file it came from. */
  readonly source: string
  readonly fields: ReadonlyMap<string, FieldFacts>
  readonly requiredOnCreate: readonly string[]
}

export interface ImportRecord {
  readonly sources: ReadonlyMap<string, { readonly format: string; readonly only: readonly string[] | null }>
  readonly declarations: ReadonlyMap<string, RecordedDeclaration>
}

export const emptyRecord: ImportRecord = { sources: new Map(), declarations: new Map() }

export function readRecord(text: string): ImportRecord | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const read = schema.safeParse(value)
  if (!read.success) return null
  return {
    sources: new Map(read.data.sources),
    declarations: new Map(
      read.data.declarations.map(([name, { source, fields, requiredOnCreate }]) => [
        name,
        {
          source,
          requiredOnCreate: requiredOnCreate ?? [],
          fields: new Map(
            fields.map(([wire, one]) => [
              wire,
              {
                type: one.type,
                optional: one.optional ?? false,
                marks: one.marks ?? [],
                wire: one.wire ?? null,
              },
            ]),
          ),
        },
      ]),
    ),
  }
}

/** Names are in pairs, not members: `__proto__` is a name like any other. One line a field, so that a review sees what changed. */
export function writeRecord(record: ImportRecord): string {
  const sources = [...record.sources].map(source => `    ${JSON.stringify(source)}`)
  const declarations = [...record.declarations].map(([name, { source, fields, requiredOnCreate }]) => {
    const lines = [...fields].map(([wire, one]) => `        ${JSON.stringify([wire, brief(one)])}`)
    const required =
      requiredOnCreate.length === 0 ? "" : `, "requiredOnCreate": ${JSON.stringify(requiredOnCreate)}`
    const body = lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n      ]`
    return `    [${JSON.stringify(name)}, { "source": ${JSON.stringify(source)}${required}, "fields": ${body} }]`
  })
  return `{
  "format": "fmap.import",
  "formatVersion": 1,
  "sources": [
${sources.join(",\n")}
  ],
  "declarations": [
${declarations.join(",\n")}
  ]
}
`
}

function brief({ type, optional, marks, wire }: FieldFacts) {
  return {
    type,
    ...(optional ? { optional } : {}),
    ...(marks.length === 0 ? {} : { marks }),
    ...(wire === null ? {} : { wire }),
  }
}

/** What this import says, put over what was recorded before; what this source no longer says goes. */
export function recordOf(
  before: ImportRecord,
  imported: Imported,
  source: { readonly name: string; readonly format: ImportFormat; readonly only: readonly string[] | null },
): ImportRecord {
  const names = nameDeclarations(imported)
  const declarations = new Map([...before.declarations].filter(([, one]) => one.source !== source.name))
  for (const declaration of imported.declarations)
    declarations.set(declaration.name, {
      source: source.name,
      fields: fieldsOf(declaration, names),
      requiredOnCreate: declaration.kind === "contract" ? declaration.requiredOnCreate : [],
    })
  const sources = new Map(before.sources)
  sources.set(source.name, { format: formatWord(source.format), only: source.only })
  return { sources, declarations }
}

export function fieldsOf(
  declaration: Imported["declarations"][number],
  names: ImportNames,
): ReadonlyMap<string, FieldFacts> {
  if (declaration.kind === "enum")
    return new Map(declaration.members.map(member => [member.value, memberFacts]))
  return new Map(declaration.fields.map(field => [field.wireName, factsOf(field, declaration, names)]))
}
