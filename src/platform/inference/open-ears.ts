import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createRandom } from '../../core/support/random.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type EarsCard, parseEarsCard } from '../../core/tags/ears-card.ts'
import type { HeardWindows } from '../../core/tags/heard-windows.ts'
import { cutMelWindows, type HearableAudio } from '../../core/tags/mel-windows.ts'
import type { Provider } from '../../core/tags/provider.ts'
import { readingFailure, readRegularFile } from '../store/regular-file.ts'
import type { Backend } from './backend.ts'
import { backendsOf } from './onnx-backends.ts'
import { type Probe, type ProvenBackend, proveBackends } from './prove-backends.ts'

type HearOptions = {
  readonly signal?: AbortSignal
  /** Called once the spectrogram is made and only the network is left to wait for. */
  readonly onAsked?: (() => void) | undefined
}

/** A network that hears, on a proven provider. */
export type Ears = {
  readonly card: EarsCard
  /** Digest of the card, which contains that of the ONNX file; everything heard is valid for this digest. */
  readonly digest: string
  readonly provider: Provider
  readonly tried: readonly ProvenBackend[]
  readonly hear: (audio: HearableAudio, options?: HearOptions) => Promise<HeardWindows>
  readonly close: () => Promise<void>
}

export type EarsOptions = {
  readonly forced?: Provider | undefined
  readonly backends?: readonly Backend[]
}

const CARD_FILE = 'ears.json'
/** The shipped card, which describes 300 tags, has 138 kB. */
const MOST_CARD_BYTES = 8 * 1024 * 1024
/** Networks for audio tags have up to about 350 MB. */
const MOST_NETWORK_BYTES = 1024 * 1024 * 1024
/** Windows per batch: more are hardly faster and take more memory. */
const BATCH = 32
const PROBE_WINDOWS = 4

type Pack = Pick<Ears, 'card' | 'digest'> & { readonly onnx: Uint8Array }

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

const readPack = (folder: string): Pack => {
  const read = (name: string, mostBytes: number): Buffer => {
    try {
      return readRegularFile(join(folder, name), mostBytes)
    } catch (error) {
      throw new UserError('MODEL_NOT_FOUND', `${join(folder, name)}: ${readingFailure(error)}`, {}, error)
    }
  }
  const text = read(CARD_FILE, MOST_CARD_BYTES).toString('utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new UserError('MODEL_CORRUPT', `${join(folder, CARD_FILE)} is no JSON.`, {}, error)
  }
  const card = parseEarsCard(json)
  if (typeof card === 'string') throw new UserError('INCOMPATIBLE_MODEL', `${join(folder, CARD_FILE)}: ${card}`)
  const onnx = read(card.onnx.file, MOST_NETWORK_BYTES)
  if (sha256(onnx) !== card.onnx.sha256)
    throw new UserError('MODEL_CORRUPT', `${join(folder, card.onnx.file)} is not the file that its card describes.`)
  return { card, digest: sha256(text), onnx }
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
  const { card, digest, onnx } = readPack(folder)
  const { outputs, outputNames: names } = card
  const proof = await proveBackends(onnx, { backends, forced, probe: probeOf(card), now: () => performance.now() })
  const { provider, network } = proof.chosen

  const hear: Ears['hear'] = async (audio, { signal, onAsked } = {}) => {
    const windows = cutMelWindows(audio, card, signal ? { signal } : {})
    onAsked?.()
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
  return { card, digest, provider, tried: proof.tried, hear, close: network.close }
}
