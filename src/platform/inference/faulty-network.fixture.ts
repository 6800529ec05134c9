/** The process of a network that doubles what it is given; told −1 it ends at once, told −2 it never answers, told −3 it fails. */
import type { NetworkReply, NetworkRequest } from './network-protocol.ts'

const answer = (reply: NetworkReply): unknown => process.send?.(reply)

process.on('disconnect', () => process.exit())
process.on('message', (request: NetworkRequest) => {
  if (request.kind === 'load') return answer({ kind: 'done', outputs: {} })
  const [told] = request.input
  if (told === -1) process.abort()
  if (told === -2) return
  if (told === -3) return answer({ kind: 'failed', message: 'wrong shape' })
  answer({ kind: 'done', outputs: { embedding: request.input.map((value) => 2 * value) } })
})
