import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createDeckReader, type StereoBlock } from '../../core/mixing/deck-reader.ts'
import { mixBlocks, type OpenDeck } from '../../core/mixing/mix-blocks.ts'
import type { MixRange } from '../../core/mixing/mix-range.ts'
import type { Mix } from '../../core/mixing/plan-mix.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import { decodeIntoFile } from '../decoding/decode-file.ts'
import type { AudioSource } from '../decoding/open-audio.ts'
import { MIX_RATE_HZ } from '../decoding/pcm-file-sink.ts'
import { openPcmFile } from './pcm-file.ts'
import { openStretcher } from './time-stretch.ts'
import { MOST_WAV_FRAMES, wavHeader, wavSamples, writeWav } from './wav-writer.ts'

export type MixSources = {
  readonly mix: Mix
  /** The file of each deck. */
  readonly sources: readonly AudioSource[]
  /** Where decoded sound may lie meanwhile. */
  readonly folder: string
}

type Rendering = { readonly signal: AbortSignal; readonly onDeck?: (deck: number) => void }

type DeckOpener = {
  readonly open: (index: number, from: number) => Promise<OpenDeck>
  readonly close: () => Promise<void>
}

/** Decodes a track when it comes in, and deletes what was decoded when it has gone out. */
const deckOpener = ({ mix, sources, folder }: MixSources, { signal, onDeck }: Rendering): DeckOpener => {
  const own = join(folder, randomUUID())
  const open = async (index: number, from: number): Promise<OpenDeck> => {
    onDeck?.(index)
    await mkdir(own, { recursive: true, mode: 0o700 })
    const { path, ...limits } = sources[index]!
    const decoded = join(own, `${index}.pcm`)
    const { frames } = await decodeIntoFile(path, decoded, { ...limits, signal })
    const stretcher = await openStretcher(MIX_RATE_HZ)
    const source = openPcmFile(decoded, frames)
    const deck = { deck: mix.decks[index]!, source, stretcher, sampleRate: MIX_RATE_HZ }
    return {
      ...createDeckReader(deck, from),
      close: () => {
        source.close()
        stretcher.close()
      },
    }
  }
  return { open, close: () => rm(own, { recursive: true, force: true }) }
}

async function* watched(
  blocks: AsyncIterable<StereoBlock>,
  signal: AbortSignal,
  onFrames: (frames: number) => void,
): AsyncGenerator<StereoBlock> {
  let frames = 0
  for await (const block of blocks) {
    signal.throwIfAborted()
    yield block
    frames += block[0].length
    onFrames(frames)
    // A cancellation is a message, which only comes in between.
    await giveWay()
  }
}

/**
 * Renders a part of a mix into a WAV file.
 * @returns its length in seconds
 * @throws MIX_TOO_LONG, those of decoding and of `writeWav`; `signal.reason` when aborted
 */
export const renderMix = async (
  sources: MixSources,
  { startSeconds, endSeconds }: MixRange,
  path: string,
  { signal, onDeck, onShare }: Rendering & { readonly onShare: (share: number) => void },
): Promise<number> => {
  const total = Math.round((endSeconds - startSeconds) * MIX_RATE_HZ)
  if (total > MOST_WAV_FRAMES)
    throw new UserError('MIX_TOO_LONG', `It would last ${(total / MIX_RATE_HZ / 3600).toFixed(1)} hours.`)
  const decks = deckOpener(sources, { signal, ...(onDeck ? { onDeck } : {}) })
  const blocks = mixBlocks(sources.mix, { startSeconds, endSeconds }, { open: decks.open, sampleRate: MIX_RATE_HZ })
  try {
    const frames = await writeWav(
      path,
      MIX_RATE_HZ,
      watched(blocks, signal, (done) => onShare(done / total)),
    )
    return frames / MIX_RATE_HZ
  } finally {
    await decks.close()
  }
}

/** One deck of a mix alone, as loud as recorded, as the bytes of a WAV file. @throws as `renderMix` */
export const renderDeck = async (
  sources: MixSources,
  index: number,
  { startSeconds, endSeconds }: MixRange,
  rendering: Rendering,
): Promise<Uint8Array> => {
  const [first, last] = [Math.round(startSeconds * MIX_RATE_HZ), Math.round(endSeconds * MIX_RATE_HZ)]
  const decks = deckOpener(sources, rendering)
  let deck: OpenDeck | null = null
  try {
    deck = await decks.open(index, first)
    const sound = wavSamples(deck.read(last - first))
    const header = wavHeader(last - first, MIX_RATE_HZ)
    const bytes = new Uint8Array(header.length + sound.length)
    bytes.set(header)
    bytes.set(sound, header.length)
    return bytes
  } finally {
    deck?.close()
    await decks.close()
  }
}
