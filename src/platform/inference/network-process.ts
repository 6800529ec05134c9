import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Provider } from '../../core/tags/provider.ts'
import type { LoadedNetwork } from './backend.ts'
import { type HostedNetwork, NetworkHost, type Outputs, unavailable } from './network-host.ts'

const ENTRY = fileURLToPath(new URL(`./network-entry${extname(import.meta.url)}`, import.meta.url))
/** A batch takes a tenth of a second, loading one or two seconds. */
const TIMEOUT_MS = 60_000
const IDLE_MS = 5 * 60_000

/** A network whose process ends so often in a row, with no answer in between, ends it by itself or because of the machine. */
const MOST_CRASHES = 3

export type NetworkProcessOptions = {
  readonly provider: Provider
  readonly entry?: string
  readonly timeoutMs?: number
  readonly idleMs?: number
}

/** Of this thread, by what they run. Accelerators are tried apart from the CPU, since a driver can bring a process down. */
const hosts = new Map<string, NetworkHost>()
let lastId = 0

/**
 * Loads a network into a low-priority process, which it shares with the other networks of this thread on the same provider. The native
 * runtime can bring a whole process down, and does so when a thread is terminated inside it. A crash or hang harms only the recording
 * that was being heard; the next one gets a new process (decision 0016).
 * @throws INFERENCE_UNAVAILABLE
 */
export const loadInOwnProcess = async (
  onnx: Uint8Array,
  { provider, entry = ENTRY, timeoutMs = TIMEOUT_MS, idleMs = IDLE_MS }: NetworkProcessOptions,
): Promise<LoadedNetwork> => {
  const name = [provider, entry, timeoutMs, idleMs].join(' ')
  const host = hosts.get(name) ?? new NetworkHost({ entry, timeoutMs, idleMs })
  hosts.set(name, host)
  const network: HostedNetwork = { id: ++lastId, provider, onnx }
  await host.load(network)
  let crashes = 0
  const answer = async (input: Float32Array<ArrayBuffer>, shape: readonly number[]): Promise<Outputs> => {
    if (crashes >= MOST_CRASHES)
      throw unavailable(`The process of the network has ended ${crashes} times in a row, so it is not started again.`)
    try {
      const outputs = await host.run(network, input, shape)
      crashes = 0
      return outputs
    } catch (error) {
      if (host.isGone) crashes++
      throw error
    }
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    // One run after the other, so that each knows how the one before it ended.
    run: (input, shape) => {
      const running = last.then(() => answer(input, shape))
      last = running.catch(() => {})
      return running
    },
    close: async () => {
      await last
      await host.release(network)
    },
  }
}
