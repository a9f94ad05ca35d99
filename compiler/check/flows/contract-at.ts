// `NetSuite.SalesOrder`: a contract at a system. Flows in: the path as written. Flows out: the contract, or null after a diagnostic.
import { diagnostic, type Path } from "@fmap/grammar"
import type { ObjectSpec } from "@fmap/runtime/flow"
import { closest } from "../../resolve/closest.ts"
import type { BoundShape, BoundSystem } from "../../resolve/model.ts"
import { type FlowEnvironment, placeOf } from "./environment.ts"

/** A contract of a system. */
export interface ContractAt {
  readonly shape: BoundShape
  readonly system: BoundSystem
  readonly object: ObjectSpec
}

export function contractAt(
  path: Path,
  use: "reads" | "writes",
  env: Pick<FlowEnvironment, "names" | "report"> & { readonly flow: { readonly file: string } },
): ContractAt | null {
  const [first, second] = path.names.map(name => name.text)
  const place = placeOf(env, path.span)
  const written = path.names.map(name => name.text).join(".")
  if (first === undefined || second === undefined || path.names.length > 2) {
    env.report(
      diagnostic("FM7106", { path: written, problem: "is no contract of a system" }, place, {
        help: "Name the system and the contract: `NetSuite.SalesOrder`.",
      }),
    )
    return null
  }
  const contracts = [...env.names].flatMap(([name, found]) =>
    found.kind === "shape" && found.isContract && found.system !== null ? [{ name, shape: found }] : [],
  )
  const found = contracts.find(
    ({ name, shape }) => shape.system?.name === first && (name === second || shape.name === second),
  )
  const system = found?.shape.system ?? null
  if (found === undefined || system === null) {
    // Of a system that was not found where it is declared, or of one behind an import that failed: that was reported.
    const named = env.names.get(second)
    if (named?.kind === "shape" && named.system === null && isOfSome(named)) return null
    const known = contracts.map(({ name, shape }) => `${shape.system?.name}.${name}`)
    const near = closest(written, known)
    env.report(
      diagnostic("FM7106", { path: written, problem: "is not declared in this file or imported" }, place, {
        label: "no such contract here",
        ...(near === null
          ? { help: "Import the contract by its name." }
          : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
      }),
    )
    return null
  }
  const { shape } = found
  if (shape.direction !== "both" && shape.direction !== use) {
    const only = use === "writes" ? "only read from its system" : "only written to its system"
    env.report(
      diagnostic("FM7106", { path: written, problem: `is ${only}` }, place, {
        related: [{ place: shape.place, text: `declared ${shape.direction}` }],
      }),
    )
    return null
  }
  return { shape, system, object: objectOf(shape, system) }
}

const isOfSome = ({ node }: BoundShape): boolean => node.kind === "contract" && node.of !== null

export function objectOf(shape: BoundShape, system: BoundSystem): ObjectSpec {
  const { node } = shape
  const as = node.as?.parts.map(part => (part.kind === "chars" ? part.text : "")).join("")
  const version = node.kind === "contract" ? (node.version?.text ?? "") : ""
  return { system: system.name, contract: shape.id, version, object: as ?? shape.name }
}
