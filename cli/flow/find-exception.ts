// The exception a person means: by its number, or by the id of its event or the beginning of it. Flows in: the word and the ledger. Flows out: the exception, or a sentence.
import { eventsNamed, type Ledger, type QueuedException, queuedExceptions } from "@fmap/runtime/flow"
import { type Problem, problem } from "../terminal/problem.ts"

export type Found =
  | { readonly kind: "exception"; readonly exception: QueuedException }
  | { readonly kind: "problem"; readonly problem: Problem }

export async function findException(word: string, ledger: Ledger): Promise<Found> {
  const all = await ledger.run(() => queuedExceptions(true))
  const fits = /^#?\d{1,9}$/u.test(word)
    ? all.filter(({ number }) => number === Number(word.replace("#", "")))
    : all.filter(({ event }) => event.startsWith(word))
  const events = new Set(fits.map(({ event }) => event))
  if (events.size > 1)
    return {
      kind: "problem",
      problem: problem("FM8601", `Several events begin with ${word}; type more of the id.`),
    }
  const exception = fits.findLast(({ closedAt }) => closedAt === undefined) ?? fits.at(-1)
  if (exception !== undefined) return { kind: "exception", exception }
  const named = await ledger.run(() => eventsNamed(word))
  return {
    kind: "problem",
    problem: problem(
      "FM8601",
      named.length === 1 ? `Event ${named[0]} has no exception.` : `There is no exception ${word}.`,
    ),
  }
}
