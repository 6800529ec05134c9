/**
 * Loaded before every test, and by every Node process that tests start: a connection to anything but this machine is an error, so that a
 * green run proves that nothing leaves it.
 */
import { Socket } from 'node:net'

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|localhost)$/
const connect = Socket.prototype.connect as (this: Socket, ...values: unknown[]) => Socket

// Test files that share a process load this once each.
if (connect.name !== 'connectToLoopback')
  Socket.prototype.connect = function connectToLoopback(this: Socket, ...values: unknown[]): Socket {
    const [first] = values.flat()
    const { host, port } = (typeof first === 'object' && first !== null ? first : {}) as { host?: string; port?: number }
    if (port !== undefined && host !== undefined && !LOOPBACK.test(host))
      throw new Error(`A test tried to reach ${host}:${port}`)
    return connect.apply(this, values)
  }

const own = [import.meta.url, new URL('./keep-compiled.ts', import.meta.url)].map((url) => `--import=${url}`).join(' ')
if (!process.env.NODE_OPTIONS?.includes(own)) process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} ${own}`.trim()
