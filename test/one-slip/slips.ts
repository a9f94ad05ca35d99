// Payloads with one thing wrong in them, or only different: a member that is not there, a figure with more digits, another key of a crosswalk, a day of
// another century. Flows in: a payload and the keys and members its project knows. Flows out: payloads, each with where and what.
import { isExactNumber } from "@fmap/runtime"

export interface Slip {
  /** `/lines/0/amount`, of all inputs: its first step names the input. */
  readonly pointer: string
  readonly what: string
  readonly payload: unknown
}

/** Of a list the first item is walked, and the last. `columns`: texts that stand for each other, as the keys of one crosswalk do. */
export function slipsOf(payload: unknown, columns: readonly ReadonlySet<string>[]): readonly Slip[] {
  return at(payload, "", columns)
}

function at(value: unknown, pointer: string, columns: readonly ReadonlySet<string>[]): readonly Slip[] {
  const slip = (what: string, changed: unknown): Slip => ({ pointer, what, payload: changed })
  if (typeof value === "number" || isExactNumber(value))
    return figures(String(value)).map(([what, text]) => slip(what, JSON.parse(text)))
  if (typeof value === "boolean") return [slip("the other truth", !value)]
  if (typeof value === "string") return texts(value, columns).map(([what, text]) => slip(what, text))
  if (Array.isArray(value)) {
    const items = [...new Set([0, value.length - 1])].filter(i => i >= 0)
    return [
      ...(value.length > 0 ? [slip("no item", []), slip("the first item twice", [value[0], ...value])] : []),
      ...(value.length > 1 ? [slip("the other way round", value.toReversed())] : []),
      ...items.flatMap(i =>
        at(value[i], `${pointer}/${i}`, columns).map(inner => ({
          ...inner,
          payload: value.with(i, inner.payload),
        })),
      ),
    ]
  }
  if (typeof value !== "object" || value === null) return []
  const members = Object.entries(value)
  return members.flatMap(([name, of]) => [
    {
      pointer: `${pointer}/${name}`,
      what: "not there",
      payload: Object.fromEntries(members.filter(([other]) => other !== name)),
    },
    ...at(of, `${pointer}/${name}`, columns).map(inner => ({
      ...inner,
      payload: { ...value, [name]: inner.payload },
    })),
  ])
}

/** A tie, a bit more than a coin, the other sign, nothing, and what is longer than any column. */
function figures(text: string): readonly (readonly [what: string, text: string])[] {
  if (/e/iu.test(text)) return []
  const whole = text.split(".", 1)[0] ?? "0"
  return [
    ["ends in .125", `${whole}.125`],
    ["ends in .001", `${whole}.001`],
    ["with its sign turned", text.startsWith("-") ? text.slice(1) : `-${text}`],
    ["zero", "0"],
    ["one more", text.includes(".") || text.length > 14 ? text : String(Number(text) + 1)],
  ]
}

function texts(
  text: string,
  columns: readonly ReadonlySet<string>[],
): readonly (readonly [what: string, text: string])[] {
  if (/^-?\d+\.\d+$/u.test(text)) return figures(text)
  const day = /^\d{4}-\d\d-\d\d/u.test(text)
  const others = new Set(columns.filter(column => column.has(text)).flatMap(column => [...column]))
  others.delete(text)
  return [
    ["empty", ""],
    ["with an x", `${text}x`],
    ...(text.length < 40 ? [["very long", `${text}${"x".repeat(400)}`] as const] : []),
    ...(day
      ? [
          ["in 1899", `1899${text.slice(4)}`] as const,
          ["in 2099", `2099${text.slice(4)}`] as const,
          ["on the last of the year", `${text.slice(0, 4)}-12-31${text.slice(10)}`] as const,
        ]
      : []),
    ...[...others].map(other => [`is ${JSON.stringify(other)}`, other] as const),
  ]
}
