// The OData services that can be simulated: the sales orders of SAP, Dynamics 365 Finance, Dataverse. Flows in: nothing. Flows out: platforms.
import type { Platform } from "../kernel/platform.ts"
import { odataPlatform } from "./odata-platform.ts"

export interface ServiceOptions {
  readonly pageSize?: number
}

export function simulatedSap(options: ServiceOptions = {}): Platform {
  return odataPlatform({
    name: "sap",
    version: 2,
    root: "/sap/opu/odata/sap/API_SALES_ORDER_SRV",
    csrf: true,
    sets: {
      A_SalesOrder: {
        keys: ["SalesOrder"],
        numbered: { property: "SalesOrder", from: 1_000 },
        required: ["SalesOrderType", "SalesOrganization", "SoldToParty"],
        properties: [
          "SalesOrderType",
          "SalesOrganization",
          "DistributionChannel",
          "OrganizationDivision",
          "SoldToParty",
          "PurchaseOrderByCustomer",
          "SalesOrderDate",
          "RequestedDeliveryDate",
          "PricingDate",
          "TransactionCurrency",
          "CustomerPaymentTerms",
        ],
        nested: {
          to_Item: { line: "SalesOrderItem", step: 10 },
          to_Partner: { line: "PartnerItem", step: 1 },
          to_Text: { line: "TextItem", step: 1 },
        },
        modified: "LastChangeDateTime",
      },
      A_BusinessPartner: {
        keys: ["BusinessPartner"],
        numbered: { property: "BusinessPartner", from: 10_000_000 },
        required: ["BusinessPartnerCategory"],
        modified: "LastChangeDateTime",
      },
    },
    ...options,
  })
}

export function simulatedDynamicsFinance(options: ServiceOptions = {}): Platform {
  return odataPlatform({
    name: "dynamics-finance",
    version: 4,
    root: "/data",
    company: { property: "dataAreaId", own: "usmf" },
    sets: {
      SalesOrderHeadersV2: {
        keys: ["dataAreaId", "SalesOrderNumber"],
        numbered: { property: "SalesOrderNumber", from: 1_000 },
        required: ["dataAreaId", "OrderingCustomerAccountNumber"],
        modified: "ModifiedDateTime",
      },
      CustomersV3: { keys: ["dataAreaId", "CustomerAccount"], required: ["dataAreaId", "CustomerAccount"] },
    },
    ...options,
  })
}

export function simulatedDataverse(options: ServiceOptions = {}): Platform {
  return odataPlatform({
    name: "dataverse",
    version: 4,
    root: "/api/data/v9.2",
    patchUpserts: true,
    sets: {
      accounts: { keys: ["accountnumber"], required: ["name"] },
      opportunities: { keys: ["fmap_externalid"], required: ["name"] },
    },
    ...options,
  })
}
