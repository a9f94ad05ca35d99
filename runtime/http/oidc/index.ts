// The door of @fmap/runtime/http/oidc: people sign in at an OpenID Connect issuer. openid-client, jose and undici are optional peers.
export { type OpenIdLogin, type OpenIdOptions, openIdLogin, type PersonRoles } from "./open-id-login.ts"
