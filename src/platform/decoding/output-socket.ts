/**
 * @file The output of a child process, read into one room over and over. Node reads a pipe of its own making into 64 kB of new memory at a
 * time, and collecting those took as long as a third of the decoding of a track (decision 0061); only a socket that is connected to may
 * bring its own room. So this process connects to itself, and the child gets the other end.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** About what a socket of this kind holds at most. */
const ROOM_BYTES = 1 << 18

export type OutputSocket = {
  /** The end for the child; it has to be destroyed here once the child has it, or the pieces never end. */
  readonly writer: Socket
  /** What the child writes; each piece is overwritten by the next. */
  readonly pieces: AsyncIterable<Uint8Array>
}

type Reading = Pick<OutputSocket, 'pieces'> & { readonly socket: Socket }

const readFrom = (path: string): Reading => {
  const room = new Uint8Array(ROOM_BYTES)
  let filled = 0
  let ended: { readonly error: Error | null } | null = null
  let wake = (): void => {}
  const callback = (bytes: number): boolean => {
    filled = bytes
    wake()
    // Nothing more is read until these are taken.
    return false
  }
  const socket = connect({ path, onread: { buffer: room, callback } })
  const end = (error: Error | null): void => {
    ended ??= { error }
    wake()
  }
  socket
    .on('end', () => end(null))
    .on('close', () => end(null))
    .on('error', end)
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        while (filled === 0 && ended === null) await new Promise<void>((resolve) => (wake = resolve))
        if (filled === 0) break
        const piece = room.subarray(0, filled)
        filled = 0
        yield piece
        socket.resume()
      }
      if (ended?.error) throw ended.error
    } finally {
      socket.destroy()
    }
  }
  return { socket, pieces: pieces() }
}

/** @returns null where a child cannot write to such a socket, or none can be made */
export const openOutputSocket = async (): Promise<OutputSocket | null> => {
  if (process.platform === 'win32') return null
  // Nobody else can connect in a folder of ours.
  const folder = await mkdtemp(join(tmpdir(), 'algiers-output-')).catch(() => null)
  if (folder === null) return null
  const path = join(folder, 'output')
  // What the child writes must not be read at its own end.
  const server = createServer({ pauseOnConnect: true })
  try {
    // Nobody may wait for a connection yet: where the name of the folder is too long for a socket, there will be none.
    await new Promise<void>((resolve, reject) => server.on('error', reject).listen(path, resolve))
    const connected = new Promise<Socket>((resolve, reject) => server.on('connection', resolve).on('error', reject))
    const { socket, pieces } = readFrom(path)
    socket.on('error', (error) => server.emit('error', error))
    return { writer: await connected, pieces }
  } catch {
    return null
  } finally {
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}
