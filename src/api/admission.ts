import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { UserError } from '../core/support/user-error.ts'

/**
 * What a request waits for: for the rest of its body, for the work, or for its client to read the answer; listeners read an answer that
 * does not end. Each has places of its own, so that a client that is slow at one of them keeps nobody from the others.
 */
type Kind = 'bodies' | 'requests' | 'answers' | 'listeners'

/** Browsers keep six connections to a server; more than so many at once come from a program that has gone wild. */
const MOST: Readonly<Record<Kind, number>> = { bodies: 64, requests: 64, answers: 64, listeners: 200 }
/** Browsers ask one thing at a time on a connection; whoever sends so many before the first is answered is cut off. */
const MOST_ON_CONNECTION = 16

type Visit = { kind: Kind; readonly socket: Socket }

export type Admission = {
  /**
   * The route is known, the body may not be there yet. It resolves once what was asked before on the connection has been answered and read.
   * @throws OVERLOADED, SHUTTING_DOWN
   */
  readonly admit: (request: IncomingMessage, response: ServerResponse, isEndless: boolean) => Promise<void>
  /** The body is there. @throws OVERLOADED */
  readonly begin: (request: IncomingMessage) => void
  /** The work is done. */
  readonly answer: (request: IncomingMessage) => void
  /** From now on nobody is let in. */
  readonly end: () => void
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/**
 * Counts who is inside, by what they wait for. Work is refused where too much is under way. Who only waits for the client is never a
 * reason to refuse others: the one that has made no progress for longest gives way.
 */
export const createAdmission = (): Admission => {
  const visits = new WeakMap<IncomingMessage, Visit>()
  const inside: Readonly<Record<Kind, Set<Visit>>> = {
    bodies: new Set(),
    requests: new Set(),
    answers: new Set(),
    listeners: new Set(),
  }
  const onConnection = new WeakMap<Socket, { count: number; last: Promise<unknown> }>()
  let isEnding = false
  const full = (count: number): UserError =>
    new UserError('OVERLOADED', `${count} requests are inside.`, { most: count })

  const enter = (visit: Visit): void => {
    const places = inside[visit.kind]
    if (places.size >= MOST[visit.kind]) {
      if (visit.kind === 'requests') throw full(places.size)
      const [slowest] = places
      places.delete(slowest!)
      slowest!.socket.destroy()
    }
    places.add(visit)
  }
  const move = (request: IncomingMessage, from: Kind, kind: Kind): void => {
    const visit = visits.get(request)
    if (visit?.kind !== from) return
    inside[from].delete(visit)
    visit.kind = kind
    enter(visit)
  }
  const waitForTurn = async (socket: Socket, response: ServerResponse): Promise<void> => {
    const others = onConnection.get(socket) ?? { count: 0, last: Promise.resolve() }
    const before = others.last
    others.last = new Promise((resolve) => response.once('close', resolve))
    onConnection.set(socket, others)
    if (++others.count > MOST_ON_CONNECTION) socket.destroy()
    await before
    if (socket.destroyed) throw full(others.count)
    response.once('close', () => {
      others.count--
    })
  }
  return {
    admit: async (request, response, isEndless) => {
      if (isEnding) throw new UserError('SHUTTING_DOWN', 'The server is shutting down.')
      const { socket } = request
      await waitForTurn(socket, response)
      const visit: Visit = { kind: isEndless ? 'listeners' : hasBody(request) ? 'bodies' : 'requests', socket }
      enter(visit)
      visits.set(request, visit)
      response.on('drain', () => {
        // Whoever reads is not the slowest.
        if (inside[visit.kind].delete(visit)) inside[visit.kind].add(visit)
      })
      response.once('close', () => {
        inside[visit.kind].delete(visit)
      })
    },
    begin: (request) => move(request, 'bodies', 'requests'),
    answer: (request) => {
      move(request, 'bodies', 'answers')
      move(request, 'requests', 'answers')
    },
    end: () => {
      isEnding = true
    },
  }
}
