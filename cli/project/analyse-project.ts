// One analysis as the verbs need it. Flows in: an opened project. Flows out: diagnostics, the Plan and the texts diagnostics point
// into. The only file of the command line that knows how the compiler is called.
import { analyse, type Host, type Plan } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import type { Diagnostic } from "@fmap/grammar"
import type { TextOf } from "../reporters/finding.ts"
import type { OpenedProject } from "./open-project.ts"

export interface AnalysedProject {
  readonly host: Host
  readonly diagnostics: readonly Diagnostic[]
  /** Project-relative paths of all files read. */
  readonly sources: readonly string[]
  /** Null when there are errors. */
  readonly plan: Plan | null
  readonly textOf: TextOf
}

const textLimit = 64 * 1024 * 1024

/** `unsaved`: texts of files by project path that are to be taken instead of what the disk holds. */
export function analyseProject(
  { project, entries }: OpenedProject,
  unsaved: ReadonlyMap<string, string> = new Map(),
): AnalysedProject {
  const host = withUnsaved(nodeHost(project.folder), unsaved)
  const texts = new Map<string, string | undefined>()
  return {
    host,
    ...analyse(host, entries),
    textOf: file => {
      if (!texts.has(file)) texts.set(file, readText(host, file))
      return texts.get(file)
    },
  }
}

function withUnsaved(host: Host, unsaved: ReadonlyMap<string, string>): Host {
  if (unsaved.size === 0) return host
  return {
    ...host,
    readFile: (path, limit) => {
      const text = unsaved.get(path)
      return text === undefined
        ? host.readFile(path, limit)
        : { kind: "bytes", bytes: new TextEncoder().encode(text) }
    },
  }
}

function readText(host: Host, file: string): string | undefined {
  const read = host.readFile(file, textLimit)
  if (read.kind !== "bytes") return undefined
  // As the compiler decodes it: offsets count in the text without a byte order mark.
  return new TextDecoder().decode(read.bytes)
}
