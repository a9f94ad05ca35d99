// One compilation as the verbs need it. Flows in: an opened project. Flows out: diagnostics, the Plan, emitted files and the
// texts diagnostics point into. The only file of the command line that knows how the compiler is called.
import { relative, sep } from "node:path"
import { compile, type Host, type Plan } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import type { Diagnostic } from "@fmap/grammar"
import type { EmittedFile } from "../files/output-folder.ts"
import type { TextOf } from "../reporters/finding.ts"
import type { OpenedProject } from "./open-project.ts"

export interface CompiledProject {
  readonly host: Host
  readonly diagnostics: readonly Diagnostic[]
  /** Project-relative paths of all files read. */
  readonly sources: readonly string[]
  /** Null when there are errors. */
  readonly plan: Plan | null
  readonly files: readonly EmittedFile[]
  readonly textOf: TextOf
}

const textLimit = 64 * 1024 * 1024

/** `out`: absolute path of the output folder; null compiles without emitting. */
export function compileProject({ project, entries }: OpenedProject, out: string | null): CompiledProject {
  const host = nodeHost(project.folder)
  const { emit } = project.config
  const compiled = compile(host, entries, {
    emit:
      out === null
        ? {}
        : { ...emit, typescript: emit.typescript && { sourceRoot: sourceRoot(out, project.folder) } },
  })
  const texts = new Map<string, string | undefined>()
  return {
    host,
    diagnostics: compiled.diagnostics,
    sources: compiled.sources,
    plan: compiled.plan,
    files: compiled.files,
    textOf: file => {
      if (!texts.has(file)) texts.set(file, readText(host, file))
      return texts.get(file)
    },
  }
}

/** The way from the output folder back to the sources, for source maps. */
function sourceRoot(out: string, folder: string): string {
  const way = relative(out, folder).split(sep).join("/")
  return way === "" ? "" : `${way}/`
}

function readText(host: Host, file: string): string | undefined {
  const read = host.readFile(file, textLimit)
  if (read.kind !== "bytes") return undefined
  // As the compiler decodes it: offsets count in the text without a byte order mark.
  return new TextDecoder().decode(read.bytes)
}
