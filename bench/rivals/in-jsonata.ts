// The workload as one JSONata expression; its numbers are floats. Flows in: a parsed order; flows out: a promise of the body.
import jsonata from "jsonata"
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

const source = `(
  $american := function($d) { $substring($d, 5, 2) & "/" & $substring($d, 8, 2) & "/" & $substring($d, 0, 4) };
  $utc := function($i) { $substring($i, 0, 19) & "Z" };
  $lines := OrderItems.records#$at.(
    $net := $round(Quantity * UnitPrice * (1 - DiscountPct__c / 100), 2);
    {
      "line": $at + 1,
      "item": { "externalId": Product2.ProductCode },
      "description": $substring(Description, 0, 60),
      "quantity": Quantity,
      "units": { "id": $lookup($units, UnitOfMeasure__c) },
      "rate": UnitPrice,
      "amount": $net,
      "taxCode": { "id": $lookup($taxCodes, TaxCode__c) },
      "taxAmount": IsTaxable__c ? $round($net * $lookup($taxRates, TaxCode__c) / 100, 2) : 0,
      "department": { "id": $lookup($departments, Department__c) },
      "class": { "id": $lookup($classes, Class__c) },
      "location": { "id": $lookup($locations, Location__c) },
      "isTaxable": IsTaxable__c ? "T" : "F",
      "custcol_discount": DiscountPct__c,
      "custcol_sf_line": Id,
      "revRecStart": RevenueCategory__c = "Ratable" ? $american(ServiceDate),
      "revRecEnd": RevenueCategory__c = "Ratable" and EndDate != null ? $american(EndDate),
      "custcol_project": ProjectId__c != null ? ProjectId__c
    });
  $subtotal := $sum($lines.amount);
  $taxTotal := $sum($lines.taxAmount);
  $abs($subtotal - TotalAmount) > 0.1 ? $error("lines do not add up to the header total") : {
    "externalId": "SF-" & OrderNumber,
    "tranId": OrderNumber,
    "tranDate": $american(EffectiveDate),
    "otherRefNum": PoNumber != null ? PoNumber,
    "status": $lookup($statuses, Status),
    "entity": { "externalId": Account.AccountNumber },
    "subsidiary": { "id": $lookup($subsidiaries, BillingCountry) },
    "currency": { "id": $lookup($currencies, CurrencyIsoCode) },
    "exchangeRate": ExchangeRate__c,
    "memo": $substring(Name & " / " & Description, 0, 80),
    "terms": { "id": $lookup($terms, PaymentTerms__c) },
    "salesRepEmail": Owner.Email,
    "billingAddress": {
      "attention": $substring(Account.Name, 0, 40), "addr1": $substring(BillingStreet, 0, 50),
      "city": BillingCity, "zip": BillingPostalCode, "country": $lookup($countryNames, BillingCountry) },
    "shippingAddress": {
      "attention": $substring(Account.Name, 0, 40), "addr1": $substring(ShippingStreet, 0, 50),
      "city": ShippingCity, "zip": ShippingPostalCode, "country": $lookup($countryNames, ShippingCountry) },
    "startDate": Type = "Subscription" ? $american(EffectiveDate),
    "endDate": Type = "Subscription" and EndDate != null ? $american(EndDate),
    "createdDate": $utc(CreatedDate),
    "lastModifiedDate": $utc(LastModifiedDate),
    "custbody_sf_id": Id,
    "custbody_type": Type,
    "custbody_industry": Account.Industry,
    "toBeEmailed": $contains(Owner.Email, "@"),
    "lineCount": $count($lines),
    "subtotal": $round($subtotal, 2),
    "taxTotal": $round($taxTotal, 2),
    "total": $round($subtotal + $taxTotal, 2),
    "item": { "items": $lines }
  }
)`

/** Amounts as numbers only. */
export function inJsonata(): (order: unknown) => Promise<unknown> {
  const expression = jsonata(source)
  const rates = Object.fromEntries(Object.entries(taxRates).map(([code, rate]) => [code, Number(rate)]))
  const tables = {
    classes,
    countryNames,
    currencies,
    departments,
    locations,
    statuses,
    subsidiaries,
    taxCodes,
    terms,
    units,
  }
  for (const [name, table] of Object.entries({ ...tables, taxRates: rates })) expression.assign(name, table)
  return order => expression.evaluate(order)
}
