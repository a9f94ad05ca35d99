// A name that nothing has. Flows in: what it should name, the name, and those there are. Flows out: a sentence with the likeliest of them, or all.
import { suggest } from "@fmap/grammar"

export function noSuch(what: string, name: string, known: readonly string[]): string {
  const names = [...new Set(known)]
  const meant = suggest(name, names)
  if (meant !== undefined) return `There is no ${what} "${name}". Did you mean "${meant}"?`
  return names.length === 0
    ? `There is no ${what} "${name}", nor any other.`
    : `There is no ${what} "${name}"; there are: ${names.join(", ")}.`
}
