// What the readers of release files share: JSON that may not be any, and the first thing a schema objects to, in words.
import { readJson } from "@fmap/runtime"
import type * as z from "zod"

/** The highest `formatVersion` of the files of releases that is understood here. */
const formatVersion = 1

/** What stands in a file, before it is held to its schema; or one sentence a person can act on. */
export function jsonFile(
  text: string,
  file: string,
): { readonly data: unknown } | { readonly problem: string } {
  const own = text.startsWith("\uFEFF") ? text.slice(1) : text
  const both = own.split("\n").findIndex(line => /^(?:<{7}|={7}|>{7})(?: |\r?$)/u.test(line))
  if (both >= 0)
    return {
      problem: `${file}, line ${both + 1}: two branches wrote it, and git left both. Keep the lines of both sides, and take the marks out.`,
    }
  const read = readJson(own)
  if ("refused" in read)
    return {
      problem: `${file}, line ${read.refused.line}: ${read.refused.message} Restore the file from version control.`,
    }
  const data: unknown = JSON.parse(own)
  if (typeof data !== "object" || data === null || !("formatVersion" in data)) return { data }
  return typeof data.formatVersion === "number" && data.formatVersion > formatVersion
    ? {
        problem: `${file} was written by a newer fmap (formatVersion ${data.formatVersion}); update this one.`,
      }
    : { data }
}

export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  return issue === undefined
    ? "it does not keep its schema."
    : `at /${issue.path.join("/")}: ${issue.message}.`
}
