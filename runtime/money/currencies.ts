// ISO 4217: which codes are currencies and how many digits after the point each has. Flows in: a code; flows out: a count.
// Active codes of List One, funds codes included, historic ones (DEM, HRK, BGN …) not. Codes without minor units (gold, test,
// no currency) are currencies whose minor units are undefined.

/** The day the table was true: after Bulgaria's change to the euro and with XCG, XAD and ZWG. Recorded with every result. */
export const currencyTableDate = "2026-01-01"

const byDigits: readonly (readonly [digits: number | undefined, codes: readonly string[]])[] = [
  [0, ["BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"]],
  [
    2,
    [
      "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE",
      "CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD",
      "HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK",
      "MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD",
      "RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH",
      "USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG",
    ],
  ],
  [3, ["BHD IQD JOD KWD LYD OMR TND"]],
  [4, ["CLF UYW"]],
  [undefined, ["XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"]],
]

const table: ReadonlyMap<string, number | undefined> = new Map(
  byDigits.flatMap(([digits, lines]) =>
    lines.flatMap(line => line.split(" ").map(code => [code, digits] as const)),
  ),
)

/** Digits after the point of an active currency, 0 to 4; undefined for unknown codes and for those without minor units (XAU). */
export function minorUnits(code: string): number | undefined {
  return table.get(code)
}

/** Is it an active ISO 4217 code, in upper case? */
export function isCurrency(code: string): boolean {
  return table.has(code)
}

/** All codes of the table, in groups of equal minor units. */
export function currencyCodes(): readonly string[] {
  return [...table.keys()]
}
