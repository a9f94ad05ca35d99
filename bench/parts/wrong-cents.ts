// How often floats are wrong: orders whose result differs from the exact one. Flows in: how many orders; flows out: Markdown.
import { table } from "../harness/table.ts"
import { emittedOrder } from "../order/emitted.ts"
import { orderText } from "../order/order-text.ts"
import { bigArithmetic, decimalArithmetic, floatArithmetic } from "../rivals/arithmetic.ts"
import { byHand } from "../rivals/by-hand.ts"
import type { Order } from "../rivals/payload.ts"
import type { Part } from "./part.ts"

export async function wrongCentsPart(count: number): Promise<Part> {
  const fmap = await emittedOrder("text")
  const rivals = [
    { name: "float by hand", transform: byHand(floatArithmetic("text")), wrong: 0 },
    { name: "big.js by hand", transform: byHand(bigArithmetic("text")), wrong: 0 },
    { name: "decimal.js by hand", transform: byHand(decimalArithmetic("text")), wrong: 0 },
  ]
  for (let seed = 1; seed <= count; seed++) {
    const order: Order = JSON.parse(orderText(seed, "text"))
    const result = fmap.transform({ o: order })
    if (result.status !== "done") throw new Error(`order ${seed} was ${result.status}`)
    const exact = JSON.stringify(result.value)
    for (const rival of rivals) if (JSON.stringify(rival.transform(order)) !== exact) rival.wrong++
  }
  return {
    markdown: [
      `### Orders of ${count} whose result differs from fmap's`,
      table(
        ["", "orders"],
        rivals.map(({ name, wrong }) => [name, String(wrong)]),
      ),
    ].join("\n\n"),
    ratios: new Map(),
  }
}
