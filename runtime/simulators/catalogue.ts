// The platforms that can be simulated, by name. Flows in: nothing. Flows out: ways to make each.

import { simulatedAdaptive } from "./adaptive/adaptive-platform.ts"
import { simulatedAnaplan } from "./anaplan/anaplan-platform.ts"
import type { Platform } from "./kernel/platform.ts"
import { simulatedNetSuite } from "./netsuite/netsuite-platform.ts"
import { simulatedDataverse, simulatedDynamicsFinance, simulatedSap } from "./odata/services.ts"
import { simulatedOracleFusion } from "./oracle/oracle-platform.ts"
import { simulatedRest } from "./rest/rest-platform.ts"
import { simulatedSalesforce } from "./salesforce/salesforce-platform.ts"

export const simulators: Readonly<Record<string, () => Platform>> = {
  adaptive: () => simulatedAdaptive(),
  anaplan: () => simulatedAnaplan(),
  dataverse: () => simulatedDataverse(),
  "dynamics-finance": () => simulatedDynamicsFinance(),
  netsuite: () => simulatedNetSuite(),
  "oracle-fusion": () => simulatedOracleFusion(),
  rest: () => simulatedRest(),
  sap: () => simulatedSap(),
  salesforce: () => simulatedSalesforce(),
}
