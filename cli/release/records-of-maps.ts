// Records that a check of a release runs both versions of a changed map on. Flows in: an opened project, its Plan, the options. Flows out: the records and the
// reference data, read when they are first asked for, or plain sentences about a folder that was named.
import type { Plan, RecordsOfMaps } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { type Recorded, recordedInputs } from "../diff/recorded-inputs.ts"
import { type ReferenceOfRelease, referenceOf } from "../diff/reference-of.ts"
import type { OpenedProject } from "../project/open-project.ts"
import type { Problem } from "../terminal/problem.ts"

export interface RecordsOptions {
  readonly payloads?: string | undefined
  readonly tolerance?: string | undefined
}

export type ReadRecords =
  | { readonly kind: "records"; readonly records: RecordsOfMaps }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export function recordsOfMaps(
  { project: { folder } }: OpenedProject,
  plan: Plan,
  { payloads, tolerance = "0" }: RecordsOptions,
  cwd: string,
): ReadRecords {
  const host = nodeHost(folder)
  // Samples that tests name are read only when a map has changed; a folder that was named is read at once, to tell what is wrong with it.
  let recorded: Recorded | null = payloads === undefined ? null : recordedInputs(payloads, plan, host, cwd)
  if (recorded?.kind === "problems") return recorded
  let reference: ReferenceOfRelease | null = null
  return {
    kind: "records",
    records: {
      tolerance,
      inputs: map => {
        recorded ??= recordedInputs(undefined, plan, host, cwd)
        return recorded.kind === "inputs" ? recorded.inputs.filter(one => one.map === map) : []
      },
      reference: () => {
        reference ??= referenceOf(plan, host, folder)
        return reference
      },
    },
  }
}
