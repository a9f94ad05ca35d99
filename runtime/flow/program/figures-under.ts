// What is known of a contract's values, as of a document that holds its records at a place. Flows in: facts of the contract, the place. Flows out: the figures, or nothing.
import type { Figures } from "../port/event.ts"
import type { ContractFacts } from "./maps.ts"

export function figuresUnder(
  { figures }: ContractFacts,
  place: readonly string[],
): { readonly figures?: Figures } {
  if (figures === undefined) return {}
  return {
    figures: {
      masked: figures.masked.map(path => [...place, ...path]),
      money: figures.money.map(({ path, currency }) => ({
        path: [...place, ...path],
        currency: "code" in currency ? currency : { ...currency, path: [...place, ...currency.path] },
      })),
    },
  }
}
