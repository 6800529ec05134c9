/** The process of networks that double their input; at −1 it ends at once, at −2 it never answers, at −3 it fails, at −4 it says which it is. */
import type { NetworkReply, NetworkRequest } from './network-protocol.ts'

const answer = (reply: NetworkReply): unknown => process.send?.(reply)

process.on('disconnect', () => process.exit())
process.on('message', (request: NetworkRequest) => {
  if (request.kind !== 'run') return answer({ kind: 'done', outputs: {} })
  const [told] = request.input
  if (told === -1) process.abort()
  if (told === -2) return
  if (told === -3) return answer({ kind: 'failed', message: 'wrong shape' })
  if (told === -4) return answer({ kind: 'done', outputs: { embedding: Float32Array.of(process.pid) } })
  answer({ kind: 'done', outputs: { embedding: request.input.map((value) => 2 * value) } })
})
