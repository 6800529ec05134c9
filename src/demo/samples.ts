import { readFile } from 'node:fs/promises'
import { FLACDecoder } from '@wasm-audio-decoders/flac'
import { type DrumKit, trimDrum } from './drum-kit.ts'
import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'

/** Rides and crashes ring for many seconds; nobody hears the rest in a mix. */
const LONGEST_S = 1.6

const SAMPLES = new URL('../../assets/demo/', import.meta.url)

/** A loop keeps its length, and with it its rhythm. */
const isLoop = (name: string): boolean => name.startsWith('loop_')

const mixDown = (planes: readonly Float32Array[]): Float32Array =>
  planes[0]!.map((_, n) => planes.reduce((sum, plane) => sum + plane[n]!, 0) / planes.length)

/** Reads the one-shots that `recipes/demo-samples` keeps in `assets/demo`; synthesised drums (`synth-…`) need no file. */
export const loadDrumKit = async (names: readonly string[]): Promise<DrumKit> => {
  const kit = new Map<string, Float32Array>()
  const decoder = new FLACDecoder()
  await decoder.ready
  try {
    for (const name of new Set(names)) {
      if (name.startsWith('synth-')) continue
      const decoded = await decoder.decodeFile(await readFile(new URL(`${name}.flac`, SAMPLES)))
      await decoder.reset()
      if (decoded.sampleRate !== DEMO_SAMPLE_RATE_HZ)
        throw new Error(`${name}.flac: ${decoded.sampleRate} Hz, not 44100`)
      const mono = mixDown(decoded.channelData)
      kit.set(name, isLoop(name) ? mono : trimDrum(mono, LONGEST_S))
    }
  } finally {
    decoder.free()
  }
  return kit
}
