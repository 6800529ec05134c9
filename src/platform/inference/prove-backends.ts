import { UserError } from '../../core/support/user-error.ts'
import type { Provider } from '../../core/tags/provider.ts'
import type { Backend, LoadedNetwork } from './backend.ts'

/** The outcome of trying a provider. */
export type ProvenBackend = {
  readonly provider: Provider
  /** Time of the fastest warm run of the probe; null where it did not get that far. */
  readonly milliseconds: number | null
  /** Why it is not used; null where nothing is wrong with it. */
  readonly problem: string | null
}

export type Proof = {
  readonly chosen: { readonly provider: Provider; readonly network: LoadedNetwork }
  readonly tried: readonly ProvenBackend[]
}

export type Probe = { readonly input: Float32Array<ArrayBuffer>; readonly shape: readonly number[] }

export type ProofOptions = {
  readonly backends: readonly Backend[]
  readonly probe: Probe
  /** Use only this one; chosen automatically where left out. */
  readonly forced?: Provider | undefined
  readonly now: () => number
}

/** Largest difference allowed in a number: half precision stays below it for sums of this size, a wrong kernel lies far above. */
const TOLERANCE = 1e-3
const TIMED_RUNS = 5
/** Where nothing else is there to be compared with, one run is enough to tell how long it takes. */
const ALONE_RUNS = 1
/** The others are compared with the answers of these. */
const REFERENCES: readonly Provider[] = ['cpu', 'wasm']

type Probing = Pick<ProofOptions, 'probe' | 'now'> & { readonly runs: number }
type Answer = Readonly<Record<string, Float32Array>>
type Ran = {
  readonly backend: Backend
  readonly network: LoadedNetwork
  readonly answer: Answer
  readonly milliseconds: number
}
type Failed = { readonly backend: Backend; readonly problem: string }

const tryBackend = async (backend: Backend, onnx: Uint8Array, { probe, now, runs }: Probing): Promise<Ran | Failed> => {
  try {
    const network = await backend.load(onnx)
    await network.run(probe.input, probe.shape)
    let milliseconds = Number.POSITIVE_INFINITY
    let answer: Answer = {}
    // A machine that is busy for a moment slows any of them down, so the fastest of several runs counts.
    for (let run = 0; run < runs; run++) {
      const start = now()
      answer = await network.run(probe.input, probe.shape)
      milliseconds = Math.min(milliseconds, now() - start)
    }
    return { backend, network, answer, milliseconds }
  } catch (error) {
    return { backend, problem: (error as Error).message || String(error) }
  }
}

/** @returns the largest difference of two answers; infinite where their shapes differ or a number is NaN */
const differenceOf = (answer: Answer, reference: Answer): number => {
  let largest = 0
  for (const [name, expected] of Object.entries(reference)) {
    const given = answer[name]
    if (given?.length !== expected.length) return Number.POSITIVE_INFINITY
    for (let n = 0; n < expected.length; n++) {
      const difference = Math.abs(given[n]! - expected[n]!)
      // The comparison is written so that NaN is not skipped.
      if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference
    }
  }
  return largest
}

const judge = (ran: Ran | Failed, reference: Ran | undefined): ProvenBackend => {
  const { provider } = ran.backend
  if ('problem' in ran) return { provider, milliseconds: null, problem: ran.problem }
  const difference = reference === undefined || ran === reference ? 0 : differenceOf(ran.answer, reference.answer)
  const problem =
    difference <= TOLERANCE
      ? null
      : `its answer is off by ${difference.toPrecision(2)} from that of ${reference!.backend.provider}`
  return { provider, milliseconds: ran.milliseconds, problem }
}

/** WebAssembly is no faster than the native CPU (decision 0012) and takes twenty times as long to load, so it only stands in. */
const isSpare = ({ provider }: Backend, ran: readonly (Ran | Failed)[], forced: Provider | undefined): boolean =>
  provider === 'wasm' && forced !== 'wasm' && ran.some((one) => one.backend.provider === 'cpu' && 'network' in one)

/**
 * Tries the ways to run a network, compares their answers with the CPU's, and keeps the fastest that is right.
 * @throws INFERENCE_UNAVAILABLE where none is right, or the forced one is not
 */
export const proveBackends = async (onnx: Uint8Array, options: ProofOptions): Promise<Proof> => {
  const { backends, forced } = options
  const ran: (Ran | Failed)[] = []
  // They run one after the other, so that they do not slow each other down.
  const wanted = backends.filter(
    ({ provider }) =>
      forced === undefined || provider === forced || (forced !== 'cpu' && REFERENCES.includes(provider)),
  )
  for (const [at, backend] of wanted.entries()) {
    if (isSpare(backend, ran, forced)) continue
    const isAlone =
      !ran.some((one) => 'network' in one) && wanted.slice(at + 1).every(({ provider }) => provider === 'wasm')
    ran.push(await tryBackend(backend, onnx, { ...options, runs: isAlone ? ALONE_RUNS : TIMED_RUNS }))
  }
  const sound = ran.filter((one) => 'network' in one)
  const reference = REFERENCES.flatMap((name) => sound.filter(({ backend }) => backend.provider === name))[0]
  const tried = ran.map((one) => judge(one, reference))
  const usable = sound
    .filter(({ backend: { provider } }) => tried.some((one) => one.provider === provider && one.problem === null))
    .filter(({ backend: { provider } }) => forced === undefined || provider === forced)
    .sort((a, b) => a.milliseconds - b.milliseconds)
  const [quickest] = usable
  await Promise.all(sound.filter((one) => one !== quickest).map(({ network }) => network.close()))
  if (quickest === undefined) {
    const about = tried.filter(({ provider }) => forced === undefined || provider === forced)
    const reasons = about.map(({ provider, problem }) => `${provider}: ${problem}`).join('; ')
    throw new UserError('INFERENCE_UNAVAILABLE', reasons || `${forced} is not there on this machine.`)
  }
  return { chosen: { provider: quickest.backend.provider, network: quickest.network }, tried }
}
