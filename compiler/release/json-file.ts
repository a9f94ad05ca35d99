// What the readers of release files share: JSON that may not be any, and the first thing a schema objects to, in words.
import type * as z from "zod"

/** Undefined: it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text)
  } catch {
    return undefined
  }
}

export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  return issue === undefined
    ? "it does not keep its schema."
    : `at /${issue.path.join("/")}: ${issue.message}.`
}
