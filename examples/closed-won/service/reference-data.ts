// The crosswalks that live in files. Flows in: a folder. Flows out: checked crosswalks by name, or the first file that must not be
// used; a service with half of its reference data does not start.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { type Crosswalk, type CrosswalkSpec, loadCrosswalk } from "@fmap/runtime"
import { readCsv } from "@fmap/runtime/formats"
import { CustomerByAccountSpec, TermsByCustomerSpec } from "../emitted/crosswalks/customers.js"
import { ItemByProductSpec } from "../emitted/crosswalks/items.js"

export interface ReferenceData {
  readonly CustomerByAccount: Crosswalk
  readonly ItemByProduct: Crosswalk
  readonly TermsByCustomer: Crosswalk
}

/** Throws when a file is missing or one row of it is wrong; the message names file and line. */
export async function readReferenceData(folder: string): Promise<ReferenceData> {
  const [CustomerByAccount, ItemByProduct, TermsByCustomer] = await Promise.all([
    read(join(folder, "customers.csv"), CustomerByAccountSpec),
    read(join(folder, "items.csv"), ItemByProductSpec),
    read(join(folder, "customer-terms.csv"), TermsByCustomerSpec),
  ])
  return { CustomerByAccount, ItemByProduct, TermsByCustomer }
}

async function read(file: string, spec: CrosswalkSpec): Promise<Crosswalk> {
  const bytes = await readFile(file)
  const table = readCsv(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  if ("problems" in table)
    throw new Error(table.problems.map(one => `${file}:${one.line}: ${one.message}`).join("\n"))
  const loaded = loadCrosswalk(spec, table.ok)
  if ("problems" in loaded)
    throw new Error(loaded.problems.map(one => `${file}:${one.row}: ${one.message}`).join("\n"))
  return loaded.ok
}
