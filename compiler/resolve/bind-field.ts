// One field of a record or contract with its modifiers judged. Flows in: the declaration, its built type, and what the
// shape is for. Flows out: a BoundField; a modifier that makes no sense is reported and left out.
import { diagnostic, type FieldDeclaration, type Modifier } from "@fmap/grammar"
import { isRefused, readDate } from "@fmap/runtime"
import { type Findings, placeIn } from "../project/findings.ts"
import { constantOf, correction } from "../types/constant.ts"
import { aType, describeType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"
import { wireForms } from "../types/wire-forms.ts"
import { closest } from "./closest.ts"
import type { BoundField } from "./model.ts"

export interface FieldContext {
  readonly file: string
  readonly shape: string
  /** The contract is only read: nothing about writing can be meant. */
  readonly readOnly: boolean
  readonly siblings: ReadonlyMap<string, FieldDeclaration>
  readonly found: Findings
}

type Flag = (Modifier & { kind: "flag" })["word"]
const writing: readonly Flag[] = ["clearable", "computed", "create only", "write only"]
const exclusive: readonly (readonly [Flag, Flag])[] = [
  ["computed", "create only"],
  ["computed", "write only"],
  ["computed", "clearable"],
]

export function bindField(node: FieldDeclaration, type: Type, context: FieldContext): BoundField {
  const flags = readFlags(node, context)
  const forms = wireForms(type, node.modifiers, { file: context.file, report: context.found.report })
  if (flags.has("key")) judgeKey(node, type, context)
  checkDeprecated(node, context)
  return {
    name: node.name.text,
    node,
    place: placeIn(context.file)(node.name),
    type: forms.number === "minor" ? inCoins(type) : type,
    optional: node.optional,
    key: flags.has("key"),
    pii: flags.has("pii"),
    confidential: flags.has("confidential"),
    clearable: flags.has("clearable") && node.optional,
    computed: flags.has("computed"),
    createOnly: flags.has("create only"),
    writeOnly: flags.has("write only"),
    default: readDefault(node, type, context),
  }
}

/** Whole coins of a currency that varies: what has parts of a coin is judged when it is assigned, as for money without numbers. */
function inCoins(type: Type): Type {
  if (type.kind === "list") return { ...type, of: inCoins(type.of) }
  if (type.kind !== "number" || type.role !== "money" || type.unit?.kind === "constant") return type
  return { ...type, fitsMinor: true }
}

/** The name the field has in a payload. */
export function wireNameOf(node: FieldDeclaration): string {
  for (const modifier of node.modifiers) {
    if (modifier.kind === "as")
      return modifier.wireName.parts.map(part => (part.kind === "chars" ? part.text : "")).join("")
  }
  return node.name.text
}

function readFlags(node: FieldDeclaration, context: FieldContext): ReadonlySet<Flag> {
  const at = placeIn(context.file)
  const { found } = context
  const flags = new Map<Flag, Modifier>()
  const others = new Map<string, Modifier>()
  for (const modifier of node.modifiers) {
    if (modifier.kind === "wire") continue
    const word = modifier.kind === "flag" ? modifier.word : modifier.kind
    const first = modifier.kind === "flag" ? flags.get(modifier.word) : others.get(word)
    if (first !== undefined) {
      found.report(
        diagnostic("FM6113", { word }, at(modifier), {
          related: [{ place: at(first), text: "said here already" }],
        }),
      )
    } else if (modifier.kind === "flag") flags.set(modifier.word, modifier)
    else others.set(word, modifier)
  }
  for (const word of writing) {
    const modifier = flags.get(word)
    if (modifier === undefined || !context.readOnly) continue
    found.report(
      diagnostic("FM6112", { word, contract: context.shape }, at(modifier), {
        help: "Remove it, or let the contract be written, too.",
      }),
    )
  }
  const clearable = flags.get("clearable")
  if (clearable !== undefined && !node.optional && !context.readOnly) {
    found.report(
      diagnostic("FM6111", { name: node.name.text }, at(clearable), {
        help: "Make the field optional.",
        edits: [
          {
            place: { file: context.file, span: { start: node.name.span.end, end: node.name.span.end } },
            text: "?",
          },
        ],
      }),
    )
  }
  for (const [word, other] of exclusive) {
    const [first, second] = [flags.get(word), flags.get(other)]
    if (first === undefined || second === undefined) continue
    found.report(
      diagnostic("FM6121", { word, other }, at(second), {
        related: [{ place: at(first), text: `also ${word}` }],
      }),
    )
  }
  return new Set(flags.keys())
}

const keyKinds: readonly Type["kind"][] = [
  "text",
  "enum",
  "currency",
  "country",
  "language",
  "date",
  "datetime",
  "instant",
  "error",
]

function judgeKey(node: FieldDeclaration, type: Type, context: FieldContext): void {
  const isInteger = type.kind === "number" && type.role === "int"
  const problem = node.optional
    ? "it may be missing, and a record without its key is nobody's"
    : keyKinds.includes(type.kind) || isInteger
      ? null
      : `${aType(type)} does not identify anything`
  if (problem === null) return
  const flag = node.modifiers.find(m => m.kind === "flag" && m.word === "key")
  context.found.report(
    diagnostic("FM6110", { name: node.name.text, problem }, placeIn(context.file)(flag ?? node.name)),
  )
}

function readDefault(node: FieldDeclaration, type: Type, context: FieldContext): string | boolean | null {
  const at = placeIn(context.file)
  const modifier = node.modifiers.find(m => m.kind === "default")
  if (modifier?.kind !== "default" || type.kind === "error" || modifier.value.kind === "error") return null
  if (!node.optional) {
    context.found.report(
      diagnostic("FM6114", { name: node.name.text }, at(modifier), {
        help: "Make the field optional, or remove the default.",
        edits: [
          {
            place: { file: context.file, span: { start: node.name.span.end, end: node.name.span.end } },
            text: "?",
          },
        ],
      }),
    )
  }
  const constant = constantOf(modifier.value, type, false)
  const isVariableAmount = type.kind === "number" && type.unit !== null && type.unit.kind !== "constant"
  const problem =
    "problem" in constant
      ? constant.problem
      : isVariableAmount && !/^0(\.0*)?$/.test(String(constant.value))
        ? "only 0 is the same amount in every currency"
        : null
  if (problem !== null) {
    const near = "problem" in constant ? correction(modifier.value, constant, context.file) : {}
    context.found.report(
      diagnostic("FM6115", { problem }, at(modifier.value), {
        label: `wanted: ${describeType(type)}`,
        ...near,
      }),
    )
    return null
  }
  return "value" in constant ? constant.value : null
}

function checkDeprecated(node: FieldDeclaration, context: FieldContext): void {
  const at = placeIn(context.file)
  const { found } = context
  for (const modifier of node.modifiers) {
    if (modifier.kind !== "deprecated") continue
    const { use, sunset } = modifier
    if (use !== null && (use.text === node.name.text || !context.siblings.has(use.text))) {
      const near = closest(
        use.text,
        [...context.siblings.keys()].filter(name => name !== node.name.text),
      )
      found.report(
        diagnostic("FM2010", { name: use.text, of: context.shape }, at(use), {
          label: use.text === node.name.text ? "the field itself" : "no such field",
          ...(near === null
            ? {}
            : { help: `Did you mean ${near}?`, edits: [{ place: at(use), text: near }] }),
        }),
      )
    }
    if (sunset !== null && isRefused(readDate(sunset.text, { kind: "date", wire: "iso" }))) {
      found.report(diagnostic("FM6117", { date: sunset.text }, at(sunset)))
    }
  }
}
