// The pages of codes. Flows in: a code of the compiler (FM2001), or one of records (WRONG_TYPE). Flows out: the Markdown of its
// page. The heading of a run-time code is the name records carry:
// "# FM9002 WRONG_TYPE".
import { readdirSync, readFileSync } from "node:fs"
import { pagesFolder } from "../resources.ts"

export interface PageHeading {
  /** FM9002. */
  readonly code: string
  /** WRONG_TYPE for run-time codes. */
  readonly name: string | null
  readonly title: string
}

export function readPage(code: string): string | undefined {
  if (!/^FM\d{4}$/u.test(code)) return undefined
  try {
    return readFileSync(new URL(`${code}.md`, pagesFolder), "utf8")
  } catch {
    return undefined
  }
}

/** All headings, by code. */
export function pageHeadings(): PageHeading[] {
  return readdirSync(pagesFolder)
    .filter(name => /^FM\d{4}\.md$/u.test(name))
    .toSorted()
    .flatMap(name => parseHeading(readFileSync(new URL(name, pagesFolder), "utf8")) ?? [])
}

export function parseHeading(page: string): PageHeading | undefined {
  const found = /^# (FM\d{4}) (.+)$/mu.exec(page)
  if (found === null) return undefined
  const [, code = "", title = ""] = found
  return { code, name: /^[A-Z][A-Z0-9_]+$/u.test(title) ? title : null, title }
}
