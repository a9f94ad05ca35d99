// A number of a source as the language writes it. Flows in: JSON number text, `1e6`, `-0.50`, `+3`. Flows out: digits with at
// most one point and no exponent, or null where it is no number or one nobody would write out. Never through a float.

const longest = 60

export function plainNumber(text: string): string | null {
  const found = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?\s*$/.exec(text)
  if (found === null) return null
  const [, sign = "", whole = "", fraction = "", exponentText = "0"] = found
  if (whole === "" && fraction === "") return null
  const digits = whole + fraction
  const point = whole.length + Number(exponentText)
  if (Math.abs(point) > longest || digits.length > longest) return null
  const padded = point <= 0 ? "0".repeat(1 - point) + digits : digits.padEnd(point, "0")
  const at = point <= 0 ? 1 : point
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, "")
  const right = padded.slice(at).replace(/0+$/, "")
  const value = right === "" ? left : `${left}.${right}`
  return sign === "-" && /[1-9]/.test(value) ? `-${value}` : value
}

/** A whole number as text, or null. */
export function plainInteger(text: string): string | null {
  const number = plainNumber(text)
  return number === null || number.includes(".") ? null : number
}

/** -1, 0, 1 for plain numbers. */
export function comparePlain(a: string, b: string): number {
  const [negativeA, negativeB] = [a.startsWith("-"), b.startsWith("-")]
  if (negativeA !== negativeB) return negativeA ? -1 : 1
  const side = comparePositive(a.replace("-", ""), b.replace("-", ""))
  return negativeA ? -side : side
}

function comparePositive(a: string, b: string): number {
  const [wholeA = "", fractionA = ""] = a.split(".")
  const [wholeB = "", fractionB = ""] = b.split(".")
  if (wholeA.length !== wholeB.length) return wholeA.length < wholeB.length ? -1 : 1
  const left = wholeA + fractionA.padEnd(fractionB.length, "0")
  const right = wholeB + fractionB.padEnd(fractionA.length, "0")
  return left < right ? -1 : left > right ? 1 : 0
}
