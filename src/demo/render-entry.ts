import { parentPort } from 'node:worker_threads'
import { renderWav } from './generate-track.ts'
import type { RenderReply, RenderRequest } from './render-protocol.ts'

const answer = async ({ plan }: RenderRequest): Promise<RenderReply> => {
  try {
    return { kind: 'done', wav: await renderWav(plan) }
  } catch (error) {
    return { kind: 'failed', message: (error as Error).stack ?? String(error) }
  }
}

parentPort?.on('message', async (request: RenderRequest) => {
  const reply = await answer(request)
  parentPort?.postMessage(reply, reply.kind === 'done' ? [reply.wav.buffer] : [])
})
