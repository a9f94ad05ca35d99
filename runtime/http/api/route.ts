// A route of the API as data. Flows in: method, path, who may, forms, and what answers. Flows out: the same with its forms forgotten, so that all routes are one list that is served, described and walked
// by tests.
import type * as z from "zod/mini"
import type { Action } from "../../flow/port/permissions.ts"
import type { Person } from "../auth/person.ts"
import type { Problem } from "../problem.ts"
import type { ServiceParts } from "../service-parts.ts"

export interface Answer {
  readonly status: number
  /** JSON; where `text` stands, that is it. */
  readonly body?: unknown
  readonly text?: { readonly type: string; readonly content: string }
  readonly headers?: Readonly<Record<string, string>>
}

export interface Asked<P, Q, B> {
  readonly parts: ServiceParts
  readonly person: Person
  readonly path: P
  readonly query: Q
  readonly body: B
  readonly headers: Headers
  readonly signal: AbortSignal
}

type Form = z.ZodMiniType

export interface RouteSaid<P extends Form, Q extends Form, B extends Form> {
  readonly id: string
  readonly method: "GET" | "POST"
  /** `/exceptions/{number}` */
  readonly path: string
  readonly summary: string
  readonly action: Action
  readonly parameters?: P
  readonly query?: Q
  readonly body?: B
  /** Request headers it reads. */
  readonly headers?: Readonly<Record<string, string>>
  readonly answers: Readonly<Record<number, { readonly says: string; readonly form?: Form }>>
  answer(asked: Asked<z.output<P>, z.output<Q>, z.output<B>>): Promise<Answer | Problem>
}

export interface Route extends Omit<RouteSaid<Form, Form, Form>, "answer"> {
  answer(asked: Asked<never, never, never>): Promise<Answer | Problem>
}

export function route<P extends Form, Q extends Form, B extends Form>(said: RouteSaid<P, Q, B>): Route {
  return said as unknown as Route
}
