// What the official schema of SARIF 2.1.0 says of a log. Flows in: text. Flows out: every problem, none where it is one.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import AjvDraft04 from "ajv-draft-04"
import addFormats from "ajv-formats"

const schema: object = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"),
    "utf8",
  ),
)
// Patterns of draft 4 are none of Unicode; every keyword of the schema is checked.
const ajv = new AjvDraft04.default({ allErrors: true, strictTypes: false, unicodeRegExp: false })
addFormats.default(ajv)
const isValid = ajv.compile(schema)

export function sarifProblems(text: string): readonly string[] {
  return isValid(JSON.parse(text)) ? [] : ajv.errorsText(isValid.errors, { separator: "\n" }).split("\n")
}
