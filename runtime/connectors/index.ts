// The door of @fmap/runtime/connectors: systems as flows see them. It needs Node and the package undici.

export { createAnaplan } from "./anaplan/anaplan.ts"
export type * from "./anaplan/anaplan-options.ts"
export { createHttpSystem } from "./generic/generic-http.ts"
export type * from "./generic/http-options.ts"
export { mayReach, type Reach } from "./http/addresses.ts"
export { addressRefused, checkedLookup, type Lookup } from "./http/checked-lookup.ts"
export type { ConnectionOptions } from "./http/connection.ts"
export type { Credentials } from "./http/credentials.ts"
export { ExchangeFailed, type HttpAnswer } from "./http/exchange.ts"
export { createHttpClient, type HttpClient, type HttpRequest } from "./http/http-client.ts"
export type { Surroundings } from "./http/surroundings.ts"
export { createNetSuite, type NetSuiteOptions } from "./netsuite/netsuite.ts"
export type { NetSuiteAuth } from "./netsuite/netsuite-auth.ts"
export type { NetSuiteTable } from "./netsuite/netsuite-read.ts"
export { createOData } from "./odata/odata.ts"
export type { ODataObject, ODataOptions, ODataType } from "./odata/odata-options.ts"
export { createOracleFusion, type OracleFusionOptions, type OracleObject } from "./oracle/oracle-fusion.ts"
export type * from "./port/connector.ts"
export { type ChangeEventRead, readChangeEvent } from "./salesforce/change-events.ts"
export { createSalesforce, type SalesforceOptions } from "./salesforce/salesforce.ts"
export type { SalesforceAuth } from "./salesforce/salesforce-auth.ts"
export { maskedReceipts } from "./secrets/masked-receipts.ts"
export { type NodeSecretsOptions, nodeSecrets } from "./secrets/node-secrets.ts"
export { SecretMissing, type SecretReference, type Secrets } from "./secrets/secrets.ts"
export {
  type ReceiverParts,
  receiveWebhook,
  type WebhookAnswer,
  type WebhookEndpoint,
  type WebhookRequest,
} from "./webhooks/receive.ts"
export { createWebhookSender, type WebhookSender, type WebhookTarget } from "./webhooks/send-webhooks.ts"
export type { SignatureScheme } from "./webhooks/signatures.ts"
export { serveWebhooks, type WebhookServer, type WebhookServerOptions } from "./webhooks/webhook-server.ts"
