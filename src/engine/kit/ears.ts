import { type ErrorReport, toErrorReport } from '../../core/support/user-error.ts'
import type { Provider } from '../../core/tags/provider.ts'
import { SHIPPED_EARS } from '../../platform/inference/shipped-ears.ts'
import type { Settings } from '../../platform/store/settings-store.ts'
import type { ProvenEars } from '../../platform/workers/hear-audio.ts'
import type { EarsInput } from '../../platform/workers/opened-ears.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'

/** A network that has been proven to run here. */
export type ReadyEars = ProvenEars & {
  readonly input: EarsInput
  /** Says what works less well than it could; null where nothing does. */
  readonly warning: string | null
}

export type EarsState =
  | { readonly state: 'untried' }
  | ({ readonly state: 'ready' } & ReadyEars)
  | { readonly state: 'failed'; readonly problem: ErrorReport }

/**
 * The network that hears for this library. It is tried once, and again when the settings name another network or
 * provider.
 */
export type LibraryEars = {
  /** Null where no network can be used: tracks then have no tags, and everything else works. */
  readonly ready: () => Promise<ReadyEars | null>
  /** The state as known now. */
  readonly state: () => EarsState
}

/** For a library whose tracks no network hears. */
export const NO_EARS: LibraryEars = { ready: async () => null, state: () => ({ state: 'untried' }) }

const NAMES: Readonly<Record<Provider, string>> = {
  coreml: 'ANE',
  cuda: 'CUDA',
  dml: 'DirectML',
  cpu: 'The native runtime',
  wasm: 'WebAssembly',
}
/** Few machines have the other accelerators, so only those who asked for one are told that it is missing. */
const EXPECTED: readonly Provider[] = ['coreml', 'cpu']

/** The guide promises the words "ANE unavailable". */
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
    // The provider that was found right is named, so that no other thread tries all of them again.
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

export const createEars = (
  pool: TaskRunner,
  settings: () => Pick<Settings, 'inferenceProvider' | 'earsFolder'>,
): LibraryEars => {
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
      // The settings may name another network by now, which may already be known.
      if (trial === tried) known = state
      return state.state === 'ready' ? state : null
    },
    state: () => known,
  }
}
