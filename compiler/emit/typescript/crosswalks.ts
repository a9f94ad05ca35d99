// Crosswalks in emitted modules: the spec of an external one (its rows are reference data), the function of an inline one.
import { normaliseKey } from "@fmap/runtime"
import type { PlanCrosswalk } from "../../plan/index.ts"
import { crosswalkSpec } from "../../types/crosswalk-spec.ts"
import type { Module } from "./context.ts"
import {
  call,
  concat,
  data,
  give,
  invoke,
  member,
  name,
  named,
  nothing,
  string,
  union,
} from "./javascript/build.ts"
import type { Js, JsDeclaration, TsType } from "./javascript/nodes.ts"
import { payloadType } from "./wire-types.ts"

/** More entries are quicker in a table than in a switch. */
const LARGEST_SWITCH = 64

export function crosswalkDeclarations(
  module: Module,
  crosswalk: PlanCrosswalk,
  exported: string,
): readonly JsDeclaration[] {
  if (crosswalk.rows === null) return [externalSpec(module, crosswalk, exported)]
  const parameters = crosswalk.parameters.map(parameter => ({
    name: parameter.name,
    id: module.names.fresh(parameter.name),
  }))
  const key = joinedKey(parameters.map(({ id }) => name(id)))
  const rows = crosswalk.rows.map(row => ({
    key: joinedText(row.keys.map(part => normaliseKey(part, crosswalk.keyForm))),
    value: data(row.value),
    at: row.at,
  }))
  const result: TsType = union(payloadType(module, crosswalk.result), named("undefined"))
  const head = {
    kind: "function",
    name: exported,
    docs: crosswalk.docs,
    exported: true,
    at: crosswalk.at,
    returns: result,
    parameters: parameters.map(({ id }) => ({ name: id, type: named("string") })),
  } as const
  if (rows.length <= LARGEST_SWITCH) {
    const cases = rows.map(row => ({ tests: [string(row.key)], body: [give(row.value, row.at)] }))
    return [
      {
        ...head,
        body: [
          {
            kind: "switch",
            subject: key,
            cases: [...cases, { tests: [], body: [give(nothing)] }],
            at: crosswalk.at,
          },
        ],
      },
    ]
  }
  const table = module.names.fresh(`${exported}Rows`)
  const entries: Js = {
    kind: "array",
    items: rows.map(row => ({ kind: "array", items: [string(row.key), row.value] })),
  }
  const pairs: TsType = {
    kind: "list",
    of: { kind: "list", of: union(named("string"), payloadType(module, crosswalk.result)), readonly: true },
    readonly: true,
  }
  const map: TsType = {
    kind: "named",
    name: "ReadonlyMap",
    arguments: [named("string"), payloadType(module, crosswalk.result)],
  }
  return [
    {
      kind: "value",
      name: table,
      docs: "",
      exported: false,
      type: map,
      at: crosswalk.at,
      value: call(module.runtime("entryMap"), { kind: "cast", of: entries, type: pairs }),
    },
    { ...head, body: [give(invoke(name(table), "get", key))] },
  ]
}

/** Injective without escapes: every part but the last is preceded by its length. */
function joinedKey(parts: readonly Js[]): Js {
  const [last, ...before] = [...parts].reverse()
  if (last === undefined) return string("")
  return before.reduce<Js>(
    (rest, part) => concat(concat(concat(member(part, "length"), string(":")), part), rest),
    last,
  )
}

function joinedText(parts: readonly string[]): string {
  return parts
    .map((part, position) => (position === parts.length - 1 ? part : `${part.length}:${part}`))
    .join("")
}

function externalSpec(module: Module, crosswalk: PlanCrosswalk, exported: string): JsDeclaration {
  const spec = crosswalkSpec(module.index.plan, crosswalk)
  return {
    kind: "value",
    name: exported,
    docs: crosswalk.docs,
    exported: true,
    type: module.runtimeType("CrosswalkSpec"),
    value: data(withoutDocs(spec)),
    at: crosswalk.at,
  }
}

/** The loader needs no names and docs of enums, and no units of amounts. */
function withoutDocs(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, of: unknown) => {
      if (key === "unit") return undefined
      const { kind, open, members } = (of ?? {}) as {
        kind?: unknown
        open?: boolean
        members?: readonly { value: string }[]
      }
      return kind === "enum" ? { kind, open, members: members?.map(entry => ({ value: entry.value })) } : of
    }),
  )
}
