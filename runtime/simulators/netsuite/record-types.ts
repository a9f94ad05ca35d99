// The record types of a simulated account where nobody brings others, with the names REST knows. Flows in: nothing. Flows out: data. Names that are not here are
// unknown ones: ignored without a word, or an error where a client asks for errors.

export interface SimRecordType {
  readonly fields: readonly string[]
  readonly required: readonly string[]
  /** Lists inside a record, and the fields of their lines. */
  readonly lists: Readonly<Record<string, readonly string[]>>
  /** What numbers of documents begin with; absent: it has none. */
  readonly numbers?: string
  /** Value of `type` in the table `transaction`. */
  readonly transaction?: string
}

const transactionFields = [
  "entity",
  "tranDate",
  "currency",
  "exchangeRate",
  "subsidiary",
  "department",
  "class",
  "location",
  "memo",
  "otherRefNum",
  "terms",
  "startDate",
  "endDate",
  "discountItem",
  "discountRate",
] as const

const lineFields = [
  "line",
  "item",
  "quantity",
  "units",
  "rate",
  "amount",
  "price",
  "description",
  "taxCode",
  "revRecStartDate",
  "revRecEndDate",
  "department",
  "class",
  "location",
] as const

export const standardTypes: Readonly<Record<string, SimRecordType>> = {
  customer: {
    fields: [
      "entityId",
      "companyName",
      "isPerson",
      "subsidiary",
      "currency",
      "terms",
      "creditLimit",
      "email",
      "parent",
    ],
    required: ["companyName", "subsidiary"],
    lists: {},
  },
  salesOrder: {
    fields: [...transactionFields, "orderStatus"],
    required: ["entity", "tranDate"],
    lists: { item: lineFields },
    numbers: "SO",
    transaction: "SalesOrd",
  },
  invoice: {
    fields: [...transactionFields, "dueDate", "postingPeriod", "createdFrom", "approvalStatus"],
    required: ["entity", "tranDate"],
    lists: { item: lineFields },
    numbers: "INV",
    transaction: "CustInvc",
  },
  journalEntry: {
    fields: [
      "subsidiary",
      "currency",
      "exchangeRate",
      "tranDate",
      "postingPeriod",
      "accountingBook",
      "memo",
      "approved",
    ],
    required: ["subsidiary", "tranDate"],
    lists: {
      line: ["line", "account", "debit", "credit", "department", "class", "location", "entity", "memo"],
    },
    numbers: "JE",
    transaction: "Journal",
  },
  serviceSaleItem: {
    fields: ["itemId", "displayName", "subsidiary", "incomeAccount", "isInactive"],
    required: ["itemId"],
    lists: {},
  },
}
