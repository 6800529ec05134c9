import { type ChildProcess, fork } from 'node:child_process'
import { UserError } from '../../core/support/user-error.ts'
import type { Provider } from '../../core/tags/provider.ts'
import type { NetworkReply, NetworkRequest } from './network-protocol.ts'

export type NetworkHostOptions = {
  readonly entry: string
  readonly timeoutMs: number
  /** A process that nobody has asked for so long ends and frees its memory; the next request starts another. */
  readonly idleMs: number
}

export type Outputs = Readonly<Record<string, Float32Array>>

export type HostedNetwork = { readonly id: number; readonly provider: Provider; readonly onnx: Uint8Array }

export const unavailable = (message: string): UserError => new UserError('INFERENCE_UNAVAILABLE', message)

/** `fork` hands it on, and its types do not know it. */
const HIDDEN = { windowsHide: true } as const

/** Sends one request and waits for its answer. A process that hangs is killed; hanging and ending early are both errors. */
const ask = (child: ChildProcess, request: NetworkRequest, timeoutMs: number): Promise<Outputs> => {
  const { promise, resolve, reject } = Promise.withResolvers<Outputs>()
  const timer = setTimeout(() => {
    child.kill('SIGKILL')
    reject(unavailable(`The network gave no answer in ${timeoutMs / 1000} s.`))
  }, timeoutMs)
  const receive = (reply: NetworkReply): void =>
    reply.kind === 'done' ? resolve(reply.outputs) : reject(unavailable(reply.message))
  const lose = (code: number | null, signal: string | null): void =>
    reject(unavailable(`The process of the network ended (${signal ?? `exit ${code}`}).`))
  const fail = (error: Error): void => reject(unavailable(error.message))
  child.once('message', receive).once('exit', lose).once('error', fail)
  child.ref()
  child.channel?.ref()
  child.send(request, (error) => error && fail(error))
  return promise.finally(() => {
    clearTimeout(timer)
    child.off('message', receive).off('exit', lose).off('error', fail)
    // An idle child must not keep this process alive.
    child.unref()
    child.channel?.unref()
  })
}

/**
 * One process, and the networks in it. To start a process and to load the runtime into it takes a tenth of a second, which networks of
 * one thread share. It is asked one thing at a time.
 */
export class NetworkHost {
  readonly #options: NetworkHostOptions
  #child: ChildProcess | null = null
  readonly #loaded = new Set<number>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(options: NetworkHostOptions) {
    this.#options = options
  }

  get isGone(): boolean {
    const child = this.#child
    return child === null || child.killed || child.exitCode !== null || child.signalCode !== null || !child.connected
  }

  load(network: HostedNetwork): Promise<void> {
    return this.#inTurn(() => this.#require(network))
  }

  run(network: HostedNetwork, input: Float32Array<ArrayBuffer>, shape: readonly number[]): Promise<Outputs> {
    return this.#inTurn(async () => {
      // Another network may have taken the process along.
      await this.#require(network)
      return this.#ask({ kind: 'run', network: network.id, input, shape })
    })
  }

  /** The last one takes the process along. */
  release({ id }: HostedNetwork): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#loaded.delete(id) || this.isGone) return
      if (this.#loaded.size === 0) this.#child!.kill('SIGKILL')
      else await this.#ask({ kind: 'release', network: id })
    })
  }

  #inTurn<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const acting = this.#last.then(act)
    this.#last = acting.catch(() => {})
    return acting
  }

  #ask(request: NetworkRequest): Promise<Outputs> {
    return ask(this.#child!, request, this.#options.timeoutMs)
  }

  async #require({ id, provider, onnx }: HostedNetwork): Promise<void> {
    if (this.isGone) {
      this.#loaded.clear()
      this.#child = fork(this.#options.entry, [String(this.#options.idleMs)], {
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        ...HIDDEN,
      })
    }
    if (this.#loaded.has(id)) return
    try {
      await this.#ask({ kind: 'load', network: id, provider, onnx })
      this.#loaded.add(id)
    } catch (error) {
      if (this.#loaded.size === 0) this.#child!.kill('SIGKILL')
      throw error
    }
  }
}
