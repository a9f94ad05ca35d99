// The emitted fast path without what the door tests: only to know what those tests cost. Flows in: the emitted module; flows out: a
// function that believes its payload. Never a mode of fmap.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { put } from "./put.ts"

const tests = [
  /^ *if \(!(?:isText|isDateText|isPayloadObject)\(\w+(?:, \d+, -?\d+)?\)\) return undefined;\n/gm,
  /^ *if \(typeof \w+ !== "\w+"\) return undefined;\n/gm,
  /^ *switch \((?:Status|Type|RevenueCategory__c)\) \{\n(?: *case "\w+":(?: break;)?\n)+ *default: return undefined;\n *\}\n/gm,
  /^ *if \(!\(\w+2 <= \d+ && \w+2 >= -\d+\)\) return undefined;\n/gm,
]

export async function withoutChecks(folder: string): Promise<(input: { readonly o: unknown }) => unknown> {
  const emitted = readFileSync(join(folder, "order.js"), "utf8")
  const believing = tests.reduce((text, test) => text.replace(test, ""), emitted)
  put(join(folder, "order-unchecked.js"), believing)
  const module = await import(pathToFileURL(join(folder, "order-unchecked.js")).href)
  return module.fastOrderToNetSuite
}
