// Codes of targets in logs and spans: words such as codes are pass, with the class of the failure before them; what a platform repeats does not.
import { expect, test } from "vitest"
import { codeWord } from "../../../runtime/observe/logs/code-word.ts"

test.each([
  ["INVALID_KEY_OR_REF", "INVALID_KEY_OR_REF"],
  ["503", "503"],
  ["transient ECONNRESET", "transient ECONNRESET"],
  ["AA1/017", "AA1/017"],
  ["rejected Bearer abc def", "rejected"],
  ['in-doubt {"name":"Ada"}', "in-doubt"],
  ["Bearer abc def", undefined],
  ["Ada Lovelace", undefined],
  ["x".repeat(65), undefined],
  ["", undefined],
  [undefined, undefined],
])("%j is %j", (code, word) => {
  expect(codeWord(code)).toBe(word)
})
