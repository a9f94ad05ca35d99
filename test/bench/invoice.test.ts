// The invoice of the bench is the same job for everybody: exact rivals give what fmap gives, byte by byte; floats do not.
import { beforeAll, expect, test } from "vitest"
import { type EmittedInvoice, emittedInvoice } from "../../bench/invoice/emitted.ts"
import { type Invoice, invoiceText } from "../../bench/invoice/invoice-text.ts"
import {
  bigSums,
  decimalSums,
  floatSums,
  invoiceByHand,
  type Sums,
} from "../../bench/rivals/invoice-by-hand.ts"

const seeds = Array.from({ length: 200 }, (_, i) => i + 1)
let fmap: EmittedInvoice
beforeAll(async () => {
  fmap = await emittedInvoice()
})
const read = (seed: number): Invoice => JSON.parse(invoiceText(seed))

function body(i: Invoice): string {
  const result = fmap.transform({ i })
  if (result.status !== "done") throw new Error(JSON.stringify(result.issues))
  return JSON.stringify(result.value)
}

test("every invoice takes the fast path and is done", () => {
  for (const seed of seeds) expect(fmap.fast({ i: read(seed) })?.status, `seed ${seed}`).toBe("done")
})

test.each([
  ["big.js", bigSums() as Sums<unknown>],
  ["decimal.js", decimalSums() as Sums<unknown>],
])("%s gives the same bytes", (_, numbers) => {
  const rival = invoiceByHand(numbers)
  for (const seed of seeds) expect(JSON.stringify(rival(read(seed)))).toBe(body(read(seed)))
})

test("floats are wrong by a cent now and then", () => {
  const rival = invoiceByHand(floatSums)
  const wrong = seeds.filter(seed => JSON.stringify(rival(read(seed))) !== body(read(seed)))
  expect(wrong.length).toBeGreaterThan(0)
  expect(wrong.length).toBeLessThan(seeds.length / 2)
})
