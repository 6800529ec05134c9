import { createRandom } from '../../core/support/random.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { EarsCard } from '../../core/tags/ears-card.ts'
import type { HeardWindows } from '../../core/tags/heard-windows.ts'
import { cutMelWindows, type HearableAudio } from '../../core/tags/mel-windows.ts'
import type { Provider } from '../../core/tags/provider.ts'
import type { Backend } from './backend.ts'
import { type DescribedEars, describeEars } from './ears-pack.ts'
import { backendsOf } from './onnx-backends.ts'
import { readPackNetwork } from './pack-file.ts'
import { type Probe, type ProvenBackend, proveBackends } from './prove-backends.ts'

type HearOptions = { readonly signal?: AbortSignal }

/** A network that hears, on a proven provider. */
export type Ears = DescribedEars & {
  readonly provider: Provider
  readonly tried: readonly ProvenBackend[]
  readonly hear: (audio: HearableAudio, options?: HearOptions) => Promise<HeardWindows>
  readonly close: () => Promise<void>
}

export type EarsOptions = {
  readonly forced?: Provider | undefined
  readonly backends?: readonly Backend[]
}

/** Networks for audio tags have up to about 350 MB. */
const MOST_NETWORK_BYTES = 1024 * 1024 * 1024
/** Windows per batch: more are hardly faster and take more memory. */
const BATCH = 32
const PROBE_WINDOWS = 4

type Pack = DescribedEars & { readonly onnx: Uint8Array }

const readPack = (folder: string): Pack => {
  const described = describeEars(folder)
  return { ...described, onnx: readPackNetwork(folder, described.card, MOST_NETWORK_BYTES) }
}

const shapeOf = ({ mel, layout }: EarsCard, batch: number): readonly number[] =>
  layout === 'batch, frames, bands' ? [batch, mel.windowFrames, mel.bands] : [batch, 1, mel.windowFrames, mel.bands]

/** Makes music-like levels, always the same. */
const probeOf = (card: EarsCard): Probe => {
  const { mel } = card
  const random = createRandom(1)
  const power = (): number => 10 ** (-8 + 6 * random())
  const { gain, offset, factor } = mel.log
  const size = PROBE_WINDOWS * mel.windowFrames * mel.bands
  const input = new Float32Array(size).map(() => factor * Math.log(offset + gain * power()))
  return { input, shape: shapeOf(card, PROBE_WINDOWS) }
}

/**
 * Opens the network in a folder: its card `ears.json` and the ONNX file that the card names.
 * @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL, INFERENCE_UNAVAILABLE
 */
export const openEars = async (folder: string, options: EarsOptions = {}): Promise<Ears> => {
  const { forced, backends = backendsOf(process.platform) } = options
  const { onnx, ...described } = readPack(folder)
  const { card } = described
  const { outputs, outputNames: names } = card
  const proof = await proveBackends(onnx, { backends, forced, probe: probeOf(card), now: () => performance.now() })
  const { provider, network } = proof.chosen

  const hear: Ears['hear'] = async (audio, { signal } = {}) => {
    const windows = cutMelWindows(audio, card, signal ? { signal } : {})
    const { count, seconds, size } = windows
    const embeddings = new Float32Array(count * outputs.embedding)
    const tags = new Float32Array(count * outputs.tags)
    for (let first = 0; first < count; first += BATCH) {
      signal?.throwIfAborted()
      const batch = Math.min(BATCH, count - first)
      const input = new Float32Array(batch * size)
      windows.write(first, batch, input)
      const answer = await network.run(input, shapeOf(card, batch))
      for (const [name, width, all] of [
        ['embedding', outputs.embedding, embeddings],
        ['tags', outputs.tags, tags],
      ] as const) {
        if (width === 0) continue
        const part = answer[names[name]]
        if (part?.length !== batch * width)
          throw new UserError(
            'INCOMPATIBLE_MODEL',
            `${card.name}: ${names[name]} has not ${width} numbers for a window.`,
          )
        all.set(part, first * width)
      }
    }
    return { count, seconds, embeddings, tags }
  }
  return { ...described, provider, tried: proof.tried, hear, close: network.close }
}
