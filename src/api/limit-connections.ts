import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** More than all places for requests together, and fewer than the files that a process may have open where that is least, 1024. */
const MOST_CONNECTIONS = 512
/** Whoever still sends what nobody waits for has this long to read why. */
const LINGER_MS = 1000

/** Ends a connection once its client has had time to take what was written to it. */
export const endSoon = (socket: Socket): void => {
  socket.end()
  setTimeout(() => socket.destroy(), LINGER_MS).unref()
}

/**
 * Keeps the connections few. Beyond the limit the oldest without a whole request gives way to the newest: one that was kept alive, or
 * sends its headers slowly.
 */
export const limitConnections = (server: Server, most = MOST_CONNECTIONS): void => {
  const open = new Set<Socket>()
  const idle = new Set<Socket>()
  const requests = new WeakMap<Socket, number>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    idle.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      idle.delete(socket)
    })
    if (open.size <= most) return
    const [oldest] = idle.size > 1 ? idle : open
    open.delete(oldest!)
    idle.delete(oldest!)
    oldest!.destroy()
  })
  server.on('request', (request, response) => {
    const { socket } = request
    idle.delete(socket)
    requests.set(socket, (requests.get(socket) ?? 0) + 1)
    response.once('close', () => {
      const left = requests.get(socket)! - 1
      requests.set(socket, left)
      // It was answered before its body was there, and the rest would be waited for.
      if (!request.complete) endSoon(socket)
      else if (left === 0 && open.has(socket)) idle.add(socket)
    })
  })
}
