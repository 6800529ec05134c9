/** A process of networks on the native runtime: it loads and runs them, and ends with whoever started it. */
import { setPriority } from 'node:os'
import type { LoadedNetwork } from './backend.ts'
import { loadWith, type Runtime } from './load-network.ts'
import type { NetworkReply, NetworkRequest } from './network-protocol.ts'

const NICENESS = 10

setPriority(NICENESS)
// Without this the runtime keeps a file on this machine and reports to its maker over the network.
process.env.ORT_DISABLE_TELEMETRY = '1'
const networks = new Map<number, LoadedNetwork>()

const load = async ({ network, onnx, provider }: Extract<NetworkRequest, { readonly kind: 'load' }>): Promise<void> => {
  const { default: runtime } = await import('onnxruntime-node')
  // An error reports a missing provider; without this the runtime would write it to stderr as well.
  runtime.env.logLevel = 'fatal'
  networks.set(network, await loadWith(runtime as unknown as Runtime, onnx, provider))
}

const answer = async (request: NetworkRequest): Promise<NetworkReply> => {
  const loaded = networks.get(request.network)
  if (request.kind === 'run') return { kind: 'done', outputs: await loaded!.run(request.input, request.shape) }
  if (request.kind === 'load') await load(request)
  else {
    networks.delete(request.network)
    await loaded?.close()
  }
  return { kind: 'done', outputs: {} }
}

// Nobody may be left to send requests: a thread that is terminated while it starts this process leaves it behind.
const idle = setTimeout(() => process.exit(), Number(process.argv[2]))
process.on('disconnect', () => process.exit())
process.on('message', (request: NetworkRequest) => {
  idle.refresh()
  void answer(request)
    .catch((error: Error): NetworkReply => ({ kind: 'failed', message: error.message || String(error) }))
    .then((reply) => process.send?.(reply))
})
