// Chaos on the command line of a rehearsal. Flows in: the words of a program. Flows out: the number behind `--chaos`, 1 where there is none, undefined without the word.

/** Throws a RangeError where what stands behind `--chaos` is no whole number. */
export function seedOf(words: readonly string[]): number | undefined {
  const at = words.indexOf("--chaos")
  if (at === -1) return undefined
  const text = words[at + 1] ?? "1"
  if (!/^\d{1,9}$/u.test(text)) throw new RangeError(`--chaos wants a whole number: ${text}`)
  return Number(text)
}
