// The closing line of CI. Flows in: vitest's JSON results. Flows out: "tests: N passed, N failed" and a code that is zero only
// when tests ran, none failed and, where FMAP_FORBID_SKIP is set, none was skipped.
import { readFileSync } from "node:fs"

const results = JSON.parse(readFileSync(process.argv[2], "utf8"))
const {
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: todo,
} = results
const skipped = pending + todo
const broken = results.testResults.filter(
  file => file.status === "failed" && file.assertionResults.every(one => one.status !== "failed"),
)
for (const file of broken) console.log(`${file.name} did not run: ${file.message}`)

const forbidden = skipped > 0 && process.env.FMAP_FORBID_SKIP === "1"
if (forbidden) console.log(`${skipped} tests were skipped, which CI does not allow.`)
const fine = passed > 0 && failed === 0 && broken.length === 0 && !forbidden
console.log(
  `tests: ${passed} passed, ${failed + broken.length} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
)
process.exit(fine ? 0 : 1)
