// The events of the chaos runs: made from a number, so that every process makes the same. Amounts are of three currencies.
import type { Inbound } from "../../../../runtime/flow/port/event.ts"

export interface ChaosOrder {
  readonly order: string
  readonly lane: string
  /** An event of a second flow follows. */
  readonly invoiced: boolean
}

const ordersAnInvoice = 10

/** One effect an order, and one an invoice. */
export function effectsOf(orders: number): number {
  return orders + invoicesOf(orders)
}

export function invoicesOf(orders: number): number {
  return Math.ceil(orders / ordersAnInvoice)
}

const currencies = ["EUR", "JPY", "USD"] as const

export function chaosOrder(index: number, lanes: number): Inbound {
  const currency = currencies[index % currencies.length] ?? "EUR"
  const cents = currency === "JPY" ? "" : `.${String(index % 100).padStart(2, "0")}`
  const payload: ChaosOrder = {
    order: `order-${index}`,
    lane: `customer-${index % lanes}`,
    invoiced: index % ordersAnInvoice === 0,
  }
  return {
    flow: "orders",
    source: "shop",
    id: payload.order,
    payload,
    amount: { value: `${1 + (index % 9_973)}${cents}`, currency },
  }
}
