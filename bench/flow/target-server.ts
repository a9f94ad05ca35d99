// A target for the engine to call, in a process of its own: answers each POST with a receipt. Prints its URL.
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

let count = 0
const server = createServer((request, response) => {
  request.resume()
  request.on("end", () => {
    count += 1
    response.writeHead(200, { "content-type": "application/json" }).end(`{"receipt":"R-${count}"}`)
  })
})
server.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
)
