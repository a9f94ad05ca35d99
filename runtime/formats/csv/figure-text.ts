// Figures of a file that writes them its own way: a decimal comma, groups of three digits. Flows in: a cell; flows out: the same figure with a point and
// no groups, or undefined where it is none in that form. `1.5` where commas are said is none: nobody can know what it means.
import type { CsvTransport } from "../wire/wire-spec.ts"

type Form = Pick<CsvTransport, "decimal" | "grouping">

export function figureReader({ decimal, grouping }: Form): (cell: string) => string | undefined {
  const point = decimal === "comma" ? "," : "."
  if (point === "." && grouping === null) return cell => cell
  const escaped = (sign: string) => `\\u{${sign.codePointAt(0)?.toString(16) ?? ""}}`
  const groups = grouping === null ? "" : `|[0-9]{1,3}(?:${escaped(grouping)}[0-9]{3})+`
  const form = new RegExp(`^-?(?:[0-9]+${groups})(?:${escaped(point)}[0-9]+)?$`, "u")
  return cell => {
    if (!form.test(cell)) return undefined
    const whole = grouping === null ? cell : cell.split(grouping).join("")
    return whole.replace(point, ".")
  }
}

export function writtenFigure(text: string, { decimal }: Form): string {
  return decimal === "comma" ? text.replace(".", ",") : text
}
