// Invoices as JSON text. Flows in: a seed; flows out: the same invoice everywhere, with 40 lines over five tax codes and a discount that
// never divides evenly.
import { random } from "../order/random.ts"

export interface InvoiceLine {
  readonly id: string
  readonly item: string
  readonly tax: string
  readonly amount: string
}
export interface Invoice {
  readonly tranId: string
  readonly trandate: string
  readonly currency: string
  readonly discount: string
  readonly items: readonly InvoiceLine[]
}

const taxes = ["S-DE 19%", "S-DE 7%", "S-AT 20%", "E-EU", "Z"]

export function invoiceText(seed: number): string {
  const { between, pick } = random(seed)
  const cents = (low: number, high: number) => {
    const value = String(between(low, high)).padStart(3, "0")
    return `${value.slice(0, -2)}.${value.slice(-2)}`
  }
  const items = Array.from(
    { length: 40 },
    (_, i): InvoiceLine => ({
      id: String(i + 1),
      item: `SKU-${between(1000, 9999)}`,
      tax: pick(taxes),
      amount: cents(1, 2_500_000),
    }),
  )
  const invoice: Invoice = {
    tranId: `INV${100_000 + seed}`,
    trandate: `2026-0${between(1, 3)}-1${between(0, 9)}`,
    currency: "EUR",
    discount: cents(1, 900_000),
    items,
  }
  return JSON.stringify(invoice)
}
