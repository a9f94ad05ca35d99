// Crosswalks of the Plan. Flows in: bound crosswalks of a project without errors. Flows out: keys and values as data, the
// file's clause, and what happens without a row.
import type { ExitExpression, Expression, HierarchyDeclaration, Path, Place, Span } from "@fmap/grammar"
import type {
  At,
  PlanCrosswalk,
  PlanExpression,
  PlanShape,
  ShapeId,
  ValueType,
  WireType,
} from "../plan/index.ts"
import { keyFormOf } from "../resolve/bind-crosswalk.ts"
import { hierarchyMembers } from "../resolve/bind-hierarchy.ts"
import { type Dated, datedOf } from "../resolve/crosswalk-days.ts"
import { crosswalkPath } from "../resolve/crosswalk-file.ts"
import { crosswalkRows } from "../resolve/crosswalk-rows.ts"
import { sourceColumns, sourceFilter, sourceFormat, sourceWildcard } from "../resolve/crosswalk-source.ts"
import type { BoundCrosswalk } from "../resolve/model.ts"
import { constantOf } from "../types/constant.ts"
import { plain } from "./plain-text.ts"
import { allowsOf } from "./policies.ts"
import { shapeId } from "./shape-ids.ts"
import { lowerValueType } from "./value-type.ts"
import { languageContext, lowerWireType } from "./wire-type.ts"
import { constantUnits, wireValue } from "./wire-value.ts"

export interface CrosswalkContext {
  readonly at: (place: Place) => At
  readonly fileIndex: (path: string) => number
  readonly shapes: ReadonlyMap<ShapeId, PlanShape>
}

const silent = { report: () => undefined }

export function lowerCrosswalk(crosswalk: BoundCrosswalk, context: CrosswalkContext): PlanCrosswalk {
  const { node, file, parameters } = crosswalk
  if (node.kind === "hierarchy") return lowerHierarchy(crosswalk, node, context)
  const wire = languageContext(shape => shapeId(shape, null))
  const result = lowerWireType(crosswalk.result, wire)
  const keyForm = keyFormOf(node)
  const dated = datedOf(node, file, silent.report)
  return {
    ...declared(crosswalk, wire, context),
    result,
    keyForm,
    bothWays: node.bothWays !== null,
    dated: dated !== null,
    unmapped: node.unmapped === null ? null : lowerUnmapped(node.unmapped, crosswalk, context),
    rows:
      node.rows === null
        ? null
        : crosswalkRows(node.rows, {
            file,
            parameters,
            result: crosswalk.result,
            keyForm,
            dated,
            ...silent,
          }).map(row => ({
            keys: row.keys,
            from: row.from,
            until: row.until,
            value: jsonOf(row.value, result, context),
            at: context.at({ file, span: row.span }),
          })),
    external: node.rows !== null ? null : externalOf(crosswalk, dated),
    ...(node.links === undefined
      ? {}
      : { links: { from: written(node.links.from), to: written(node.links.to) } }),
  }
}

/** What crosswalks and hierarchies both say of themselves. */
function declared(
  { node, name, id, file, place, parameters }: BoundCrosswalk,
  wire: ReturnType<typeof languageContext>,
  context: CrosswalkContext,
) {
  return {
    id,
    name,
    file: context.fileIndex(file),
    docs: node.docs.join("\n"),
    at: context.at(place),
    version: node.version?.text ?? "",
    owner: plain(node.owner),
    ...allowsOf(node, file, context.at),
    parameters: parameters.map(parameter => ({
      name: parameter.name,
      type: lowerWireType(parameter.type, wire),
    })),
  }
}

function lowerHierarchy(
  hierarchy: BoundCrosswalk,
  node: HierarchyDeclaration,
  context: CrosswalkContext,
): PlanCrosswalk {
  const { file } = hierarchy
  const wire = languageContext(shape => shapeId(shape, null))
  const result = lowerWireType(hierarchy.result, wire)
  const members = node.rows === null ? null : hierarchyMembers(node, hierarchy, file, silent.report)
  return {
    ...declared(hierarchy, wire, context),
    result,
    keyForm: "exact",
    bothWays: false,
    dated: false,
    unmapped: null,
    rows:
      members?.map(({ keys, from, until, value, span }) => ({
        keys,
        from,
        until,
        value: jsonOf(value, result, context),
        at: context.at({ file, span }),
      })) ?? null,
    hierarchy: { levels: hierarchy.hierarchy?.levels ?? [] },
    external: members !== null ? null : externalOf(hierarchy, null),
  }
}

function externalOf(crosswalk: BoundCrosswalk, days: Dated): PlanCrosswalk["external"] {
  const { from } = crosswalk.node
  if (from === null) return null
  const source = { ...crosswalk, ...silent }
  return {
    format: sourceFormat(from) ?? "csv",
    path: crosswalkPath(from, crosswalk.file, silent) ?? "",
    columns: sourceColumns(from, source),
    where: sourceFilter(from, source),
    days,
    wildcard: sourceWildcard(from),
  }
}

function jsonOf(value: Parameters<typeof wireValue>[0], type: WireType, context: CrosswalkContext) {
  const wire = wireValue(value, type, { shapes: context.shapes, unitOf: constantUnits })
  if ("problem" in wire) throw new Error(`a checked constant has no wire form: ${wire.problem}`)
  return wire.json
}

const written = ({ names }: Path): string => names.map(name => name.text).join(".")

/** Variables of the expression are the crosswalk's parameters, in order. */
function lowerUnmapped(
  unmapped: Expression,
  crosswalk: BoundCrosswalk,
  context: CrosswalkContext,
): PlanExpression {
  const at = (node: { readonly span: Span }): At => context.at({ file: crosswalk.file, span: node.span })
  const type = lowerValueType(crosswalk.result, ({ shape }) => shapeId(shape, null))
  if (unmapped.kind !== "exit") {
    const constant = constantOf(unmapped, crosswalk.result, false)
    const value = "value" in constant ? constant.value : ""
    return { kind: "literal", value, type, maybe: false, at: at(unmapped) }
  }
  return {
    kind: "exit",
    verb: unmapped.verb === "reject" ? "reject" : "hold",
    code: unmapped.code?.text ?? "",
    message: unmapped.message === null ? null : lowerMessage(unmapped.message, crosswalk, at),
    type: { kind: "never" },
    maybe: false,
    at: at(unmapped),
  }
}

function lowerMessage(
  message: NonNullable<ExitExpression["message"]>,
  crosswalk: BoundCrosswalk,
  at: (node: { readonly span: Span }) => At,
): PlanExpression {
  const text: ValueType = { kind: "text" }
  return {
    kind: "interpolation",
    type: text,
    maybe: false,
    at: at(message),
    parts: message.parts.map(part => {
      if (part.kind === "chars") return part.text
      const variable = crosswalk.parameters.findIndex(p => p.name === part.path.names[0]?.text)
      const type = lowerValueType(crosswalk.parameters[variable]?.type ?? { kind: "error" }, ({ shape }) =>
        shapeId(shape, null),
      )
      return {
        value: { kind: "variable", variable, type, maybe: false, at: at(part) },
        format: part.format?.text ?? null,
        masked: false,
      }
    }),
  }
}
