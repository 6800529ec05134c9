import type { MonoAudio } from '../audio/audio.ts'
import { realFft } from '../audio/fft.ts'
import { hannWindow } from '../audio/framing.ts'
import type { SampleHops } from '../audio/sample-hops.ts'
import type { Decibels, Hertz } from '../units/units.ts'
import type { Hum, QualityCheck } from './checked-track.ts'

/** Frames last 1.5 s: bins of 0.67 Hz keep a bass at 49.0 Hz (G) or 61.7 Hz (B) out of the bins of the mains. */
const FRAME_SIZE = 32768
/** The quietest tenth of the frames is measured, within these bounds. */
const FEWEST_FRAMES = 3
const MOST_FRAMES = 24
const QUIET_SHARE = 0.1
const HARMONICS = [1, 2, 3] as const
/** Bins around a line that may hold it, and bins beside it to compare it with. */
const LINE_BINS = 1
const NEAR_BINS = 4
const FAR_BINS = 12
const SILENT_POWER = 1e-9
const POWER_FLOOR = 1e-14
/** Measured on the public corpus: 5 dB at most without hum, 11 dB at least with hum at −48 dB. */
const AUDIBLE_DB = 8

/** Starts of the quietest whole frames that are not digital silence. */
const quietFrames = ({ meanSquare }: SampleHops, hopSamples: number): readonly number[] => {
  const hopsPerFrame = FRAME_SIZE / hopSamples
  const frames = Array.from({ length: Math.floor(meanSquare.length / hopsPerFrame) }, (_, frame) => {
    const hops = meanSquare.subarray(frame * hopsPerFrame, (frame + 1) * hopsPerFrame)
    return { start: frame * FRAME_SIZE, power: hops.reduce((sum, power) => sum + power, 0) / hops.length }
  })
  const sounding = frames.filter(({ power }) => power > SILENT_POWER).sort((a, b) => a.power - b.power)
  const count = Math.max(FEWEST_FRAMES, Math.min(MOST_FRAMES, Math.round(QUIET_SHARE * sounding.length)))
  return sounding.slice(0, count).map(({ start }) => start)
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** The low bins in decibels, frame by frame: shape (frames)(bins). */
const lowSpectra = ({ samples }: MonoAudio, starts: readonly number[], bins: number): readonly Float64Array[] => {
  const fft = realFft(FRAME_SIZE)
  const window = hannWindow(FRAME_SIZE)
  return starts.map((start) => {
    const input = fft.input()
    for (let n = 0; n < FRAME_SIZE; n++) input[n] = (samples[start + n] ?? 0) * window[n]!
    const spectrum = fft.transform()
    return Float64Array.from({ length: bins }, (_, bin) =>
      bin === 0
        ? 0
        : 10 *
          Math.log10((16 * (spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2)) / FRAME_SIZE ** 2 + POWER_FLOOR),
    )
  })
}

const lineAboveDb = (spectrum: Float64Array, hertz: Hertz, binHertz: Hertz): Decibels => {
  const centre = Math.round(hertz / binHertz)
  const line = Math.max(...spectrum.subarray(centre - LINE_BINS, centre + LINE_BINS + 1))
  const beside = [
    ...spectrum.subarray(centre - FAR_BINS, centre - NEAR_BINS + 1),
    ...spectrum.subarray(centre + NEAR_BINS, centre + FAR_BINS + 1),
  ]
  return line - Math.max(...beside)
}

/**
 * Mains hum: lines at one, two or three times the mains' frequency that stand out from everything beside them whenever the music is
 * quiet. Null where no frame is long enough or nothing hums.
 */
export const measureHum = (mono: MonoAudio, hops: SampleHops, hopSamples: number): Hum | null => {
  const binHertz = mono.sampleRate / FRAME_SIZE
  const starts = quietFrames(hops, hopSamples)
  if (starts.length === 0) return null
  const spectra = lowSpectra(mono, starts, Math.ceil(200 / binHertz))
  const found = ([50, 60] as const).map((mainsHertz) => {
    const lines = HARMONICS.map((harmonic) =>
      median(spectra.map((spectrum) => lineAboveDb(spectrum, harmonic * mainsHertz, binHertz))),
    )
    return { mainsHertz, aboveDb: lines.toSorted((a, b) => b - a)[1]! }
  })
  const strongest = found[0]!.aboveDb >= found[1]!.aboveDb ? found[0]! : found[1]!
  return strongest.aboveDb >= AUDIBLE_DB ? strongest : null
}

/** Value: hertz of the mains. */
export const checkHum: QualityCheck = ({ faults: { hum } }) =>
  hum === null ? null : { code: 'hum', severity: 'warning', value: hum.mainsHertz, spans: [] }
