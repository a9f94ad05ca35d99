// What a test feeds a map with. Flows in: the `given` lines. Flows out: each input once, as a file or as JSON in wire form;
// inputs nobody gave, gave twice, or that the map does not have are reported.
import { diagnostic, type Name, type Place, type TestDeclaration, type TestValue } from "@fmap/grammar"
import type { PlanTest, WireType } from "../plan/index.ts"
import { sourceType } from "../resolve/bind-map.ts"
import { closest } from "../resolve/closest.ts"
import { constantTree } from "../types/constant-tree.ts"
import type { Type } from "../types/type.ts"
import { sampleFile } from "./sample-file.ts"
import { shapeId } from "./shape-ids.ts"
import type { TestContext } from "./tests.ts"
import { languageContext, lowerWireType } from "./wire-type.ts"
import { constantUnits, wireValue } from "./wire-value.ts"

type Given = PlanTest["givens"][number]

export function lowerGivens(node: TestDeclaration, context: TestContext): readonly Given[] {
  const { map, report, file } = context
  const inputs = new Map<string, Type>()
  for (const source of map.sources)
    inputs.set(source.name, sourceType({ ...source, role: source.role === null ? null : "set" }))
  for (const { name, type } of map.givens) inputs.set(name, type)
  const seen = new Map<string, Place>()
  const givens: Given[] = []
  for (const member of node.members) {
    if (member.kind !== "given") continue
    for (const { name, value } of member.bindings) {
      const place = { file, span: name.span }
      const type = inputs.get(name.text)
      const first = seen.get(name.text)
      if (type === undefined) {
        reportUnknown(name, [...inputs.keys()], context)
        continue
      }
      if (first !== undefined) {
        report(
          diagnostic("FM2016", { name: name.text, role: "givens" }, place, {
            related: [{ place: first, text: "first here" }],
          }),
        )
        continue
      }
      seen.set(name.text, place)
      const lowered = lowerValue(value, type, context)
      if (lowered !== null) givens.push({ name: name.text, value: lowered, at: context.at(place) })
    }
  }
  const hasError = node.members.some(member => member.kind === "errorMember")
  for (const { name, place } of [...map.sources, ...map.givens]) {
    if (seen.has(name) || hasError) continue
    report(
      diagnostic(
        "FM6302",
        { name, map: map.name },
        { file, span: node.title.span },
        { related: [{ place, text: "the map asks for it here" }] },
      ),
    )
  }
  return givens
}

function reportUnknown(name: Name, known: readonly string[], { map, report, file }: TestContext): void {
  const place = { file, span: name.span }
  const near = closest(name.text, known)
  report(
    diagnostic("FM6301", { name: name.text, map: map.name }, place, {
      label: `there are ${known.join(", ")}`,
      ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
    }),
  )
}

function lowerValue(value: TestValue, type: Type, context: TestContext): Given["value"] | null {
  const { file, report } = context
  if (value.kind === "file") {
    const path = sampleFile(value.path, context)
    return path === null ? null : { file: path }
  }
  const { expression } = value
  if (type.kind === "error" || expression.kind === "error") return null
  const constant = constantTree(expression, type, { file, report, code: "FM6305", fromOutside: true })
  if (constant === null) return null
  const json = wireValue(constant, inputWire(type), { shapes: context.shapes, unitOf: constantUnits })
  if ("json" in json) return json
  report(diagnostic("FM6305", { what: "This value", problem: json.problem }, { file, span: expression.span }))
  return null
}

/** A source stands in the form of its contract; other inputs in the language's. */
function inputWire(type: Type): WireType {
  const of = type.kind === "list" ? type.of : type
  return lowerWireType(
    type,
    languageContext(shape =>
      shapeId(shape, of.kind === "record" && of.shape === shape ? shape.system : null),
    ),
  )
}
