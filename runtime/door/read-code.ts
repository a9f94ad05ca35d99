// Currency, country and language codes at the door. Flows in: a payload value and its wire form; flows out: the code in
// its published case (EUR, DE, de). Lists: money/currencies.ts, codes/.
import { isCountry } from "../codes/countries.ts"
import { isLanguage } from "../codes/languages.ts"
import { isCurrency } from "../money/currencies.ts"
import { describeValue } from "./describe-value.ts"
import { type Refused, refuse } from "./refused.ts"
import type { CodeSpec } from "./spec.ts"

/** An active ISO 4217 code, three upper case letters inside. */
export function readCurrency(value: unknown, spec: CodeSpec): string | Refused {
  if (typeof value !== "string") return wrongType("currency", value)
  const code = upperFromWire(value, spec)
  if (code !== undefined && isCurrency(code)) return code
  return refuse("UNKNOWN_CURRENCY", `Expected a currency code of ISO 4217${caseHint(spec, "upper")}.`)
}

/** An ISO 3166-1 alpha-2 code, two upper case letters inside. */
export function readCountry(value: unknown, spec: CodeSpec): string | Refused {
  if (typeof value !== "string") return wrongType("country", value)
  const code = upperFromWire(value, spec)
  if (code !== undefined && isCountry(code)) return code
  return refuse("UNKNOWN_COUNTRY", `Expected a country code of ISO 3166-1 alpha-2${caseHint(spec, "upper")}.`)
}

/** An ISO 639-1 code, two lower case letters inside and on the wire. */
export function readLanguage(value: unknown, _spec: CodeSpec): string | Refused {
  if (typeof value !== "string") return wrongType("language", value)
  if (isLanguage(value)) return value
  return refuse("UNKNOWN_LANGUAGE", "Expected a language code of ISO 639-1 in lower case.")
}

// a `lower` wire holds lower case only; anything else did not come from that wire
function upperFromWire(value: string, spec: CodeSpec): string | undefined {
  if (spec.wire === "plain") return value
  return /^[a-z]{2,3}$/.test(value) ? value.toUpperCase() : undefined
}

function caseHint(spec: CodeSpec, plain: "upper"): string {
  return ` in ${spec.wire === "lower" ? "lower" : plain} case`
}

function wrongType(what: string, value: unknown): Refused {
  return refuse("WRONG_TYPE", `Expected a ${what} code, found ${describeValue(value)}.`)
}
