// The door of @fmap/runtime/connectors: systems as flows see them. It needs Node and the package undici.

export { mayReach, type Reach } from "./http/addresses.ts"
export { addressRefused, checkedLookup, type Lookup } from "./http/checked-lookup.ts"
export type { ConnectionOptions } from "./http/connection.ts"
export { ExchangeFailed, type HttpAnswer } from "./http/exchange.ts"
export { createHttpClient, type HttpClient, type HttpRequest } from "./http/http-client.ts"
export type * from "./port/connector.ts"
export { type ChangeEventRead, readChangeEvent } from "./salesforce/change-events.ts"
export { createSalesforce, type SalesforceOptions, type Surroundings } from "./salesforce/salesforce.ts"
export type { SalesforceAuth } from "./salesforce/salesforce-auth.ts"
export { type NodeSecretsOptions, nodeSecrets } from "./secrets/node-secrets.ts"
export { SecretMissing, type SecretReference, type Secrets } from "./secrets/secrets.ts"
