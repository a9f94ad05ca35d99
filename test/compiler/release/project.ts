// Small projects for tests of releases. Flows in: texts of files. Flows out: their Plan.
import { analyse, memoryHost, type Plan } from "@fmap/compiler"

export function planOf(files: Readonly<Record<string, string>>): Plan {
  const host = memoryHost(new Map(Object.entries(files)))
  const { plan, diagnostics } = analyse(
    host,
    Object.keys(files).filter(path => path.endsWith(".fmap")),
  )
  if (plan === null) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"))
  return plan
}

export const shop = `system Shop {
  kind crm
}

record Line(ccy: currency) {
  sku    : text(20)
  amount : money in ccy
}

/// What was bought.
contract Order of Shop version 1.0.0
  lifecycle active
{
  id       : text(20)  key
  currency : currency
  region   : text(4)
  lines    : Line(currency)[]
  total    : money in currency
}

crosswalk RegionName(region: text(4)) -> text(30) version 1.0.0 {
  "EMEA" -> "Europe"
  "AMER" -> "America"
}

contract Booking version 1.0.0 {
  id     : text(20)  key
  ccy    : currency
  region : text(30)
  total  : money in ccy
}

map Book version 1.0.0
  from order: Order
  to   booking: Booking
{
  let name = RegionName(order.region) else hold UNKNOWN_REGION
  key id = order.id on replay same skip, changed reject
  ccy    = order.currency
  region = name
  total  = order.total
  ignore order.lines because "the total is enough"
}
`
