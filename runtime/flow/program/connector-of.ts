// The connector of a system that a flow names: makeFlow has seen to it that there is one.
import type { Connector } from "../../connectors/port/connector.ts"
import { NotPossible } from "../port/failures.ts"
import type { FlowParts } from "./flow-run.ts"

export function connectorOf(
  { spec, connectors }: Pick<FlowParts, "spec" | "connectors">,
  system: string,
): Connector {
  const connector = connectors.get(system)
  if (connector === undefined)
    throw new NotPossible(
      "FM8501",
      `Flow ${spec.name} needs the system ${system}, and nobody says how it is reached`,
    )
  return connector
}
