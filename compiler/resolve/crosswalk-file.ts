// The file of a crosswalk, read and judged at check time. Flows in: the `from` clause and the types. Flows out:
// diagnostics.
import type { CrosswalkDeclaration, CrosswalkSource } from "@fmap/grammar"
import type { KeyForm } from "@fmap/runtime"
import type { Host } from "../host/host.ts"
import type { Findings } from "../project/findings.ts"
import type { Type } from "../types/type.ts"

export interface CrosswalkFileContext {
  readonly file: string
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly result: Type
  readonly keyForm: KeyForm
}

export function checkCrosswalkFile(
  _node: CrosswalkDeclaration,
  _from: CrosswalkSource,
  _context: CrosswalkFileContext,
  _host: Host,
  _found: Findings,
): void {}
