// Ledgers with thousands of lines, the same for the same seed. Flows in: a seed and how many lines; flows out: JSON text.
import { random } from "../order/random.ts"

export interface Ledger {
  readonly lines: readonly {
    readonly account: string
    readonly postingperiod: string
    readonly subsidiary: string
    readonly amount: string
  }[]
  readonly accounts: readonly { readonly acctnumber: string; readonly category: string }[]
}

const accounts = 200

export function ledgerText(seed: number, lines: number): string {
  const { between, chance } = random(seed)
  const ledger: Ledger = {
    lines: Array.from({ length: lines }, () => ({
      account: String(4000 + between(0, accounts - 1)),
      postingperiod: `2026-0${between(1, 6)}`,
      subsidiary: `S${between(0, 4)}`,
      amount: `${chance(0.5) ? "" : "-"}${between(1, 99_999)}.${String(between(0, 99)).padStart(2, "0")}`,
    })),
    accounts: Array.from({ length: accounts }, (_, i) => ({
      acctnumber: String(4000 + i),
      category: `category ${i % 12}`,
    })),
  }
  return JSON.stringify(ledger)
}
