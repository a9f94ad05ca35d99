// The platforms that can be simulated, by name. Flows in: nothing. Flows out: ways to make each.
import type { Platform } from "./kernel/platform.ts"
import { simulatedNetSuite } from "./netsuite/netsuite-platform.ts"
import { simulatedDataverse, simulatedDynamicsFinance, simulatedSap } from "./odata/services.ts"
import { simulatedRest } from "./rest/rest-platform.ts"
import { simulatedSalesforce } from "./salesforce/salesforce-platform.ts"

export const simulators: Readonly<Record<string, () => Platform>> = {
  dataverse: () => simulatedDataverse(),
  "dynamics-finance": () => simulatedDynamicsFinance(),
  netsuite: () => simulatedNetSuite(),
  rest: () => simulatedRest(),
  sap: () => simulatedSap(),
  salesforce: () => simulatedSalesforce(),
}
