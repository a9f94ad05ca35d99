// A word of the command line that is not understood. Flows in: the sentence of the parser (commander). Flows out: the same with the code of its page.
import { type Problem, problem } from "./problem.ts"

const codes = [
  [/^missing required argument|^required option|argument missing$/u, "FM8002"],
  [/^unknown |^too many arguments/u, "FM8001"],
] as const

/** What is neither is a value in another form than its option takes. */
export function usageProblem(text: string): Problem {
  const message = text.trim().replace(/^error: /u, "")
  const found = codes.find(([words]) => words.test(message))
  return problem(found?.[1] ?? "FM8003", message)
}
