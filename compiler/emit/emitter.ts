// The one shape of every emitter: a Plan and options in, files out. An emitter sees nothing but the Plan, reads no disk,
// writes no disk, and gives the same bytes for the same Plan.
import type { Plan } from "../plan/index.ts"

/** One file of the build. `path` is relative to the output folder, with `/`. */
export interface EmittedFile {
  readonly path: string
  readonly text: string
}

export interface Emitter<Options> {
  readonly name: string
  readonly emit: (plan: Plan, options: Options) => readonly EmittedFile[]
}
