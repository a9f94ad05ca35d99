// The value maps of the workload as the hand-written rivals use them. They say the same as lists.fmap; a test compares the results.
type Names = { readonly [name: string]: string }

export const countryNames: Names = {
  DE: "_germany",
  FR: "_france",
  US: "_unitedStates",
  GB: "_unitedKingdom",
  NL: "_netherlands",
  ES: "_spain",
  IT: "_italy",
  CH: "_switzerland",
  SE: "_sweden",
  PL: "_poland",
}

export const subsidiaries: Names = {
  DE: "3",
  FR: "4",
  US: "1",
  GB: "5",
  NL: "6",
  ES: "7",
  IT: "8",
  CH: "9",
  SE: "10",
  PL: "11",
}

export const currencies: Names = { EUR: "4", USD: "1", GBP: "2", CHF: "6", SEK: "7", PLN: "8" }

export const statuses: Names = {
  Draft: "_pendingApproval",
  Activated: "_pendingFulfillment",
  Cancelled: "_cancelled",
  Expired: "_closed",
}

export const terms: Names = {
  "Net 15": "1",
  "Net 30": "2",
  "Net 45": "9",
  "Net 60": "3",
  "Due on receipt": "4",
}

export const units: Names = { Each: "1", Hour: "2", Month: "3", Year: "4", Box: "5" }

export const taxCodes: Names = { S19: "12", S7: "13", Z0: "14", S20: "15", S8875: "16" }

/** In percent. */
export const taxRates: Names = { S19: "19", S7: "7", Z0: "0", S20: "20", S8875: "8.875" }

export const departments: Names = {
  Sales: "101",
  Services: "102",
  Support: "103",
  "R&D": "104",
  Marketing: "105",
  Ops: "106",
  Finance: "107",
  HR: "108",
}

export const classes: Names = {
  Software: "21",
  Hardware: "22",
  Subscription: "23",
  Training: "24",
  Consulting: "25",
}

export const locations: Names = {
  Berlin: "31",
  Paris: "32",
  London: "33",
  "New York": "34",
  Zurich: "35",
  Stockholm: "36",
  Warsaw: "37",
  Madrid: "38",
}
