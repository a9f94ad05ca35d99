// The door of @fmap/runtime/http: exceptions, transactions and calls of flows over HTTP, for programs and people. It needs Node and the packages hono, @hono/node-server, jose and zod.

export { type Action, may, permissions, type Role, roles } from "../flow/port/permissions.ts"
export { openApiDocument } from "./api/openapi.ts"
export { type KeyLookup, lookupOf } from "./auth/key-lookup.ts"
export { type Login, type LoginProblem, type LoginRefused, loginProblems } from "./auth/login.ts"
export type { Person, RoleClaim } from "./auth/person.ts"
export { signToken, type TokenSaid } from "./auth/sign-token.ts"
export {
  type TokenKeys,
  type TokenRules,
  tokenVerifier,
  type Verified,
  type Verifier,
} from "./auth/verify-token.ts"
export { createService, type Service } from "./create-service.ts"
export { type ProblemCode, problemCodes } from "./problem.ts"
export { type Label, type LabelledField, shownRecord } from "./record/labels.ts"
export {
  type HttpServer,
  isLoopback,
  type ListenOptions,
  listenPlace,
  originsOf,
  serveHttp,
} from "./serve-http.ts"
export type { DecidingField, LogEntry, ServedFlow, ServiceParts } from "./service-parts.ts"
