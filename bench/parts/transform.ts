// The order's transform and the whole way from text to text, by everybody. Flows in: the effort; flows out: Markdown and ratios.
import { parseExact } from "@fmap/runtime"
import { type Candidate, type Effort, interleave, type Measured } from "../harness/interleave.ts"
import { found, median, quantile, ratio } from "../harness/statistics.ts"
import { figure, table } from "../harness/table.ts"
import { emittedOrder } from "../order/emitted.ts"
import { type Amounts, orderText } from "../order/order-text.ts"
import { withoutChecks } from "../order/without-checks.ts"
import { bigArithmetic, decimalArithmetic, floatArithmetic } from "../rivals/arithmetic.ts"
import { byHand } from "../rivals/by-hand.ts"
import { inJsonata } from "../rivals/in-jsonata.ts"
import type { Order } from "../rivals/payload.ts"
import { ajvValidator, zodValidator } from "../rivals/validators.ts"
import type { Part } from "./part.ts"

/** Orders a batch, all different. */
const batch = 60
/** JSONata needs a hundredth of them to take as long. */
const slowBatch = 2

export async function transformPart(amounts: Amounts, effort: Effort): Promise<Part> {
  const texts = Array.from({ length: batch }, (_, i) => orderText(i + 1, amounts))
  const fmap = await emittedOrder(amounts)
  const unchecked = await withoutChecks(fmap.folder)
  const hand = {
    float: byHand(floatArithmetic(amounts)),
    big: byHand(bigArithmetic(amounts)),
    decimal: byHand(decimalArithmetic(amounts)),
  }
  const read = amounts === "text" ? (text: string): unknown => JSON.parse(text) : exactly

  const steps = await interleave(
    [
      fresh("fmap", texts, order => fmap.transform({ o: order })),
      fresh("fmap without the door's tests", texts, order => unchecked({ o: order })),
      fresh("float by hand", texts, order => hand.float(order as Order)),
      fresh("big.js by hand", texts, order => hand.big(order as Order)),
      fresh("decimal.js by hand", texts, order => hand.decimal(order as Order)),
      fresh("Ajv, validation alone", texts, ajvValidator(amounts)),
      fresh("zod, validation alone", texts, zodValidator(amounts)),
      fresh("fmap's validator, whole contract", texts, fmap.validate),
      ...(amounts === "number" ? [jsonataStep(texts)] : []),
    ],
    effort,
  )
  const ends = await interleave(
    [
      wholeWay("JSON.parse + JSON.stringify", texts, text => JSON.stringify(JSON.parse(text))),
      wholeWay("JSON.parse", texts, text => JSON.parse(text)),
      ...(amounts === "number" ? [wholeWay("parseExact", texts, exactly)] : []),
      wholeWay("fmap", texts, text => {
        const result = fmap.transform({ o: read(text) })
        return result.status === "done" ? JSON.stringify(result.value) : undefined
      }),
      wholeWay("fmap without the door's tests", texts, text => {
        const result = unchecked({ o: read(text) }) as { readonly value: unknown }
        return JSON.stringify(result.value)
      }),
      wholeWay("float by hand", texts, text => JSON.stringify(hand.float(JSON.parse(text)))),
      wholeWay("big.js by hand", texts, text => JSON.stringify(hand.big(JSON.parse(text)))),
      wholeWay("decimal.js by hand", texts, text => JSON.stringify(hand.decimal(JSON.parse(text)))),
      wholeWay("Ajv + float by hand", texts, ajvFirst(amounts, hand.float)),
    ],
    effort,
  )
  const title = `amounts as ${amounts}`
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / batch
  return {
    markdown: [
      `### Transform step, fresh objects, ${title}`,
      compared(steps, "fmap"),
      `### Text to text, ${title} (${figure(size / 1000)} KB an order)`,
      compared(ends, "JSON.parse + JSON.stringify"),
    ].join("\n\n"),
    ratios: ratiosOf(amounts, steps, ends),
  }
}

function ratiosOf(amounts: Amounts, steps: readonly Measured[], ends: readonly Measured[]): Part["ratios"] {
  const whole = ratio(ends, "fmap", "JSON.parse + JSON.stringify")
  if (amounts === "text")
    return new Map([
      ["R1 text", whole],
      ["R2 float text", ratio(steps, "fmap", "float by hand")],
      ["R2 big.js", ratio(steps, "fmap", "big.js by hand")],
      ["R2 decimal.js", ratio(steps, "fmap", "decimal.js by hand")],
      ["R5 step", ratio(steps, "fmap", "fmap without the door's tests")],
      ["R5 end", ratio(ends, "fmap", "fmap without the door's tests")],
      ["R5 Ajv", ratio(steps, "fmap", "Ajv, validation alone")],
    ])
  const jsonata = median(found(steps, "JSONata").rounds)
  const floor = median(found(ends, "JSON.parse + JSON.stringify").rounds)
  return new Map([
    ["R1 number", whole],
    ["R2 float number", ratio(steps, "fmap", "float by hand")],
    ["R4", ratio(steps, "JSONata", "fmap")],
    ["R4 end", (jsonata + floor) / median(found(ends, "fmap").rounds)],
    ["R6", ratio(ends, "parseExact", "JSON.parse")],
  ])
}

function exactly(text: string): unknown {
  const result = parseExact(text)
  return "ok" in result ? result.ok : undefined
}

/** Every order is parsed anew before each round: objects that were read before are quicker to read. */
function fresh(name: string, texts: readonly string[], step: (order: unknown) => unknown): Candidate {
  return {
    name,
    prepare: () => texts.map(text => JSON.parse(text)),
    run: (orders: readonly unknown[]) => {
      let last: unknown
      for (const order of orders) last = step(order)
      return last
    },
  }
}

function wholeWay(name: string, texts: readonly string[], step: (text: string) => unknown): Candidate {
  return {
    name,
    run: () => {
      let last: unknown
      for (const text of texts) last = step(text)
      return last
    },
  }
}

function jsonataStep(texts: readonly string[]): Candidate {
  const run = inJsonata()
  return {
    name: "JSONata",
    scale: batch / slowBatch,
    prepare: () => texts.slice(0, slowBatch).map(text => JSON.parse(text)),
    run: async (orders: readonly unknown[]) => {
      let last: unknown
      for (const order of orders) last = await run(order)
      return last
    },
  }
}

function ajvFirst(amounts: Amounts, transform: (order: Order) => unknown): (text: string) => unknown {
  const validate = ajvValidator(amounts)
  return text => {
    const order: unknown = JSON.parse(text)
    return validate(order) ? JSON.stringify(transform(order as Order)) : undefined
  }
}

function compared(measured: readonly Measured[], base: string): string {
  return table(
    ["", "µs an order", "quartiles", `÷ ${base}`],
    measured.map(({ name, rounds }) => {
      const each = (share: number) => figure(quantile(rounds, share) / batch / 1000)
      return [name, each(0.5), `${each(0.25)}–${each(0.75)}`, figure(ratio(measured, name, base))]
    }),
  )
}
