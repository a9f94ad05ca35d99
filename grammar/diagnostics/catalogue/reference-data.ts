// FM315x, FM625x: reference data that depends on the day, on patterns of keys, or is asked the other way round.
import { entry } from "./entry.ts"

export const referenceData = {
  FM3150: entry<{ name: string }>({
    title: "Dated crosswalk without a day",
    severity: "error",
    message: p => `The rows of "${p.name}" hold for some days only, and this call does not say as of which.`,
  }),
  FM3151: entry<{ name: string }>({
    title: "Undated crosswalk with a day",
    severity: "error",
    message: p => `The rows of "${p.name}" hold on all days, so "as of" says nothing.`,
  }),
  FM3152: entry<{ name: string }>({
    title: "As of without a crosswalk",
    severity: "error",
    message: p => `"as of" belongs to the call of a dated crosswalk, and "${p.name}" is none.`,
  }),
  FM6250: entry<{ problem: string }>({
    title: "Effective clause",
    severity: "error",
    message: p =>
      `After "effective" stands "dated", then "until next" and the columns of the days if wanted: ${p.problem}.`,
  }),
  FM6251: entry<Record<never, never>>({
    title: "Day on a row of all days",
    severity: "error",
    message: () => "The rows of this crosswalk hold on all days, so this one cannot begin or end.",
  }),
  FM6252: entry<{ from: string; until: string }>({
    title: "Row ends before it begins",
    severity: "error",
    message: p => `This row begins on ${p.from} and ends on ${p.until}: it would never hold.`,
  }),
  FM6253: entry<{ key: string; days: string }>({
    title: "Two rows on one day",
    severity: "error",
    message: p => `Two rows have the key ${p.key} ${p.days}.`,
  }),
  FM6254: entry<{ key: string; days: string }>({
    title: "Ambiguous rows",
    severity: "error",
    message: p => `Two rows fit ${p.key}${p.days}, and neither is more specific.`,
  }),
  FM6255: entry<{ name: string }>({
    title: "File crosswalk in a contract",
    severity: "error",
    message: p =>
      `A contract is judged by itself, and the rows of "${p.name}" come from a file that only maps are handed.`,
  }),
  FM3153: entry<{ problem: string }>({
    title: "Crosswalk that cannot be asked back",
    severity: "error",
    message: p => `inverse(…) wants a crosswalk declared with "<->" and one of its values: ${p.problem}.`,
  }),
  FM6256: entry<{ problem: string }>({
    title: "Both ways impossible",
    severity: "error",
    message: p =>
      `A crosswalk with "<->" has one key and one value, and gives each for the other: ${p.problem}.`,
  }),
  FM6257: entry<{ value: string; days: string }>({
    title: "Two keys for one value",
    severity: "error",
    message: p => `Two keys have the value ${p.value}${p.days}, so asked back it would have two.`,
  }),
} as const
