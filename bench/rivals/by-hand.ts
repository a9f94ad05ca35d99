// The workload written by hand, as a careful team writes it in TypeScript: tables, small helpers, no validation. Flows in: an order
// and a way to compute; flows out: the NetSuite body with its members in the same order as the emitted map's.
import {
  classes,
  countryNames,
  currencies,
  departments,
  locations,
  statuses,
  subsidiaries,
  taxCodes,
  taxRates,
  terms,
  units,
} from "../order/lists.ts"
import type { Arithmetic } from "./arithmetic.ts"
import type { Line, Order } from "./payload.ts"

/** Each arithmetic gets a function of its own, so that no rival pays for another's types. */
export function byHand<N>(numbers: Arithmetic<N>): (order: Order) => unknown {
  return order => {
    const lines = order.OrderItems.records.map((line, index) => {
      const net = numbers.net(line.Quantity, line.UnitPrice, line.DiscountPct__c)
      const tax = line.IsTaxable__c ? numbers.tax(net, must(taxRates, line.TaxCode__c)) : numbers.zero
      return { net, tax, body: body(line, index, net, tax) }
    })
    const subtotal = lines.reduce((sum, { net }) => numbers.add(sum, net), numbers.zero)
    const taxTotal = lines.reduce((sum, { tax }) => numbers.add(sum, tax), numbers.zero)
    if (!numbers.equal(subtotal, order.TotalAmount))
      throw new Error(`order ${order.Id}: lines do not add up to the header total`)
    return {
      externalId: `SF-${order.OrderNumber}`,
      tranId: order.OrderNumber,
      tranDate: american(order.EffectiveDate),
      ...(order.PoNumber && { otherRefNum: order.PoNumber }),
      status: must(statuses, order.Status),
      entity: { externalId: order.Account.AccountNumber },
      subsidiary: { id: must(subsidiaries, order.BillingCountry) },
      currency: { id: must(currencies, order.CurrencyIsoCode) },
      exchangeRate: numbers.out(order.ExchangeRate__c, 6),
      memo: cut(`${order.Name} / ${order.Description}`, 80),
      terms: { id: must(terms, order.PaymentTerms__c) },
      salesRepEmail: order.Owner.Email,
      billingAddress: {
        attention: cut(order.Account.Name, 40),
        addr1: cut(order.BillingStreet, 50),
        city: order.BillingCity,
        zip: order.BillingPostalCode,
        country: must(countryNames, order.BillingCountry),
      },
      shippingAddress: {
        attention: cut(order.Account.Name, 40),
        addr1: cut(order.ShippingStreet, 50),
        city: order.ShippingCity,
        zip: order.ShippingPostalCode,
        country: must(countryNames, order.ShippingCountry),
      },
      ...(order.Type === "Subscription" && {
        startDate: american(order.EffectiveDate),
        ...(order.EndDate && { endDate: american(order.EndDate) }),
      }),
      createdDate: utc(order.CreatedDate),
      lastModifiedDate: utc(order.LastModifiedDate),
      custbody_sf_id: order.Id,
      custbody_type: order.Type,
      custbody_industry: order.Account.Industry,
      toBeEmailed: order.Owner.Email.includes("@"),
      lineCount: lines.length,
      subtotal: numbers.out(subtotal, 2),
      taxTotal: numbers.out(taxTotal, 2),
      total: numbers.out(numbers.add(subtotal, taxTotal), 2),
      item: { items: lines.map(line => line.body) },
    }
  }

  function body(line: Line, index: number, net: N, tax: N) {
    return {
      line: index + 1,
      item: { externalId: line.Product2.ProductCode },
      description: cut(line.Description, 60),
      quantity: numbers.out(line.Quantity, 4),
      units: { id: must(units, line.UnitOfMeasure__c) },
      rate: numbers.out(line.UnitPrice, 4),
      amount: numbers.out(net, 2),
      taxCode: { id: must(taxCodes, line.TaxCode__c) },
      taxAmount: numbers.out(tax, 2),
      department: { id: must(departments, line.Department__c) },
      class: { id: must(classes, line.Class__c) },
      location: { id: must(locations, line.Location__c) },
      isTaxable: line.IsTaxable__c ? "T" : "F",
      custcol_discount: numbers.out(line.DiscountPct__c, 2),
      custcol_sf_line: line.Id,
      ...(line.RevenueCategory__c === "Ratable" && {
        revRecStart: american(line.ServiceDate),
        ...(line.EndDate && { revRecEnd: american(line.EndDate) }),
      }),
      ...(line.ProjectId__c && { custcol_project: line.ProjectId__c }),
    }
  }
}

function must(table: { readonly [name: string]: string }, key: string): string {
  const value = table[key]
  if (value === undefined) throw new Error(`no mapping for ${key}`)
  return value
}

function cut(text: string, length: number): string {
  return text.length > length ? text.slice(0, length) : text
}

/** 2026-03-31 to 03/31/2026. */
function american(date: string): string {
  const [year, month, day] = date.split("-")
  return `${month}/${day}/${year}`
}

/** 2026-03-31T09:00:00.000+0000 to 2026-03-31T09:00:00Z. */
function utc(instant: string): string {
  return new Date(instant.replace("+0000", "Z")).toISOString().replace(".000Z", "Z")
}
