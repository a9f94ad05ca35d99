// The API as an OpenAPI 3.1 document. Flows in: the routes. Flows out: plain JSON, made of the forms that requests are read with.
import * as z from "zod/mini"
import { exceptionRoutes } from "./exception-routes.ts"
import { flowRoutes } from "./flow-routes.ts"
import { lookRoutes } from "./look-routes.ts"
import { replayRoutes } from "./replay-routes.ts"
import type { Route } from "./route.ts"
import * as forms from "./schemas.ts"

export const apiPrefix = "/api/v1"

const description: Route = {
  id: "describeApi",
  method: "GET",
  path: "/openapi.json",
  summary: "This document",
  action: "api.read",
  answers: { 200: { says: "OpenAPI 3.1." } },
  answer: async () => ({ status: 200, body: openApiDocument() }),
}

/** Of two that fit a path the first one answers. */
export const apiRoutes: readonly Route[] = [
  ...exceptionRoutes,
  ...flowRoutes,
  ...replayRoutes,
  ...lookRoutes,
  description,
]

export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const one of apiRoutes)
    paths[`${apiPrefix}${one.path}`] = {
      ...paths[`${apiPrefix}${one.path}`],
      [one.method.toLowerCase()]: operation(one),
    }
  return {
    openapi: "3.1.0",
    info: {
      title: "fmap flows",
      version: "1.0.0",
      description:
        "Exceptions, transactions and calls of the flows of a project. Amounts are decimal text; numbers of payloads keep every digit.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      schemas: { Problem: schemaOf(forms.problem, "output") },
    },
  }
}

function operation(said: Route): object {
  const { id, summary, action, parameters, query, body, headers = {}, answers } = said
  const all = [
    ...members(parameters, "path"),
    ...members(query, "query"),
    ...Object.entries(headers).map(([name, text]) => ({
      name,
      in: "header",
      required: false,
      description: text,
      schema: { type: "string" },
    })),
  ]
  const usual = { "400": "BAD_REQUEST", "401": "UNAUTHENTICATED", "403": "FORBIDDEN" }
  return {
    operationId: id,
    summary,
    "x-fmap-action": action,
    ...(all.length === 0 ? {} : { parameters: all }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemaOf(body, "input") } },
          },
        }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { says, form }]) => [
          status,
          {
            description: says,
            ...(form === undefined
              ? {}
              : {
                  content:
                    form === forms.problem
                      ? problemContent
                      : { "application/json": { schema: schemaOf(form, "output") } },
                }),
          },
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(usual).map(([status, code]) => [
          status,
          { description: code, content: problemContent },
        ]),
      ),
      ...(parameters === undefined ? {} : { "404": { description: "NOT_FOUND", content: problemContent } }),
    },
  }
}

const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } }

function members(form: Route["query"], place: "path" | "query"): readonly object[] {
  if (form === undefined) return []
  const { properties = {}, required = [] } = schemaOf(form, "input") as {
    readonly properties?: Readonly<Record<string, { readonly description?: string }>>
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([name, { description: text, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(text === undefined ? {} : { description: text }),
    schema,
  }))
}

function schemaOf(form: z.ZodMiniType, io: "input" | "output"): object {
  const { $schema: _, ...schema } = z.toJSONSchema(form, { io, unrepresentable: "any" }) as Record<
    string,
    unknown
  >
  return schema
}
