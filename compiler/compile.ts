// From a project to its files. Flows in: a host, entry files, what to emit. Flows out: diagnostics, and without an error among
// them the Plan and the emitted files. Whoever only wants to know uses `analyse` and loads no emitter.
import { type Analysis, analyse } from "./analyse.ts"
import { type EmitOptions, emitFiles } from "./emit/emit-files.ts"
import type { EmittedFile } from "./emit/emitter.ts"
import type { Host } from "./host/index.ts"

export interface CompileOptions {
  readonly emit: EmitOptions
}

export interface Compilation extends Analysis {
  readonly files: readonly EmittedFile[]
}

/** `entries`: project-relative paths; what they import is compiled with them. Bad input gives diagnostics; a throw is a bug. */
export function compile(host: Host, entries: readonly string[], { emit }: CompileOptions): Compilation {
  const analysis = analyse(host, entries)
  return { ...analysis, files: analysis.plan === null ? [] : emitFiles(analysis.plan, emit) }
}
