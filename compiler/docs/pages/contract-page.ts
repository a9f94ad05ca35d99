// The page of a contract: what one system promises about one business object. Flows in: a contract of the Plan and its surroundings. Flows
// out: readonly page data; the records it uses follow as sections of their own.
import { type Scorecard, scorecardOf } from "../../govern/scorecard.ts"
import type { PlanField, PlanMap, PlanRule, PlanShape, WireType } from "../../plan/index.ts"
import { readShapes } from "../../plan/read-shapes.ts"
import { placeText } from "../sheet/source-lines.ts"
import { namingOf } from "../words/naming.ts"
import { sayCondition } from "../words/say-condition.ts"
import { messageText, sayExpression } from "../words/say-expression.ts"
import { recordName, typeText, wireText } from "../words/say-type.ts"
import { code, say, sentence, type Words } from "../words/words.ts"
import type { Link, SiteContext } from "./input.ts"
import { plainName } from "./paths.ts"

export interface ContractPage {
  readonly id: string
  /** Without an ending. */
  readonly path: string
  readonly title: string
  readonly system: string
  readonly version: string
  readonly direction: string
  readonly owner: string
  readonly lifecycle: string
  readonly compatible: string
  /** The day it ends, how long records are kept, how soon they are there; empty: not said. */
  readonly sunset: string
  readonly retention: string
  readonly slo: string
  /** Facts that only some contracts have, each a sentence. */
  readonly facts: readonly Words[]
  readonly docs: string
  readonly place: string
  readonly sections: readonly ShapeSection[]
  readonly readBy: readonly Link[]
  readonly writtenBy: readonly Link[]
  readonly score: Scorecard
}

export interface ShapeSection {
  readonly anchor: string
  readonly title: string
  readonly docs: string
  readonly fields: readonly FieldRow[]
  readonly rules: readonly RuleRow[]
}

export interface FieldRow {
  readonly name: string
  /** Empty where it is the name. */
  readonly wireName: string
  readonly type: string
  /** Of the section that describes its record; empty: none. */
  readonly anchor: string
  readonly wire: string
  readonly optional: boolean
  readonly marks: readonly string[]
  readonly docs: string
  readonly members: readonly { readonly value: string; readonly docs: string }[]
}

export interface RuleRow {
  readonly words: Words
  readonly verb: string
  readonly code: string
  readonly message: string
  readonly place: string
}

export function contractPage(shape: PlanShape, context: SiteContext): ContractPage {
  const { plan, contractPath } = context
  const { contract } = shape
  const system = plan.systems.find(({ name }) => name === contract?.system)
  return {
    id: shape.id,
    path: contractPath(shape.id),
    title: shape.name,
    system: contract?.system ?? "",
    version: contract?.version ?? "",
    direction: { reads: "read", writes: "written", both: "read and written" }[contract?.direction ?? "both"],
    owner: contract?.owner ?? system?.owner ?? "",
    lifecycle: contract?.lifecycle ?? "",
    compatible: contract?.compatible ?? "",
    sunset: contract?.sunset ?? "",
    retention:
      contract?.retention === undefined ? "" : `${contract.retention.count} ${contract.retention.unit}`,
    slo: contract?.slo === undefined ? "" : `${contract.slo.share} % within ${contract.slo.within}`,
    facts: factsOf(shape),
    docs: shape.docs,
    place: placeText(shape.at, plan),
    sections: shapesOf(shape, context).map(one => sectionOf(one, context)),
    readBy: linksOf(map => readShapes(map).some(one => one.shape === shape.id), context),
    writtenBy: linksOf(map => map.target.shape === shape.id, context),
    score: scorecardOf(shape, context.landscape),
  }
}

function marksOf(field: PlanField): readonly string[] {
  const { deprecated } = field
  const instead = deprecated?.use == null ? "" : `, use ${deprecated.use}`
  const until = deprecated?.sunset == null ? "" : `, ends ${deprecated.sunset}`
  return [
    field.key ? "key" : "",
    field.pii ? "personal" : "",
    field.confidential ? "confidential" : "",
    field.clearable ? "clearable" : "",
    field.computed ? "computed by the system" : "",
    field.createOnly ? "on create only" : "",
    field.writeOnly ? "write only" : "",
    field.default === null ? "" : `default ${JSON.stringify(field.default)}`,
    field.since === null ? "" : `since ${field.since}`,
    deprecated === null ? "" : `deprecated${instead}${until}`,
  ].filter(mark => mark !== "")
}

