// Why a command does not do its work: a sentence with the code of its page (`fmap explain FM8403`). Flows in: sentences where they are made, failures of the engine. Flows out: problems, which
// `cannotStart` tells. What codes mean is said in runtime/problems.
import { type CallFailed, NotPossible, type ProblemCode, type StoreFailed } from "@fmap/runtime/flow"

export interface Problem {
  readonly code: ProblemCode
  /** One sentence, or two. */
  readonly message: string
}

export function problem(code: ProblemCode, message: string): Problem {
  return { code, message }
}

export function problemsOf(code: ProblemCode, messages: readonly string[]): readonly Problem[] {
  return messages.map(message => ({ code, message }))
}

/** The same, told of a file or a section. */
export function within(place: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.map(({ code, message }) => ({ code, message: `${place}, ${message}` }))
}

/** Of a failure whose message is a sentence without its full stop. */
export function problemOf(error: NotPossible | StoreFailed | CallFailed): Problem {
  const message = `${error.message}.`
  if (error instanceof NotPossible) return { code: error.code, message }
  return { code: error.name === "StoreFailed" ? "FM8406" : "FM8511", message }
}
