// Flows with their figures, and one flow with its steps. Flows in: specs, figures of the ledger, alerts. Flows out: pages.
import { html } from "hono/html"
import type { FiringAlert } from "../../flow/ledger/firing-alerts.ts"
import { pauseReason } from "../../flow/ledger/pause-reason.ts"
import type { FlowStats, Stats } from "../../flow/port/engine.ts"
import type { FlowSpec, SloSpec } from "../../flow/program/flow-spec.ts"
import type { Person } from "../auth/person.ts"
import { type Html, page, pathTo, pill, withQuery } from "./page.ts"
import { age, figure, stepWords, triggerWords } from "./words.ts"

export interface FlowsShown {
  readonly specs: readonly FlowSpec[]
  readonly stats: Stats
  readonly alerts: readonly FiringAlert[]
  readonly person: Person
  readonly now: number
}

const counted = ["open", "blocked", "parked", "done", "skipped", "superseded"] as const

export function flowsPage({ specs, stats, alerts, person, now }: FlowsShown): Html {
  const names = [...new Set([...specs.map(({ name }) => name), ...stats.flows.map(({ flow }) => flow)])]
  return page({
    title: "Flows",
    at: "/flows",
    person,
    content: html`<div class="head"><h1>Flows</h1></div>
      ${alerts.length === 0 ? "" : html`<section class="sheet"><h2>Promises that are not kept</h2>${alertsTable(alerts, now)}</section>`}
      <section class="sheet"><h2>Events</h2><div class="scroll"><table>
        <thead><tr><th scope="col">Flow</th>${counted.map(state => html`<th scope="col" class="figure">${state}</th>`)}<th scope="col">Oldest open</th><th scope="col" class="figure">Amounts</th><th scope="col">Promises</th></tr></thead>
        <tbody>${names.map(name => flowRow(name, specs, stats.flows, alerts, now))}</tbody>
      </table></div></section>
      <section class="sheet"><h2>Systems</h2>${stats.targets.length === 0 ? html`<p class="soft">Nothing was sent yet.</p>` : targetTable(stats, now)}</section>`,
  })
}

function flowRow(
  name: string,
  specs: readonly FlowSpec[],
  figures: readonly FlowStats[],
  alerts: readonly FiringAlert[],
  now: number,
): Html {
  const spec = specs.findLast(one => one.name === name)
  const versions = figures.filter(({ flow }) => flow === name)
  const shown = versions.length > 0 ? versions : [undefined]
  return html`${shown.map(
    row => html`<tr>
      <th scope="row">${spec === undefined ? name : html`<a href="${pathTo("flows", name)}">${name}</a>`} <span class="soft">${row?.version ?? spec?.version ?? ""}</span></th>
      ${counted.map(state => html`<td class="figure">${row?.events[state] ?? 0}</td>`)}
      <td class="nowrap">${row?.oldestOpen === undefined ? "–" : age(row.oldestOpen, now)}</td>
      <td class="figure">${(row?.amounts ?? []).map(({ state, currency, value }) => html`<div>${figure(value, currency)} <small>${currency} ${state}</small></div>`)}</td>
      <td>${(spec?.slos ?? []).map(slo => html`<div>${promise(slo)} ${pill(isBroken(slo, name, alerts) ? "open" : "kept")}</div>`)}</td>
    </tr>`,
  )}`
}