function linksOf(isMeant: (map: PlanMap) => boolean, { plan, mapPath }: SiteContext): readonly Link[] {
  return plan.maps.filter(isMeant).map(({ name }) => ({ text: name, href: `${mapPath(name)}.html` }))
}

function factsOf({ contract, union }: PlanShape): readonly Words[] {
  if (contract === null) return []
  const { closed, events, answers } = contract
  return [
    ...(closed ? [say`Fields it does not name are refused.`] : []),
    ...(events === null
      ? []
      : [
          say`Its records are changes; ${code(events.path.join("."))} names the fields that were ${events.lists}.`,
        ]),
    ...(answers === null
      ? []
      : [
          say`When a record is written, the system answers ${code(
            answers
              .map(({ name, type, optional }) => `${name}${optional ? "?" : ""}: ${typeText(type)}`)
              .join(", "),
          )}.`,
        ]),
    ...(union === null ? [] : [say`A record is exactly one of the kinds below.`]),
  ]
}

/** The contract, then every record below it in order of first use. */
function shapesOf(root: PlanShape, { shape }: SiteContext): readonly PlanShape[] {
  const found = new Map([[root.id, root]])
  for (const one of found.values()) {
    for (const { type } of one.fields) {
      const id = recordIn(type)
      if (id !== null && !found.has(id)) found.set(id, shape(id))
    }
  }
  return [...found.values()]
}

function sectionOf(shape: PlanShape, context: SiteContext): ShapeSection {
  return {
    anchor: anchorOf(shape.id),
    title: shape.name,
    docs: shape.contract === null ? shape.docs : "",
    fields: shape.fields.map(fieldRow),
    rules: shape.rules.map(rule => ruleRow(rule, shape, context)),
  }
}

function fieldRow(field: PlanField): FieldRow {
  const record = recordIn(field.type)
  const scalar = scalarOf(field.type)
  return {
    name: field.name,
    wireName: field.wireName === field.name ? "" : field.wireName,
    type: typeText(field.type),
    anchor: record === null ? "" : anchorOf(record),
    wire: wireText(field.type),
    optional: field.optional,
    marks: marksOf(field),
    docs: field.docs,
    members: scalar.kind === "enum" ? scalar.members : [],
  }
}

function ruleRow(rule: PlanRule, shape: PlanShape, { plan }: SiteContext): RuleRow {
  const place = placeText(rule.at, plan)
  if (rule.kind === "derive") {
    const naming = namingOf(shape.variables, rule.value)
    const words = say`${code(rule.name)} (${code(typeText(rule.type))}) is worked out: ${sayExpression(rule.value, naming)}.`
    return { words: withoutSelf(words, shape), verb: "", code: "", message: "", place }
  }
  const naming = namingOf(shape.variables, rule.condition)
  const { verb, code: name, message } = rule.exit
  return {
    words: withoutSelf(sentence(sayCondition(rule.condition, naming)), shape),
    verb,
    code: name,
    message: withoutSelfText(messageText(message, naming), shape),
    place,
  }
}

/** In its own rules a record has no name: fields stand alone. */
function withoutSelf(words: Words, shape: PlanShape): Words {
  return words.map(word => (typeof word === "string" ? word : { code: withoutSelfText(word.code, shape) }))
}

function withoutSelfText(text: string, { variables }: PlanShape): string {
  const name = variables[0]?.name ?? ""
  return text.startsWith(`${name}.`) ? text.slice(name.length + 1) : text.replaceAll(`{${name}.`, "{")
}

function recordIn(type: WireType): string | null {
  const scalar = scalarOf(type)
  return scalar.kind === "record" ? scalar.shape : null
}

function scalarOf(type: WireType): WireType {
  return type.kind === "list" || type.kind === "dictionary" ? scalarOf(type.of) : type
}

function anchorOf(id: string): string {
  return `record-${plainName(recordName(id))}-${plainName(id)}`
}
