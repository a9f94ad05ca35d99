// The resolver of a connection's sockets. Flows in: a name. Flows out: the addresses of it that may be reached, or an error when there are none. It
// stands where the socket asks, so what was checked is what is connected to.
import { type LookupAddress, type LookupOptions, lookup } from "node:dns"
import { mayReach, type Reach } from "./addresses.ts"

type Answer = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void

export type Lookup = (host: string, options: LookupOptions, answer: Answer) => void

export const addressRefused = "ADDRESS_REFUSED"

/** `resolve` is the system's where tests give no other. */
export function checkedLookup(reach: Reach, resolve: typeof lookup = lookup): Lookup {
  return (host, options, answer) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return answer(error, [])
      const good = addresses.filter(({ address }) => mayReach(address, reach))
      const [first] = good
      if (first === undefined) return answer(refusal(host), [])
      return options.all === true ? answer(null, good) : answer(null, first.address, first.family)
    })
  }
}

export function refusal(host: string): NodeJS.ErrnoException {
  return Object.assign(
    new Error(
      `${host} leads to an address this connection may not reach; its \`reach\` says which networks it may`,
    ),
    { code: addressRefused },
  )
}
