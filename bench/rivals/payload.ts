// The Salesforce order as people type it: what the hand-written rivals believe of the payload, unchecked.
export type Figure = string | number

export interface Line {
  readonly Id: string
  readonly Product2: { readonly ProductCode: string }
  readonly Quantity: Figure
  readonly UnitPrice: Figure
  readonly DiscountPct__c: Figure
  readonly TaxCode__c: string
  readonly ServiceDate: string
  readonly EndDate: string | null
  readonly Description: string
  readonly Department__c: string
  readonly Class__c: string
  readonly Location__c: string
  readonly IsTaxable__c: boolean
  readonly UnitOfMeasure__c: string
  readonly ProjectId__c: string | null
  readonly RevenueCategory__c: string
}

export interface Order {
  readonly Id: string
  readonly OrderNumber: string
  readonly Name: string
  readonly Status: string
  readonly Type: string
  readonly EffectiveDate: string
  readonly EndDate: string | null
  readonly Account: { readonly Name: string; readonly AccountNumber: string; readonly Industry: string }
  readonly CurrencyIsoCode: string
  readonly ExchangeRate__c: Figure
  readonly TotalAmount: Figure
  readonly Owner: { readonly Email: string }
  readonly PoNumber: string | null
  readonly Description: string
  readonly BillingStreet: string
  readonly BillingCity: string
  readonly BillingPostalCode: string
  readonly BillingCountry: string
  readonly ShippingStreet: string
  readonly ShippingCity: string
  readonly ShippingPostalCode: string
  readonly ShippingCountry: string
  readonly PaymentTerms__c: string
  readonly CreatedDate: string
  readonly LastModifiedDate: string
  readonly OrderItems: { readonly records: readonly Line[] }
}
