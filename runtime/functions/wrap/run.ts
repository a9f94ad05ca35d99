// Breaks a text into lines of a width. Pure; see spec.ts for the promise.

export function wrap(text: string, width: bigint, lines: bigint): readonly string[] | undefined {
  if (width < 1n) return undefined
  const most = Number(width)
  const found: string[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    breakLine(line, most, found)
    if (found.length > lines) return undefined
  }
  return found.length > 0 ? found : [""]
}

/** Words go on the line while they fit; one that is wider than a line goes on where the line ends. */
function breakLine(line: string, width: number, found: string[]): void {
  let current: string[] = []
  for (const word of line.split(" ")) {
    let points = [...word]
    if (points.length === 0) continue
    if (current.length > 0 && current.length + 1 + points.length > width) {
      found.push(current.join(""))
      current = []
    }
    if (current.length > 0) current.push(" ")
    while (current.length + points.length > width) {
      found.push(points.slice(0, width).join(""))
      points = points.slice(width)
    }
    current.push(...points)
  }
  if (current.length > 0) found.push(current.join(""))
}
