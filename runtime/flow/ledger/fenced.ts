// Thrown where an attempt writes for an event that is no longer its own: somebody took it over, or it was decided about.

export class Fenced extends Error {
  override readonly name = "Fenced"

  constructor(eventId: string) {
    super(`Another attempt has taken over ${eventId}`)
  }
}
