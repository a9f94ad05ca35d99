// FM5xxx: money, units, rounding.
import { entry } from "./entry.ts"

export const finance = {
  FM5101: entry<{ left: string; right: string; operator: string }>({
    title: "Two currencies",
    severity: "error",
    message: p =>
      `\`${p.operator}\` joins amounts in ${p.left} and in ${p.right}, which nothing proves to be the same.`,
  }),
  FM5102: entry<{ field: string; wanted: string; found: string }>({
    title: "Amount in another currency",
    severity: "error",
    message: p =>
      `"${p.field}" holds amounts in ${p.wanted}, and this amount is in ${p.found}; nothing proves the two to be the same.`,
  }),
  FM5103: entry<{ what: string; lacks: "currency" | "unit" }>({
    title: "Figure without a currency",
    severity: "error",
    message: p =>
      p.lacks === "currency"
        ? `${p.what} has no currency, and an amount is wanted.`
        : `${p.what} has no unit, and a quantity is wanted.`,
  }),
  FM5104: entry<Record<never, never>>({
    title: "Money times money",
    severity: "error",
    message: () => "Two amounts cannot be multiplied with each other.",
  }),
  FM5105: entry<{ code: string }>({
    title: "Unknown currency",
    severity: "error",
    message: p => `"${p.code}" is not a currency of ISO 4217.`,
  }),
  FM5106: entry<{ scale: number; currency: string; minor: number }>({
    title: "Scale is not the currency's",
    severity: "error",
    message: p =>
      `${p.currency} has ${p.minor} minor digits and this rounds to ${p.scale}; say why with \`because\`.`,
  }),
  FM5107: entry<{ scale: number }>({
    title: "Fixed scale for a varying currency",
    severity: "warning",
    message: p =>
      `Rounding to ${p.scale} digits is wrong for currencies with other minor units; \`minor\` follows the currency.`,
  }),
  FM5108: entry<{ list: string }>({
    title: "Sum over several currencies",
    severity: "error",
    message: p => `The amounts of ${p.list} may each be in a currency of their own, so they have no sum.`,
  }),
  FM5109: entry<{ what: string }>({
    title: "Minor units of what is no money",
    severity: "error",
    message: p => `\`minor\` is the minor unit of a currency, and ${p.what} has none.`,
  }),
  FM5161: entry<{ rate: string; amount: string }>({
    title: "Rate of another pair",
    severity: "error",
    message: p => `This rate is ${p.rate}, and the amount to convert is in ${p.amount}.`,
  }),
  FM5162: entry<{ wanted: string; found: string }>({
    title: "Two pairs of currencies",
    severity: "error",
    message: p => `Wanted is ${p.wanted}, and this is ${p.found}; nothing proves the two to be the same.`,
  }),
  FM5163: entry<{ operator: string }>({
    title: "Arithmetic with a rate",
    severity: "error",
    message: p => `\`${p.operator}\` does not know in which direction a rate is quoted; \`convert\` does.`,
  }),
  FM5164: entry<{ name: string; wanted: string }>({
    title: "Value not named",
    severity: "error",
    message: p => `\`${p.name}\` wants ${p.wanted}.`,
  }),
  FM5165: entry<{ label: string; name: string }>({
    title: "Named value not taken",
    severity: "error",
    message: p => `\`${p.name}\` takes no value named "${p.label}".`,
  }),
  FM5166: entry<{ problem: string }>({
    title: "Step not understood",
    severity: "error",
    message: p => `An amount cannot be rounded to these steps: ${p.problem}.`,
  }),
  FM5160: entry<{ from: number; to: number; field: string }>({
    title: "Total finer than its parts",
    severity: "error",
    message: p =>
      `The total has ${p.from} digits after the point and "${p.field}" holds ${p.to}, so no parts add up to it.`,
  }),
} as const
