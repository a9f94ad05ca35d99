// What the name of a field gives away. Flows in: a name as a platform spells it. Flows out: whether it sounds like an amount, a person or a
// bank detail. Guesses, which is why what they find can be allowed.

/** `BillingStreet__c` is billing, street. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/__c$/u, "")
    .split(/[^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})/u)
    .map(word => word.toLowerCase())
    .filter(word => word !== "")
}

const amounts = new Set([
  "amount",
  "price",
  "balance",
  "debit",
  "credit",
  "revenue",
  "cost",
  "fee",
  "subtotal",
  "total",
])
const noAmounts = new Set([
  "count",
  "quantity",
  "rate",
  "percent",
  "percentage",
  "days",
  "hours",
  "factor",
  "pct",
])

export function soundsLikeAmount(name: string): boolean {
  const words = wordsOf(name)
  return words.some(word => amounts.has(word)) && !words.some(word => noAmounts.has(word))
}

const personal =
  /(?:^| )(?:e ?mail|phone|mobile|fax|birth ?date|birth ?day|date of birth|ssn|social security|passport|gender|first ?name|last ?name|surname|given ?name|family ?name|street|addr ?1|address ?line ?1)(?: |$)/u

export function soundsPersonal(name: string): boolean {
  return personal.test(wordsOf(name).join(" "))
}

const bank =
  /(?:^| )(?:iban|bank ?account|account ?holder|card ?number|credit ?card|routing ?number|sort ?code|tax ?id|tax ?number|vat ?id|vat ?number|tin)(?: |$)/u

export function soundsLikeBank(name: string): boolean {
  return bank.test(wordsOf(name).join(" "))
}
