import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { UserError } from '../core/support/user-error.ts'
import { endSoon } from './limit-connections.ts'
import { PROBLEM_TYPE, problemOf } from './problem.ts'

const reasonOf = (code: string | undefined): UserError =>
  code === 'HPE_HEADER_OVERFLOW'
    ? new UserError('PAYLOAD_TOO_LARGE', 'The address and the headers together are too long.')
    : new UserError('MALFORMED_REQUEST', 'This is not HTTP, or it arrived too slowly.')

/** A client may reset the connection at any moment, and an error that nobody listens for would end the server. */
const endsQuietly = (): void => {}

/** What is no HTTP never becomes a request: its refusal is written to the socket, as the same kind of document. */
export const refuseConnection = (error: Error & { readonly code?: string }, socket: Socket): void => {
  // Of a tunnel that is asked for, Node has let go: none of its own listeners is left.
  socket.on('error', endsQuietly)
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const document = problemOf(reasonOf(error.code))
  const body = JSON.stringify(document)
  const head = [
    `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  endSoon(socket)
}
