// Every file of the platforms at hand imports, and what is printed compiles and is formatted.
import { printImported } from "@fmap/compiler/import"
import { describe, expect, test } from "vitest"
import { compiled } from "./compiled.ts"
import { imported, sharedFiles, sharedSource } from "./fixtures.ts"

const kinds = [
  ["salesforce", "salesforce/soqlMetadata/*.json"],
  [
    "salesforce",
    "derived/train/salesforce/describe/{Account,Opportunity,OpportunityContactRole}.describe.json",
  ],
  [
    "salesforce",
    "salesforce/describe/GET_sobjects_{Account,Opportunity,OpportunityContactRole}_describe.yaml",
  ],
  ["json", "derived/train/salesforce/describe/{Global,Organization}.describe.json"],
  ["json", "salesforce/describe/GET_sobjects_{Global_describe,Organization}.yaml"],
  ["openapi", "hubspot/*.yaml"],
  ["openapi", "anaplan/*-openapi.yaml"],
  ["openapi", "xero/*.yaml"],
  ["openapi", "workday/*.yml"],
  ["openapi", "zuora/*.yml"],
  ["openapi", "sap/openapi/*.json"],
  ["json-schema", "anaplan/*.json"],
  ["csv", "salesforce/seeds/*.csv"],
  ["csv", "netsuite/seeds/*.csv"],
  ["csv", "sap/seeds/*.csv"],
  ["csv", "stripe/seeds/*.csv"],
  ["csv", "derived/train/**/*.csv"],
  ["json", "stripe/*.json"],
  ["json", "derived/train/anaplan/*.json"],
  ["json", "derived/train/netsuite/**/*.json"],
  ["json", "derived/train/zuora/**/*.json"],
  ["json", "derived/train/dynamics/**/*.json"],
  ["json", "derived/train/salesforce/cdc/*.json"],
] as const

describe.each(kinds)("%s %s", (format, pattern) => {
  test.each(sharedFiles(pattern).map(path => [path]))("%s", path => {
    const found = imported(sharedSource(path))
    expect(found.format).toBe(format)
    const text = printImported(found.imported)
    compiled(text)
    expect(found.imported.declarations.some(declaration => declaration.kind === "contract")).toBe(true)
  })
})
