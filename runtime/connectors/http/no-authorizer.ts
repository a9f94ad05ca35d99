// Requests without credentials: those that fetch a token. Flows in: nothing. Flows out: no headers.
import type { Authorizer } from "./ask.ts"

export const noAuthorizer: Authorizer = { headers: async () => ({}), renew: () => false }
