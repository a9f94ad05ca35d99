// What a pad adds. Flows in: a text, the length wanted and the filling; flows out: the filling, repeated and cut by code points.
import { textLength } from "../door/text-length.ts"
import { pointOffset } from "./point-offset.ts"

const longest = 10_000

export function filling(text: string, length: bigint, fill: string): string {
  const wanted = (length > longest ? longest : Number(length)) - textLength(text, "points")
  const step = textLength(fill, "points")
  if (wanted <= 0 || step === 0) return ""
  const repeated = fill.repeat(Math.ceil(wanted / step))
  return repeated.slice(0, pointOffset(repeated, BigInt(wanted)))
}
