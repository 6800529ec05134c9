import { type ChildProcess, fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UserError } from '../../core/support/user-error.ts'
import type { Provider } from '../../core/tags/provider.ts'
import type { LoadedNetwork } from './backend.ts'
import type { NetworkReply, NetworkRequest } from './network-protocol.ts'

const ENTRY = fileURLToPath(new URL(`./network-entry${extname(import.meta.url)}`, import.meta.url))
/** A batch takes a tenth of a second, loading one or two seconds. */
const TIMEOUT_MS = 60_000
/** A network that is idle for so long ends and frees its memory; the next run starts another. */
const IDLE_MS = 5 * 60_000

/** A process that ends so often in a row, with no answer in between, ends because of the network or the machine. */
const MOST_CRASHES = 3

export type NetworkProcessOptions = {
  readonly provider: Provider
  readonly entry?: string
  readonly timeoutMs?: number
  readonly idleMs?: number
}

type Outputs = Readonly<Record<string, Float32Array>>

const fail = (message: string): UserError => new UserError('INFERENCE_UNAVAILABLE', message)

/** Sends one request and waits for its answer. A process that hangs is killed; hanging and ending early are both errors. */
const ask = (child: ChildProcess, request: NetworkRequest, timeoutMs: number): Promise<Outputs> => {
  const { promise, resolve, reject } = Promise.withResolvers<Outputs>()
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
    reject(fail(`The network gave no answer in ${timeoutMs / 1000} s.`))
  }, timeoutMs)
  const receive = (reply: NetworkReply): void =>
    reply.kind === 'done' ? resolve(reply.outputs) : reject(fail(reply.message))
  const lose = (code: number | null, signal: string | null): void =>
    reject(fail(`The process of the network ended (${signal ?? `exit ${code}`}).`))
  child.once('message', receive).once('exit', lose).once('error', reject)
  child.ref()
  child.channel?.ref()
  child.send(request, (error) => error && reject(fail(error.message)))
  return promise.finally(() => {
    clearTimeout(timer)
    child.off('message', receive).off('exit', lose).off('error', reject)
    // An idle child must not keep this process alive.
    child.unref()
    child.channel?.unref()
  })
}

/**
 * Loads a network into a low-priority process of its own. The native runtime can bring a whole process down, and does so when a thread
 * is terminated inside it. A crash or hang harms only the recording that was being heard; the next one gets a new process (decision 0016).
 * @throws INFERENCE_UNAVAILABLE
 */
export const loadInOwnProcess = async (
  onnx: Uint8Array,
  { provider, entry = ENTRY, timeoutMs = TIMEOUT_MS, idleMs = IDLE_MS }: NetworkProcessOptions,
): Promise<LoadedNetwork> => {
  const start = async (): Promise<ChildProcess> => {
    const child = fork(entry, [String(idleMs)], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    await ask(child, { kind: 'load', provider, onnx }, timeoutMs).catch((error: unknown) => {
      child.kill('SIGKILL')
      throw error
    })
    return child
  }
  let child = await start()
  const isGone = (): boolean => child.killed || child.exitCode !== null || child.signalCode !== null || !child.connected
  let last: Promise<unknown> = Promise.resolve()
  let crashes = 0
  const answer = async (request: NetworkRequest): Promise<Outputs> => {
    if (crashes >= MOST_CRASHES)
      throw fail(`The process of the network has ended ${crashes} times in a row, so it is not started again.`)
    try {
      if (isGone()) child = await start()
      const outputs = await ask(child, request, timeoutMs)
      crashes = 0
      return outputs
    } catch (error) {
      if (isGone()) crashes++
      throw error
    }
  }
  return {
    run: (input, shape) => {
      const running = last.then(() => answer({ kind: 'run', input, shape }))
      last = running.catch(() => {})
      return running
    },
    close: async () => {
      await last
      child.kill('SIGKILL')
    },
  }
}
