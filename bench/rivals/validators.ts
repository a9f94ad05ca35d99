// Validators over the fields of the order that the map reads, with the same limits. Flows in: how amounts stand; flows out: functions
// that say whether an order is right. Written by hand, as people would for this contract.
import { Ajv } from "ajv"
import addFormats from "ajv-formats"
import { z } from "zod"
import { countryNames, currencies } from "../order/lists.ts"
import type { Amounts } from "../order/order-text.ts"

type Schema = { readonly [keyword: string]: unknown }

const instant = "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000$"
const decimalPattern = "^-?\\d{1,14}(\\.\\d{1,6})?$"
const statuses = ["Draft", "Activated", "Cancelled", "Expired"]
const types = ["New", "Renewal", "Subscription"]
const categories = ["Ratable", "PointInTime"]

export function ajvValidator(amounts: Amounts): (payload: unknown) => boolean {
  const ajv = new Ajv()
  addFormats.default(ajv, ["date"])
  return ajv.compile(schema(amounts))
}

function schema(amounts: Amounts): Schema {
  const figure = amounts === "text" ? { type: "string", pattern: decimalPattern } : { type: "number" }
  const date = { type: "string", format: "date" }
  const line = object({
    Id: { type: "string", minLength: 18, maxLength: 18 },
    Product2: object({ ProductCode: text(60) }),
    Quantity: figure,
    UnitPrice: figure,
    DiscountPct__c: figure,
    TaxCode__c: text(10),
    ServiceDate: date,
    EndDate: { ...date, type: ["string", "null"] },
    Description: text(4_000),
    Department__c: text(40),
    Class__c: text(40),
    Location__c: text(40),
    IsTaxable__c: { type: "boolean" },
    UnitOfMeasure__c: text(20),
    ProjectId__c: { type: ["string", "null"], maxLength: 40 },
    RevenueCategory__c: { enum: categories },
  })
  return object({
    Id: { type: "string", minLength: 18, maxLength: 18 },
    OrderNumber: text(30),
    Name: text(255),
    Status: { enum: statuses },
    Type: { enum: types },
    EffectiveDate: date,
    EndDate: { ...date, type: ["string", "null"] },
    Account: object({ Name: text(255), AccountNumber: text(40), Industry: text(40) }),
    CurrencyIsoCode: { enum: Object.keys(currencies) },
    ExchangeRate__c: figure,
    TotalAmount: figure,
    Owner: object({ Email: text(80) }),
    PoNumber: { type: ["string", "null"], maxLength: 40 },
    Description: text(4_000),
    BillingStreet: text(255),
    BillingCity: text(255),
    BillingPostalCode: text(255),
    BillingCountry: { enum: Object.keys(countryNames) },
    ShippingStreet: text(255),
    ShippingCity: text(255),
    ShippingPostalCode: text(255),
    ShippingCountry: { enum: Object.keys(countryNames) },
    PaymentTerms__c: text(40),
    CreatedDate: { type: "string", pattern: instant },
    LastModifiedDate: { type: "string", pattern: instant },
    OrderItems: object({ records: { type: "array", items: line } }),
  })
}

function text(maxLength: number): Schema {
  return { type: "string", maxLength }
}

function object(properties: Schema): Schema {
  return { type: "object", properties, required: Object.keys(properties) }
}

export function zodValidator(amounts: Amounts): (payload: unknown) => boolean {
  const short = (length: number) => z.string().max(length)
  const figure = amounts === "text" ? z.string().regex(new RegExp(decimalPattern)) : z.number()
  const time = z.string().regex(new RegExp(instant))
  const line = z.object({
    Id: z.string().length(18),
    Product2: z.object({ ProductCode: short(60) }),
    Quantity: figure,
    UnitPrice: figure,
    DiscountPct__c: figure,
    TaxCode__c: short(10),
    ServiceDate: z.iso.date(),
    EndDate: z.iso.date().nullable(),
    Description: short(4_000),
    Department__c: short(40),
    Class__c: short(40),
    Location__c: short(40),
    IsTaxable__c: z.boolean(),
    UnitOfMeasure__c: short(20),
    ProjectId__c: short(40).nullable(),
    RevenueCategory__c: z.enum(categories),
  })
  const order = z.object({
    Id: z.string().length(18),
    OrderNumber: short(30),
    Name: short(255),
    Status: z.enum(statuses),
    Type: z.enum(types),
    EffectiveDate: z.iso.date(),
    EndDate: z.iso.date().nullable(),
    Account: z.object({ Name: short(255), AccountNumber: short(40), Industry: short(40) }),
    CurrencyIsoCode: z.enum(Object.keys(currencies)),
    ExchangeRate__c: figure,
    TotalAmount: figure,
    Owner: z.object({ Email: short(80) }),
    PoNumber: short(40).nullable(),
    Description: short(4_000),
    BillingStreet: short(255),
    BillingCity: short(255),
    BillingPostalCode: short(255),
    BillingCountry: z.enum(Object.keys(countryNames)),
    ShippingStreet: short(255),
    ShippingCity: short(255),
    ShippingPostalCode: short(255),
    ShippingCountry: z.enum(Object.keys(countryNames)),
    PaymentTerms__c: short(40),
    CreatedDate: time,
    LastModifiedDate: time,
    OrderItems: z.object({ records: z.array(line) }),
  })
  return payload => order.safeParse(payload).success
}
