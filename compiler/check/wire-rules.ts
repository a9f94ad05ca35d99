// Whether what stands in a contract can travel as its system says. Flows in: a contract of a system whose documents are not JSON. Flows out:
// diagnostics: a row of CSV has no lists inside, an element of XML has no open JSON.
import { type Diagnostic, diagnostic, type FieldDeclaration } from "@fmap/grammar"
import type { Transport, XmlTransport } from "@fmap/runtime/wire"
import { wireNameOf } from "../resolve/bind-field.ts"
import { elementName } from "../resolve/bind-wire.ts"
import type { BoundField, BoundShape } from "../resolve/model.ts"
import { aType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"

type Report = (diagnostic: Diagnostic) => void

export function checkWire(contract: BoundShape, report: Report): void {
  const transport = contract.system?.transport ?? null
  if (transport?.kind === "csv") visit(rowsOfFile(contract) ?? contract, transport, report, new Set())
  if (transport?.kind === "xml") visit(contract, transport, report, new Set())
}

function visit(shape: BoundShape, transport: Transport, report: Report, seen: Set<BoundShape>): void {
  if (seen.has(shape)) return
  seen.add(shape)
  for (const field of shape.fields) {
    const wanted = transport.kind === "csv" ? cellProblem(field) : elementProblem(field.type)
    if (wanted !== null) {
      const profile = transport.kind === "csv" ? "a cell of csv" : "an element of xml"
      report(
        diagnostic(
          "FM6502",
          { field: field.name, type: aType(field.type), profile, wanted },
          { file: shape.file, span: field.node.type.span },
          { related: [{ place: shape.place, text: `${shape.name} travels as ${transport.kind}` }] },
        ),
      )
      continue
    }
    const name = wireNameOf(field.node)
    const problem = transport.kind === "xml" ? nameProblem(name, field, transport) : null
    if (problem !== null) {
      const as = field.node.modifiers.find(modifier => modifier.kind === "as")
      report(
        diagnostic("FM6503", { name, problem }, { file: shape.file, span: (as ?? field.node.name).span }),
      )
    }
    const inner = recordIn(field.type)
    if (inner !== null) visit(inner, transport, report, seen)
  }
}

/** A contract that is a whole file of CSV: its one field is a list of records. */
function rowsOfFile({ fields: [only, ...others] }: BoundShape): BoundShape | null {
  if (only?.type.kind !== "list" || only.type.of.kind !== "record" || others.length > 0) return null
  const isArray = !only.node.modifiers.some(
    modifier => modifier.kind === "wire" && modifier.form.form.text === "under",
  )
  return isArray ? only.type.of.shape : null
}

function cellProblem({ type, node }: BoundField): string | null {
  if (type.kind === "list")
    return saysJoined(node) ? null : 'a list of texts can be joined in one cell, as in wire joined ", "'
  return type.kind === "record" || type.kind === "dictionary" || type.kind === "json"
    ? "each field is one value"
    : null
}

function elementProblem(type: Type): string | null {
  let inner = type
  while (inner.kind === "list") inner = inner.of
  return inner.kind === "json" || inner.kind === "dictionary"
    ? "every element is named by a field of a record"
    : null
}

/** `cbc:ID` is an element, `@currencyID` an attribute, `#text` the text beside attributes. */
function nameProblem(name: string, { type, node }: BoundField, { namespaces }: XmlTransport): string | null {
  const isElement = !name.startsWith("@") && name !== "#text"
  const isSeveral = type.kind === "record" || (type.kind === "list" && !saysJoined(node))
  if (!isElement && isSeveral) return `only an element can be ${aType(type)}`
  if (name === "#text") return null
  const bare = isElement ? name : name.slice(1)
  if (!elementName.test(bare))
    return 'write `as` and the name of the element, or "@" and that of the attribute'
  const prefix = bare.includes(":") ? bare.slice(0, bare.indexOf(":")) : ""
  return prefix === "" || namespaces.some(one => one.prefix === prefix)
    ? null
    : `the system does not say which namespace ${prefix} is`
}

function saysJoined(node: FieldDeclaration): boolean {
  return node.modifiers.some(modifier => modifier.kind === "wire" && modifier.form.form.text === "joined")
}

function recordIn(type: Type): BoundShape | null {
  let inner = type
  while (inner.kind === "list") inner = inner.of
  return inner.kind === "record" ? inner.shape : null
}
