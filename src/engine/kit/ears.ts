import { type ErrorReport, toErrorReport } from '../../core/support/user-error.ts'
import type { Provider } from '../../core/tags/provider.ts'
import { SHIPPED_EARS } from '../../platform/inference/shipped-ears.ts'
import type { Settings } from '../../platform/store/settings-store.ts'
import type { ProvenEars } from '../../platform/workers/hear-audio.ts'
import type { EarsInput } from '../../platform/workers/opened-ears.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'

/** A network that was proven to run here. */
export type ReadyEars = ProvenEars & {
  readonly input: EarsInput
  /** What is worse than it could be; null where nothing is. */
  readonly warning: string | null
}

export type EarsState =
  | { readonly state: 'untried' }
  | ({ readonly state: 'ready' } & ReadyEars)
  | { readonly state: 'failed'; readonly problem: ErrorReport }

/** The network that hears in this library, tried once and again when another one, or another place to run it, is set. */
export type LibraryEars = {
  /** Null where none can be used: then tracks have no tags, and everything else works. */
  readonly ready: () => Promise<ReadyEars | null>
  /** As it is known now. */
  readonly state: () => EarsState
}

/** Of a library in which nothing is to be heard. */
export const NO_EARS: LibraryEars = { ready: async () => null, state: () => ({ state: 'untried' }) }

const NAMES: Readonly<Record<Provider, string>> = {
  coreml: 'ANE',
  cuda: 'CUDA',
  dml: 'DirectML',
  cpu: 'The native runtime',
  wasm: 'WebAssembly',
}
/** Accelerators that few machines have are missed only by those who asked for them. */
const EXPECTED: readonly Provider[] = ['coreml', 'cpu']

/** In the guide's words: "ANE unavailable". */
const warningOf = ({ provider, tried }: ProvenEars, forced: Provider | undefined): string | null => {
  const missing = tried.filter(
    (one) => one.problem !== null && (EXPECTED.includes(one.provider) || one.provider === forced),
  )
  if (missing.length === 0) return null
  const reasons = missing.map((one) => `${NAMES[one.provider]} unavailable (${one.problem})`).join('; ')
  return `${reasons}: ${provider} is used.`
}

const prove = async (pool: TaskRunner, folder: string, forced: Provider | undefined): Promise<EarsState> => {
  const attempt = async (provider: Provider | undefined): Promise<EarsState> => {
    const proven = await pool.run('proveEars', { folder, provider })
    // Where it was found to be right: no other thread tries all of them again.
    const input = { folder, provider: proven.provider }
    return { state: 'ready', ...proven, input, warning: warningOf(proven, provider) }
  }
  try {
    return await attempt(forced)
  } catch (error) {
    const problem = toErrorReport(error)
    if (forced === undefined || problem.code !== 'INFERENCE_UNAVAILABLE') return { state: 'failed', problem }
    const other = await attempt(undefined).catch(
      (second: unknown): EarsState => ({ state: 'failed', problem: toErrorReport(second) }),
    )
    if (other.state !== 'ready') return other
    return { ...other, warning: `${NAMES[forced]} unavailable (${problem.detail}): ${other.provider} is used.` }
  }
}

export const createEars = (pool: TaskRunner, settings: () => Settings): LibraryEars => {
  let tried: { readonly wish: string; readonly outcome: Promise<EarsState> } | null = null
  let known: EarsState = { state: 'untried' }
  return {
    ready: async () => {
      const { inferenceProvider: wanted, earsFolder: folder } = settings()
      const wish = `${wanted} ${folder}`
      if (tried?.wish !== wish)
        tried = { wish, outcome: prove(pool, folder || SHIPPED_EARS, wanted === 'auto' ? undefined : wanted) }
      const trial = tried
      const state = await trial.outcome
      // Something else may be wanted by now, and known already.
      if (trial === tried) known = state
      return state.state === 'ready' ? state : null
    },
    state: () => known,
  }
}
