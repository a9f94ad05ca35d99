// Ledger lines joined to their accounts and put together as facts: by everybody. Flows in: the effort; flows out: Markdown and ratios.
import { type Candidate, type Effort, interleave } from "../harness/interleave.ts"
import { quantile, ratio } from "../harness/statistics.ts"
import { figure, table } from "../harness/table.ts"
import { emittedLedger } from "../ledger/emitted.ts"
import { type Ledger, ledgerText } from "../ledger/ledger-text.ts"
import { bigTotals, floatTotals, ledgerByHand } from "../rivals/ledger-by-hand.ts"
import type { Part } from "./part.ts"

const lines = 2_000

export async function ledgerPart(effort: Effort): Promise<Part> {
  const text = ledgerText(1, lines)
  const fmap = await emittedLedger()
  const candidate = (name: string, step: (ledger: Ledger) => unknown): Candidate => ({
    name,
    prepare: () => [JSON.parse(text)],
    run: (ledgers: readonly Ledger[]) => {
      let last: unknown
      for (const ledger of ledgers) last = step(ledger)
      return last
    },
  })
  const measured = await interleave(
    [
      candidate("fmap", ledger => fmap.transform({ ledger })),
      candidate("float by hand", ledgerByHand(floatTotals)),
      candidate("big.js by hand", ledgerByHand(bigTotals())),
    ],
    effort,
  )
  return {
    markdown: [
      `### Ledger to facts: ${lines.toLocaleString("en")} lines joined to 200 accounts, grouped by three keys`,
      table(
        ["", "ns a line", "quartiles", "÷ fmap"],
        measured.map(({ name, rounds }) => {
          const each = (share: number) => figure(quantile(rounds, share) / lines)
          return [name, each(0.5), `${each(0.25)}–${each(0.75)}`, figure(ratio(measured, name, "fmap"))]
        }),
      ),
    ].join("\n\n"),
    ratios: new Map([
      ["R2 facts float", ratio(measured, "fmap", "float by hand")],
      ["R2 facts big.js", ratio(measured, "fmap", "big.js by hand")],
    ]),
  }
}
