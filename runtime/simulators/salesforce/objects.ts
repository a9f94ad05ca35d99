// The objects a simulated org has where nobody brings others: a few standard ones, with the fields integrations of orders and plans use, and an external id
// each, as an administrator would add it. Flows in: nothing. Flows out: data.

export interface SimField {
  readonly type: string
  readonly length?: number
  readonly required?: true
  readonly readOnly?: true
  /** External ids are unique here. */
  readonly externalId?: true
  /** Values of a restricted picklist. */
  readonly values?: readonly string[]
  /** Of a reference: the name it has in payloads, and the object it leads to. */
  readonly relationship?: { readonly name: string; readonly to: string }
}

export interface SimObject {
  /** First three characters of its ids. */
  readonly prefix: string
  readonly fields: Readonly<Record<string, SimField>>
}

const external: SimField = { type: "string", length: 80, externalId: true }
const reference = (name: string, to: string): SimField => ({
  type: "reference",
  length: 18,
  relationship: { name, to },
})

/** What every object has, and nobody writes. */
export const systemFields: Readonly<Record<string, SimField>> = {
  Id: { type: "id", length: 18, readOnly: true },
  IsDeleted: { type: "boolean", readOnly: true },
  CreatedDate: { type: "datetime", readOnly: true },
  LastModifiedById: { type: "reference", length: 18, readOnly: true },
  SystemModstamp: { type: "datetime", readOnly: true },
}

const money: SimField = { type: "currency" }

export const standardObjects: Readonly<Record<string, SimObject>> = {
  Account: {
    prefix: "001",
    fields: {
      Name: { type: "string", length: 255, required: true },
      AccountNumber: { type: "string", length: 40 },
      BillingCountry: { type: "string", length: 80 },
      CurrencyIsoCode: { type: "picklist", length: 3 },
      ParentId: reference("Parent", "Account"),
      ExternalId__c: external,
      NetSuiteId__c: { type: "string", length: 40 },
    },
  },
  Opportunity: {
    prefix: "006",
    fields: {
      Name: { type: "string", length: 120, required: true },
      AccountId: reference("Account", "Account"),
      StageName: { type: "picklist", length: 255, required: true },
      CloseDate: { type: "date", required: true },
      Amount: money,
      Probability: { type: "percent" },
      ExpectedRevenue: { ...money, readOnly: true },
      IsClosed: { type: "boolean", readOnly: true },
      IsWon: { type: "boolean", readOnly: true },
      FiscalYear: { type: "int", readOnly: true },
      OwnerId: reference("Owner", "User"),
      CurrencyIsoCode: { type: "picklist", length: 3 },
      Type: { type: "picklist", length: 255 },
      ForecastCategoryName: {
        type: "picklist",
        length: 40,
        values: ["Omitted", "Pipeline", "Best Case", "Commit", "Closed"],
      },
      ExternalId__c: external,
      NetSuiteId__c: { type: "string", length: 40 },
      NetSuiteError__c: { type: "string", length: 255 },
    },
  },
  OpportunityLineItem: {
    prefix: "00k",
    fields: {
      OpportunityId: { ...reference("Opportunity", "Opportunity"), required: true },
      Product2Id: reference("Product2", "Product2"),
      Quantity: { type: "double", required: true },
      UnitPrice: money,
      TotalPrice: { ...money, readOnly: true },
      Discount: { type: "percent" },
      ServiceDate: { type: "date" },
      ExternalId__c: external,
    },
  },
  User: {
    prefix: "005",
    fields: {
      Name: { type: "string", length: 121, required: true },
      Country: { type: "string", length: 80 },
      IsActive: { type: "boolean" },
    },
  },
  Product2: {
    prefix: "01t",
    fields: {
      Name: { type: "string", length: 255, required: true },
      ProductCode: { type: "string", length: 255 },
      Family: { type: "picklist", length: 255 },
      IsActive: { type: "boolean" },
      ExternalId__c: external,
    },
  },
  Order: {
    prefix: "801",
    fields: {
      AccountId: { ...reference("Account", "Account"), required: true },
      OpportunityId: reference("Opportunity", "Opportunity"),
      EffectiveDate: { type: "date", required: true },
      EndDate: { type: "date" },
      Status: { type: "picklist", length: 255, required: true, values: ["Draft", "Activated"] },
      CurrencyIsoCode: { type: "picklist", length: 3 },
      PoNumber: { type: "string", length: 80 },
      ExternalId__c: external,
    },
  },
}
