// Login of people at an issuer, as the console knows it. Flows in: a browser that wants to come in, one that comes back. Flows out: where to send it, who it is, or why it may not. Nothing here knows a protocol.
import type { Person } from "./person.ts"

/** Why somebody does not come in. `says`: to the person. `counts`: as a try that failed. Codes stand in logs and are never reused. */
export const loginProblems = {
  ISSUER_DOWN: {
    status: 503,
    counts: false,
    says: "Your identity provider cannot be reached from here at the moment. Try again in a minute.",
  },
  ISSUER_WRONG: {
    status: 502,
    counts: false,
    says: "What your identity provider answered cannot be used. Whoever runs this service finds in its log what it was.",
  },
  CLIENT_REFUSED: {
    status: 502,
    counts: false,
    says: "Your identity provider does not know this service, or refuses its secret. Whoever runs this service has to look at its registration.",
  },
  SECRET_MISSING: {
    status: 503,
    counts: false,
    says: "The secret this service shows to your identity provider is not there. Whoever runs this service has to put it there.",
  },
  LOGIN_UNKNOWN: {
    status: 401,
    // A page of anybody can send a browser here.
    counts: false,
    says: "This login did not begin in this browser, took more than ten minutes, or was used before. Begin again.",
  },
  CODE_OVER: {
    status: 401,
    counts: true,
    says: "Your identity provider no longer takes the code of this login: it was used before, or took too long. Begin again.",
  },
  ISSUER_REFUSED: { status: 403, counts: false, says: "Your identity provider did not let you in." },
  TOKEN_NONCE: {
    status: 401,
    counts: true,
    says: "The answer of your identity provider belongs to another login. Begin again.",
  },
  TOKEN_AUDIENCE: {
    status: 401,
    counts: true,
    says: "The answer of your identity provider is meant for another service.",
  },
  TOKEN_ISSUER: { status: 401, counts: true, says: "The answer comes from another identity provider." },
  TOKEN_ALGORITHM: {
    status: 401,
    counts: true,
    says: "The answer of your identity provider is not signed in a way this service takes.",
  },
  TOKEN_SIGNATURE: {
    status: 401,
    counts: true,
    says: "The answer was not signed with a key of your identity provider.",
  },
  TOKEN_TIME: {
    status: 401,
    counts: true,
    says: "The answer of your identity provider is over, or not good yet: its clock and that of this service may differ.",
  },
  TOKEN_REFUSED: {
    status: 401,
    counts: true,
    says: "The answer of your identity provider does not say who you are in a way this service takes.",
  },
  NO_ROLE: { status: 403, counts: false, says: "None of your groups has a role in this service." },
  SEVERAL_ROLES: {
    status: 403,
    counts: false,
    says: "Your groups give you several roles in this service, and a person acts in one.",
  },
  GROUPS_ELSEWHERE: {
    status: 403,
    counts: false,
    says: "Your identity provider left your groups out of its answer, as it does for people in very many. It can send those alone that this service needs.",
  },
} as const satisfies Readonly<
  Record<string, { readonly status: number; readonly counts: boolean; readonly says: string }>
>

export type LoginProblem = keyof typeof loginProblems

export interface LoginRefused {
  readonly kind: "refused"
  readonly code: LoginProblem
  /** A word of the protocol: `access_denied`. Letters and underscores alone. */
  readonly word?: string
  /** The groups that were seen, where they decide. */
  readonly seen?: { readonly claim: string; readonly words: readonly string[] }
  /** A sentence for who runs the service, where it is theirs to mend; it holds no secret, no code and no token. */
  readonly operator?: string
}

export interface Login {
  /** As people know the issuer: its host. */
  readonly name: string
  /** `redirect`: where the issuer sends the browser back to. `to`: the page it goes on to then. `kept`: for a cookie, and opaque. */
  begin(wish: {
    readonly redirect: string
    readonly to: string
  }): Promise<{ readonly kind: "away"; readonly url: string; readonly kept: string } | LoginRefused>
  /** `query`: what the browser came back with. */
  finish(came: {
    readonly redirect: string
    readonly query: URLSearchParams
    readonly kept: string
  }): Promise<
    | { readonly kind: "person"; readonly person: Person; readonly to: string; readonly hint: string }
    | LoginRefused
  >
  /** Where the issuer signs people out, which comes back to `back`; undefined: it offers nothing, or cannot be asked. */
  leave(hint: string, back: string): Promise<string | undefined>
}
