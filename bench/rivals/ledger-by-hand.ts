// The ledger's job written by hand: accounts found by number, lines put together by period, subsidiary and category. Flows in: a ledger and a
// way to compute; flows out: the facts with their members in the same order as the emitted map's. Nothing is validated.
import Big from "big.js"
import type { Ledger } from "../ledger/ledger-text.ts"

export interface Totals<N> {
  readonly zero: N
  add(a: N, text: string): N
  out(value: N): string
}

interface Group<N> {
  readonly period: string
  readonly subsidiary: string
  readonly category: string
  amount: N
  lines: number
}

export function ledgerByHand<N>(numbers: Totals<N>): (ledger: Ledger) => unknown {
  return ledger => {
    const categories = new Map(ledger.accounts.map(account => [account.acctnumber, account.category]))
    const groups = new Map<string, Group<N>>()
    for (const line of ledger.lines) {
      const category = categories.get(line.account)
      if (category === undefined) throw new Error(`unknown account ${line.account}`)
      const key = `${line.postingperiod}|${line.subsidiary}|${category}`
      let group = groups.get(key)
      if (group === undefined) {
        const { postingperiod: period, subsidiary } = line
        group = { period, subsidiary, category, amount: numbers.zero, lines: 0 }
        groups.set(key, group)
      }
      group.amount = numbers.add(group.amount, line.amount)
      group.lines++
    }
    const facts = [...groups.values()].map(group => ({ ...group, amount: numbers.out(group.amount) }))
    return { facts }
  }
}

export const floatTotals: Totals<number> = {
  zero: 0,
  add: (a, text) => a + +text,
  out: value => value.toFixed(2),
}

export function bigTotals(): Totals<Big> {
  return { zero: new Big(0), add: (a, text) => a.plus(text), out: value => value.toFixed(2) }
}
