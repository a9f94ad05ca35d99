// Asks whether a text has the form of a pattern. Pure; see spec.ts for the promise.
import { compilePattern } from "../../door/read-text.ts"

/** Pass the compiled pattern where many texts are asked; emitted modules hold it as a constant. */
export function matches(text: string, pattern: string | RegExp): boolean {
  return (typeof pattern === "string" ? compilePattern(pattern) : pattern).test(text)
}
