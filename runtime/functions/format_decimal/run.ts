// Writes a figure as people do. Pure; see spec.ts for the promise.

export function format_decimal(figure: string, mark: string, group: string): string {
  const [whole = "", fraction] = figure.split(".")
  const sign = whole.startsWith("-") ? "-" : ""
  const digits = sign === "" ? whole : whole.slice(1)
  let grouped = digits
  if (group !== "") {
    const first = ((digits.length - 1) % 3) + 1
    const groups = [digits.slice(0, first)]
    for (let at = first; at < digits.length; at += 3) groups.push(digits.slice(at, at + 3))
    grouped = groups.join(group)
  }
  return `${sign}${grouped}${fraction === undefined ? "" : `${mark}${fraction}`}`
}