function promise({ share, withinMs }: SloSpec): string {
  const minutes = withinMs / 60_000
  const time = minutes >= 60 && minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`
  return `${share} % in ${time}`
}

function isBroken({ name }: SloSpec, flow: string, alerts: readonly FiringAlert[]): boolean {
  return alerts.some(({ watch }) => watch === name || (watch.includes(name) && watch.includes(flow)))
}

export function alertsTable(alerts: readonly FiringAlert[], now: number): Html {
  return html`<div class="scroll"><table>
    <thead><tr><th scope="col">Watch</th><th scope="col">Since</th><th scope="col" class="figure">Too late</th><th scope="col" class="figure">Amounts</th></tr></thead>
    <tbody>${alerts.map(({ watch, since, reading }) => {
      const { late, amounts, group } = readingOf(reading)
      return html`<tr><th scope="row">${watch}${group === "" ? "" : html` <span class="soft">${group}</span>`}</th><td class="nowrap">${age(since, now)}</td><td class="figure">${late}</td><td class="figure">${amounts.map(({ currency, value }) => html`<div>${figure(value, currency)} <small>${currency}</small></div>`)}</td></tr>`
    })}</tbody>
  </table></div>`
}

/** Written by a watcher, perhaps of another version. */
function readingOf(reading: unknown) {
  const found = (typeof reading === "object" && reading !== null ? reading : {}) as Readonly<
    Record<string, unknown>
  >
  const { late, amounts, group } = found
  return {
    late: typeof late === "number" ? String(late) : "",
    amounts: (Array.isArray(amounts) ? amounts : []) as readonly {
      readonly currency: string
      readonly value: string
    }[],
    group: typeof group === "object" && group !== null ? Object.values(group).map(String).join(", ") : "",
  }
}

function targetTable({ targets }: Stats, now: number): Html {
  return html`<div class="scroll"><table>
    <thead><tr><th scope="col">System</th><th scope="col" class="figure">Done</th><th scope="col" class="figure">In doubt</th><th scope="col" class="figure">Failures in a row</th><th scope="col">Paused until</th><th scope="col" class="figure">Amounts done</th></tr></thead>
    <tbody>${targets.map(
      one =>
        html`<tr><th scope="row">${one.target}</th><td class="figure">${one.done}</td><td class="figure">${one.inDoubt}</td><td class="figure">${one.failures}</td><td>${one.pausedUntil !== undefined && Date.parse(one.pausedUntil) > now ? html`${one.pausedUntil}${one.pausedBy === undefined ? "" : html`<div>${pauseReason(one.pausedBy)}</div>`}` : "–"}</td><td class="figure">${one.amounts.map(({ currency, value }) => html`<div>${figure(value, currency)} <small>${currency}</small></div>`)}</td></tr>`,
    )}</tbody>
  </table></div>`
}

export function flowPage(spec: FlowSpec, person: Person): Html {
  const { name, version, owner, steps, routes, slos } = spec
  return page({
    title: name,
    at: "/flows",
    person,
    content: html`<div class="head"><div><h1>${name}</h1><p class="soft">${version}${owner === null ? "" : `, ${owner}`}; begins with ${triggerWords(spec)}</p></div>
        <p><a href="${withQuery("/exceptions", { flow: name })}">Its exceptions</a></p></div>
      <section class="sheet"><h2>Steps</h2><div class="scroll"><table>
        <thead><tr><th scope="col">Step</th><th scope="col">Does</th><th scope="col">Behind</th></tr></thead>
        <tbody>${steps.map(step => html`<tr><th scope="row" class="mono">${step.name}</th><td>${stepWords(step)}</td><td class="soft">${step.needs.join(", ")}</td></tr>`)}</tbody>
      </table></div></section>
      <section class="sheet"><h2>What becomes of what stops</h2><div class="scroll"><table>
        <thead><tr><th scope="col">When</th><th scope="col">Codes</th><th scope="col">To</th><th scope="col">The lane</th></tr></thead>
        <tbody>${routes.map(
          ({ on, codes, to, lane }) =>
            html`<tr><td>${on}</td><td>${codes === null ? "all others" : codes.join(", ")}</td><td>${to.kind === "deadLetter" ? "dead letters" : `${to.queue}${to.assign === null ? "" : `, ${to.assign}`}`}</td><td>${laneWords[lane]}</td></tr>`,
        )}</tbody>
      </table></div></section>
      ${slos.length === 0 ? "" : html`<section class="sheet"><h2>Promises</h2><ul class="plain">${slos.map(slo => html`<li>${slo.name}: ${promise(slo)}</li>`)}</ul></section>`}`,
  })
}

const laneWords = { block: "waits", park: "goes on", supersede: "waits for a newer version" } as const
