// API and console of running flows on a port. Flows in: the flows with their ledger and engine, what the configuration says of http. Flows out: a server; or why there is none.
import { randomBytes } from "node:crypto"
import { type Engine, NotPossible } from "@fmap/runtime/flow"
import type { HttpServer, Label, ServiceParts } from "@fmap/runtime/http"
import type { Parts } from "../observe/open-parts.ts"
import { decidingFields } from "./deciding-fields.ts"
import type { HttpConfig } from "./http-config.ts"
import { keysAreThere, keysOf } from "./http-keys.ts"
import { keyNames } from "./key-names.ts"
import type { RunningFlows } from "./open-flows.ts"
import { openLogin } from "./open-login.ts"

const usualPlace = "127.0.0.1:8080"

/** `looking`: how the process speaks, who is told of requests, who has metrics. `wanted`: a place that comes before that of the configuration. Throws NotPossible where it cannot be. */
export async function openHttp(
  running: RunningFlows,
  engine: Engine,
  wanted: string | undefined,
  looking: Pick<Parts, "voice" | "requested" | "metrics">,
): Promise<HttpServer> {
  const { http: config, folder } = running.config
  if (config === undefined)
    throw new NotPossible("FM8505", 'API and console need "http" in fmap.flows.json: whose tokens they take')
  const http = await import("@fmap/runtime/http")
  const text = wanted ?? config.listen ?? usualPlace
  const place = http.listenPlace(text)
  if (place === undefined) throw new NotPossible("FM8003", `${text} is no place to listen: 127.0.0.1:8080`)
  const { world, store, specs, facts, secrets } = running
  const { issuer, audience, algorithms, toleranceSeconds, roleClaim, roles } = config.tokens
  const said = keysOf(config, secrets, folder)
  if (said !== undefined) await keysAreThere(said, world)
  const { keys, login } = await openLogin(config, said, { secrets, world })
  const verify = http.tokenVerifier(
    {
      issuer,
      audience,
      keys,
      ...(algorithms === undefined ? {} : { algorithms }),
      ...(toleranceSeconds === undefined ? {} : { toleranceSeconds }),
      role: {
        ...(roleClaim === undefined ? {} : { claim: roleClaim }),
        ...(roles === undefined ? {} : { means: roles }),
      },
    },
    world,
  )
  if (!http.isLoopback(place.host) && config.tls !== undefined && config.origin === undefined)
    throw new NotPossible(
      "FM8505",
      'Behind a proxy "http.origin" says where people reach it: https://fmap.example.com',
    )
  const origins: string[] = config.origin === undefined ? [] : [config.origin]
  const decides = decidingFields(running.plan)
  const parts: ServiceParts = {
    engine,
    ledger: store.ledger,
    world,
    flows: specs.map(spec => {
      const validate = facts.issuesOf(spec)
      const labelsAt = (step: string) => facts.labelsOfStep(spec, step)
      return {
        spec,
        labels: facts.labelsOf(spec),
        labelsAt,
        decides,
        ...(validate === undefined ? {} : { validate }),
      }
    }),
    names: keyNames(specs, facts),
    rehearsed: { flows: running.flows, masked: true },
    labels: labelsIn(running),
    verify,
    ...(login === undefined ? {} : { login, failing: sentence => looking.voice.say(`login: ${sentence}`) }),
    unguessable: () => randomBytes(32).toString("base64url"),
    origins: () => origins,
    ...(config.waitSeconds === undefined ? {} : { waitMs: config.waitSeconds * 1_000 }),
    ...(config.webhooks === undefined ? {} : { webhooks: { endpoints: endpointsOf(config), secrets } }),
    ...(looking.requested === undefined ? {} : { log: looking.requested }),
    ...(looking.metrics === undefined ? {} : { metrics: looking.metrics }),
    troubled: error => {
      const masked = new Error(secrets.mask(error instanceof Error ? error.message : String(error)))
      masked.name = error instanceof Error ? error.name : "Error"
      looking.voice.defect("http", masked)
    },
  }
  const server = await http.serveHttp(http.createService(parts), {
    ...place,
    behindTls: config.tls === "at-proxy",
  })
  if (config.origin === undefined)
    origins.push(...http.originsOf(place.host, Number(new URL(server.url).port)))
  looking.voice.say(`API and console: ${server.url}`)
  if (login === undefined) return server
  // Not waited for: an issuer that is down is told of, and the flows go on.
  void login.look().then(why => {
    if (why !== undefined) looking.voice.say(`login: Nobody can sign in at ${login.name} now. ${why}`)
  })
  return {
    url: server.url,
    async stop() {
      await server.stop()
      await login.close()
    },
  }
}

function endpointsOf({ webhooks = [] }: HttpConfig) {
  return webhooks.map(({ idAt, versionAt, payloadAt, scheme, ...endpoint }) => ({
    ...endpoint,
    scheme:
      scheme.kind === "hmac"
        ? {
            kind: scheme.kind,
            header: scheme.header,
            encoding: scheme.encoding,
            ...(scheme.prefix === undefined ? {} : { prefix: scheme.prefix }),
          }
        : scheme,
    ...(idAt === undefined ? {} : { idAt }),
    ...(versionAt === undefined ? {} : { versionAt }),
    ...(payloadAt === undefined ? {} : { payloadAt }),
  }))
}

/** Which labels any contract of the project gives a field. */
function labelsIn({ plan }: RunningFlows): readonly Label[] {
  const fields = plan.shapes.flatMap(shape => shape.fields)
  return [
    ...(fields.some(({ pii }) => pii) ? (["pii"] as const) : []),
    ...(fields.some(({ confidential }) => confidential) ? (["confidential"] as const) : []),
  ]
}
