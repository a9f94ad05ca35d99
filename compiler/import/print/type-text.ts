// A type as it is written. Flows in: a settled type and the names that declarations and fields have got. Flows out: its text, on
// one line or, for an enum with much to say, on several. It must not know where the type comes from.
import { keywords } from "@fmap/grammar"
import { isCurrency } from "@fmap/runtime"
import type { ImportedMember, ImportedType, ImportedUnit } from "../model.ts"
import { docLines } from "./docs.ts"
import { written } from "./names.ts"
import { textLiteral } from "./text-literal.ts"

export interface NamesHere {
  /** The name a declaration of the source has got. */
  readonly declaration: (source: string) => string
  /** The name a field of this shape has got, by its wire name. */
  readonly field: (wireName: string) => string
  /** The name a parameter of this shape has got. */
  readonly parameter: (name: string) => string
  /** The name a field of another shape has got. */
  readonly fieldOf: (declaration: string, wireName: string) => string
}

export function typeText(type: ImportedType, names: NamesHere): string {
  switch (type.kind) {
    case "text": {
      const measure = type.measure === null ? "" : ` ${type.measure}`
      const size =
        type.min === null
          ? type.max === null
            ? ""
            : `(${type.max}${measure})`
          : `(${type.min}..${type.max === null ? measure.trim() : `${type.max}${measure}`})`
      return `text${size}${type.pattern === null ? "" : ` matching ${patternText(type.pattern)}`}`
    }
    case "alpha":
      return `alpha(${type.length})`
    case "int":
      return type.min === null && type.max === null ? "int" : `int(${type.min ?? ""}..${type.max ?? ""})`
    case "decimal":
    case "percent":
      return `${type.kind}(${type.precision},${type.scale})${where(type)}`
    case "money":
    case "quantity":
      return `${type.kind}(${type.precision},${type.scale}) in ${unitText(type.unit, names)}`
    case "enum":
      return `${type.open ? "open " : ""}enum ${enumBody(type.members)}`
    case "named": {
      const name = written(names.declaration(type.name))
      return type.units.length === 0 ? name : `${name}(${type.units.map(u => unitText(u, names)).join(", ")})`
    }
    case "list": {
      const { min, max } = type
      return `${typeText(type.element, names)}[${min === null && max === null ? "" : `${min ?? 0}..${max ?? ""}`}]`
    }
    case "dictionary":
      return `{[text]: ${typeText(type.value, names)}}`
    case "union":
      return unionText(type, names)
    default:
      return type.kind
  }
}

/** Docs or many values make a line of each. */
export function enumBody(members: readonly ImportedMember[]): string {
  const plain = members.map(member => memberText(member.value))
  const short = plain.join(", ")
  if (members.every(member => member.docs.length === 0) && short.length <= 60) return `{ ${short} }`
  const lines = members.flatMap((member, i) => [...docLines(member.docs, "  "), `  ${plain[i] ?? ""}`])
  return `{\n${lines.join("\n")}\n}`
}

const words: ReadonlySet<string> = new Set(keywords.map(keyword => keyword.word))

/** A line that begins with a word of the language might go on with the one before. */
function memberText(value: string): string {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(value) && !words.has(value) ? value : textLiteral(value)
}

/** `re"…"` is raw, so a quote in it is written by its code. */
function patternText(source: string): string {
  return `re"${source.replaceAll('"', "\\u0022")}"`
}

function where(type: ImportedType & { kind: "decimal" | "percent" }): string {
  const { min, max, exclusive } = type
  const low = min === null ? [] : [`value ${exclusive === "min" || exclusive === "both" ? ">" : ">="} ${min}`]
  const high =
    max === null ? [] : [`value ${exclusive === "max" || exclusive === "both" ? "<" : "<="} ${max}`]
  const parts = [...low, ...high]
  return parts.length === 0 ? "" : ` where ${parts.join(" and ")}`
}

function unitText(unit: ImportedUnit, names: NamesHere): string {
  if (unit.kind === "constant") return unit.code
  const name = unit.kind === "field" ? names.field(unit.wireName) : names.parameter(unit.name)
  // A field that has the name of a currency is meant, and not the currency.
  const outer = isCurrency(name) ? `\`${name}\`` : written(name)
  const inside = unit.kind === "field" ? unit.inside : undefined
  return inside === undefined ? outer : `${outer}.${written(names.fieldOf(inside.record, inside.wireName))}`
}

function unionText(type: ImportedType & { kind: "union" }, names: NamesHere): string {
  const kinds = type.members.map(member => written(names.declaration(member))).join(" or ")
  const { by } = type
  if (by.kind === "shape") return `${kinds} by shape`
  const arms =
    by.kind === "presence"
      ? by.arms.map(arm => [written(names.fieldOf(arm.member, arm.field)), arm.member] as const)
      : by.arms.map(arm => [textLiteral(arm.value), arm.member] as const)
  const body = arms.map(([left, member]) => `  ${left} -> ${written(names.declaration(member))}`).join("\n")
  const first = type.members[0] ?? ""
  const told = by.kind === "presence" ? "presence" : written(names.fieldOf(first, by.field))
  return `${kinds} by ${told} {\n${body}\n}`
}
