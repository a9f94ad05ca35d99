// Which of several records a payload object is. Flows in: the object and what tells the kinds apart. Flows out: the kind, or why
// it is none or several. Nothing of the record itself is judged here. Own members only.
import { isPayloadObject, ownMember, type PayloadObject } from "./payload.ts"
import { type Refused, refuse } from "./refused.ts"

export interface UnionSpec {
  readonly by:
    | {
        readonly kind: "value"
        readonly path: readonly string[]
        readonly slice: { readonly from: number; readonly length: number } | null
      }
    | { readonly kind: "presence" | "shape" }
  readonly arms: readonly { readonly values: readonly string[]; readonly field: string }[]
}

export function kindOf(record: PayloadObject, spec: UnionSpec): string | Refused {
  const found = new Set(spec.arms.filter(arm => fits(record, arm.values, spec.by)).map(arm => arm.field))
  const [kind, other] = found
  if (kind === undefined) {
    const kinds = [...new Set(spec.arms.map(arm => arm.field))].join(", ")
    return refuse("UNKNOWN_KIND", `The record is none of ${kinds}.`)
  }
  if (other === undefined) return kind
  return refuse(
    "AMBIGUOUS_KIND",
    `The record could be ${[...found].join(" and ")}; it should be one of them.`,
  )
}

function fits(record: PayloadObject, values: readonly string[], by: UnionSpec["by"]): boolean {
  switch (by.kind) {
    case "value": {
      const text = textAt(record, by.path)
      if (text === undefined) return false
      return values.includes(by.slice === null ? text : sliced(text, by.slice))
    }
    case "presence":
      return values.some(name => ownMember(record, name) !== undefined)
    case "shape":
      return values.every(name => ownMember(record, name) !== undefined)
  }
}

function textAt(record: PayloadObject, path: readonly string[]): string | undefined {
  let value: unknown = record
  for (const name of path) {
    if (!isPayloadObject(value)) return undefined
    value = ownMember(value, name)
  }
  return typeof value === "string" ? value : undefined
}

function sliced(text: string, { from, length }: { readonly from: number; readonly length: number }): string {
  return [...text].slice(from, from + length).join("")
}
