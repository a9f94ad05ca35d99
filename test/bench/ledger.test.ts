// The ledger of the bench is the same job for everybody: an exact rival gives what fmap gives, byte by byte.
import { beforeAll, expect, test } from "vitest"
import { type EmittedLedger, emittedLedger } from "../../bench/ledger/emitted.ts"
import { type Ledger, ledgerText } from "../../bench/ledger/ledger-text.ts"
import { bigTotals, ledgerByHand } from "../../bench/rivals/ledger-by-hand.ts"

const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
let fmap: EmittedLedger
beforeAll(async () => {
  fmap = await emittedLedger()
})
const read = (seed: number): Ledger => JSON.parse(ledgerText(seed, 300))

test("every ledger takes the fast path and gives what big.js gives", () => {
  const rival = ledgerByHand(bigTotals())
  for (const seed of seeds) {
    const result = fmap.fast({ ledger: read(seed) })
    if (result?.status !== "done") throw new Error(`seed ${seed} left the fast path`)
    expect(JSON.stringify(result.value)).toBe(JSON.stringify(rival(read(seed))))
  }
})

test("a line on an unknown account holds the ledger", () => {
  const ledger = read(1)
  const result = fmap.transform({ ledger: { ...ledger, accounts: ledger.accounts.slice(1) } })
  expect(result.status).toBe("held")
})
