// Random Salesforce orders as JSON text. Flows in: a seed and how amounts stand; flows out: about nine kilobytes of JSON whose
// header total is the exact sum of its lines. The same seed gives the same order for ever.
import { divideRounded } from "@fmap/runtime"
import {
  classes,
  countryNames,
  currencies,
  departments,
  locations,
  statuses,
  taxCodes,
  terms,
  units,
} from "./lists.ts"
import { type Random, random } from "./random.ts"

export type Amounts = "text" | "number"

const words =
  'annual licence for the platform with extended support including onboarding, training & data migration (phase 1) – Müller GmbH "Gold" tier'.split(
    " ",
  )

/** `seed` 1… makes one order; amounts are decimal texts or JSON numbers of at most 15 digits. */
export function orderText(seed: number, amounts: Amounts, lineCount = 10): string {
  const r = random(seed)
  const amount = (scaled: bigint, scale: number) => {
    const text = decimal(scaled, scale)
    return amounts === "text" ? text : Number(text)
  }
  const country = r.pick(Object.keys(countryNames))
  const lines = Array.from({ length: lineCount }, () => line(r, amount))
  const id = r.id("801")
  return JSON.stringify({
    attributes: { type: "Order", url: `/services/data/v61.0/sobjects/Order/${id}` },
    Id: id,
    OrderNumber: String(r.between(10_000_000, 99_999_999)),
    Name: phrase(r, 6),
    Status: r.pick(Object.keys(statuses)),
    Type: r.pick(["New", "Renewal", "Subscription"]),
    EffectiveDate: day(r),
    EndDate: r.chance(0.7) ? day(r) : null,
    AccountId: r.id("001"),
    Account: {
      attributes: { type: "Account" },
      Name: phrase(r, 2),
      AccountNumber: `C${r.between(100_000, 999_999)}`,
      Industry: r.pick(["Banking", "Retail", "Energy"]),
      ParentId: null,
    },
    ContractId: r.id("800"),
    Pricebook2Id: r.id("01s"),
    CurrencyIsoCode: r.pick(Object.keys(currencies)),
    ExchangeRate__c: amount(BigInt(r.between(500_000, 2_000_000)), 6),
    TotalAmount: amount(
      lines.reduce((sum, { net }) => sum + net, 0n),
      2,
    ),
    OwnerId: r.id("005"),
    Owner: {
      attributes: { type: "User" },
      Name: phrase(r, 2),
      Email: `user${r.between(1, 999)}@example.com`,
    },
    PoNumber: r.chance(0.8) ? `PO-${r.between(1_000, 99_999)}` : null,
    Description: phrase(r, 12),
    BillingStreet: `${phrase(r, 3)} ${r.between(1, 200)}`,
    BillingCity: r.pick(Object.keys(locations)),
    BillingState: null,
    BillingPostalCode: String(r.between(10_000, 99_999)),
    BillingCountry: country,
    ShippingStreet: `${phrase(r, 3)} ${r.between(1, 200)}`,
    ShippingCity: r.pick(Object.keys(locations)),
    ShippingState: null,
    ShippingPostalCode: String(r.between(10_000, 99_999)),
    ShippingCountry: r.pick(Object.keys(countryNames)),
    PaymentTerms__c: r.pick(Object.keys(terms)),
    IsReductionOrder: false,
    ActivatedDate: instant(r),
    CreatedDate: instant(r),
    LastModifiedDate: instant(r),
    OrderItems: { totalSize: lineCount, done: true, records: lines.map(({ wire }) => wire) },
  })
}

function line(r: Random, amount: (scaled: bigint, scale: number) => string | number) {
  const quantity = BigInt(r.between(1, 5_000_000))
  const price = BigInt(r.between(100, 99_999_999))
  const discount = BigInt(r.between(0, 4_000))
  // digits after the point: 4 + 4 + 4, of which 2 stay
  const net = divideRounded(quantity * price * (10_000n - discount), 10_000_000_000n, "half_even") ?? 0n
  const id = r.id("802")
  const wire = {
    attributes: { type: "OrderItem", url: `/services/data/v61.0/sobjects/OrderItem/${id}` },
    Id: id,
    OrderItemNumber: String(r.between(1_000_000, 1_999_999)),
    Product2Id: r.id("01t"),
    Product2: {
      attributes: { type: "Product2" },
      ProductCode: `SKU-${r.between(1_000, 9_999)}`,
      Name: phrase(r, 4),
      Family: r.pick(Object.keys(classes)),
    },
    Quantity: amount(quantity, 4),
    UnitPrice: amount(price, 4),
    ListPrice: amount(price + 1_000n, 4),
    TotalPrice: amount(net, 2),
    DiscountPct__c: amount(discount, 2),
    TaxCode__c: r.pick(Object.keys(taxCodes)),
    ServiceDate: day(r),
    EndDate: r.chance(0.6) ? day(r) : null,
    Description: phrase(r, r.between(4, 14)),
    Department__c: r.pick(Object.keys(departments)),
    Class__c: r.pick(Object.keys(classes)),
    Location__c: r.pick(Object.keys(locations)),
    IsTaxable__c: r.chance(0.8),
    UnitOfMeasure__c: r.pick(Object.keys(units)),
    ProjectId__c: r.chance(0.3) ? `PRJ-${r.between(100, 999)}` : null,
    RevenueCategory__c: r.pick(["Ratable", "PointInTime"]),
    CreatedDate: instant(r),
  }
  return { net, wire }
}

function phrase(r: Random, count: number): string {
  return Array.from({ length: count }, () => r.pick(words)).join(" ")
}

function day(r: Random): string {
  return `20${r.between(23, 26)}-${two(r.between(1, 12))}-${two(r.between(1, 28))}`
}

/** As Salesforce writes instants. */
function instant(r: Random): string {
  return `${day(r)}T${two(r.between(0, 23))}:${two(r.between(0, 59))}:${two(r.between(0, 59))}.000+0000`
}

function two(value: number): string {
  return String(value).padStart(2, "0")
}

function decimal(scaled: bigint, scale: number): string {
  const digits = String(scaled).padStart(scale + 1, "0")
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
