// A discount shared over 40 lines, groups by tax code, conversion: by everybody. Flows in: the effort; flows out: Markdown and ratios.
import { type Candidate, type Effort, interleave } from "../harness/interleave.ts"
import { quantile, ratio } from "../harness/statistics.ts"
import { figure, table } from "../harness/table.ts"
import { emittedInvoice } from "../invoice/emitted.ts"
import { type Invoice, invoiceText } from "../invoice/invoice-text.ts"
import { bigSums, decimalSums, floatSums, invoiceByHand } from "../rivals/invoice-by-hand.ts"
import type { Part } from "./part.ts"

const batch = 60

export async function invoicePart(effort: Effort): Promise<Part> {
  const texts = Array.from({ length: batch }, (_, i) => invoiceText(i + 1))
  const fmap = await emittedInvoice()
  const candidate = (name: string, step: (invoice: Invoice) => unknown): Candidate => ({
    name,
    prepare: () => texts.map(text => JSON.parse(text)),
    run: (invoices: readonly Invoice[]) => {
      let last: unknown
      for (const invoice of invoices) last = step(invoice)
      return last
    },
  })
  const measured = await interleave(
    [
      candidate("fmap", i => fmap.transform({ i })),
      candidate("float by hand", invoiceByHand(floatSums)),
      candidate("big.js by hand", invoiceByHand(bigSums())),
      candidate("decimal.js by hand", invoiceByHand(decimalSums())),
    ],
    effort,
  )
  return {
    markdown: [
      "### Discount shared, lines grouped, groups converted: an invoice of 40 lines",
      table(
        ["", "µs an invoice", "quartiles", "÷ fmap"],
        measured.map(({ name, rounds }) => {
          const each = (share: number) => figure(quantile(rounds, share) / batch / 1000)
          return [name, each(0.5), `${each(0.25)}–${each(0.75)}`, figure(ratio(measured, name, "fmap"))]
        }),
      ),
    ].join("\n\n"),
    ratios: new Map([
      ["R2 lists float", ratio(measured, "fmap", "float by hand")],
      ["R2 lists big.js", ratio(measured, "fmap", "big.js by hand")],
      ["R2 lists decimal.js", ratio(measured, "fmap", "decimal.js by hand")],
    ]),
  }
}
