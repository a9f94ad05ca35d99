// A recorded input made as small as still shows a difference. Flows in: the input, the path that differs, how both versions are run. Flows out: an input without what the difference
// does not need. Bounded: after so many tries what is left is small enough.
import type { RecordedInput, RunBoth } from "./run-both.ts"

const mostTries = 200

export function minimised(recorded: RecordedInput, path: string, both: RunBoth): RecordedInput {
  let tries = 0
  const shows = (input: RecordedInput["input"]): boolean => {
    tries++
    const ran = both({ ...recorded, input })
    if (ran === null || ran.old.kind === "impossible" || ran.new.kind === "impossible") return false
    if (path !== "") return ran.differences.some(difference => difference.path === path)
    return ran.old.kind !== ran.new.kind || ran.differences.some(difference => difference.path === "")
  }
  let input: unknown = recorded.input
  let isSmaller = true
  while (isSmaller && tries < mostTries) {
    isSmaller = false
    for (const smaller of withoutOne(input)) {
      if (tries >= mostTries) break
      if (!isInput(smaller) || !shows(smaller)) continue
      input = smaller
      isSmaller = true
      break
    }
  }
  return isInput(input) ? { ...recorded, input } : recorded
}

function isInput(value: unknown): value is RecordedInput["input"] {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

/** Every way to take away one item of a list or one member of a record, the outermost first. */
function* withoutOne(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) yield value.toSpliced(i, 1)
    for (let i = 0; i < value.length; i++)
      for (const smaller of withoutOne(value[i])) yield value.with(i, smaller)
  } else if (isPlain(value)) {
    const entries = Object.entries(value)
    for (const [name] of entries) yield Object.fromEntries(entries.filter(([other]) => other !== name))
    for (const [name, member] of entries)
      for (const smaller of withoutOne(member))
        yield Object.fromEntries(entries.map(([other, kept]) => [other, other === name ? smaller : kept]))
  }
}

/** Exact numbers are values, not records. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
