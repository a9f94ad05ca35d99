// From a type as written to a type of the checker. Flows in: a type node and what its surroundings offer (names, units).
// Flows out: a Type; `error` where a diagnostic was given. It must not know which declaration it stands in.
import type { Diagnostic, Name, Path, TypeNode } from "@fmap/grammar"
import type { BoundDeclaration } from "../resolve/model.ts"
import type { Type, Unit } from "./type.ts"

export interface TypeContext {
  readonly file: string
  /** The declaration a type name stands for; null when there is none or it is no type (a diagnostic was given). */
  readonly typeNamed: (name: Name) => BoundDeclaration | null
  /** What `in X` or an argument stands for; null when a diagnostic was given. */
  readonly unit: (path: Path, kind: "currency" | "unit") => Unit | null
  readonly report: (diagnostic: Diagnostic) => void
}

export function typeFromNode(node: TypeNode, context: TypeContext): Type {
  void context
  void node
  return { kind: "error" }
}
