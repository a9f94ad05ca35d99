// Which addresses a connection may reach. Flows in: an address as a resolver gave it, or a host that is one. Flows out: to which network it belongs.
// It resolves nothing itself: the client asks for every address it is about to connect to, so a name that changes its mind gains nothing.
import { BlockList, isIP } from "node:net"

/** What a connection may reach: `public` only; `loopback`: this machine too; `private`: this machine and the company's own networks too. */
export type Reach = "public" | "loopback" | "private"

type Network = "public" | "loopback" | "private" | "never"

type Subnet = readonly [address: string, bits: number]

// A list for each family: in one list `::ffff:0:0/96` would mean every address of IPv4.
const loopback = networks([["127.0.0.0", 8]], [["::1", 128]])

const ownNetworks = networks(
  [
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
  ],
  [["fc00::", 7]],
)

/** Link-local addresses among them: there the clouds answer with credentials. Forms of IPv6 that hide an IPv4 address are not taken apart. */
const never = networks(
  [
    ["0.0.0.0", 8],
    ["169.254.0.0", 16],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
  ],
  [
    ["::", 128],
    ["::ffff:0:0", 96],
    ["64:ff9b::", 32],
    ["100::", 64],
    ["2001::", 23],
    ["2001:db8::", 32],
    ["2002::", 16],
    ["fe80::", 10],
    ["fec0::", 10],
    ["ff00::", 8],
  ],
)

export function networkOf(address: string): Network {
  const family = isIP(address)
  if (family !== 4 && family !== 6) return "never"
  if (loopback(address, family)) return "loopback"
  if (ownNetworks(address, family)) return "private"
  return never(address, family) ? "never" : "public"
}

export function mayReach(address: string, reach: Reach): boolean {
  switch (networkOf(address)) {
    case "public":
      return true
    case "loopback":
      return reach !== "public"
    case "private":
      return reach === "private"
    case "never":
      return false
  }
}

/** The address a host of a URL is by itself; undefined where it is a name. */
export function addressOfHost(host: string): string | undefined {
  const bare = host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host
  return isIP(bare) === 0 ? undefined : bare
}

type Holds = (address: string, family: 4 | 6) => boolean

function networks(v4: readonly Subnet[], v6: readonly Subnet[]): Holds {
  const [list4, list6] = [new BlockList(), new BlockList()]
  for (const [address, bits] of v4) list4.addSubnet(address, bits, "ipv4")
  for (const [address, bits] of v6) list6.addSubnet(address, bits, "ipv6")
  return (address, family) => (family === 4 ? list4.check(address, "ipv4") : list6.check(address, "ipv6"))
}
